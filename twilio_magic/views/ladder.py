"""The picture of a ladder, and the page around it.

The picture is SVG without a script, a style sheet, an id or anything from elsewhere. Its colours are those of
JupyterLab's theme; who knows no theme sees those of a light page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import visible
from ..ladder import Arrow, Note, shorten
from ..timeline import clock
from ._ladder_layout import LINE, Layout, Placed
from ._picture import frame_picture
from ._request import requests
from ._theme import (
    BAD_PAINT,
    CALM,
    CARE,
    FAINT,
    FAINT_PAINT,
    FONT,
    GOOD_PAINT,
    INK,
    INK_PAINT,
    MONO,
    RULE_PAINT,
    SHADE,
    Paint,
    block,
    card,
    fold,
    heading,
)

if TYPE_CHECKING:
    from ..ladder import Ladder, Step
    from ..timeline import Exchange

_TONES: Mapping[str, Paint] = {
    "plain": INK_PAINT,
    "voice": ("#0a5f8f", CALM),
    "care": ("#8a4b00", CARE),
    "bad": BAD_PAINT,
}
_SIZE = 12
#: What fits into a notebook, and a person can follow.
_MOST_LIFELINES = 12
_TOO_LARGE = 'Too large for a picture in a notebook: .save("ladder.svg") draws it all the same.'

#: The theme of a picture that stands alone, by the names that JupyterLab has for it.
_STYLE = Markup("""\
<style>:root{color-scheme:light dark;--jp-layout-color0:#fff;--jp-content-font-color1:#1a1a1a;\
--jp-content-font-color2:#5f6368;--jp-border-color2:#bdbdbd}
@media(prefers-color-scheme:dark){:root{--jp-layout-color0:#111;--jp-content-font-color1:#f1f1f1;\
--jp-content-font-color2:#b8bcc2;--jp-border-color2:#616161}}</style>""")
_PAPER = Markup(
    '<rect width="100%" height="100%" style="fill:var(--jp-layout-color0)" fill="#fff"/>'
)
_PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{}</title>{}</head>'
    '<body style="background:var(--jp-layout-color0);margin:1.5em;font-size:14px">{}</body></html>\n'
)


def bundle(ladder: Ladder) -> dict[str, str]:
    """The MIME bundle of *ladder*."""
    return {"text/plain": repr(ladder), "text/html": str(html(ladder))}


def html(ladder: Ladder) -> Markup:
    """The picture, the requests folded below it, and the same as text."""
    made = find_exchanges(ladder)
    below = [heading("Requests"), requests(made)] if made else []
    title = block(Markup("<b>{}</b>").format(visible(ladder.title)), "margin-bottom:8px")
    return card(title, frame(ladder), *below)


def frame(ladder: Ladder) -> Markup:
    """The picture in a frame that scrolls where it is narrow, and the same as text, folded; both are shortened.

    A notebook that is not trusted shows an image of it.
    """
    if len(ladder.lifelines) > _MOST_LIFELINES:
        return Markup("{}{}").format(block(_TOO_LARGE, f"color:{FAINT}"), _as_text(ladder))
    return Markup("{}{}").format(
        frame_picture(f"Ladder of {visible(ladder.title)}", _svg(shorten(ladder))),
        fold("The ladder as text", _as_text(ladder)),
    )


def _as_text(ladder: Ladder) -> Markup:
    style = (
        f"font-family:{MONO};font-size:12px;line-height:1.25;white-space:pre;overflow-x:auto;"
        f"color:{INK};margin:4px 0"
    )
    return Markup('<pre style="{}" tabindex="0">{}</pre>').format(style, repr(ladder))


def picture(ladder: Ladder) -> Markup:
    """The picture as a file of its own, light or dark as the reader's system is."""
    return Markup('<?xml version="1.0" encoding="UTF-8"?>\n{}\n').format(
        _svg(ladder, Markup("{}{}").format(_STYLE, _PAPER))
    )


def page(ladder: Ladder) -> Markup:
    """The picture with its requests as a page of its own."""
    return _PAGE.format(f"Ladder of {visible(ladder.title)}", _STYLE, html(ladder))


def find_exchanges(ladder: Ladder) -> list[Exchange]:
    """The requests of *ladder*, each once, in the order in which they were made."""
    asked = (step for step in ladder.steps if isinstance(step, Arrow) and not step.is_reply)
    return [step.exchange for step in asked if step.exchange is not None]


def _svg(ladder: Ladder, ground: str = "") -> Markup:
    layout = Layout(ladder)
    style = (
        f"width:100%;max-width:{layout.width}px;min-width:{round(layout.width * 0.8)}px;height:auto;display:block;"
        f"font-family:{FONT};font-size:{_SIZE}px;font-variant-numeric:tabular-nums"
    )
    title = f"Ladder of {visible(ladder.title)}"
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {:.0f}" width="{}" height="{:.0f}" role="img" '
        'aria-label="{}" style="{}" font-size="{}" font-family="system-ui, sans-serif">'
        "<title>{}</title><desc>{}</desc>{}</svg>"
    ).format(
        layout.width,
        layout.height,
        layout.width,
        layout.height,
        title,
        style,
        _SIZE,
        title,
        _describe(ladder),
        Markup("").join([ground, *_lifelines(layout), *_heads(layout), *_steps(layout)]),
    )


def _describe(ladder: Ladder) -> str:
    """The ladder in words, a line a step."""
    names = [visible(lifeline.title) for lifeline in ladder.lifelines]
    return "\n".join(
        f"{clock(step.at)} {_where(step, names)}: {visible(step.text)}" for step in ladder.steps
    )


def _where(step: Step, names: list[str]) -> str:
    return (
        names[step.on]
        if isinstance(step, Note)
        else f"{names[step.source]} to {names[step.target]}"
    )


def _lifelines(layout: Layout) -> Iterator[Markup]:
    for number, x in enumerate(layout.places):
        drawn = " ".join(f"M{x:g} {top:g}V{bottom:g}" for top, bottom in layout.stretches(number))
        yield _path(drawn, RULE_PAINT)


def _heads(layout: Layout) -> Iterator[Markup]:
    width, height = layout.header_width, layout.head
    for x, lines in zip(layout.places, layout.headers, strict=True):
        yield _box(x - width / 2, 1, width, height - 1, RULE_PAINT)
        y = (height - LINE * len(lines)) / 2 + LINE - 3
        yield _words(lines, x, y, INK_PAINT, weight=600)


def _steps(layout: Layout) -> Iterator[Markup]:
    told = None
    for placed in layout.steps:
        time = clock(placed.step.at)
        full = Markup("<title>{}</title>").format(f"{time} {visible(placed.step.text)}")
        shown = [] if time == told else [_time(time, layout.gutter - 6, placed.y)]
        if isinstance(placed.step, Arrow) and placed.shaft is not None:
            drawn = _arrow(placed.step, placed, placed.shaft)
        else:
            drawn = _note(placed)
        yield Markup("<g>{}</g>").format(Markup("").join([full, *shown, *drawn]))
        told = time


def _time(time: str, x: float, y: float) -> Markup:
    return Markup(
        '<text x="{:g}" y="{:g}" text-anchor="end" font-family="monospace" font-size="11" {}>{}</text>'
    ).format(x, y, _fill(FAINT_PAINT, f"font-family:{MONO}"), time)


def _note(placed: Placed) -> Iterator[Markup]:
    paint = _TONES[placed.step.tone]
    frame = RULE_PAINT if placed.step.tone == "plain" else paint
    width, height = placed.right - placed.left, placed.bottom - placed.top
    yield _box(placed.left, placed.top, width, height + 1, frame, radius=7)
    yield _words(placed.lines, placed.x, placed.y, paint)


def _arrow(arrow: Arrow, placed: Placed, y: float) -> Iterator[Markup]:
    paint = _paint(arrow)
    yield _words(
        placed.lines,
        placed.x,
        placed.y,
        paint,
        weight=600 if arrow.status and not arrow.error else 400,
    )
    yield _path(
        f"M{placed.left:g} {y:g}H{placed.right:g}", paint, dash="4 3" if arrow.is_reply else ""
    )
    goes_right = arrow.target > arrow.source
    if goes_right or arrow.goes_both_ways:
        yield _point(placed.right, y, -7, paint)
    if not goes_right or arrow.goes_both_ways:
        yield _point(placed.left, y, 7, paint)


def _paint(arrow: Arrow) -> Paint:
    if arrow.status is not None and arrow.tone == "plain":
        return GOOD_PAINT
    return FAINT_PAINT if arrow.is_reply and arrow.tone == "plain" else _TONES[arrow.tone]


def _words(lines: Sequence[str], x: float, y: float, paint: Paint, *, weight: int = 400) -> Markup:
    spans = Markup("").join(
        Markup('<tspan x="{:g}" y="{:g}">{}</tspan>').format(x, y + LINE * number, line)
        for number, line in enumerate(lines)
    )
    return Markup('<text text-anchor="middle" font-weight="{}" {}>{}</text>').format(
        weight, _fill(paint), spans
    )


def _box(
    x: float, y: float, width: float, height: float, paint: Paint, *, radius: int = 5
) -> Markup:
    return Markup(
        '<rect x="{:g}" y="{:g}" width="{:g}" height="{:g}" rx="{}" fill-opacity="1" {}/>'
    ).format(x, y, width, height, radius, _stroke(paint, SHADE))


def _path(path: str, paint: Paint, *, dash: str = "") -> Markup:
    dashed = Markup(' stroke-dasharray="{}"').format(dash) if dash else ""
    return Markup('<path d="{}"{} {}/>').format(path, dashed, _stroke(paint))


def _point(x: float, y: float, depth: int, paint: Paint) -> Markup:
    return Markup('<path d="M{:g} {:g}l{} -4v8z" {}/>').format(x, y, depth, _fill(paint))


def _fill(paint: Paint, more: str = "") -> Markup:
    plain, themed = paint
    return Markup('fill="{}" style="fill:{};{}"').format(plain, themed, more)


def _stroke(paint: Paint, fill: str = "none") -> Markup:
    plain, themed = paint
    return Markup('stroke="{}" fill="none" style="stroke:{};fill:{}"').format(plain, themed, fill)
