"""Tracebacks of tests without the frames of this package, and its errors with what they say beyond their first line."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ..errors import TwilioMagicError
from ..tracebacks import is_own

if TYPE_CHECKING:
    import pytest

_TRACEBACK = re.compile(
    r"(?P<head>^Traceback \(most recent call last\):\n)(?P<frames>(?:[ \t].*\n)+)", re.MULTILINE
)
_FRAME = re.compile(r'  File ".*\n(?: {3,}.*\n)*')
_FILE = re.compile(r'  File "([^"]*)"')
_PACKAGE = f"{Path(__file__).resolve().parents[1]}{os.sep}"


def keep_own_frames(error: pytest.ExceptionInfo[BaseException]) -> None:
    """Leave out of the traceback of *error* the frames of this package, and what it calls that is not the user's.

    The frames before the first that is the user's are pytest's, and stay: it leaves them out by itself.
    """
    frames = list(_walk(error.tb))
    begin = next((n for n, each in enumerate(frames) if is_own(_file(each))), len(frames))
    first = next(
        (n for n in range(begin, len(frames)) if _file(frames[n]).startswith(_PACKAGE)), len(frames)
    )
    if first < len(frames):
        kept = [*frames[:first], *(each for each in frames[first:] if is_own(_file(each)))]
        error.traceback = type(error.traceback)(_chain(kept) or error.tb)
    if isinstance(error.value, TwilioMagicError):
        _tell_more(error.value)


def _walk(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _chain(frames: Sequence[TracebackType]) -> TracebackType | None:
    """A traceback of *frames* alone. Pytest follows the links between them, so leaving some out of a list is no use."""
    chained: TracebackType | None = None
    for each in reversed(frames):
        chained = TracebackType(chained, each.tb_frame, each.tb_lasti, each.tb_lineno)
    return chained


def _file(trace: TracebackType) -> str:
    return trace.tb_frame.f_code.co_filename


def _tell_more(error: TwilioMagicError) -> None:
    """Add the place that *error* shows to what pytest prints of it, before its hint; not what it came from."""
    error.__cause__, error.__suppress_context__ = None, True
    shown = [note for note in error.__notes__ if note not in error.excerpt]
    error.__notes__ = [*error.excerpt, *shown]


def keep_own_lines(text: str) -> str:
    """*text*, such as what a test logged, with the tracebacks in it cut to the user's own frames."""
    return _TRACEBACK.sub(_cut_frames, text)


def _cut_frames(trace: re.Match[str]) -> str:
    frames = _FRAME.findall(trace["frames"])
    kept = [frame for frame in frames if is_own(_FILE.match(frame)[1])]  # type: ignore[index]
    return trace["head"] + "".join(kept or frames)
