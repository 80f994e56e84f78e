"""How far a learner has come: the tries at each exercise, in this kernel and in the folder of the tutorials."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..display import count_of
from ..records import dataclass

if TYPE_CHECKING:
    from ._exercise import Exercise, Verdict

State = Literal["done", "begun", "open"]

#: What the progress of a folder is kept in. It is kept where this file is, and nowhere else.
PROGRESS_FILE = "progress.txt"

_HEAD = """\
Exercises of twilio_magic: how far the learner with this folder has come, as the notebooks have seen it.
This is a text file, and anybody can change it. To be sure, run the notebooks.
"""
_RECORD = re.compile(
    r"^(?P<name>[\w-]+) +(?P<state>done|begun) +(?P<tries>\d{1,6}) tr(?:y|ies), +(?P<reached>\d{1,3}) of \d+ goals?$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Tries:
    """What is known of an exercise: its *state*, how often an answer was checked until it was done, goals *reached*."""

    state: State = "open"
    tries: int = 0
    reached: int = 0


class Progress:
    """The tries at all exercises, by the name of the exercise."""

    def __init__(self) -> None:
        self._known: dict[str, Tries] = {}

    def of(self, exercise: Exercise) -> Tries:
        """What is known of *exercise*."""
        return self._read().get(exercise.name, Tries())

    def note(self, verdict: Verdict) -> Verdict:
        """*verdict* with the hints that the number of tries deserves; it is a try if there was an answer."""
        if not verdict.is_begun:
            return verdict
        exercise = verdict.exercise
        known = self._read()
        before = known.get(exercise.name, Tries())
        after = _add(before, verdict)
        if after != before:
            known[exercise.name] = after
            self._known = known
            self._write()
        return replace(
            verdict, more=() if verdict.is_done else find_hints(exercise)[: after.tries - 1]
        )

    def _read(self) -> dict[str, Tries]:
        """What this kernel knows, and what other notebooks of the folder have written since."""
        file = _find_file()
        if file is None:
            return dict(self._known)
        with suppress(OSError, UnicodeDecodeError):
            return self._known | parse_progress(file.read_text("utf-8"))
        return dict(self._known)

    def _write(self) -> None:
        file = _find_file()
        if file is None:
            return
        beside = file.with_name(f".{file.name}.{os.getpid()}")
        with suppress(OSError):
            beside.write_text(describe_progress(self._known), "utf-8")
            beside.replace(file)


def _add(before: Tries, verdict: Verdict) -> Tries:
    """*before* with one more try; what is done stays done, and needed as many tries as it did."""
    if before.state == "done":
        return before
    reached = max(before.reached, verdict.reached)
    return Tries("done" if verdict.is_done else "begun", before.tries + 1, reached)


def _find_file() -> Path | None:
    """The file of the folder in which the notebook runs, or in which that folder is."""
    with suppress(OSError):
        here = Path.cwd()
        for folder in (here, here.parent):
            if (folder / PROGRESS_FILE).is_file() and not (folder / PROGRESS_FILE).is_symlink():
                return folder / PROGRESS_FILE
    return None


def describe_progress(known: Mapping[str, Tries], learner: str = "") -> str:
    """*known* as a text: a line for each exercise, in the order of the notebooks."""
    from . import EXERCISES

    width = max(map(len, EXERCISES))
    lines = [_HEAD, *([f"Learner: {learner}\n"] if learner else [])]
    for name, exercise in EXERCISES.items():
        one = known.get(name, Tries())
        goals = count_of(len(exercise.goals), "goal")
        tries = f"{count_of(one.tries, 'try', 'tries')}, {one.reached} of {goals}"
        told = f"{one.state:<5}  {tries}" if one.tries else one.state
        lines.append(f"{name:<{width}}  {told}")
    done = sum(one.state == "done" for name, one in known.items() if name in EXERCISES)
    return "\n".join([*lines, f"\n{done} of {len(EXERCISES)} exercises are done.\n"])


def parse_progress(text: str) -> dict[str, Tries]:
    """The exercises that a text of :func:`describe_progress` tells of; whatever else stands in it is passed over."""
    return {
        found["name"]: Tries(
            "done" if found["state"] == "done" else "begun",
            int(found["tries"]),
            int(found["reached"]),
        )
        for found in _RECORD.finditer(text)
    }


@cache
def _hints() -> Mapping[str, list[str]]:
    hints: Mapping[str, list[str]] = json.loads(
        Path(__file__).with_name("hints.json").read_text("utf-8")
    )
    return hints


def find_hints(exercise: Exercise) -> tuple[str, ...]:
    """The hints for who has tried *exercise* more than once, from what to think of to what to write."""
    return tuple(_hints().get(exercise.name, ()))
