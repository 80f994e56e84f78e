"""Reads the documents that are named on the command line: files, folders of them, and standard input.

Standard input may take its time, or never end: who waits is told what for.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from ..display import count_of
from ..errors import TwilioMagicError
from ..python_source import hint_at_applications
from ..regular_file import EndlessFileError, read_file, read_to_end, refuse_if_too_large
from ..suggestions import did_you_mean, nearest
from ._terminal import print_text

STDIN = "-"
_SUFFIXES = (".twiml", ".xml")
_INSTALLED = ("site-packages", "node_modules")  # files of other packages, which are not TwiML
#: Pipes that a shell made for this command, as for ``<(…)``.
_OF_THE_SHELL = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
#: Seconds until who waits is told that the end has not come.
_PATIENCE = 3.0


def name_documents(paths: Iterable[str]) -> Iterator[str]:
    """The name of each document that is meant: each file of *paths*, and those in each folder."""
    for path in paths:
        if path != STDIN and os.path.isdir(path):  # noqa: PTH112 - Path.is_dir() raises for a name that is too long
            yield from find_documents(Path(path))
        else:
            yield path


def find_documents(folder: Path) -> Iterator[str]:
    """Find the documents in *folder* and below it, in order, without hidden folders and installed packages."""
    found: list[Path] = []
    for inside, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _is_foreign(name)]  # the walk goes into these
        found += [Path(inside, name) for name in names if name.endswith(_SUFFIXES)]
    # A file that is called .xml is hidden, and has no suffix.
    return iter(sorted(str(each) for each in found if each.suffix and each.is_file()))


def read_document(name: str) -> bytes:
    """The content of the file *name*, or of standard input for ``-``.

    Raises :class:`OSError` for what cannot be read, is no file, or has no end.
    """
    if name == STDIN:
        return _read_stdin()
    if name.startswith(_OF_THE_SHELL) and "\0" not in name:
        with Path(name).open("rb") as pipe:
            return _read_patiently(pipe, name)
    return read_file(name)


def read_text(name: str) -> str:
    """The same as text in UTF-8; raises :class:`UnicodeDecodeError`, too."""
    return read_document(name).decode("utf-8-sig")


def refuse_python(name: str, text: str | None, *, with_worlds: bool = False) -> None:
    """Raise :class:`TwilioMagicError`, which names its applications, if *text* is that of the Python file *name*.

    A simulator in the file is named, too, *with_worlds*.
    """
    hint = None if text is None else hint_at_applications(name, text, with_worlds=with_worlds)
    if hint is not None:
        raise TwilioMagicError(f"{name} is a Python file, and no TwiML.", hint=hint)


def explain_unreadable(name: str, error: Exception) -> str:
    """Say why the file *name* cannot be read, and which one was probably meant."""
    if isinstance(error, FileNotFoundError):
        return f"{name}: there is no such file{_suggestion(Path(name))}"
    if isinstance(error, UnicodeDecodeError):
        return f"{name}: this is no text in UTF-8; save it as UTF-8"
    if isinstance(error, EndlessFileError):
        return f"{name}: {error}; name a file, or - for standard input"
    return f"{name}: {getattr(error, 'strerror', None) or error}"


def _read_stdin() -> bytes:
    """Read standard input, and tell who is at the terminal what the command waits for."""
    if sys.stdin is None:
        raise OSError("standard input is closed")
    stream = getattr(sys.stdin, "buffer", None)
    if sys.stdin.isatty():
        print_text("Reading the document from the keyboard; Ctrl-D ends it.", file=sys.stderr)
    elif stream is not None:
        return _read_patiently(stream, "standard input")
    return read_to_end(stream or BytesIO(sys.stdin.read().encode()))


def _read_patiently(stream: BinaryIO, name: str) -> bytes:
    """Read *stream*, and tell once, after some seconds, that its end is waited for."""
    content, told_at = bytearray(), monotonic() + _PATIENCE
    while _comes_before(told_at, stream):
        more = stream.read1(2**16)  # type: ignore[attr-defined] # files and pipes have it
        if not more:
            return bytes(content)
        content += more
        refuse_if_too_large(content)
    so_far = f"its end: {count_of(len(content), 'byte')} so far" if content else "a document"
    print_text(f"Waiting on {name} for {so_far} …", file=sys.stderr)
    content += read_to_end(stream)
    refuse_if_too_large(content)
    return bytes(content)


def _comes_before(moment: float, stream: BinaryIO) -> bool:
    """Whether something comes from *stream* before *moment*, or its end."""
    try:
        return bool(select.select([stream], [], [], max(0.0, moment - monotonic()))[0])
    except (OSError, ValueError):  # what Windows cannot look at, or what is no file
        return True


def _is_foreign(folder: str) -> bool:
    return folder.startswith(".") or folder in _INSTALLED


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
