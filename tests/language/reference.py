"""The page of the language of phones and dialogs, from the table of its statements.

``python -m tests.language.reference`` writes it anew; a test compares it with what is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from twilio_magic.scripts import Statement, statement_table

PAGE = Path(__file__).parents[2] / "docs" / "phones-and-dialogs.md"

_HEAD = """\
# The language of phones and dialogs

What people do at phones, one step a line, or several with `;` between them. The same steps stand in the [script of a
phone](../notebooks/03-gather-and-menus.ipynb) (`%phone`, `--phone`, `simulator.phones`) and in
[dialogs](how-to/test-an-ivr-in-ci.md) (`%%dialog`, files that end in `.dialog`), which also say what is given and what
is expected. Capitals do not count in the names of steps, a line that begins with `#` is a remark, and words stand in
`"…"`, `'…'` or `“…”`.

In dialogs the headers and `given` lines above the first dialog are for all of them, and those inside a dialog for that
one. `expect` lines are checked when the calls are over, wherever they stand.

This page is written from the table that the parser reads by.
"""


def page() -> str:
    """The text of the page."""
    table = statement_table()
    lines = [_HEAD]
    for name, title in table.sections.items():
        lines += [f"## {title}", "", "| written | what it does | for example |", "|---|---|---|"]
        lines += [_row(table.statements[each]) for each in table.names(name)]
        lines.append("")
    return "\n".join(lines)


def _row(row: Statement) -> str:
    written = "<br>".join(f"`{_cell(form)}`" for form in row.forms)
    examples = "<br>".join(f"`{_cell(each)}`" for each in row.examples)
    return f"| {written} | {_cell(row.help).replace('<', '&lt;')} | {examples} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def lines_of_examples() -> Iterator[tuple[str, str]]:
    """Every example, with the section that it is in."""
    for row in statement_table().statements.values():
        for example in row.examples:
            yield row.section, example


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
