"""The map of an IVR as a picture, with its problems below, and as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import count_of, visible
from ..maps import describe_extent, describe_path
from ._map_picture import draw_map
from ._theme import (
    BAD,
    CARE,
    FAINT,
    FONT,
    GOOD,
    WRAP,
    block,
    card,
    card_title,
    fold,
    grid,
    span,
    verbatim,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..maps import Map, MapProblem, MapProblems, MissingWays, Path

_LEVELS = {"error": BAD, "warning": CARE, "advice": FAINT}


def bundle(found: Map) -> dict[str, str]:
    """The MIME bundle of *found*."""
    return {"text/plain": found.to_text(), "text/html": str(html(found))}


def bundle_map_problems(problems: MapProblems) -> dict[str, str]:
    """The MIME bundle of *problems*, the worst first, each with the way to it."""
    cells = [cell for each in problems for cell in _cells(each)]
    shown = _list(count_of(len(problems), "problem"), "auto minmax(0,1fr)", cells)
    return {"text/plain": repr(problems), "text/html": str(shown if problems else _fine(problems))}


def bundle_missing_ways(missing: MissingWays) -> dict[str, str]:
    """The MIME bundle of what no call has visited."""
    cells = [_with_way(each.message, each.path) for each in missing]
    shown = _list(f"{count_of(len(missing), 'way')} not visited", "minmax(0,1fr)", cells)
    return {"text/plain": repr(missing), "text/html": str(shown if missing else _fine(missing))}


def _list(title: str, columns: str, cells: Sequence[Markup]) -> Markup:
    return card(card_title(title), grid(columns, cells))


def _fine(nothing: Sequence[object]) -> Markup:
    return block(f"✓ {nothing!r}", f"font-family:{FONT};color:{GOOD}")


def _cells(problem: MapProblem) -> Iterator[Markup]:
    level = f"color:{_LEVELS[problem.level]};font-weight:600;white-space:nowrap"
    kind = "" if problem.kind == problem.level else f" ({problem.kind})"
    yield span(problem.level, level)
    yield _with_way(f"{problem.message}{kind}", problem.path)


def _with_way(message: str, path: Path) -> Markup:
    way = block(f"→ {describe_path(path)}", f"color:{FAINT}")
    return block(Markup("{}{}").format(span(visible(message)), way), WRAP)


def html(found: Map) -> Markup:
    """The picture, the problems, and the same as text, folded."""
    extent, text = describe_extent(found), found.to_text()
    head = block(Markup("<b>{}</b>").format(extent), "margin-bottom:8px")
    problems = [_problem(each) for each in found.problems]
    return card(
        head, draw_map(found, extent, text), *problems, fold("The map as text", verbatim(text))
    )


def _problem(problem: MapProblem) -> Markup:
    color = _LEVELS[problem.level]
    return block(str(problem), f"color:{color};margin-top:4px;{WRAP}")
