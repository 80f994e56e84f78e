"""What the checker found, and what a document does, as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ._theme import (
    BAD,
    CALM,
    CARE,
    FAINT,
    FONT,
    GOOD,
    block,
    card,
    fold,
    fold_bullets,
    grid,
    heading,
    span,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..twiml import Problem, Problems, Sentences

_COLORS = {"error": BAD, "warning": CARE, "advice": CALM}
_SCREEN = 10


def bundle_problems(problems: Problems) -> dict[str, str]:
    """The MIME bundle of *problems*."""
    if not problems:
        shown = block(f"✓ {problems!r}", f"font-family:{FONT};color:{GOOD}")
        return {"text/plain": repr(problems), "text/html": str(shown)}
    counted = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
    parts = [heading(counted), _grid(problems[:_SCREEN])]
    if len(problems) > _SCREEN:
        parts.append(fold(f"{len(problems) - _SCREEN:,} more", _grid(problems[_SCREEN:])))
    return {"text/plain": repr(problems), "text/html": str(card(*parts))}


def bundle_sentences(sentences: Sentences) -> dict[str, str]:
    """The MIME bundle of *sentences*."""
    shown = card(heading("What the caller experiences"), fold_bullets(sentences))
    return {"text/plain": repr(sentences), "text/html": str(shown)}


def _grid(problems: list[Problem]) -> Markup:
    return grid(
        "auto auto minmax(0,1fr)", (cell for problem in problems for cell in _cells(problem))
    )


def _cells(problem: Problem) -> Iterator[Markup]:
    yield span(f"line {problem.line}", f"color:{FAINT};white-space:nowrap")
    code = f" {problem.code}" if problem.code else ""
    yield span(
        f"{problem.level}{code}",
        f"color:{_COLORS[problem.level]};font-weight:600;white-space:nowrap",
    )
    hint = block(f"→ {problem.hint}", f"color:{FAINT}") if problem.hint else ""
    yield block(Markup("{}{}").format(span(problem.message), hint), "overflow-wrap:anywhere")
