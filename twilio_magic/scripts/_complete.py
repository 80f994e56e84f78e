"""Tab in a script or a dialog: the statements that may stand where the cursor is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ._layout import cut
from ._table import STEP_SECTIONS, statement_table

#: The statements that are offered with a colon behind them.
_HEADER = "header"
_PARTS = re.compile(
    r"^\s*(?:[+*?\w][^\s;\"']*:\s+|(?:repeat\s+\d+|one\s+of)\s*:\s*)?", re.IGNORECASE
)


def complete_script(before: str, *, is_dialog: bool = False) -> tuple[str, list[str]]:
    """What is typed of a statement at the end of *before*, and the statements that begin so; none inside of quotes."""
    begin, end = list(cut(before))[-1]
    line = before[begin:end]
    typed = line[_PARTS.match(line).end() :]  # type: ignore[union-attr] # it matches nothing at least
    if any(sign in typed for sign in "\"'“/"):
        return "", []
    folded = " ".join(typed.split()).casefold()
    folded += " " if folded and typed[-1:].isspace() else ""
    table = statement_table()
    sections = table.sections if is_dialog else STEP_SECTIONS
    names = [
        f"{name}:" if table.statements[name].section == _HEADER else name
        for name in table.names(*sections)
    ]
    found = [name for name in names if name.startswith(folded) and name != folded.strip()]
    return (typed, found) if found else _complete_form(typed, sections)


def _complete_form(typed: str, sections: Iterable[str]) -> tuple[str, list[str]]:
    """The word at the end of *typed*, and those that the forms of a statement have there."""
    *before, word = typed.casefold().split(" ") if typed else [""]
    done = list(filter(None, before))
    table = statement_table()
    forms = [
        form.split() for name in table.names(*sections) for form in table.statements[name].forms
    ]
    follow = [form[len(done)] for form in forms if len(form) > len(done) > 0 and _fits(done, form)]
    words = dict.fromkeys(each for each in follow if each.isalpha() and each.islower())
    return typed[len(typed) - len(word) :], [
        each for each in words if each.startswith(word) and each != word
    ]


def _fits(done: Sequence[str], form: Sequence[str]) -> bool:
    """Whether the words that are *done* are those that *form* begins with, where it has no word for something else."""
    return all(part == each or not part.islower() for part, each in zip(form, done, strict=False))
