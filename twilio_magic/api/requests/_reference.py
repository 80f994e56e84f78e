"""The reference page of the Calls API, written from the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ._error_codes import error_codes
from ._operations import operations
from ._options import help_text

if TYPE_CHECKING:
    from ._parameters import Operation, Parameter

_HEAD = """\
# The Calls API, parameter by parameter

This page is written from the tables that the client, `%call`, the checks and the simulator read. Each parameter may
be given in snake_case (`status_callback`), in Twilio's spelling (`StatusCallback`), and on a line as an option
(`--status-callback`). A *code* is the error code that Twilio answers with. A mistake that the client can see is
raised before anything is sent.
"""

_OTHERS = """\
## Everything else

What calls are not made of has the names of Twilio's own libraries too: `client.messages.create(…)`,
`client.messages(sid).media.list()`. Its parameters are those of Twilio's description of the API, which says no more of
them than their types. A live client asks before what costs money or cannot be undone: the last column says why.

| operation | request | parameters in Python | asks, because it |
|---|---|---|---|"""
_NUMBERED = re.compile(r"parameter\d+_")
_OF_PAGES = ("PageSize", "Page", "PageToken")


def reference() -> str:
    """The page, in Markdown."""
    own = (each for each in operations().values() if not each.described)
    parts = [_HEAD, *map(_section, own), _others(), _codes()]
    return "\n".join(parts)


def _section(operation: Operation) -> str:
    does = operation.costs or operation.consequence
    costs = f" It {does}, so a live client asks first." if does else ""
    lines = [f"## `{operation.name}`", "", f"`{operation.method} {operation.path}`.{costs}", ""]
    if operation.parameters:
        lines += ["| parameter | in Python | what it is |", "|---|---|---|"]
        lines += [_row(row) for row in operation.parameters]
        lines.append("")
    return "\n".join(lines)


def _row(row: Parameter) -> str:
    said = " ".join([help_text(row).replace("%%", "%"), *_rules(row)]).replace("|", "\\|")
    return f"| `{row.name}` | `{row.keyword}` | {said} |"


def _rules(row: Parameter) -> Iterator[str]:
    if row.required:
        yield "Required."
    if row.max_length is not None:
        yield f"At most {row.max_length} characters."
    for words, names in (
        ("Ignored beside", row.ignored_with),
        ("Ignored without", row.needs),
        ("Not together with", row.excludes),
        ("Only together with", row.requires),
    ):
        if names:
            yield f"{words} {', '.join(names)}."
    if row.codes:
        yield f"Codes: {', '.join(str(code) for code in sorted(set(row.codes.values())))}."
    if row.uncertain:
        yield f"*Not certain: {row.uncertain[0].lower()}{row.uncertain[1:].rstrip('.')}.*"


def _others() -> str:
    """The operations that are known from Twilio's description alone, one a line."""
    rows = [_line(each) for each in operations().values() if each.described]
    return "\n".join([_OTHERS, *rows, ""])


def _line(operation: Operation) -> str:
    names = [row.keyword for row in operation.parameters if row.name not in _OF_PAGES]
    keywords = ", ".join(f"`{name}`" for name in names if not _NUMBERED.match(name))
    numbered = [name for name in names if _NUMBERED.match(name)]
    more = f", `{numbered[0]}` to `{numbered[-1]}`" if numbered else ""
    asks = operation.costs or operation.consequence
    request = f"`{operation.method} {operation.path}`"
    return f"| `{operation.name}` | {request} | {keywords}{more} | {asks} |"


def _codes() -> str:
    lines = ["## Codes", "", "| code | HTTP | what happened | what to do |", "|---|---|---|---|"]
    lines += [
        f"| [{row.code}]({row.more_info}) | {row.status or 'logged'} | {row.meaning} | {row.hint} |"
        for row in error_codes().values()
    ]
    return "\n".join([*lines, ""])
