"""The picture of a map: SVG without a script, a style sheet or an id.

A notebook that is not trusted takes no pictures of this kind: the words in it are hidden there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import visible
from ..maps import describe_moves
from ._map_layout import GAP, LINE, WIDTH, Box, Describe, MapLayout
from ._theme import BAD, FAINT, FONT, GOOD, INK, RULE, SHADE, block

if TYPE_CHECKING:
    from ..maps import Map, State

#: A color for programs that know no variables, and the color of the theme.
Color = tuple[str, str]

_SIZE = 12
_MOST_PLACES = 80
_TOO_LARGE = (
    "Too large for a picture in a notebook; to_graphviz() gives it to a program that draws."
)
PLAIN_INK: Color = ("#1a1a1a", INK)
PLAIN_GOOD: Color = ("#1d6b34", GOOD)
PLAIN_BAD: Color = ("#a3261e", BAD)
_QUIET: Color = ("#5f6368", FAINT)
_RULE: Color = ("#9aa0a6", RULE)
_COLORS: Mapping[str, Color] = {
    "gather": PLAIN_INK,
    "dial": PLAIN_GOOD,
    "record": PLAIN_GOOD,
    "waiting": PLAIN_GOOD,
    "error": PLAIN_BAD,
    "loop": PLAIN_BAD,
}


def _color_of_kind(state: State) -> Color:
    return _COLORS.get(state.kind, _QUIET)


@dataclass(frozen=True)
class Paint:
    """How a map is painted: the lines that *describe* moves, and the colors of a *place* and of a *line* of moves.

    A place that *is_dashed* has a frame of dashes. Without a color of their own, lines have that of what they stand at.
    """

    describe: Describe = lambda edges: [describe_moves(edges)]
    place: Callable[[State], Color] = _color_of_kind
    line: Callable[[str], Color] | None = None
    is_dashed: Callable[[State], bool] = lambda _: False


def draw_map(found: Map, title: str, text: str, paint: Paint | None = None) -> Markup:
    """The picture of *found* in a frame that scrolls. *title* and *text* say what it shows to who cannot see it."""
    if len(found.states) > _MOST_PLACES:
        return block(_TOO_LARGE, f"color:{FAINT}")
    return Markup(
        '<div hidden="hidden" style="all:unset"><div style="overflow-x:auto" tabindex="0" role="group" '
        'aria-label="Map of the ways through an IVR">{}</div></div>'
    ).format(_svg(found, title, text, paint or Paint()))


def _svg(found: Map, title: str, text: str, paint: Paint) -> Markup:
    layout = MapLayout(found, paint.describe)
    style = f"width:{layout.width:g}px;max-width:none;height:auto;display:block;font-family:{FONT};font-size:{_SIZE}px"
    parts = [each for place in layout.places for each in _draw(place, paint)]
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
        visible(title),
        visible(text),
        Markup("").join(parts),
    )


def _draw(place: Box, paint: Paint) -> Iterator[Markup]:
    if place.parent is not None:
        yield from _draw_way(place, place.parent, paint)
    plain, themed = paint.place(place.state)
    dashes = Markup(' stroke-dasharray="5 4"') if paint.is_dashed(place.state) else ""
    yield Markup(
        '<rect x="{:g}" y="{:g}" width="{}" height="{:g}" rx="5" stroke="{}"{} fill="none" style="stroke:{};fill:{}"/>'
    ).format(place.x, place.y, WIDTH, place.height, plain, dashes, themed, SHADE)
    for number, line in enumerate(place.lines):
        y = place.y + LINE * (number + 1)
        is_move = number >= place.words
        color = paint.line(line) if is_move and paint.line is not None else (plain, themed)
        yield _text(line, place.x + 8, y, color, is_bold=number == 0)


def _draw_way(place: Box, parent: Box, paint: Paint) -> Iterator[Markup]:
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
    color = _QUIET
    for number, line in enumerate(place.label):
        y = last - 4 if number == 0 else last + LINE * number - 2
        own = paint.line(line) if paint.line is not None else _QUIET
        color = own if own != _QUIET else color
        yield _text(line, end - GAP + 28, y, color, is_bold=False)


def _text(line: str, x: float, y: float, color: Color, *, is_bold: bool) -> Markup:
    weight = 600 if is_bold else 400
    plain, themed = color
    return Markup(
        '<text x="{:g}" y="{:g}" font-weight="{}" fill="{}" style="fill:{}">{}</text>'
    ).format(x, y, weight, plain, themed, line)
