"""The map of an IVR as a picture, with its problems below, and as text.

The picture is SVG without a script, a style sheet or an id. A notebook that is not trusted shows the text instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import visible
from ..maps import describe_extent
from ._map_layout import GAP, LINE, WIDTH, Box, MapLayout
from ._theme import BAD, CARE, FAINT, FONT, GOOD, INK, RULE, SHADE, block, card, fold, verbatim

if TYPE_CHECKING:
    from ..maps import Map, MapProblem

_SIZE = 12
_MOST_PLACES = 80
_TOO_LARGE = (
    "Too large for a picture in a notebook; to_graphviz() gives it to a program that draws."
)
#: A color for programs that know no variables, and the color of the theme.
_COLORS: Mapping[str, tuple[str, str]] = {
    "gather": ("#1a1a1a", INK),
    "dial": ("#1d6b34", GOOD),
    "record": ("#1d6b34", GOOD),
    "waiting": ("#1d6b34", GOOD),
    "error": ("#a3261e", BAD),
    "loop": ("#a3261e", BAD),
}
_QUIET = ("#5f6368", FAINT)
_RULE = ("#9aa0a6", RULE)
_LEVELS = {"error": BAD, "warning": CARE, "advice": FAINT}


def bundle(found: Map) -> dict[str, str]:
    """The MIME bundle of *found*."""
    return {"text/plain": found.to_text(), "text/html": str(html(found))}


def html(found: Map) -> Markup:
    """The picture, the problems, and the same as text, folded."""
    head = block(Markup("<b>{}</b>").format(describe_extent(found)), "margin-bottom:8px")
    problems = [_problem(each) for each in found.problems]
    return card(head, _frame(found), *problems, fold("The map as text", verbatim(found.to_text())))


def _problem(problem: MapProblem) -> Markup:
    color = _LEVELS[problem.level]
    return block(str(problem), f"color:{color};margin-top:4px;overflow-wrap:anywhere")


def _frame(found: Map) -> Markup:
    """The picture in a frame that scrolls; where a notebook is not trusted, its words are hidden."""
    if len(found.states) > _MOST_PLACES:
        return block(_TOO_LARGE, f"color:{FAINT}")
    return Markup(
        '<div hidden="hidden" style="all:unset"><div style="overflow-x:auto" tabindex="0" role="group" '
        'aria-label="Map of the ways through an IVR">{}</div></div>'
    ).format(_svg(found))


def _svg(found: Map) -> Markup:
    layout = MapLayout(found)
    style = f"width:{layout.width:g}px;max-width:none;height:auto;display:block;font-family:{FONT};font-size:{_SIZE}px"
    parts = [each for place in layout.places for each in _draw(place)]
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:g} {:g}" width="{:g}" height="{:g}" role="img" '
        'aria-label="Map" style="{}" font-size="{}" font-family="system-ui, sans-serif">'
        "<title>{}</title><desc>{}</desc>{}</svg>"
    ).format(
        layout.width,
        layout.height,
        layout.width,
        layout.height,
        style,
        _SIZE,
        visible(describe_extent(found)),
        visible(found.to_text()),
        Markup("").join(parts),
    )


def _draw(place: Box) -> Iterator[Markup]:
    if place.parent is not None:
        yield from _draw_way(place, place.parent)
    plain, themed = _COLORS.get(place.state.kind, _QUIET)
    yield Markup(
        '<rect x="{:g}" y="{:g}" width="{}" height="{:g}" rx="5" stroke="{}" fill="none" style="stroke:{};fill:{}"/>'
    ).format(place.x, place.y, WIDTH, place.height, plain, themed, SHADE)
    for number, line in enumerate(place.lines):
        yield _text(line, place.x + 8, place.y + LINE * (number + 1), plain, themed, number == 0)


def _draw_way(place: Box, parent: Box) -> Iterator[Markup]:
    begin, end = parent.x + WIDTH, place.x
    first, last = parent.y + LINE, place.y + LINE
    middle = (begin + begin + 24) / 2
    plain, themed = _RULE
    yield Markup(
        '<path d="M{:g} {:g}C{:g} {:g} {:g} {:g} {:g} {:g}H{:g}" stroke="{}" fill="none" style="stroke:{};fill:none"/>'
    ).format(begin, first, middle, first, middle, last, begin + 24, last, end - 6, plain, themed)
    yield Markup('<path d="M{:g} {:g}l-7 -4v8z" fill="{}" style="fill:{}"/>').format(
        end, last, plain, themed
    )
    for number, line in enumerate(place.label):
        y = last - 4 if number == 0 else last + LINE * number - 2
        yield _text(line, end - GAP + 28, y, *_QUIET, is_bold=False)


def _text(line: str, x: float, y: float, plain: str, themed: str, is_bold: bool) -> Markup:
    weight = 600 if is_bold else 400
    return Markup(
        '<text x="{:g}" y="{:g}" font-weight="{}" fill="{}" style="fill:{}">{}</text>'
    ).format(x, y, weight, plain, themed, line)
