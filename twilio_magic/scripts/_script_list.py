"""Scripts of several phones in one text: a line that begins with a number, and the lines below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..endpoints import NotAnEndpoint, phone_address
from ..errors import PhoneScriptError
from ._script import Script, script

#: client:alice and sip:bob@example.com hold colons, too.
_PHONE = re.compile(r"(?P<address>[+*?\w][^\s;\"']*):(?:\s+(?P<script>.*)|$)")
_USAGE = "Write NUMBER: SCRIPT, such as +13105555555: ring 3; answer."


def list_scripts(text: str) -> dict[str, Script]:
    """The scripts in *text*, by the addresses of their phones; a pattern stays as it is.

    Empty lines, and those that begin with ``#``, may stand anywhere. Raises :class:`PhoneScriptError` with the line and
    the column in *text* of what cannot be read.
    """
    return dict(_read(text))


def _read(text: str) -> Iterator[tuple[str, Script]]:
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if _PHONE.match(line)]
    for number, line in enumerate(lines[: starts[0] if starts else None]):
        if line.strip() and not line.lstrip().startswith("#"):
            message = f"{line.strip()!r} is not a number and its script."
            raise _error_at(number, 0, PhoneScriptError(message, hint=_USAGE))
    for start, end in pairwise([*starts, len(lines)]):
        yield _read_phone(lines[start:end], start)


def _read_phone(lines: list[str], first: int) -> tuple[str, Script]:
    """The phone of *lines*, the first of which has the number *first*, counted from 0."""
    match = _PHONE.match(lines[0])
    assert match is not None  # noqa: S101 - the lines begin where it matches
    try:
        address = phone_address(match["address"])
    except NotAnEndpoint as error:
        raise _error_at(first, 0, PhoneScriptError(error.message, hint=error.hint)) from None
    indent = len(lines[0]) - len(match["script"] or "")
    source = "\n".join([match["script"] or "", *lines[1:]])
    blank = source[: len(source) - len(source.lstrip())]
    try:
        return address, script(source.strip())
    except PhoneScriptError as error:
        before = len(blank.rpartition("\n")[2]) if "\n" in blank else indent
        line = first + blank.count("\n") + error.line - 1
        raise _error_at(line, before if error.line == 1 else 0, error) from None


def _error_at(line: int, column: int, error: PhoneScriptError) -> PhoneScriptError:
    """*error* where it stands in the whole text: *line* counts from 0, *column* is what stands before it."""
    line, column = line + 1, column + error.column
    return PhoneScriptError(
        error.message,
        hint=error.hint,
        place=f"line {line}, column {column}",
        excerpt=error.excerpt,
        line=line,
        column=column,
    )
