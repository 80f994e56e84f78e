"""Parsing XML safely, with a plain explanation of why a text is not well-formed.

The parser is hardened: no DTD, no entities but the five of XML, no network, no huge trees. The
explanation comes from our own scan where that finds the reason, since the parser often notices a
mistake long after the place where it was made.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import NamedTuple, NoReturn

from lxml import etree

from ...errors import NotXml
from ._escaping import FORBIDDEN
from ._source import Lines, Markup, scan
from ._vocabulary import vocabulary

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
#: Encodings that are plain tables; Python knows others, of which some are slow and some are no text
#: at all.
_ENCODING = re.compile(
    r"utf-?(8|16)|us-?ascii|ascii|iso-?8859-?\d{1,2}|latin-?1|(windows-|cp)125\d"
)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)([\w.-]{0,40};?)")
_PARSER_SAID = re.compile(r", line \d+, column \d+.*$", re.DOTALL)


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


def parse_xml(text: str, *, first_line: int = 1) -> etree._Element:
    """Parse *text* into lxml's tree; raises `NotXml` with the reason and the place."""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        _refuse(text, error.start, "the text holds half a character (a lone surrogate)", first_line)
    if len(data) > _most_bytes():
        _refuse_size(len(data))
    if "<!DOCTYPE" in text:
        _refuse_doctype(text, first_line)
    try:
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        _refuse_malformed(text, error, first_line)


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


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


def _refuse_malformed(text: str, error: etree.XMLSyntaxError, first_line: int) -> NoReturn:
    found = _find_mistake(text)
    if found:
        at, reason, hint = found
        _refuse(text, at, f"this is not well-formed XML: {reason}", first_line, hint=hint)
    line, column = error.position
    lines = Lines(text)
    offset = lines.offset(max(line or 1, 1), max(column or 1, 1))
    said = _PARSER_SAID.sub("", error.msg or "it cannot be parsed")
    _refuse(text, offset, f"this is not well-formed XML: {said}", first_line)


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


class _Mistake(NamedTuple):
    """A place where the text is not well-formed XML, what is wrong there, and how to mend it."""

    offset: int
    reason: str
    hint: str | None = None


def _find_mistake(text: str) -> _Mistake | None:
    """Find the first mistake that our own scan can name."""
    if not text.strip("\ufeff \t\r\n"):
        return _Mistake(0, "the document is empty", "the least that Twilio takes is <Response/>")
    found = [mistake for mistake in (_check_characters(text), _check_structure(text)) if mistake]
    return min(found, key=lambda mistake: mistake.offset) if found else None


def _check_characters(text: str) -> _Mistake | None:
    match = FORBIDDEN.search(text)
    if not match:
        return None
    return _Mistake(match.start(), f"U+{ord(match.group()):04X} may not stand in XML", "delete it")


def _check_structure(text: str) -> _Mistake | None:
    open_tags: list[Markup] = []
    roots, end = 0, 0
    for piece in scan(text):
        mistake = _check_between(text, end, piece.start, inside=bool(open_tags))
        mistake = mistake or _check_piece(text, piece, open_tags, roots)
        if mistake:
            return mistake
        if piece.kind in {"open", "empty"}:
            roots += not open_tags
        if piece.kind == "open":
            open_tags.append(piece)
        elif piece.kind == "close":
            open_tags.pop()
        end = piece.end
    if open_tags:
        tag = open_tags[-1]
        return _Mistake(
            tag.start, f"<{tag.name}> is never closed", f"add </{tag.name}> where it ends"
        )
    return _check_between(text, end, len(text), inside=False)


def _check_between(text: str, start: int, end: int, *, inside: bool) -> _Mistake | None:
    if not inside:
        stray = text[start:end].lstrip("\ufeff \t\r\n" if start == 0 else " \t\r\n")
        if not stray:
            return None
        return _Mistake(
            end - len(stray),
            "there is text outside the root element",
            "put everything inside <Response>",
        )
    return _check_ampersands(text, start, end)


def _check_ampersands(text: str, start: int, end: int) -> _Mistake | None:
    match = _ENTITY.search(text, start, end)
    if not match:
        return None
    name = match.group(1)
    if name.endswith(";") and name.strip("#;"):
        return _Mistake(
            match.start(), f"&{name} is not one of XML's entities", "write the character itself"
        )
    return _Mistake(match.start(), "a bare & may not stand in XML", "write &amp;")


def _check_piece(text: str, piece: Markup, open_tags: list[Markup], roots: int) -> _Mistake | None:
    if piece.kind == "broken":
        return _Mistake(piece.at, piece.reason)
    if piece.kind == "close":
        return _check_end(piece, open_tags)
    if piece.kind in {"open", "empty"}:
        if roots and not open_tags:
            return _Mistake(
                piece.start, f"<{piece.name}> is a second root", "put both inside <Response>"
            )
        return _check_attributes(text, piece)
    declares = piece.kind == "instruction" and text.startswith("<?xml ", piece.start)
    if declares and text[: piece.start].strip("\ufeff"):
        return _Mistake(
            0, "something stands before the XML declaration", "begin with <?xml, without a blank"
        )
    return None if piece.kind != "cdata" or open_tags else _Mistake(piece.start, "CDATA outside")


def _check_end(piece: Markup, open_tags: list[Markup]) -> _Mistake | None:
    if not open_tags:
        return _Mistake(piece.start, f"</{piece.name}> closes what was never opened", "delete it")
    if piece.name == open_tags[-1].name:
        return None
    expected = open_tags[-1].name
    return _Mistake(
        piece.start,
        f"</{piece.name}> comes where <{expected}> must be closed first",
        f"add </{expected}> before it",
    )


def _check_attributes(text: str, tag: Markup) -> _Mistake | None:
    prefix = tag.name.partition(":")[0]
    if prefix != tag.name and f"xmlns:{prefix}" not in text:
        return _Mistake(
            tag.start, f"the prefix of <{tag.name}> is not declared", "TwiML has no prefixes"
        )
    seen: set[str] = set()
    for name, start, value_start, value_end in tag.attributes:
        if name in seen:
            return _Mistake(
                start, f"<{tag.name}> has the attribute {name} twice", "delete one of the two"
            )
        seen.add(name)
        angle = text.find("<", value_start, value_end)
        if angle >= 0:
            return _Mistake(angle, f"a < may not stand in the value of {name}", "write &lt;")
        mistake = _check_ampersands(text, value_start, value_end)
        if mistake:
            return mistake
    return None
