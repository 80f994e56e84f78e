"""A way through an IVR as a dialog."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..display import visible_line
from ._rehearsal import Rehearsal

if TYPE_CHECKING:
    from ._entry import Entry
    from ._move import Path

_APP_LINE = re.compile(r"^(?:# )?app: .*$", re.MULTILINE)
#: How what is in no file gets into one, above all else.
_STEPS = re.compile(r"\A(?:# .*\n)+")
_GIVEN_LINE = re.compile(r"^(?:# )?given app .* at (?P<url>\S+)\n", re.MULTILINE)
_DIALOG_LINE = re.compile(r'^dialog ".*"$', re.MULTILINE)
_QUOTES = re.compile(r"[\"“”]")


def path_to_dialog(path: Path, entry: Entry, title: str) -> str:
    """The text of a dialog that goes *path* from *entry*, called *title*: what is heard and done, and what becomes of
    it. Where the application was given as an object, the line ``# app:`` is to be filled in.
    """
    text = Rehearsal(entry, path).to_dialog()
    text, givens = _with_names(text, entry)
    name = _QUOTES.sub("'", " ".join(visible_line(title).split()))
    head = "".join(f"{line}\n" for line in givens)
    return _DIALOG_LINE.sub(lambda _: f'{head}dialog "{name}"', text, count=1)


def _with_names(text: str, entry: Entry) -> tuple[str, list[str]]:
    """*text* with what *entry* calls its application, and the given lines of *entry* that are not in it."""
    if entry.name:
        text = _APP_LINE.sub(lambda _: f"app: {entry.name}", text)
    named = {line.rpartition(" ")[2]: line for line in entry.givens if not line.startswith("#")}
    text = _GIVEN_LINE.sub(lambda found: "" if found["url"] in named else found[0], text)
    is_complete = not re.search(r"^# (?:given )?app", text, re.MULTILINE)
    if is_complete:
        text = _STEPS.sub("", text)
    there = {found["url"] for found in _GIVEN_LINE.finditer(text)}
    return text, [line for line in entry.givens if line.rpartition(" ")[2] not in there]


def join_dialogs(texts: Iterable[str]) -> str:
    """One file with the dialogs of *texts*: headers that all have stand above them, others inside each."""
    parts = list(_name_apart(map(_split, texts)))
    heads = {head for head, _ in parts}
    if len(heads) == 1:
        return "\n\n".join([heads.pop(), *(body for _, body in parts)]) + "\n"
    return "\n\n".join(_with_inside(head, body) for head, body in parts) + "\n" if parts else ""


def _split(text: str) -> tuple[str, str]:
    head, _, body = text.rstrip().partition('dialog "')
    return head.rstrip(), f'dialog "{body}'


def _name_apart(parts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """*parts* with a number behind each name that another has before."""
    seen: Counter[str] = Counter()
    for head, body in parts:
        name, _, rest = body.partition("\n")
        seen[name] += 1
        anew = f'{name[:-1]} ({seen[name]})"' if seen[name] > 1 else name
        yield head, f"{anew}\n{rest}"


def _with_inside(head: str, body: str) -> str:
    name, _, rest = body.partition("\n")
    inside = "\n".join(f"  {line}" for line in head.splitlines() if line)
    return "\n".join([name, inside, rest])
