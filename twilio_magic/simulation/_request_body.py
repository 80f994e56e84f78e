"""Reads the body of a request to a served world, whole and within bounds. Source: RFC 9112, sections 6 and 7."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

#: Bytes of a body: no request of the API comes near it.
MOST = 2**20
_LENGTH = re.compile("[0-9]+")
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]+)[ \t]*(?:;[^\r\n]*)?\r\n")
_LONGEST_LINE = 1024
_MOST_TRAILERS = 100
_MOST_DIGITS = 15  # of a length: what is longer is too large, too


class BadRequest(ValueError):  # noqa: N818 - it is called as HTTP calls it
    """A request that cannot be read; *status* is the HTTP status that says so."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class _Stream(Protocol):
    """What a body is read from."""

    def read(self, length: int, /) -> bytes:
        """So many bytes; fewer at the end."""

    def readline(self, most: int, /) -> bytes:
        """The bytes up to the end of the line, but no more than so many."""


def read_body(fields: Mapping[str, str], stream: _Stream, begin: Callable[[], object]) -> bytes:
    """The body that is announced in *fields*, headers by their names in an environ.

    *begin* is called before it is read. Raises :class:`BadRequest`, and what *stream* and *begin* raise.
    """
    coding, lengths = fields.get("HTTP_TRANSFER_ENCODING"), _lengths(fields)
    if coding is not None and lengths:
        raise BadRequest(400, "It has both a Content-Length and a Transfer-Encoding. Send one.")
    if coding is not None:
        if coding.strip().lower() != "chunked":
            raise BadRequest(501, f"The Transfer-Encoding {coding[:40]!r} is none but chunked.")
        begin()
        return _read_chunks(stream)
    if not lengths:
        return b""
    if len(lengths) > 1 or not _LENGTH.fullmatch(lengths[0]):
        shown = ", ".join(lengths)[:40]
        raise BadRequest(400, f"The Content-Length {shown!r} is no number of bytes.")
    length = _within(lengths[0], 10)
    if length:
        begin()
    return _read(stream, length)


def _lengths(fields: Mapping[str, str]) -> list[str]:
    """The different lengths that are announced."""
    announced = fields.get("HTTP_CONTENT_LENGTH")
    if announced is None:
        return []
    return list(dict.fromkeys(value.strip() for value in announced.split(",")))


def _within(digits: str, base: int, already: int = 0) -> int:
    """The number of bytes that *digits* announce after those that came *already*; raises if it is too large."""
    plain = digits.lstrip("0") or "0"
    if len(plain) > _MOST_DIGITS or already + int(plain, base) > MOST:
        raise BadRequest(413, f"The body is larger than {MOST:,} bytes.")
    return int(plain, base)


def _read(stream: _Stream, length: int) -> bytes:
    got = stream.read(length)
    if len(got) < length:
        raise BadRequest(400, f"The body ended after {len(got):,} of {length:,} bytes.")
    return got


def _read_chunks(stream: _Stream) -> bytes:
    body = bytearray()
    while True:
        line = stream.readline(_LONGEST_LINE)
        announced = _CHUNK_SIZE.fullmatch(line)
        if not announced:
            raise BadRequest(400, f"{line[:40]!r} is not the length of a chunk.")
        size = _within(announced[1].decode(), 16, len(body))
        if not size:
            _skip_trailers(stream)
            return bytes(body)
        body += _read(stream, size)
        if stream.readline(2) != b"\r\n":
            raise BadRequest(400, "A chunk is longer than it says.")


def _skip_trailers(stream: _Stream) -> None:
    """Read what follows the last chunk, up to an empty line. Nothing in it counts."""
    for _ in range(_MOST_TRAILERS):
        line = stream.readline(_LONGEST_LINE)
        if line == b"\r\n":
            return
        if not line.endswith(b"\r\n"):
            raise BadRequest(400, f"{line[:40]!r} is no line behind a body.")
    raise BadRequest(431, f"There are more than {_MOST_TRAILERS} lines after the last chunk.")
