"""Writing into dialogs what was heard: the words of each ``hear`` that did not come true, and the status of calls."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from ..scripts import plain_words
from ._insert import insert_hears

if TYPE_CHECKING:
    from ._dialog import Dialog
    from ._result import DialogResult, LineResult

#: How many words of what was heard a line is given at most.
_MOST_WORDS = 12
_HEAR = re.compile(
    r"(?P<before>\s*hear\s+)(?:(?:\"[^\"]*\"|'[^']*'|“[^”]*”|/(?:\\.|[^/\\])+/)(?:\s+or\s+)?)+(?P<behind>.*)",
    re.IGNORECASE,
)
_STATUS = re.compile(r"(?P<before>\s*expect\s+status\s+)\S+\s*", re.IGNORECASE)
_QUOTES = re.compile(r"[\"“”]")


def update_dialogs(dialogs: Iterable[Dialog], *, seed: int | None = None) -> dict[str, int]:
    """Write into the files of *dialogs* what was heard where something else was to be, and into those that pass though
    nobody hears anything in them, what was heard; returns the number of lines of each file that changed.

    A dialog is run again after each line that is written anew, because what follows may have changed, too.
    """
    changed: dict[str, int] = {}
    for path, written in _by_file(dialogs).items():
        file = Path(path)
        newline = "\r\n" if b"\r\n" in file.read_bytes() else "\n"
        before = file.read_text("utf-8-sig")
        text = before
        for each in written:
            text = _update(text, each, seed)
        if text != before:
            file.write_text(text, "utf-8", newline=newline)
            changed[path] = _count_changes(before, text)
    return changed


def _count_changes(before: str, after: str) -> int:
    """How many lines were written anew, or left out."""
    steps = SequenceMatcher(
        None, before.split("\n"), after.split("\n"), autojunk=False
    ).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in steps if tag != "equal")


def _by_file(dialogs: Iterable[Dialog]) -> dict[str, list[Dialog]]:
    found: dict[str, list[Dialog]] = {}
    for each in dialogs:
        if each.path:
            found.setdefault(each.path, []).append(each)
    return found


def _update(text: str, dialog: Dialog, seed: int | None) -> str:
    """*text* with what was heard in *dialog*, line by line until it passes or nothing more can be written."""
    for _ in range(text.count("\n") + 1):
        anew = _write_next(text, dialog.read_again(text).run(seed=seed))
        if anew == text:
            break
        text = anew
    return insert_hears(dialog.read_again(text), seed)


def _write_next(text: str, result: DialogResult) -> str:
    """*text* with the first line that can be written anew."""
    for line in result.lines:
        if line.mark != "✗":
            continue
        lines = text.split("\n")
        whole = lines[line.number - 1]
        written = _write(whole, line, result)
        if written is not None and written != whole:
            lines[line.number - 1 : line.number] = [written] if written else []
            return "\n".join(lines)
    return text


def _write(whole: str, line: LineResult, result: DialogResult) -> str | None:
    """The line *whole* as it should be; empty if there is nothing to hear there, and ``None`` if that is not known."""
    status = _STATUS.fullmatch(whole)
    if status is not None and line.told.startswith("it was "):
        return f"{status['before']}{line.told.removeprefix('it was ')}"
    hear = _HEAR.fullmatch(whole)
    if hear is None or line.heard is None:
        return None
    words = _first_words(line, result)
    if not words:
        return ""
    return f'{hear["before"]}"{words}"{hear["behind"]}'


def _first_words(line: LineResult, result: DialogResult) -> str:
    """What was heard first in the place of *line*: the words of one who speaks, and the last ones of many."""
    heard = (line.heard or "").split()
    for said in _sentences(result, line):
        words = said.split()
        if heard[: len(words)] == words:
            heard = words
            break
    kept = _QUOTES.sub("", " ".join(heard[-_MOST_WORDS:]))
    return kept if plain_words(kept) else ""


def _sentences(result: DialogResult, line: LineResult) -> Iterable[str]:
    """What was said to the party of *line*, each sentence or speech as one."""
    return (
        str(event.data["words"]).removesuffix("…").rstrip()
        for call in result.calls
        for event in call.timeline
        if "words" in event.data and event.data.get("speaker") != line.party
    )
