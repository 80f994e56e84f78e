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
    heading,
    span,
)
from ._told import tell, width_of_words

if TYPE_CHECKING:
    from ..twiml import Problem, Problems, Sentences

_COLORS = {"error": BAD, "warning": CARE, "advice": CALM}
_SCREEN = 10


def bundle_problems(problems: Problems) -> dict[str, str]:
    """The MIME bundle of *problems*."""
    if not problems:
        shown = block(f"✓ {problems!r}", f"font-family:{FONT};color:{GOOD}")
        return {"text/plain": repr(problems), "text/html": str(shown)}
    counted = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
    parts = [heading(counted), _list(problems[:_SCREEN])]
    if len(problems) > _SCREEN:
        parts.append(fold(f"{len(problems) - _SCREEN:,} more", _list(problems[_SCREEN:])))
    return {"text/plain": repr(problems), "text/html": str(card(*parts))}


def bundle_sentences(sentences: Sentences) -> dict[str, str]:
    """The MIME bundle of *sentences*."""
    shown = card(heading("What the caller experiences"), fold_bullets(sentences))
    return {"text/plain": repr(sentences), "text/html": str(shown)}


def _list(problems: list[Problem]) -> Markup:
    width = width_of_words(map(_kind, problems))
    return Markup("").join(_row(problem, width) for problem in problems)


def _row(problem: Problem, width: float) -> Markup:
    line = span(f"line {problem.line}", f"color:{FAINT};white-space:nowrap")
    style = f"color:{_COLORS[problem.level]};font-weight:600;white-space:nowrap"
    hint = block(f"→ {problem.hint}", f"color:{FAINT}") if problem.hint else ""
    words = Markup("{}{}").format(span(problem.message), hint)
    return tell(line, [(span(_kind(problem), style), width)], words)


def _kind(problem: Problem) -> str:
    return f"{problem.level} {problem.code}" if problem.code else problem.level
