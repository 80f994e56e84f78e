"""A population as tables and bars, and as text.

The pictures are SVG without a script, a style sheet or an id. A notebook that is not trusted shows images of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import keep_units, visible_line
from ..populations import (
    describe_callers,
    describe_measured,
    describe_population,
    describe_share,
    format_seconds,
    list_counts,
    measured_rows,
    measured_to_text,
)
from ._picture import draw_shapes, frame_picture
from ._rows import width_of
from ._theme import (
    BAD,
    BAD_SHAPE,
    FAINT,
    FAINT_PAINT,
    FAINT_SHAPE,
    FONT,
    GOOD_PAINT,
    GOOD_SHAPE,
    INK,
    MONO,
    RULE,
    Paint,
    block,
    card,
    fold,
    heading,
    plain,
    verbatim,
)

if TYPE_CHECKING:
    from ..populations import CallerFailure, Histogram, Measured, Population

_BAR = 220  # pixels that the longest bar takes
_HEIGHT, _STEP = 120, 34  # of the picture of durations, and the width of one bar of it
_CELL = Markup('<td style="{}">{}</td>')
_HEAD = Markup('<th scope="col" style="{}">{}</th>')
_FINE = ("completed",)
_WRONG = ("failed",)


def bundle(population: Population) -> dict[str, str]:
    """The MIME bundle of *population*."""
    return {"text/plain": describe_population(population), "text/html": str(html(population))}


def bundle_of_measured(measured: Measured) -> dict[str, str]:
    """The MIME bundle of what was measured: real time."""
    head, *rows = measured_rows(measured)
    table = [_table(head, rows)] if rows else []
    shown = card(block(keep_units(describe_measured(measured)), "margin-bottom:8px"), *table)
    return {"text/plain": measured_to_text(measured), "text/html": str(shown)}


def html(population: Population) -> Markup:
    """How many failed, how calls ended, how long they lasted, the requests by address, and the first that failed."""
    color = BAD if population.failed else INK
    head = block(Markup("<b>{}</b>").format(describe_callers(population)), f"color:{color}")
    note = visible_line(population.note)
    notes = [block(note, f"color:{FAINT};font-size:85%")] if note else []
    return card(head, *notes, *_parts(population), _as_text(population))


def _parts(population: Population) -> Iterator[Markup]:
    for title, counted in list_counts(population):
        yield from _counts(f"{title[0].upper()}{title[1:]}", counted)
    yield from _durations(population.durations)
    yield from _requests(population)
    if population.failures:
        yield heading("The first that failed")
        yield from map(_failure, population.failures)


def _as_text(population: Population) -> Markup:
    return fold("The same as text", verbatim(describe_population(population)))


def _failure(failure: CallerFailure) -> Markup:
    return fold(str(failure), verbatim(failure.text))


def _counts(title: str, counted: Sequence[tuple[str, int]]) -> Iterator[Markup]:
    """A row for each, with its number, its share and a bar."""
    whole = sum(count for _, count in counted)
    most = max(count for _, count in counted)
    yield heading(title)
    rows = (
        _row(
            "td",
            [name, f"{count:,}", describe_share(count, whole)],
            _bar(count / most, _color(name)),
        )
        for name, count in counted
    )
    yield _frame(title, rows)


def _color(name: str) -> Paint:
    if name in _FINE:
        return GOOD_SHAPE
    is_wrong = name in _WRONG or name.startswith("raised ") or name.isdecimal()
    return BAD_SHAPE if is_wrong else FAINT_SHAPE


def _bar(share: float, color: Paint) -> Markup:
    """A bar, whose length is a *share* of the longest."""
    width = max(1.0, round(_BAR * share, 1))
    drawn = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} 12" width="{0}" height="12" '
        'aria-hidden="true" style="display:block">'
        '<rect x="0" y="1" width="{1:g}" height="10" rx="2" fill="{2}" style="fill:{3}"/></svg>'
    ).format(_BAR, width, *color)
    return draw_shapes(drawn, "", "display:block;max-width:none")


def _durations(durations: Histogram) -> Iterator[Markup]:
    if not durations.count:
        return
    median, late = (format_seconds(durations.quantile(share)) for share in (0.5, 0.95))
    told = f"median {median}, 95 % {late}, longest {format_seconds(durations.most)}"
    yield heading(f"How long completed calls lasted: {told}")
    yield frame_picture("Durations", _columns(durations))


def _columns(durations: Histogram) -> Markup:
    """A column for each bucket, with its number above and its bound below."""
    buckets = durations.buckets
    tallest = max(count for _, count in buckets)
    width = _STEP * len(buckets)
    style = f"width:{width}px;max-width:none;height:auto;display:block;font-family:{FONT};font-size:10px"
    parts = (_column(place, bound, count, tallest) for place, (bound, count) in enumerate(buckets))
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" '
        'aria-label="Durations" style="{2}" font-size="10" font-family="system-ui, sans-serif">{3}</svg>'
    ).format(width, _HEIGHT, style, Markup("").join(parts))


def _column(place: int, bound: float, count: int, tallest: int) -> Markup:
    height = max(1.0, round((_HEIGHT - 32) * count / tallest, 1))
    left, top = place * _STEP, _HEIGHT - 16 - height
    middle = left + _STEP / 2
    return Markup(
        '<rect x="{:g}" y="{:g}" width="{}" height="{:g}" rx="2" fill="{}" style="fill:{}"/>'
    ).format(left + 3, top, _STEP - 6, height, *GOOD_PAINT) + Markup("").join(
        (_label(middle, top - 4, f"{count:,}"), _label(middle, _HEIGHT - 3, format_seconds(bound)))
    )


def _label(x: float, y: float, words: str) -> Markup:
    return Markup(
        '<text x="{:g}" y="{:g}" text-anchor="middle" fill="{}" style="fill:{}">{}</text>'
    ).format(x, y, *FAINT_PAINT, words)


def _requests(population: Population) -> Iterator[Markup]:
    if not population.webhooks:
        return
    told = "Requests by address, and how long the answers took in simulated time"
    yield heading(told)
    rows = (
        (
            visible_line(name),
            f"{row.requests:,}",
            f"{row.errors:,}",
            format_seconds(row.seconds.quantile(0.95)),
            format_seconds(row.seconds.most),
        )
        for name, row in population.webhooks.sort().items()
    )
    yield _table(("address", "requests", "errors", "95 %", "longest"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    return _frame(head[0], [_row("th", head), *(_row("td", row) for row in rows)])


def _frame(title: str, rows: Iterable[Markup]) -> Markup:
    style = f"font-family:{FONT};color:{INK};border-collapse:collapse;margin:0"
    return Markup(
        '<div style="overflow-x:auto" tabindex="0" role="group" aria-label="{}"><table style="{}">{}</table></div>'
    ).format(title, style, Markup("").join(rows))


def _row(tag: str, cells: Sequence[str], *more: Markup) -> Markup:
    """Cells of text, the first to the left and the others to the right, and *more* behind them."""
    first, *others = cells
    wraps = f"font-family:{MONO};font-size:90%;" if "://" in first else ""
    wraps += width_of(first)
    texts = [_cell(tag, first, f"text-align:left;{wraps}")]
    texts += [_cell(tag, each, "text-align:right;white-space:nowrap") for each in others]
    texts += [_cell(tag, each, "text-align:left") for each in more]
    return Markup("<tr>{}</tr>").format(Markup("").join(texts))


def _cell(tag: str, content: str | Markup, style: str) -> Markup:
    shown = f"padding:2px 14px 2px 0;border-bottom:1px solid {RULE};{style}"
    frame = _HEAD if tag == "th" else _CELL
    return frame.format(shown, plain(content))
