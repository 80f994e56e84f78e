"""Rules for the text between the tags: words, numbers, names and addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from ..language import _number
from ..language._url import fill_holes, find_template_mistake, has_holes
from ..language._values import is_complete_url, is_url, lacks_scheme
from ..language._vocabulary import vocabulary
from ._placeholders import looks_like_placeholder, report_placeholder
from ._unknown import report_schemeless, report_text

if TYPE_CHECKING:
    from ..language._nodes import Node
    from ..language._rows import ElementRow
    from ._report import Report, Rule

#: A reason, which is a key of the element's codes or a code itself, and the message.
_Mistake = tuple[str | int, str]

#: More characters than one SSML tag has, and than one character has when it is URL-encoded, for a first guess.
_TAG = 60
_ENCODED = len("%F0%9F%98%80")


def text_rule(row: ElementRow) -> Rule:
    """Choose the rule for the text of an element of this kind."""
    if row.text.policy == "forbidden":
        return _check_no_text
    return _check_speech if row.text.type == "speech-text" else _check_text


def own_text(node: Node) -> str:
    """Collect the text directly in an element, trimmed."""
    text = (node.text or "").strip()
    if not len(node):
        return text
    return (text + "".join([child.tail or "" for child in node])).strip()


def full_text(node: Node) -> str:
    """Collect the text in an element and in all its children."""
    return "".join(node.itertext()) if len(node) else node.text or ""


def _check_no_text(node: Node, row: ElementRow, _parent: str, report: Report) -> None:
    if not _has_text(node):
        return
    if row.children and looks_like_placeholder("elements", own_text(node)):
        report_placeholder(node, own_text(node), report)
    else:
        report_text(node, row, report)


def _has_text(node: Node) -> bool:
    """Whether words stand directly in an element."""
    text = node.text
    if text is not None and not text.isspace():
        return True
    if len(node):
        for child in node:
            tail = child.tail
            if tail is not None and not tail.isspace():
                return True
    return False


def _check_speech(node: Node, row: ElementRow, _parent: str, report: Report) -> None:
    inner = len(node)
    text = full_text(node) if inner else node.text
    if not text or text.isspace():
        if node.find(".//sub") is None:
            code = row.codes.get("empty", vocabulary().schema_code)
            message = f"<{row.name}> has nothing to say"
            report.add(node, code, "empty-text", message, hint="write the words between the tags")
    elif "long" in row.codes and len(text) + inner * _TAG > _surely_fits(row):
        _check_length(node, row, report)


@cache
def _surely_fits(row: ElementRow) -> int:
    by_voice: dict[str, int] = row.limits["characters"]
    encoded: int = row.limits["url_encoded_characters"]
    return min(*by_voice.values(), encoded // _ENCODED)


def _check_length(node: Node, row: ElementRow, report: Report) -> None:
    message = _exceed_voice(node, row) or _exceed_encoded(node, row)
    if message is not None:
        hint = f"split it into several <{row.name}>"
        report.add(node, row.codes["long"], "text-too-long", message, hint=hint)


def _exceed_voice(node: Node, row: ElementRow) -> str | None:
    chosen = node.get("voice") or str(row.attributes["voice"].default)
    provider = vocabulary().provider_of(chosen)
    limit = row.limits["characters"][provider]
    length = len(full_text(node))
    if provider in row.limits["characters_with_tags"]:
        length += sum(len(str(inner.tag)) * 2 + 5 for inner in node.iterdescendants())
    if length <= limit:
        return None
    return f"the text has {length:,} characters; {chosen} takes at most {limit:,}"


def _exceed_encoded(node: Node, row: ElementRow) -> str | None:
    """Letters of other alphabets count six or nine characters each. That tags do not count is a guess."""
    length = len(quote_plus(full_text(node)))
    limit = row.limits["url_encoded_characters"]
    if length <= limit:
        return None
    return (
        f"the text has {length:,} characters when it is URL-encoded; Twilio takes at most {limit:,}"
    )


def _check_text(node: Node, row: ElementRow, _parent: str, report: Report) -> None:
    """Check a number, a name or an address: that it is there if it has to be, and is well-formed."""
    text = own_text(node)
    if not text:
        if row.text.policy == "required" or (row.text.instead and not _has_alternative(node, row)):
            _report_empty(node, row, report)
        return
    quick = _QUICK.get(row.text.type)
    if quick is not None and quick(text):
        return
    if row.text.type == "url" and lacks_scheme(text):
        report_schemeless(node, text, report)
        return
    if "{{" in text and "}}" in text and row.text.type != "url":
        return  # a TwiML Bin fills it in when it is served
    mistake = _find_mistake(text, row)
    if mistake is not None and looks_like_placeholder(
        row.text.type, text.removeprefix(row.text.prefix)
    ):
        report_placeholder(node, text, report)
    elif mistake is not None:
        reason, message = mistake
        code = reason if isinstance(reason, int) else row.codes.get(reason) or _text_code(row)
        report.add(node, code, "bad-text", message, hint=_HINTS.get(row.text.type or ""))


def _text_code(row: ElementRow) -> int:
    return row.codes.get("text", vocabulary().schema_code)


def _has_alternative(node: Node, row: ElementRow) -> bool:
    """Whether a child or an attribute does as well as text."""
    choices = row.text.instead
    for child in node:
        if child.tag in choices:
            return True
    return any(name[0] == "@" and node.get(name[1:]) is not None for name in choices)


def _report_empty(node: Node, row: ElementRow, report: Report) -> None:
    """Report that an element lacks the text that it needs."""
    code = row.codes.get("empty", vocabulary().schema_code)
    message = f"<{row.name}> is empty; it needs the {row.text.meaning}"
    report.add(node, code, "empty-text", message, hint=_HINTS.get(row.text.type or ""))


def _find_mistake(text: str, row: ElementRow) -> _Mistake | None:
    rules = row.text
    if rules.max_length is not None and len(text) > rules.max_length:
        kind = rules.meaning or "text"
        return "long", f"the {kind} has {len(text)} characters, {rules.max_length} at most"
    test = _MISTAKES.get(rules.type or "")
    if test is not None:
        return test(text, row)
    if rules.pattern is not None and re.fullmatch(rules.pattern, text) is None:
        return "text", f"{text[:60]!r} is not a {rules.meaning}"
    return None


def _find_phone_mistake(text: str, row: ElementRow) -> _Mistake | None:
    number = text.removeprefix(row.text.prefix)
    if not _number.is_number(number):
        return "text", f"{text[:60]!r} is not a phone number"
    if not _number.has_country(number):
        return "country", f"{text[:60]!r} begins with a country code that does not exist"
    return None


def _find_url_mistake(text: str, _: ElementRow) -> _Mistake | None:
    if has_holes(text):
        mistake = find_template_mistake(text)
        if mistake is not None:
            return mistake
        text = fill_holes(text)
    return None if is_url(text) else ("text", f"{text[:60]!r} is not a URL")


def _find_json_mistake(text: str, _: ElementRow) -> _Mistake | None:
    try:
        value = json.loads(text)
    except RecursionError:
        return "text", "the task's JSON is nested too deeply"
    except ValueError as error:
        return "text", f"the task is not valid JSON: {error}"
    return None if isinstance(value, dict) else ("text", "the task is JSON, but not an object")


def _find_sip_mistake(text: str, _: ElementRow) -> _Mistake | None:
    return _number.find_sip_mistake(text)


def _find_client_mistake(text: str, _: ElementRow) -> _Mistake | None:
    if re.search(r"[\s<>#%\"{}|\\^\[\]`]", text):
        return (
            "text",
            f"{text[:60]!r} is not the identity of a client: a character in it is refused",
        )
    return None


_MISTAKES: dict[str, Callable[[str, ElementRow], _Mistake | None]] = {
    "phone-number": _find_phone_mistake,
    "url": _find_url_mistake,
    "json": _find_json_mistake,
    "sip-uri": _find_sip_mistake,
    "client-identity": _find_client_mistake,
}

#: Quick tests that usual texts pass; the others are looked at more closely.
_QUICK: dict[str | None, Callable[[str], bool]] = {
    "phone-number": _number.is_usual,
    "url": is_complete_url,
}

_HINTS = {
    "phone-number": "write it in E.164 form, such as +14155550100",
    "url": "write an absolute URL, or one relative to this document",
    "sip-uri": "write it as sip:user@host",
    "json": 'write an object such as {"language": "en"}',
}
