"""The picture of a map: SVG without a script, a style sheet or an id.

A notebook that is not trusted shows an image of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import visible
from ..maps import describe_moves
from ..records import dataclass
from ._map_layout import GAP, LINE, WIDTH, Box, Describe, MapLayout
from ._picture import frame_picture
from ._theme import (
    BAD_PAINT,
    FAINT,
    FAINT_PAINT,
    FONT,
    GOOD_PAINT,
    INK_PAINT,
    RULE_PAINT,
    SHADE,
    Paint,
    block,
)

if TYPE_CHECKING:
    from ..maps import Map, State

_SIZE = 12
_MOST_PLACES = 80
_TOO_LARGE = (
    "Too large for a picture in a notebook; to_graphviz() gives it to a program that draws."
)
_COLORS: Mapping[str, Paint] = {
    "gather": INK_PAINT,
    "dial": GOOD_PAINT,
    "record": GOOD_PAINT,
    "waiting": GOOD_PAINT,
    "error": BAD_PAINT,
    "loop": BAD_PAINT,
}


def _color_of_kind(state: State) -> Paint:
    return _COLORS.get(state.kind, FAINT_PAINT)


@dataclass(frozen=True)
class MapPaint:
    """How a map is painted: the lines that *describe* moves, and the colors of a *place* and of a *line* of moves.

    A place that *is_dashed* has a frame of dashes. Without a color of their own, lines have that of what they stand at.
    """

    describe: Describe = lambda edges: [describe_moves(edges)]
    place: Callable[[State], Paint] = _color_of_kind
    line: Callable[[str], Paint] | None = None
    is_dashed: Callable[[State], bool] = lambda _: False


def draw_map(found: Map, title: str, text: str, paint: MapPaint | None = None) -> Markup:
    """The picture of *found* in a frame that scrolls. *title* and *text* say what it shows to who cannot see it."""
    if len(found.states) > _MOST_PLACES:
        return block(_TOO_LARGE, f"color:{FAINT}")
    return frame_picture(
        "Map of the ways through an IVR", _svg(found, title, text, paint or MapPaint())
    )


def _svg(found: Map, title: str, text: str, paint: MapPaint) -> Markup:
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


def _draw(place: Box, paint: MapPaint) -> Iterator[Markup]:
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


def _draw_way(place: Box, parent: Box, paint: MapPaint) -> Iterator[Markup]:
    begin, end = parent.x + WIDTH, place.x
    first, last = parent.y + LINE, place.y + LINE
    middle = (begin + begin + 24) / 2
    plain, themed = RULE_PAINT
    yield Markup(
        '<path d="M{:g} {:g}C{:g} {:g} {:g} {:g} {:g} {:g}H{:g}" stroke="{}" fill="none" style="stroke:{};fill:none"/>'
    ).format(begin, first, middle, first, middle, last, begin + 24, last, end - 6, plain, themed)
    yield Markup('<path d="M{:g} {:g}l-7 -4v8z" fill="{}" style="fill:{}"/>').format(
        end, last, plain, themed
    )
    color = FAINT_PAINT
    for number, line in enumerate(place.label):
        y = last - 4 if number == 0 else last + LINE * number - 2
        own = paint.line(line) if paint.line is not None else FAINT_PAINT
        color = own if own != FAINT_PAINT else color
        yield _text(line, end - GAP + 25, y, color, is_bold=False)


def _text(line: str, x: float, y: float, color: Paint, *, is_bold: bool) -> Markup:
    weight = 600 if is_bold else 400
    plain, themed = color
    return Markup(
        '<text x="{:g}" y="{:g}" font-weight="{}" fill="{}" style="fill:{}">{}</text>'
    ).format(x, y, weight, plain, themed, line)
