"""An exercise as a task, and the verdict on an answer as a list of what is reached and what is missing."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from ._theme import BAD, FAINT, GOOD, INK, MONO, SHADE, block, card, grid, plain, span

if TYPE_CHECKING:
    from ..exercises import Exercise, Verdict

_WIDTH = 88
_QUOTED = re.compile(r"`([^`]*)`")
_CODE = (
    f"font-family:{MONO};font-size:90%;background-color:{SHADE};color:{INK};padding:6px 10px;margin:6px 0;"
    "border-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere"
)
_NEXT = f"color:{INK};font-weight:600"
_REACHED, _MISSING, _AHEAD = "✓", "✗", "○"


def task(exercise: Exercise) -> dict[str, str]:
    """The MIME bundle of *exercise*."""
    return {"text/plain": _task_text(exercise), "text/html": str(_task_html(exercise))}


def verdict(verdict: Verdict) -> dict[str, str]:
    """The MIME bundle of *verdict*."""
    return {"text/plain": _verdict_text(verdict), "text/html": str(_verdict_html(verdict))}


def _task_text(exercise: Exercise) -> str:
    told = (
        paragraph if _is_code(paragraph) else textwrap.fill(paragraph, _WIDTH)
        for paragraph in exercise.task.split("\n\n")
    )
    return "\n\n".join([f"Exercise: {exercise.title}", *told])


def _task_html(exercise: Exercise) -> Markup:
    title = block(f"Exercise: {exercise.title}", "font-weight:600;margin-bottom:4px")
    return card(title, *(_paragraph(each) for each in exercise.task.split("\n\n")))


def _paragraph(text: str) -> Markup:
    if _is_code(text):
        return Markup('<pre style="{}">{}</pre>').format(_CODE, plain(textwrap.dedent(text)))
    return block(_with_code(text), "margin:4px 0")


def _is_code(paragraph: str) -> bool:
    return paragraph.startswith("    ")


def _with_code(text: str) -> Markup:
    """*text* with what stands between backticks as code."""
    pieces = _QUOTED.split(text)
    style = f"font-family:{MONO};font-size:92%;background-color:{SHADE};padding:0 3px"
    return Markup("").join(
        Markup('<code style="{}">{}</code>').format(style, plain(piece))
        if index % 2
        else plain(piece)
        for index, piece in enumerate(pieces)
    )


def _rows(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """A mark and a text for each goal."""
    for index, goal in enumerate(verdict.exercise.goals):
        ahead = _MISSING if index == verdict.reached else _AHEAD
        yield (_REACHED if index < verdict.reached else ahead), goal.text


def _head(verdict: Verdict) -> str:
    state = "done" if verdict.is_done else "not done yet"
    return f"{verdict.exercise.title}: {state}"


def _verdict_text(verdict: Verdict) -> str:
    lines = [_head(verdict)]
    for mark, text in _rows(verdict):
        lines.append(f"  {mark} {text}")
        if mark == _MISSING:
            said = [verdict.missing, *([f"→ {verdict.hint}"] if verdict.hint else [])]
            lines += [
                textwrap.fill(each, _WIDTH, initial_indent="    ", subsequent_indent="    ")
                for each in said
            ]
    return "\n".join(lines)


def _verdict_html(verdict: Verdict) -> Markup:
    colours = {_REACHED: GOOD, _MISSING: BAD, _AHEAD: FAINT}
    cells: list[Markup] = []
    for mark, text in _rows(verdict):
        cells += [span(mark, f"color:{colours[mark]}"), span(_with_code(text))]
        if mark == _MISSING:
            cells += [span(""), _complaint(verdict)]
    colour = GOOD if verdict.is_done else FAINT
    return card(block(_head(verdict), f"color:{colour};font-weight:600"), grid("auto 1fr", cells))


def _complaint(verdict: Verdict) -> Markup:
    """The complaint, and below it the hint: it has more weight, because it is what the learner does next."""
    complaint = block(_with_code(verdict.missing), f"color:{BAD}")
    hint = block(_with_code(f"→ {verdict.hint}"), _NEXT) if verdict.hint else Markup("")
    return block(Markup("{}{}").format(complaint, hint), "margin-bottom:4px")
