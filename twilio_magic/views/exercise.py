"""An exercise as a task, a verdict as a list of what is reached and what is missing, and all exercises as a table."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import count_of, keep_units, visible_line
from ._rows import rows
from ._theme import (
    BAD,
    CARE,
    FAINT,
    GOOD,
    INK,
    MONO,
    SHADE,
    WRAP_LINES,
    block,
    card,
    fold,
    grid,
    plain,
    span,
)

if TYPE_CHECKING:
    from ..learning import Exercise, ExerciseList, Tries, Verdict

_WIDTH = 88
_SCREEN = 10  # exercises
_QUOTED = re.compile(r"`([^`]*)`")
_CODE = (
    f"font-family:{MONO};font-size:90%;background-color:{SHADE};color:{INK};padding:6px 10px;margin:6px 0;"
    f"border-radius:4px;{WRAP_LINES}"
)
_NEXT = f"color:{INK};font-weight:600"
_REACHED, _MISSING, _NEXT_MARK, _AHEAD = "✓", "✗", "→", "○"
_NOW = (_MISSING, _NEXT_MARK)
_STATE_MARK = {"done": _REACHED, "begun": "…", "open": _AHEAD}
#: Rows of tables have stripes in JupyterLab, from which a faint color does not stand out.
_STATE_COLOR = {"done": GOOD, "begun": CARE, "open": INK}


def task(exercise: Exercise) -> dict[str, str]:
    """The MIME bundle of *exercise*."""
    return {"text/plain": _task_text(exercise), "text/html": str(_task_html(exercise))}


def verdict(verdict: Verdict) -> dict[str, str]:
    """The MIME bundle of *verdict*."""
    return {"text/plain": _verdict_text(verdict), "text/html": str(_verdict_html(verdict))}


def progress(listed: ExerciseList) -> dict[str, str]:
    """The MIME bundle of the list of all exercises."""
    return {"text/plain": _list_text(listed), "text/html": str(_list_html(listed))}


def _list_text(listed: ExerciseList) -> str:
    width = max(len(exercise.name) for exercise, _, _ in listed)
    lines = [
        f"{_STATE_MARK[tries.state]} {exercise.name:<{width}}  {_say_tries(exercise, tries):<33}  {notebook}".rstrip()
        for exercise, notebook, tries in listed
    ]
    return "\n".join([_count(listed), *(visible_line(line) for line in lines)])


def _list_html(listed: ExerciseList) -> Markup:
    shown = [
        (
            span(
                f"{_STATE_MARK[tries.state]} {tries.state}",
                f"color:{_STATE_COLOR[tries.state]};font-weight:600;white-space:nowrap",
            ),
            Markup("{}{}").format(
                span(exercise.name, f"font-family:{MONO}"),
                block(exercise.title, "font-size:92%"),
            ),
            _say_tries(exercise, tries),
            notebook,
        )
        for exercise, notebook, tries in listed
    ]
    head = ("state", "exercise", "tries", "notebook")
    return card(
        block(_count(listed), "font-weight:600;margin-bottom:4px"),
        rows("Exercises", head, shown[:_SCREEN], "no exercises"),
        fold(f"{len(shown) - _SCREEN} more", rows("More exercises", head, shown[_SCREEN:], "")),
    )


def _count(listed: ExerciseList) -> str:
    return f"Exercises: {listed.count('done')} of {len(listed)} done, {listed.count('begun')} begun"


def _say_tries(exercise: Exercise, tries: Tries) -> str:
    if not tries.tries:
        return ""
    goals = count_of(len(exercise.goals), "goal")
    return f"{count_of(tries.tries, 'try', 'tries')}, {tries.reached} of {goals}"


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
        else plain(keep_units(piece))
        for index, piece in enumerate(pieces)
    )


def _rows(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """A mark and a text for each goal."""
    missing = _MISSING if verdict.is_begun else _NEXT_MARK
    for index, goal in enumerate(verdict.exercise.goals):
        ahead = missing if index == verdict.reached else _AHEAD
        yield (_REACHED if index < verdict.reached else ahead), goal.text


def _head(verdict: Verdict) -> str:
    state = "done" if verdict.is_done else "not done yet" if verdict.is_begun else "not begun yet"
    return f"{verdict.exercise.title}: {state}"


def _verdict_text(verdict: Verdict) -> str:
    lines = [_head(verdict)]
    for mark, text in _rows(verdict):
        lines.append(f"  {mark} {text}")
        if mark in _NOW:
            said = [verdict.missing, *(f"→ {hint}" for hint in _hints(verdict))]
            lines += [
                textwrap.fill(each, _WIDTH, initial_indent="    ", subsequent_indent="    ")
                for each in said
            ]
    return "\n".join(lines)


def _verdict_html(verdict: Verdict) -> Markup:
    colours = {_REACHED: GOOD, _MISSING: BAD, _NEXT_MARK: INK, _AHEAD: FAINT}
    cells: list[Markup] = []
    for mark, text in _rows(verdict):
        cells += [span(mark, f"color:{colours[mark]}"), span(_with_code(text))]
        if mark in _NOW:
            cells += [span(""), _complaint(verdict)]
    colour = GOOD if verdict.is_done else FAINT
    return card(
        block(_head(verdict), f"color:{colour};font-weight:600"), grid("auto minmax(0,1fr)", cells)
    )


def _complaint(verdict: Verdict) -> Markup:
    """The complaint, and below it the hints: they have more weight, because they are what the learner does next."""
    color = BAD if verdict.is_begun else FAINT
    hints = [block(_with_code(f"→ {hint}"), _NEXT) for hint in _hints(verdict)]
    return block(
        Markup("").join([block(_with_code(verdict.missing), f"color:{color}"), *hints]),
        "margin-bottom:4px",
    )


def _hints(verdict: Verdict) -> list[str]:
    return [hint for hint in (verdict.hint, *verdict.more) if hint]
