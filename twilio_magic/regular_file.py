"""Reads files that have an end: a pipe or a device that somebody named ``x.twiml`` would never give it back."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

#: Bytes; a document has 64 kB at most.
MOST = 2**24
#: Bytes that hold a document nearly always.
_USUAL = 2**16
#: Where there is none, as on Windows, there are no such pipes either.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)


class NoDocumentError(OSError):
    """What is there and can be no document."""


class EndlessFileError(NoDocumentError):
    """A pipe or a device, which has no end that anybody knows of."""

    def __init__(self) -> None:
        super().__init__("it is no file but a pipe or a device")


def read_file(path: str | os.PathLike[str]) -> bytes:
    """The content of the file at *path*; raises :class:`OSError` for what cannot be read or has no end."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | _AT_ONCE), "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if stat.S_ISDIR(mode):
                raise IsADirectoryError("it is a folder; name a file in it")
            if not stat.S_ISREG(mode):
                raise EndlessFileError
            return read_to_end(file)
    except ValueError as error:  # such as a name with a NUL in it
        raise OSError(str(error)) from None


def read_text_file(path: str | os.PathLike[str]) -> str:
    """The same as text in UTF-8; raises :class:`UnicodeDecodeError`, too."""
    return read_file(path).decode("utf-8-sig")


def read_to_end(stream: BinaryIO) -> bytes:
    """What is left in *stream*; raises :class:`OSError` for more than any document has."""
    content = stream.read(_USUAL)
    if len(content) == _USUAL:  # memory for all that may come is only asked for where more comes
        content += stream.read(MOST + 1 - _USUAL)
    refuse_if_too_large(content)
    return content


def refuse_if_too_large(content: bytes | bytearray) -> None:
    """Raise :class:`OSError` for more than any document has."""
    if len(content) > MOST:
        raise NoDocumentError(f"it has more than {MOST // 2**20} MB, which is no TwiML document")
