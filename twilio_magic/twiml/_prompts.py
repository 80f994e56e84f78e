"""Advice on words: what a caller hears that does not fit what the document does."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ._content import all_words
from ._vocabulary import vocabulary

if TYPE_CHECKING:
    from lxml import etree

    from ._report import Report
    from ._vocabulary import ElementRow

_LONG_NUMBER = re.compile(r"(?<![\w.,:/@$€£-])[0-9]{5,}(?!\w)")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u3040-\ud7ff]")
_KEYS = re.compile(
    r"\b(?P<verb>press|dial|push|hit)\s+(?:the\s+)?(?P<keys>[0-9]+|pound|hash|#)", re.IGNORECASE
)
_SAY_IT = re.compile(r"\b(?:say|tell us)\s+(?!goodbye)", re.IGNORECASE)
_COUNT = re.compile(r"\b(?P<count>[2-9]|[1-9][0-9])[- ]digit\b", re.IGNORECASE)


def look(node: etree._Element, row: ElementRow, _parent: str, report: Report) -> None:
    """Look at the words of one ``<Say>``."""
    text = node.text or ""
    if len(node):
        text += " ".join(_plain(node))
    if _LONG_NUMBER.search(text):
        _number(node, text, report)
    if node.get("language") is None:
        voice = node.get("voice")
        if voice is None or voice in _basic():
            _language(node, row, text, report)


def _plain(node: etree._Element) -> list[str]:
    """The words that no say-as, sub or phoneme tells how to read."""
    words = []
    for child in node:
        if child.tag not in {"say-as", "sub", "phoneme", "lang"}:
            words += [child.text or "", *_plain(child)]
        words.append(child.tail or "")
    return words


@cache
def _basic() -> frozenset[str]:
    return frozenset(v.name for v in vocabulary().voices.values() if v.provider == "basic")


@cache
def _telltales() -> dict[str, frozenset[str]]:
    words = vocabulary().speech["telltale_words"]
    return {language: frozenset(known) for language, known in words.items()}


@cache
def _any_telltale() -> frozenset[str]:
    return frozenset().union(*_telltales().values())


def _number(node: etree._Element, text: str, report: Report) -> None:
    match = _LONG_NUMBER.search(text)
    number = match.group() if match else ""
    report.add(
        node,
        None,
        "bare-number",
        f"{number[:20]} is read as one large amount, not digit by digit",
        hint='put it into <say-as interpret-as="telephone">, or write blanks between the digits',
    )


def _language(node: etree._Element, row: ElementRow, text: str, report: Report) -> None:
    if text.isascii() and _any_telltale().isdisjoint(text.lower().split()):
        return
    language = _plainly(text)
    if language is not None:
        default = row.attributes["language"].default
        report.add(
            node,
            None,
            "no-language",
            f"the text does not look like English, and without language it is read as {default}",
            hint=f'add language="{language}"' if language else "add the attribute language",
        )


def _plainly(text: str) -> str | None:
    """The language that the text is plainly in, "" for one that has no name here, None for English."""
    letters = sum(map(str.isalpha, text))
    if letters and len(_OTHER_SCRIPT.findall(text)) * 2 > letters:
        return ""
    words = re.findall(r"[\w-]+", text.lower())
    hits = {code: sum(word in known for word in words) for code, known in _telltales().items()}
    best = max(hits, key=lambda code: hits[code])
    if hits[best] < 3 or hits[best] * 4 < len(words):
        return None
    tags = vocabulary().languages["say"]
    return next((tag for tag in tags if tag == f"{best}-{best.upper()}"), "")


def menu(gather: etree._Element, report: Report) -> None:
    """Look at a ``<Gather>`` and at the keys that the prompts in it name."""
    text = " ".join(all_words(say) for say in gather.iterchildren("Say"))
    if not text:
        return
    kinds = (gather.get("input") or "dtmf").split()
    most = gather.get("numDigits") or ""
    reason = _unheard(text, kinds) or (most.isdigit() and _too_many(text, int(most[:6])))
    if not reason and gather.get("finishOnKey", "#") == "#":
        reason = _finishing(text)
    if reason:
        report.add(gather, None, "menu-keys", reason[0], hint=reason[1])


def _unheard(text: str, kinds: list[str]) -> tuple[str, str] | None:
    key = _KEYS.search(text)
    if key and "dtmf" not in kinds and "speech" in kinds:
        return (
            f"the prompt says {key.group()!r}, but only speech is taken",
            'write input="dtmf speech"',
        )
    spoken = _SAY_IT.search(text)
    if spoken and not key and "speech" not in kinds:
        return (
            "the prompt asks to say something, but only keys are taken",
            'add input="dtmf speech"',
        )
    return None


def _too_many(text: str, most: int) -> tuple[str, str] | None:
    for key in _KEYS.finditer(text):
        if key["keys"].isdigit() and len(key["keys"]) > most:
            return (
                f'the prompt says {key.group()!r}, but numDigits="{most}" ends after {most}',
                f'write numDigits="{len(key["keys"])}", or leave it out',
            )
    count = _COUNT.search(text)
    if count and int(count["count"]) > most:
        wanted = count["count"]
        return (
            f'the prompt asks for {wanted} digits, but numDigits="{most}" ends after {most}',
            f'write numDigits="{wanted}"',
        )
    return None


def _finishing(text: str) -> tuple[str, str] | None:
    """A prompt that offers # as a choice ("press pound for more"), and does not mean the end of a
    number.
    """
    for key in _KEYS.finditer(text):
        follows = text[key.end() :].lower().split()[:2]
        if key["keys"].isdigit() or "for" not in follows:
            continue
        return (
            f"the prompt says {key.group()!r}, but # ends the input and is not part of it",
            'add finishOnKey=""',
        )
    return None
