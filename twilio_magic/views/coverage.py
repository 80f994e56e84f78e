"""Coverage: the map of each application with what was visited in color, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ..maps import MISSING, VISITED, State, describe_ways, summarize_coverage
from ._map_picture import MapPaint, draw_map
from ._theme import (
    BAD,
    BAD_PAINT,
    FAINT,
    FAINT_PAINT,
    GOOD,
    GOOD_PAINT,
    WRAP,
    Paint,
    block,
    card,
    fold,
    span,
    verbatim,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..maps import Coverage, CoverageReport

_MOST_MISSING = 12
_MOST_OPEN = 2


def bundle(coverage: Coverage) -> dict[str, str]:
    """The MIME bundle of *coverage*."""
    return {"text/plain": coverage.to_text(), "text/html": str(_html(coverage))}


def bundle_of_several(report: CoverageReport) -> dict[str, str]:
    """The MIME bundle of all applications, of which the first stand open: a screen is full then."""
    text = report.to_text()
    gap = Markup('<div style="height:8px"></div>')
    open_ones = map(_html, report[:_MOST_OPEN])
    folded = (fold(summarize_coverage(each), _html(each)) for each in report[_MOST_OPEN:])
    parts = gap.join((*open_ones, *folded)) if report else card(block(text))
    return {"text/plain": text, "text/html": str(parts)}


def _html(coverage: Coverage) -> Markup:
    color = BAD if coverage.missing else GOOD
    summary, text = summarize_coverage(coverage), coverage.to_text()
    head = block(
        Markup("<b>{}</b>").format(span(summary, f"color:{color}")), f"margin-bottom:8px;{WRAP}"
    )
    return card(
        head,
        draw_map(coverage.map, summary, text, _paint(coverage)),
        *_missing(coverage),
        fold("The same as text", verbatim(text)),
    )


def _missing(coverage: Coverage) -> Iterator[Markup]:
    """What is missing, beside the picture: the first lines of it."""
    missing = coverage.missing
    for each in missing[:_MOST_MISSING]:
        yield block(f"{MISSING} {each}", f"margin-top:4px;{WRAP}")
    if len(missing) > _MOST_MISSING:
        more = f"… and {len(missing) - _MOST_MISSING} more"
        yield block(more, f"margin-top:4px;color:{FAINT}")


def _paint(coverage: Coverage) -> MapPaint:
    def is_missing(state: State) -> bool:
        return not coverage.has_visited(state)

    return MapPaint(
        describe=lambda edges: describe_ways(coverage, edges),
        place=lambda state: BAD_PAINT if is_missing(state) else GOOD_PAINT,
        line=_color_of,
        is_dashed=is_missing,
    )


def _color_of(line: str) -> Paint:
    """The color of what begins with a sign; the second line of it has none."""
    colors = {VISITED: GOOD_PAINT, MISSING: BAD_PAINT}
    return colors.get(line[:1], FAINT_PAINT)
