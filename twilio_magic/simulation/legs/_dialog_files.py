"""Where what answered a call in a notebook may stand, so that ``twilio-magic test`` finds it, and how it gets there."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import count
from pathlib import Path

#: What the files are called where the name of a function is too long for a short line.
_STEM, _LONGEST_STEM = "ivr", 12
_MOST_CHARACTERS = 79
_DEFINED = "# 2. Copy the whole cells that define {}, and what they use."


def choose_file(names: Sequence[str]) -> str:
    """The file of Python for *names*: called after the first of them, and with a number where that name is taken.

    Taken is what the current directory has, and what Python imports: a file ``queue.py`` would stand in its way.
    """
    first = names[0] if len(names[0]) <= _LONGEST_STEM else _STEM
    stems = (f"{first}{'' if number == 1 else number}" for number in count(1))
    return f"{next(stem for stem in stems if not _is_taken(stem))}.py"


def describe_steps(names: Sequence[str], file: str) -> list[str]:
    """The remarks that say how a dialog gets into a file, and *names* get from a notebook into *file* beside it."""
    return [
        f"# 1. For twilio-magic test, write this into {Path(file).stem}.dialog (%%writefile).",
        _DEFINED.format(_list_short(names)),
        f"# 3. Write them into {file}; then delete the # before what names it.",
    ]


def _is_taken(stem: str) -> bool:
    if Path(f"{stem}.py").exists() or Path(f"{stem}.dialog").exists():
        return True
    return stem in sys.modules or find_spec(stem) is not None


def _list_short(names: Sequence[str]) -> str:
    """*names*, as many as a line has room for."""
    *others, last = names
    if _has_room(every := f"{', '.join(others)} and {last}" if others else last):
        return every
    shown = (", ".join(others[:most]) for most in range(len(others), 0, -1))
    return next((f"{each} …" for each in shown if _has_room(f"{each} …")), "them")


def _has_room(listed: str) -> bool:
    return len(_DEFINED.format(listed)) <= _MOST_CHARACTERS
