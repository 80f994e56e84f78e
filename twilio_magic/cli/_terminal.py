"""Writing to the terminal: what others wrote moves no cursor, and gives no command to who reads the output."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Any, TextIO

from ..display import UNSEEN, visible

#: What GitHub Actions takes for a command in the output of a step: ``::`` at the beginning of a line, ``##[`` anywhere.
_COMMAND = re.compile(r"^([^\S\n]*):(?=:)|#(?=#\[)", re.MULTILINE)

#: The codes of the colors that are used, which look well on dark and on light.
_COLORS = {"bold": 1, "dim": 2, "red": 31, "green": 32, "yellow": 33, "blue": 34, "cyan": 36}

#: Takes away the line at the cursor.
_CLEAR = "\r\x1b[K"


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody reads *stream* as it is written; ``FORCE_COLOR`` says so of every stream."""
    return bool(os.environ.get("FORCE_COLOR")) or (stream is not None and stream.isatty())


def has_color(stream: TextIO | None) -> bool:
    """Whether *stream* is shown in color: a terminal that knows how, unless ``NO_COLOR`` is set."""
    if os.environ.get("NO_COLOR"):
        return False
    is_forced = bool(os.environ.get("FORCE_COLOR"))
    return is_forced or (is_terminal(stream) and os.environ.get("TERM") != "dumb")


def color(text: str, *names: str) -> str:
    """*text*, which holds no commands, in the colors that *names* name."""
    codes = ";".join(str(_COLORS[name]) for name in names)
    return f"\x1b[{codes}m{text}\x1b[0m" if names and text else text


def print_text(text: str, *, file: TextIO | None = None) -> None:
    """Print *text* with everything in it that a terminal or GitHub Actions would obey made visible."""
    print(without_commands(text), file=file or sys.stdout, flush=True)


def write(text: str) -> None:
    """Print *text* as it is: a report that keeps control characters and commands out of its fields itself."""
    print(text, end="", flush=True)


def draw_over(text: str) -> None:
    """Show *text* in the place of the last line on standard error, which is a terminal; an empty text takes it away."""
    print(f"{_CLEAR}{without_commands(text)}", end="", file=sys.stderr, flush=True)


def without_commands(text: str) -> str:
    """*text* as it may be printed: it reads as it is written, and no line of it is a workflow command."""
    return _COMMAND.sub(_name, visible(text))


def dump_json(value: Any) -> str:
    """*value* as JSON for the terminal: the characters that a terminal obeys are written as their numbers."""
    written = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return UNSEEN.sub(_escape, written).replace("##[", "#\\u0023[")


def _name(found: re.Match[str]) -> str:
    return f"{found[1] or ''}⟨U+{ord(found[0][-1]):04X}⟩"


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found[0]).strip('"')
