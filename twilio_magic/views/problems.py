"""What the checker found, and what a document does, as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import keep_units
from ._theme import (
    BAD,
    CALM,
    CARE,
    FAINT,
    FONT,
    GOOD,
    block,
    card,
    card_title,
    fold,
    fold_bullets,
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
    parts = [card_title(counted), _list(problems[:_SCREEN])]
    if len(problems) > _SCREEN:
        parts.append(fold(f"{len(problems) - _SCREEN:,} more", _list(problems[_SCREEN:])))
    return {"text/plain": repr(problems), "text/html": str(card(*parts))}


def bundle_sentences(sentences: Sentences) -> dict[str, str]:
    """The MIME bundle of *sentences*."""
    shown = card(card_title("What the caller experiences"), fold_bullets(sentences))
    return {"text/plain": repr(sentences), "text/html": str(shown)}


def _list(problems: list[Problem]) -> Markup:
    lines = width_of_words(map(_place, problems))
    kinds = width_of_words(map(_kind, problems), is_bold=True)
    return Markup("").join(_row(problem, lines, kinds) for problem in problems)


def _place(problem: Problem) -> str:
    return f"line {problem.line}"


def _row(problem: Problem, lines: float, kinds: float) -> Markup:
    line = span(_place(problem), f"color:{FAINT};white-space:nowrap")
    style = f"color:{_COLORS[problem.level]};font-weight:600;white-space:nowrap"
    hint = block(f"→ {problem.hint}", f"color:{FAINT}") if problem.hint else ""
    words = Markup("{}{}").format(span(keep_units(problem.message)), hint)
    return tell((line, lines), [(span(_kind(problem), style), kinds)], words)


def _kind(problem: Problem) -> str:
    return f"{problem.level} {problem.code}" if problem.code else problem.level
