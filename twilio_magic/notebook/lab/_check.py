"""The problems of a ``%%twiml`` cell while it is typed, with their places and what would mend them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ...errors import NotXml, TwilioMagicError
from .._twiml import read_cell

if TYPE_CHECKING:
    from ...problem import Problem

#: Characters of a cell that is checked while it is typed.
MOST = 100_000
_MOST_PROBLEMS = 200
_CELL = re.compile(r"[ \t]*%%twiml(?P<line>(?:[ \t][^\n]*)?)\n(?P<body>.*)", re.DOTALL)
_PLACE = re.compile(r"line (\d+), column (\d+)")
#: A name whose value is an attribute, or an item: to find it may run code, or ask a live account.
_PATH = re.compile(r"\$\{\w+[.\[]")
#: What is marked where the document cannot be read further: a name, or one character.
_WORD = re.compile(r"\$\{?\w+\}?|.", re.DOTALL)
_PLAIN = (str, int, float, bool)


def check_cell(cell: str, names: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Check *cell* with the variables in *names*; returns what the extension of JupyterLab marks.

    Nothing of the user's runs for it: a document with a name whose value only code can give is checked when it runs.
    """
    match = _CELL.match(cell) if len(cell) <= MOST else None
    if match is None:
        return []
    from ...twiml import Document
    from ...twiml import names as names_in

    known = {
        name: value
        for name, value in names.items()
        if type(value) in _PLAIN or isinstance(value, Document)
    }
    body = match["body"]
    if _PATH.search(body) or any(name in names and name not in known for name in names_in(body)):
        return []
    return _problems(match["line"], body, known)


def format_cell(cell: str) -> str:
    """Lay the document in *cell* out anew; raises :class:`NotXml` where it cannot be read."""
    match = _CELL.match(cell)
    if match is None or len(cell) > MOST:
        return cell
    from ...twiml import format as lay_out

    return cell[: match.start("body")] + lay_out(match["body"]).rstrip("\n")


def _problems(line: str, body: str, names: Mapping[str, Any]) -> list[dict[str, Any]]:
    try:
        document = read_cell(line, body, names)
    except TwilioMagicError as error:
        return [_refusal(error, body)]
    filled = document.text.split("\n")
    return [_record(each, body, filled) for each in list(document.problems)[:_MOST_PROBLEMS]]


def _refusal(error: TwilioMagicError, body: str) -> dict[str, Any]:
    """What cannot be read at all, at its place: that of the magic's line where it has none."""
    place = _PLACE.search(error.place or "")
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    start = _offset(body, line, column)
    word = None if start is None else _WORD.match(body, start)
    end = word.end() if word else start
    return {
        "code": error.code,
        "level": "error",
        "message": error.message,
        "hint": error.hint,
        "name": "not-xml" if isinstance(error, NotXml) else "not-read",
        "line": line,
        "column": column,
        "start": start,
        "end": end,
        "fixes": [],
    }


def _record(problem: Problem, body: str, filled: list[str]) -> dict[str, Any]:
    from ...twiml import find_extent, find_fixes

    start = _offset(body, problem.line, problem.column)
    record = {
        name: getattr(problem, name)
        for name in ("code", "level", "message", "hint", "name", "line", "column")
    }
    if start is None or not _is_as_written(body, filled, problem.line):
        return {**record, "start": None, "end": None, "fixes": []}
    begin, end = find_extent(body, problem, start)
    fixes = [asdict(fix) for fix in find_fixes(body, problem, start)]
    return {**record, "start": min(begin, start), "end": end, "fixes": fixes}


def _offset(body: str, line: int, column: int) -> int | None:
    """Where the place is in *body*, which begins in the second line of its cell; ``None`` for the first line."""
    if line < 2:
        return None
    lines = body.split("\n")
    before = sum(len(each) + 1 for each in lines[: line - 2])
    return min(before + column - 1, len(body))


def _is_as_written(body: str, filled: list[str], line: int) -> bool:
    """Whether *line* of the cell says in the document what it says in the cell: no name is filled in it."""
    written = body.split("\n")
    return line - 2 < len(written) and written[line - 2] in filled
