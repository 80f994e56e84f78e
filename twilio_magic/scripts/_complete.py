"""Tab in a script or a dialog: the statements that may stand where the cursor is."""

from __future__ import annotations

import re

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
    return typed, [name for name in names if name.startswith(folded) and name != folded.strip()]
