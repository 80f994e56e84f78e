"""Tracebacks cut to the frames of the user's own files: without frameworks, Python's library and this package."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from copy import copy
from functools import lru_cache
from pathlib import Path
from traceback import FrameSummary, StackSummary, walk_tb

from .records import dataclass

_INSTALLED = {"site-packages", "dist-packages"}
_PACKAGE = f"{Path(__file__).resolve().parent}{os.sep}"
#: Where the files of Python's own library and of this package are.
_LIBRARIES = (
    *(f"{Path(sysconfig.get_path(name)).resolve()}{os.sep}" for name in ("stdlib", "platstdlib")),
    _PACKAGE,
)
#: Frames of an exception that are shown: of those of the user, and where there are none.
_MOST, _MOST_OF_OTHERS = 6, 3
_MOST_CAUSES = 3
_LONGEST_LINE, _LONGEST_MESSAGE = 120, 1000


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception that somebody's code raised.

    *line* is one line: ``KeyError: 'Digits' (ivr.py:14, in key)``. *traceback* has the lines of the user's own files.
    """

    line: str
    traceback: str


def describe_raised(error: BaseException) -> Raised:
    """What is told of *error* to whom the code belongs."""
    return Raised(_one_line(error), cut_traceback(error))


def without_frames(error: BaseException) -> BaseException:
    """A copy of *error* and of what it came from, without the frames that it came through, which hold all they had.

    One that cannot be copied is returned itself.
    """
    try:
        bare = copy(error)
    except Exception:  # whatever the constructor of a stranger's class wants
        return error
    bare.__cause__ = error.__cause__ and without_frames(error.__cause__)
    bare.__context__ = error.__context__ and without_frames(error.__context__)
    bare.__suppress_context__ = error.__suppress_context__
    return bare


def cut_traceback(error: BaseException) -> str:
    """The traceback of *error*, cut to the user's own frames; if there are none, to the last ones.

    Two lines a frame, its place and its source, then the exception, and a line for each exception that caused it.
    """
    return "\n".join([*_lines(error), *_causes(error)])


def describe_exception(error: BaseException) -> str:
    """The class and the message of *error*: ``KeyError: 'Digits'``."""
    name, message = type(error).__name__, _message(error)
    return f"{name}: {message}" if message else name


def has_own_frames(error: BaseException) -> bool:
    """Whether code of the user's own is in the traceback of *error*."""
    return any(is_own(frame.f_code.co_filename) for frame, _ in walk_tb(error.__traceback__))


@lru_cache(maxsize=1024)
def is_own(filename: str) -> bool:
    """Whether the file is the user's: neither installed, nor Python's own, nor this package's."""
    if filename.startswith("<frozen "):
        return False
    path = Path(filename)
    return not _INSTALLED & set(path.parts) and not str(path.resolve()).startswith(_LIBRARIES)


def _is_machinery(filename: str) -> bool:
    """Whether the file is this package's, or no file at all: Python's own importing."""
    return filename.startswith("<frozen ") or str(Path(filename).resolve()).startswith(_PACKAGE)


def place_of(frame: FrameSummary) -> str:
    """Where *frame* is: ``ivr.py:14, in key``; the file as it is seen from the current directory, or its name alone.

    A line that no code has run in belongs to no function.
    """
    function = f", in {frame.name}" if frame.name else ""
    return f"{_file(frame.filename)}:{frame.lineno}{function}"


def _file(filename: str) -> str:
    cell = _cell(filename)
    if cell:
        return cell
    path = Path(filename)
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else path.name


def _cell(filename: str) -> str:
    """The cell of a notebook, as IPython names it: ``Cell In[3]``; empty for a file."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    found = shell.compile.format_code_name(filename) if shell else None
    return " ".join(found) if found else ""


def _written_at(error: BaseException) -> FrameSummary | None:
    """The line that Python could not read, if that is what *error* says: no code has run there, and no frame has it."""
    if not isinstance(error, SyntaxError) or not error.filename or not error.lineno:
        return None
    line = (error.text or "").rstrip()
    return FrameSummary(error.filename, error.lineno, "", line=line, lookup_line=False)


def _one_line(error: BaseException) -> str:
    """*error* in one line, or those that it is the group of."""
    if isinstance(error, BaseExceptionGroup):
        more = len(error.exceptions) - _MOST_CAUSES
        last = [f"and {more} more"] if more > 0 else []
        return "; ".join([*map(_one_line, error.exceptions[:_MOST_CAUSES]), *last])
    frames = _frames(error)
    words = describe_exception(error).split("\n", maxsplit=1)[0]
    place = f" ({place_of(frames[-1])})" if frames else ""
    return f"{_cut(words, _LONGEST_LINE)}{place}"


def _lines(error: BaseException) -> Iterator[str]:
    for frame in _frames(error):
        yield place_of(frame)
        if frame.line:
            yield f"    {_cut(frame.line, _LONGEST_LINE)}"
    yield describe_exception(error)
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions[:_MOST_CAUSES]:
            yield from (f"  {line}" for line in _lines(inner))


def _causes(error: BaseException) -> Iterator[str]:
    """A line for each exception that led to *error* and came from the user's own code, the last one first."""
    seen = {id(error)}
    for _ in range(_MOST_CAUSES):
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if cause is None or id(cause) in seen:
            return
        seen.add(id(cause))
        error = cause
        if has_own_frames(error):
            yield f"caused by {_one_line(error)}"


def _frames(error: BaseException) -> StackSummary:
    """The last frames of the user's own in the traceback of *error*; if there are none, of all but this package's."""
    found = list(walk_tb(error.__traceback__))
    own = [each for each in found if is_own(each[0].f_code.co_filename)]
    others = [each for each in found if not _is_machinery(each[0].f_code.co_filename)]
    written = _written_at(error)
    shown = own[-_MOST:] or ([] if written is not None else others[-_MOST_OF_OTHERS:])
    frames = StackSummary.extract(iter(shown))
    frames += [written] if written is not None else []
    return frames


def _message(error: BaseException) -> str:
    """The message of *error*: the key itself of one that is missing, whatever a subclass makes of it.

    Of one of syntax, whose place is told anyway, it is without the place.
    """
    try:
        if isinstance(error, SyntaxError) and error.lineno and isinstance(error.msg, str):
            return _cut(error.msg.strip(), _LONGEST_MESSAGE)
        text = KeyError.__str__(error) if isinstance(error, KeyError) else str(error)
    except Exception:
        return "<its message cannot be shown>"
    return _cut(text.strip(), _LONGEST_MESSAGE)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
