"""Reads the documents that are named on the command line: files, folders of them, and standard input.

Only what has an end is read: a pipe or a device that somebody named ``x.twiml`` would never give it back.
"""

from __future__ import annotations

import os
import select
import stat
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from ..suggestions import did_you_mean, nearest
from ._terminal import print_text

STDIN = "-"
_SUFFIXES = (".twiml", ".xml")
_INSTALLED = ("site-packages", "node_modules")  # files of other packages, which are not TwiML
#: Pipes that a shell made for this command, as for ``<(…)``.
_OF_THE_SHELL = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
#: Bytes; a document has 64 kB at most.
_MOST = 2**24
_SILENCE = 3.0
#: Where there is none, as on Windows, there are no such pipes either.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)


def name_documents(paths: Iterable[str]) -> Iterator[str]:
    """The name of each document that is meant: each file of *paths*, and those in each folder."""
    for path in paths:
        if path != STDIN and os.path.isdir(path):  # noqa: PTH112 - Path.is_dir() raises for a name that is too long
            yield from find_documents(Path(path))
        else:
            yield path


def find_documents(folder: Path) -> Iterator[str]:
    """Find the documents in *folder* and below it, in order, without hidden folders and installed packages."""
    inside = (each for each in folder.rglob("*") if each.suffix in _SUFFIXES)
    own = (each for each in inside if not _is_foreign(each.relative_to(folder).parts[:-1]))
    return iter(sorted(str(each) for each in own if each.is_file()))


def read_document(name: str) -> bytes:
    """The content of the file *name*, or of standard input for ``-``.

    Raises :class:`OSError` for what cannot be read, is no file, or has no end.
    """
    if name == STDIN:
        return _read_stdin()
    try:
        if name.startswith(_OF_THE_SHELL):
            with Path(name).open("rb") as pipe:
                return _read(pipe)
        with os.fdopen(os.open(name, os.O_RDONLY | _AT_ONCE), "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise _not_a_file(mode)
            return _read(file)
    except ValueError as error:  # such as a name with a NUL in it
        raise OSError(str(error)) from None


def read_text(name: str) -> str:
    """The same as text in UTF-8; raises :class:`UnicodeDecodeError`, too."""
    return read_document(name).decode("utf-8-sig")


def explain_unreadable(name: str, error: Exception) -> str:
    """Say why the file *name* cannot be read, and which one was probably meant."""
    if isinstance(error, FileNotFoundError):
        return f"{name}: there is no such file{_suggestion(Path(name))}"
    if isinstance(error, UnicodeDecodeError):
        return f"{name}: this is no text in UTF-8; save it as UTF-8"
    return f"{name}: {getattr(error, 'strerror', None) or error}"


def _read(stream: BinaryIO) -> bytes:
    content = stream.read(_MOST + 1)
    if len(content) > _MOST:
        raise OSError(f"it has more than {_MOST // 2**20} MB, which is no TwiML document")
    return content


def _not_a_file(mode: int) -> OSError:
    if stat.S_ISDIR(mode):
        return IsADirectoryError("it is a folder; name a file in it")
    return OSError("it is no file but a pipe or a device; name a file, or - for standard input")


def _read_stdin() -> bytes:
    """Read standard input, and tell who is at the terminal what the command waits for."""
    if sys.stdin.isatty():
        print_text("Reading the document from the keyboard; Ctrl-D ends it.", file=sys.stderr)
    elif _is_silent():
        print_text("Waiting for the document on standard input …", file=sys.stderr)
    stream = getattr(sys.stdin, "buffer", None)
    return _read(stream) if stream is not None else _read(BytesIO(sys.stdin.read().encode()))


def _is_silent() -> bool:
    """Whether nothing comes from standard input, not even its end, for some seconds."""
    try:
        return not select.select([sys.stdin], [], [], _SILENCE)[0]
    except (OSError, ValueError):  # what Windows cannot look at, or what is no file
        return False


def _is_foreign(folders: tuple[str, ...]) -> bool:
    return any(each.startswith(".") or each in _INSTALLED for each in folders)


def _suggestion(path: Path) -> str:
    folder = path.parent
    try:
        if not folder.is_dir():
            return f", nor a folder {folder}"
        documents = sorted(each.name for each in folder.iterdir() if each.suffix in _SUFFIXES)
    except OSError:  # the folder may not be looked into
        return ""
    near = nearest(path.name, documents)
    return f"; {did_you_mean(str(folder / near), starts_sentence=False)}" if near else ""
