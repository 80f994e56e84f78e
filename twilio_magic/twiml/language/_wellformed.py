"""Parsing XML safely, with a plain explanation of why a text is not well-formed.

The parsers are hardened (`_nodes`): no DTD, no entities but the five of XML, no network, no huge or deep trees. The
explanation comes from our own scan where that finds the reason (`_mistakes`): the parser often notices a mistake long
after it was made.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import NoReturn

from ...errors import NotXml
from ._escaping import FORBIDDEN
from ._mistakes import find_mistake
from ._nodes import Node, ParseError, parse_nodes
from ._source import Lines, Markup, scan
from ._vocabulary import vocabulary

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
#: Encodings that are plain tables; Python knows others, of which some are slow and some are no text at all.
_ENCODING = re.compile(
    r"utf-?(8|16)|us-?ascii|ascii|iso-?8859-?\d{1,2}|latin-?1|(windows-|cp)125\d"
)
#: How deep elements may stand in each other: what reads them goes down by calls, and Python allows a thousand.
_DEEPEST = 100


def decode(data: bytes) -> str:
    """Decode *data* by its byte order mark or its XML declaration, else as UTF-8."""
    if len(data) > 2 * _most_bytes():
        _refuse_size(len(data))
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    declared = _DECLARED.match(data)
    encoding = encoding or (declared.group(1).decode().lower() if declared else "utf-8")
    if not _is_readable(encoding):
        raise NotXml(
            f"the declared encoding {encoding} is not one that can be read",
            line=1,
            column=1,
            hint="write the document in UTF-8",
        )
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        good = data[:start].decode(encoding, errors="replace")
        line, column = Lines(good).place(len(good))
        byte = f"{data[start]:#04x}" if start < len(data) else "the end"
        raise NotXml(
            f"the document is not valid {encoding}: {byte} is not a character there",
            line=line,
            column=column,
            hint="save it as UTF-8",
        ) from None


def parse_xml(text: str, *, first_line: int = 1) -> Node:
    """Parse *text* into a tree of nodes; raises `NotXml` with the reason and the place."""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        _refuse(text, error.start, "the text holds half a character (a lone surrogate)", first_line)
    if len(data) > _most_bytes():
        _refuse_size(len(data))
    if "<!DOCTYPE" in text:
        _refuse_doctype(text, first_line)
    try:
        root = parse_nodes(data)
    except ParseError as error:
        _refuse_malformed(text, error, first_line)
    if text.count("</") > _DEEPEST and _is_too_deep(root):
        _refuse_depth(text, first_line)
    return root


def _is_too_deep(root: Node) -> bool:
    """Whether elements stand deeper in each other than is read."""
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in node]
        if not level:
            return False
    return True


def _is_readable(encoding: str) -> bool:
    """Whether *encoding* is one of the plain tables, and there is such a table: 8859-12 was never made."""
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return encoding == "utf-8-sig" or _ENCODING.fullmatch(encoding) is not None


def _refuse_size(size: int) -> NoReturn:
    """Raise `NotXml` for a document of *size* bytes, which is too large."""
    limits = vocabulary().document
    raise NotXml(
        f"the document has {size:,} bytes; Twilio reads at most {_most_bytes():,}",
        line=1,
        column=1,
        hint="split it, and go from one part to the next with <Redirect>",
        code=limits["codes"]["size"],
    )


@cache
def _most_bytes() -> int:
    return int(vocabulary().document["limits"]["bytes"])


def _refuse_doctype(text: str, first_line: int) -> None:
    for piece in scan(text):
        if piece.kind == "doctype":
            _refuse(
                text,
                piece.start,
                "TwiML may not have a document type declaration (<!DOCTYPE …>)",
                first_line,
                hint="delete it, and write what its entities stand for",
            )
        if piece.kind in {"open", "empty", "broken"}:
            return


def _refuse_depth(text: str, first_line: int) -> None:
    """Raise `NotXml` if elements stand deeper in each other than whoever reads them can go down."""
    depth = 0
    for piece in scan(text):
        depth += {"open": 1, "close": -1}.get(piece.kind, 0)
        if depth > _DEEPEST:
            reason = f"the elements stand more than {_DEEPEST} deep in each other"
            _refuse(text, piece.start, reason, first_line, hint="close each where it ends")


def _refuse_malformed(text: str, error: ParseError, first_line: int) -> NoReturn:
    found = find_mistake(text)
    if found:
        reason = f"this is not well-formed XML: {found.reason}"
        if found.is_cut:
            reason += _tell_end(text, found.inside, first_line)
        _refuse(text, found.offset, reason, first_line, hint=found.hint)
    _refuse_depth(text, first_line)
    offset = Lines(text).offset(error.line, error.column)
    _refuse(text, offset, f"this is not well-formed XML: {error}", first_line)


def _tell_end(text: str, inside: Markup | None, first_line: int) -> str:
    """Tell where the text ran out, and *inside* which element."""
    lines = Lines(text)
    line, column = lines.place(len(text.rstrip()))
    told = f"; the document ends on line {line + first_line - 1}, column {column}"
    if inside is None:
        return told
    return f"{told}, inside <{inside.name}> of line {lines.place(inside.start)[0] + first_line - 1}"


def _refuse(
    text: str, offset: int, reason: str, first_line: int, *, hint: str | None = None
) -> NoReturn:
    lines = Lines(text)
    line, column = lines.place(offset)
    number = line + first_line - 1
    before = lines.line(line)[: column - 1][-60:]
    shown = before + lines.line(line)[column - 1 :][:60]
    gutter = f"{number:>4} │ "
    raise NotXml(
        reason,
        line=number,
        column=column,
        hint=hint,
        excerpt=[
            gutter + FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", shown),
            " " * (len(gutter) - 2) + "│ " + " " * len(before) + "^",
        ],
    ) from None
