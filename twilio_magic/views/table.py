"""Lists of resources as tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ..api import FINAL
from ..display import visible_line
from ._theme import BAD, CARE, FAINT, FONT, GOOD, INK, MONO, QUIET, RULE, WRAP, plain, scroll

if TYPE_CHECKING:
    from ..api import Listing, Resource

_SID = re.compile("[A-Z]{2}[0-9a-f]{32}")
_CELL = Markup('<td style="{}">{}</td>')
_HEAD = Markup('<th scope="col" style="{}">{}</th>')
_LONG = 30  # characters

#: The color of each state in which a call stays, and of the levels of log entries.
_COLOUR: Mapping[str, str] = {
    **dict.fromkeys(FINAL, BAD),
    "completed": GOOD,
    "canceled": QUIET,
    "error": BAD,
    "warning": CARE,
}

#: The columns of each kind of resource: the heading, and the field or a function of the resource.
_COLUMNS: Mapping[str, Mapping[str, str | Callable[[Any], Any]]] = {
    "calls": {
        "from": "from_",
        "to": "to",
        "status": "status",
        "seconds": "duration",
        "started (UTC)": "start_time",
        "direction": "direction",
        "sid": "sid",
    },
    "applications": {"name": "friendly_name", "voice URL": "voice_url", "sid": "sid"},
    "numbers": {"number": "phone_number", "voice URL": "voice_url", "sid": "sid"},
    "caller_ids": {"number": "phone_number", "name": "friendly_name", "sid": "sid"},
    "recordings": {
        "call": "call_sid",
        "status": "status",
        "seconds": "duration",
        "started (UTC)": "start_time",
        "sid": "sid",
    },
    "call_recordings": {
        "status": "status",
        "seconds": "duration",
        "started (UTC)": "start_time",
        "sid": "sid",
    },
    "call_notifications": {
        "level": "level",
        "code": "error_code",
        "message": "message_text",
        "address": "request_url",
    },
    "call_events": {
        "method": lambda event: event.request.get("method"),
        "address": lambda event: event.request.get("url"),
        "answer": lambda event: event.response.get("response_code"),
    },
    "conferences": {"name": "friendly_name", "status": "status", "sid": "sid"},
    "participants": {"call": "call_sid", "label": "label", "status": "status", "muted": "muted"},
    "queues": {
        "name": "friendly_name",
        "waiting": "current_size",
        "at most": "max_size",
        "sid": "sid",
    },
    "members": {"place": "position", "call": "call_sid", "seconds": "wait_time"},
}


def bundle(listing: Listing[Any]) -> dict[str, str]:
    """The MIME bundle of *listing*."""
    return {"text/plain": text(listing), "text/html": str(html(listing))}


def text(listing: Listing[Any]) -> str:
    """The table as plain text, one line a row."""
    rows = _rows(listing)
    if len(rows) == 1:
        return _nothing(listing)
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([*lines, *filter(None, [listing.more])])


def html(listing: Listing[Any], only: Sequence[str] = ()) -> Markup:
    """The table as HTML, with *only* these columns where they are given."""
    head, *rows = _rows(listing, only)
    if not rows:
        return _faint(_nothing(listing))
    body = Markup("").join(_line(_CELL, row) for row in rows)
    more = _faint(listing.more) if listing.more else ""
    style = f"font-family:{FONT};color:{INK};border-collapse:collapse;table-layout:auto;margin:0"
    return scroll(
        Markup('<table style="{}"><thead>{}</thead><tbody>{}</tbody></table>{}').format(
            style, _line(_HEAD, head), body, more
        ),
        listing.title,
    )


def _faint(said: str) -> Markup:
    return Markup('<div style="color:{}">{}</div>').format(FAINT, said)


def _nothing(listing: Listing[Any]) -> str:
    return f"no {listing.title}"


def _rows(listing: Listing[Any], only: Sequence[str] = ()) -> list[list[str]]:
    columns = {
        name: column for name, column in _columns(listing.kind).items() if not only or name in only
    }
    return [
        list(columns),
        *(
            [_cell(resource, column) for column in columns.values()]
            for resource in listing[: listing.most]
        ),
    ]


def _columns(kind: type[Resource]) -> Mapping[str, str | Callable[[Any], Any]]:
    return _COLUMNS.get(kind.family) or {
        name.replace("_", " "): "from_" if name == "from" else name for name in kind.columns()
    }


def read_columns(resource: Resource) -> dict[str, str]:
    """What the row of *resource* in a table would hold, by the headings."""
    columns = _columns(type(resource))
    return {heading: _cell(resource, column) for heading, column in columns.items()}


def color_of(cell: str) -> str:
    """The part of a style that colors what stands in *cell*, if it is a status or a level."""
    return f"color:{_COLOUR[cell]};" if cell in _COLOUR else ""


def _cell(resource: Resource, column: str | Callable[[Any], Any]) -> str:
    value = column(resource) if callable(column) else getattr(resource, column, None)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return "" if value is None else visible_line(str(value))


def _line(frame: Markup, row: list[str]) -> Markup:
    cells = (frame.format(_style(cell), _mark_up(cell)) for cell in row)
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))


def _mark_up(cell: str) -> str:
    """*cell*; a sid may end its line in the middle, also where JupyterLab takes away that it may end it anywhere."""
    if not _SID.fullmatch(cell):
        return plain(cell)
    middle = len(cell) // 2
    return Markup("{}<wbr>{}").format(cell[:middle], cell[middle:])


def _style(cell: str) -> str:
    """A cell is one line, unless it is long; a sid is small and faint, a status has the color of its outcome."""
    wraps = f"{WRAP};min-width:12em" if len(cell) > _LONG else "white-space:nowrap"
    style = f"padding:3px 14px 3px 0;border-bottom:1px solid {RULE};text-align:left;{wraps}"
    if _SID.fullmatch(cell):
        return f"{style};font-family:{MONO};font-size:80%;color:{QUIET}"
    return f"{style};{color_of(cell)}"
