"""Rows of a table that is not one of resources, and what an empty one says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from ._theme import FAINT, FONT, INK, RULE, WRAP, plain

_CELL = Markup('<td style="{}">{}</td>')
_HEAD = Markup('<th scope="col" style="{}">{}</th>')
_PADDING = (
    f"padding:3px 14px 3px 0;border-bottom:1px solid {RULE};text-align:left;vertical-align:top"
)
_LONGEST_WORD = 16  # characters: a phone number


def rows(
    label: str, head: Sequence[str], lines: Iterable[Sequence[object]], nothing: str
) -> Markup:
    """A table called *label* with the headings *head*; *nothing* is said in its place where it has no lines."""
    body = Markup("").join(_line(_CELL, line) for line in lines)
    if not body:
        return Markup('<div style="font-family:{};color:{}">{}</div>').format(FONT, FAINT, nothing)
    style = f"font-family:{FONT};color:{INK};border-collapse:collapse;margin:0"
    return Markup(
        '<div style="overflow-x:auto" tabindex="0" role="group" aria-label="{}">'
        '<table style="{}"><thead>{}</thead><tbody>{}</tbody></table></div>'
    ).format(label, style, _line(_HEAD, head), body)


def _line(cell: Markup, cells: Sequence[object]) -> Markup:
    filled = (cell.format(_style(each), plain(each)) for each in cells)
    return Markup("<tr>{}</tr>").format(Markup("").join(filled))


def _style(content: object) -> str:
    return f"{_PADDING};{width_of(content)}"


def width_of(content: object) -> str:
    """The part of a style that keeps a cell readable: a short one stays in one line, a long one has room for words.

    Where that is too wide for the page, the table scrolls.
    """
    read = content.striptags() if isinstance(content, Markup) else str(content)
    is_short = len(read) <= _LONGEST_WORD
    return "white-space:nowrap" if is_short else f"{WRAP};min-width:9em"
