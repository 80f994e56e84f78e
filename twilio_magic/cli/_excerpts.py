"""The report of ``twilio-magic check`` in a terminal: each finding with its line, and a caret below its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from ..display import visible_line
from ..errors import NotXml
from ..ladder import cells
from ._reports import Finding, sum_up
from ._terminal import color, without_commands

if TYPE_CHECKING:
    from ..problem import Problem

#: A color for a text by the names of colors; or none, where there are no colors.
_Paint = Callable[..., str]

_LINE_END = re.compile(r"\r\n|\r|\n")
_COLOR_OF_LEVEL = {"error": "red", "warning": "yellow", "advice": "cyan"}
_TAG = re.compile(r"</?[\w:.-]+")
#: What stands before a line beside its number, and the ellipses; and how much of a line is shown at least.
_MARGIN, _LEAST = 7, 40


def as_excerpts(
    findings: Sequence[Finding], documents: Mapping[str, bytes], *, has_color: bool
) -> str:
    """Write each finding with its line of the text in *documents*, and one line that counts them."""
    paint = color if has_color else _leave
    texts = {finding.file: _lines_of(documents[finding.file]) for finding in findings}
    told = [
        "\n".join([*_tell(finding, texts[finding.file], paint), ""]) + "\n" for finding in findings
    ]
    return "".join([*told, _sum_up(findings, len(documents), paint), "\n"])


def _leave(text: str, *_: str) -> str:
    return text


def _lines_of(document: bytes) -> list[str]:
    """The lines of *document*; none of what is no text."""
    from ..twiml import to_text

    try:
        return _LINE_END.split(to_text(document))
    except NotXml:
        return []


def _tell(finding: Finding, lines: Sequence[str], paint: _Paint) -> list[str]:
    """The lines about *finding*: what it is, and its place in *lines*."""
    problem = finding.problem
    name = _COLOR_OF_LEVEL[problem.level]
    kind = (
        f"{problem.level} {problem.code}" if problem.code else f"{problem.level} ({problem.name})"
    )
    place = _safe(f"{finding.file}:{problem.line}:{problem.column}")
    told = [f"{paint(place, 'bold')} {paint(kind, name, 'bold')}: {_safe(problem.message)}"]
    if problem.line <= len(lines):
        told += _excerpt(problem, lines[problem.line - 1], paint)
    if problem.hint:
        told.append(f"  {paint('→', name)} {_safe(problem.hint)}")
    return told


def _excerpt(problem: Problem, line: str, paint: _Paint) -> list[str]:
    """The part of *line* around the place of *problem*, and carets below the word that it is about."""
    at, number = problem.column - 1, str(problem.line)
    first, last = _window(at, len(line), get_terminal_size().columns - len(number) - _MARGIN)
    before = ("…" if first else "") + _safe(line[first:at])
    word = line[at : min(at + _length(problem, line), last)]
    behind = _safe(line[at + len(word) : last]) + ("…" if last < len(line) else "")
    name = _COLOR_OF_LEVEL[problem.level]
    carets = " " * cells(before) + paint("^" * max(cells(_safe(word)), 1), name, "bold")
    bar = paint("│", "dim")
    return [
        f"  {paint(number, 'dim')} {bar} {before}{paint(_safe(word), name)}{behind}".rstrip(),
        f"  {' ' * len(number)} {bar} {carets}",
    ]


def _window(at: int, length: int, room: int) -> tuple[int, int]:
    """The part of a line that is shown: all of it if there is *room*, else what is around *at*."""
    room = max(room, _LEAST)
    if length <= room:
        return 0, length
    first = min(max(at - room // 2, 0), length - room)
    return first, first + room


def _length(problem: Problem, line: str) -> int:
    """How many characters of *line* the *problem* is about: an attribute, the beginning of a tag, or one."""
    at = problem.column - 1
    if problem.attribute and line.startswith(problem.attribute, at):
        return len(problem.attribute)
    tag = _TAG.match(line, at)
    return len(tag[0]) if tag else 1


def _safe(text: str) -> str:
    """*text* as one line that a terminal obeys nothing of, with a blank for each tab."""
    return without_commands(visible_line(text.replace("\t", " ")))


def _sum_up(findings: Sequence[Finding], checked: int, paint: _Paint) -> str:
    levels = {finding.problem.level for finding in findings}
    worst = next((name for level, name in _COLOR_OF_LEVEL.items() if level in levels), "green")
    return paint(sum_up(findings, checked), *([worst] if checked else []))
