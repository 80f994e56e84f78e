"""Mistakes because of which a text is not well-formed XML: the first that a scan of the text can name."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ._escaping import FORBIDDEN
from ._source import Markup, scan

_DECLARATION = re.compile(r"<\?xml\s")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)([\w.-]{0,40};?)")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}));")
#: Source: XML 1.0, fifth edition, [4] NameStartChar and [4a] NameChar.
_FIRST = (
    ":A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_REST = f"{_FIRST}.0-9\xb7\u0300-\u036f\u203f\u2040-"


@cache
def _name() -> re.Pattern[str]:
    """A name of XML: its letters take as long to compile as most documents to check, and few need it."""
    return re.compile(f"[{_FIRST}][{_REST}]*")


class Mistake(NamedTuple):
    """A place where the text is not well-formed XML, what is wrong there, and how to mend it.

    It *is_cut* where the text ran out, *inside* an element.
    """

    offset: int
    reason: str
    hint: str | None = None
    is_cut: bool = False
    inside: Markup | None = None


def find_mistake(text: str) -> Mistake | None:
    """Find the first mistake that our own scan can name."""
    if not text.strip("\ufeff \t\r\n"):
        return Mistake(0, "the document is empty", "the least that Twilio takes is <Response/>")
    found = [mistake for mistake in (_check_characters(text), _check_structure(text)) if mistake]
    return min(found, key=lambda mistake: mistake.offset) if found else None


def _check_characters(text: str) -> Mistake | None:
    match = FORBIDDEN.search(text)
    if not match:
        return None
    return Mistake(match.start(), f"U+{ord(match.group()):04X} may not stand in XML", "delete it")


def _check_structure(text: str) -> Mistake | None:
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
        hint = f"add </{tag.name}> where it ends"
        return Mistake(tag.start, f"<{tag.name}> is never closed", hint, is_cut=True)
    return _check_between(text, end, len(text), inside=False)


def _check_between(text: str, start: int, end: int, *, inside: bool) -> Mistake | None:
    if not inside:
        stray = text[start:end].lstrip("\ufeff \t\r\n" if start == 0 else " \t\r\n")
        if not stray:
            return None
        return Mistake(
            end - len(stray),
            "there is text outside the root element",
            "put everything inside <Response>",
        )
    found = (_check_ampersands(text, start, end), _check_bracket(text, start, end))
    return min(filter(None, found), key=lambda mistake: mistake.offset, default=None)


def _check_bracket(text: str, start: int, end: int) -> Mistake | None:
    at = text.find("]]>", start, end)
    return None if at < 0 else Mistake(at, "]]> may not stand in text", "write ]]&gt;")


def _check_ampersands(text: str, start: int, end: int) -> Mistake | None:
    match = _ENTITY.search(text, start, end)
    if not match:
        return _check_references(text, start, end)
    name = match.group(1)
    if name.endswith(";") and name.strip("#;"):
        return Mistake(
            match.start(), f"&{name} is not one of XML's entities", "write the character itself"
        )
    is_cut = match.end() == len(text)
    return Mistake(match.start(), "a bare & may not stand in XML", "write &amp;", is_cut=is_cut)


def _check_references(text: str, start: int, end: int) -> Mistake | None:
    """Check that characters that are given by number are such as XML can carry."""
    for match in _REFERENCE.finditer(text, start, end):
        number = int(match[1], 16) if match[1] else int(match[2])
        if number > 0x10FFFF or FORBIDDEN.match(chr(number)):
            return Mistake(match.start(), f"{match[0]} is no character that XML has", "delete it")
    return None


def _check_name(name: str, start: int) -> Mistake | None:
    match = _name().match(name)
    end = match.end() if match else 0
    if end == len(name):
        return None
    where = "stand in a name" if match else "begin a name"
    return Mistake(start + end, f"the character {name[end]} may not {where}", "delete it")


def _check_piece(text: str, piece: Markup, open_tags: list[Markup], roots: int) -> Mistake | None:
    if piece.kind == "broken":
        inside = open_tags[-1] if open_tags else None
        return Mistake(piece.at, piece.reason, is_cut=piece.is_cut, inside=inside)
    if piece.kind == "close":
        return _check_end(piece, open_tags)
    if piece.kind in {"open", "empty"}:
        if roots and not open_tags:
            return Mistake(
                piece.start, f"<{piece.name}> is a second root", "put both inside <Response>"
            )
        return _check_attributes(text, piece, open_tags)
    if piece.kind == "instruction" and _DECLARATION.match(text, piece.start):
        return _check_declaration(text, piece)
    if piece.kind == "comment":
        at = text.find("--", piece.start + 4, piece.end - 2)
        return None if at < 0 else Mistake(at, "-- may not stand in a comment", "write - or —")
    if piece.kind == "doctype":
        return _check_doctype(text, piece, is_first=not (open_tags or roots))
    return None if piece.kind != "cdata" or open_tags else Mistake(piece.start, "CDATA outside")


def _check_doctype(text: str, piece: Markup, *, is_first: bool) -> Mistake | None:
    if is_first and text.startswith("<!DOCTYPE", piece.start):
        return None
    return Mistake(
        piece.start, "<! begins neither a comment nor CDATA here", "write &lt; for the character <"
    )


def _check_declaration(text: str, declaration: Markup) -> Mistake | None:
    """Check that an XML declaration is the first thing in the text."""
    before = text[: declaration.start].lstrip("\ufeff")
    if not before:
        return None
    if not before.strip():
        reason, hint = (
            "something stands before the XML declaration",
            "begin with <?xml, without a blank",
        )
        return Mistake(0, reason, hint)
    if _DECLARATION.match(before.lstrip()):
        return Mistake(declaration.start, "this is a second XML declaration", "delete it")
    reason, hint = "an XML declaration stands inside the document", "delete it, or begin with it"
    return Mistake(declaration.start, reason, hint)


def _check_end(piece: Markup, open_tags: list[Markup]) -> Mistake | None:
    if not open_tags:
        return Mistake(piece.start, f"</{piece.name}> closes what was never opened", "delete it")
    if piece.name == open_tags[-1].name:
        return None
    expected = open_tags[-1].name
    return Mistake(
        piece.start,
        f"</{piece.name}> comes where <{expected}> must be closed first",
        f"add </{expected}> before it",
    )


def _check_attributes(text: str, tag: Markup, open_tags: list[Markup]) -> Mistake | None:
    mistake = _check_name(tag.name, tag.start + 1)
    if mistake:
        return mistake
    if not _is_declared(tag.name, tag, open_tags):
        return Mistake(
            tag.start, f"the prefix of <{tag.name}> is not declared", "TwiML has no prefixes"
        )
    seen: set[str] = set()
    for name, start, value_start, value_end in tag.attributes:
        if name in seen:
            return Mistake(
                start, f"<{tag.name}> has the attribute {name} twice", "delete one of the two"
            )
        seen.add(name)
        if not _is_declared(name, tag, open_tags):
            reason = f"the prefix of the attribute {name} is not declared"
            return Mistake(start, reason, "TwiML has no prefixes")
        angle = text.find("<", value_start, value_end)
        if angle >= 0:
            return Mistake(angle, f"a < may not stand in the value of {name}", "write &lt;")
        mistake = _check_name(name, start) or _check_ampersands(text, value_start, value_end)
        if mistake:
            return mistake
    return None


def _is_declared(name: str, tag: Markup, open_tags: list[Markup]) -> bool:
    """Whether the prefix of *name* in *tag* is declared there or around it; XML declares two itself."""
    prefix, colon, _ = name.partition(":")
    if not colon or prefix in {"xml", "xmlns"}:
        return True
    return any(
        span.name == f"xmlns:{prefix}" for each in (tag, *open_tags) for span in each.attributes
    )
