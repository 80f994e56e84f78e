"""Advice on prompts: words that do not fit the voice, the language, or what the document does."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ..language._vocabulary import vocabulary
from ._text import full_text

if TYPE_CHECKING:
    from ..language._nodes import Node
    from ..language._rows import ElementRow, Voice
    from ._report import Report

_DIGITS = b"0123456789"
_LONG = 5  # digits that make a long number
_LONG_NUMBER = re.compile(r"(?<![\w.,:/@$€£-])[0-9]{5,}(?!\w)")
#: Of these a prompt has to hold one for the rest to be worth a look. To look for each is quicker than an expression.
_SIGNS = ("press", "dial ", "push ", "hit ", "say ", "tell us", "digit")
# Begins without \b, since the search for a set of letters is several times quicker.
_KEYS = re.compile(r"(?:press|dial|push|hit)\s+(?:the\s+)?(?P<keys>[0-9]+|pound|hash|#)")
_SAY_IT = re.compile(r"\b(?:say|tell us)\s")
_COUNT = re.compile(r"\b(?P<count>[2-9]|[1-9][0-9])[- ]digit\b")


def advise_on_say(node: Node, row: ElementRow, _parent: str, report: Report) -> None:
    """Advise on the words and the voice of a ``<Say>``."""
    text = node.text or ""
    if len(node):
        text += " ".join(_list_plain_text(node))
    if _may_hold_number(text):
        _check_numbers(node, text, report)
    name, language = node.get("voice"), node.get("language")
    voice = vocabulary().voices.get(name) if name is not None else None
    if voice is not None and language is not None:
        _check_voice_language(node, voice, language, report)
    if voice is not None and len(node):
        _check_emphasis(node, voice, report)
        _check_ssml(node, row, voice, report)
    if language is None and (voice is None or voice.provider == "basic"):
        _check_language(node, row, text, report)


def advise_on_menu(gather: Node, row: ElementRow, report: Report) -> None:
    """Advise on a ``<Gather>`` whose prompts name keys that it does not take."""
    text = " ".join([full_text(say) for say in gather if say.tag == "Say"]).lower()
    if not any(sign in text for sign in _SIGNS):
        return
    reason = _find_contradiction(
        text,
        gather.get("input") or str(row.attributes["input"].default),
        gather.get("numDigits") or "",
        gather.get("finishOnKey", str(row.attributes["finishOnKey"].default)),
    )
    if reason is not None:
        report.add(gather, None, "menu-keys", reason[0], hint=reason[1])


def _check_voice_language(node: Node, voice: Voice, language: str, report: Report) -> None:
    """Report a voice that speaks another language than the one that is asked for."""
    if not _speaks(voice.name, language):
        own = voice.language
        message = f"the voice {voice.name} speaks {own}, and language is {language}"
        hint = f'write language="{own}", or choose another voice'
        report.add(node, None, "voice-language", message, attribute="language", hint=hint)


@lru_cache(maxsize=1024)
def _speaks(name: str, language: str) -> bool:
    """Whether the voice called *name* speaks *language*; a basic voice speaks any."""
    voice = vocabulary().voices[name]
    own = voice.language or language
    return _primary(language) in {_primary(each) for each in (own, *voice.also)}


def _primary(language: str) -> str:
    """The language of a tag without its region, spelled in one way: Mandarin is Chinese."""
    written = language.partition("-")[0].lower()
    return str(vocabulary().document["same_languages"].get(written, written))


def _check_ssml(node: Node, row: ElementRow, voice: Voice, report: Report) -> None:
    """Report SSML inside a basic voice, which takes none."""
    if voice.name not in vocabulary().document["plain_voices"]:
        return
    known = vocabulary().elements
    inner = next((child for child in node if child.tag in row.children), None)
    if inner is not None and known[str(inner.tag)].kind == "ssml":
        message = f"the voice {voice.name} takes no SSML, and <{inner.tag!s}> is some"
        hint = "take a voice such as Polly.Joanna, or leave it out"
        report.add(inner, row.codes["ssml"], "ssml-voice", message, hint=hint)


def _check_emphasis(node: Node, voice: Voice, report: Report) -> None:
    """Report ``<emphasis>`` with a voice whose engine does not have it."""
    families = vocabulary().document["emphasis_families"].get(voice.provider)
    if families is not None and voice.family not in families:
        inner = node.find(".//emphasis")
        if inner is not None:
            message = f"{voice.name} is a {voice.family.lower()} voice, which has no <emphasis>"
            hint = f"take {voice.name.partition('-')[0]}, or leave it out"
            report.add(inner, None, "emphasis-voice", message, hint=hint)


def _list_plain_text(node: Node) -> list[str]:
    """List the texts that no say-as, sub or phoneme says how to read."""
    words = []
    for child in node:
        if child.tag not in _read_otherwise():
            words += [child.text or "", *_list_plain_text(child)]
        words.append(child.tail or "")
    return words


@cache
def _read_otherwise() -> frozenset[str]:
    return frozenset(vocabulary().speech["read_otherwise"])


@cache
def _telltales() -> dict[str, frozenset[str]]:
    words = vocabulary().speech["telltale_words"]
    return {language: frozenset(known) for language, known in words.items()}


@cache
def _any_telltale() -> frozenset[str]:
    return frozenset().union(*_telltales().values())


def _may_hold_number(text: str) -> bool:
    """Whether there are digits enough for a long number; to count them is quicker than to look for it."""
    data = text.encode()
    return len(data) - len(data.translate(None, _DIGITS)) >= _LONG


def _check_numbers(node: Node, text: str, report: Report) -> None:
    match = _LONG_NUMBER.search(text)
    if match is None:
        return
    number = match.group()
    report.add(
        node,
        None,
        "bare-number",
        f"{number[:20]} is read as one large amount, not digit by digit",
        hint='put it into <say-as interpret-as="telephone">, or write blanks between the digits',
    )


def _check_language(node: Node, row: ElementRow, text: str, report: Report) -> None:
    if text.isascii() and _any_telltale().isdisjoint(text.lower().split()):
        return
    language = _detect_language(text)
    if language is not None:
        default = row.attributes["language"].default
        report.add(
            node,
            None,
            "no-language",
            f"the text does not look like English, and without language it is read as {default}",
            hint=f'add language="{language}"' if language else "add the attribute language",
        )


@cache
def _other_script() -> re.Pattern[str]:
    return re.compile(r"[\u0370-\u1dff\u3040-\ud7ff]")


def _detect_language(text: str) -> str | None:
    """Detect the language of a text: None for English or where it is not clear, "" for one that has no name here."""
    letters = sum(map(str.isalpha, text))
    if not text.isascii() and letters and len(_other_script().findall(text)) * 2 > letters:
        return ""
    words = re.findall(r"[\w-]+", text.lower())
    hits = {code: sum(word in known for word in words) for code, known in _telltales().items()}
    best = max(hits, key=lambda code: hits[code])
    if hits[best] < 3 or hits[best] * 4 < len(words):
        return None
    tags = vocabulary().languages["say"]
    return next((tag for tag in tags if tag == f"{best}-{best.upper()}"), "")


@lru_cache(maxsize=128)
def _find_contradiction(text: str, kinds: str, most: str, finish: str) -> tuple[str, str] | None:
    """Find what a prompt asks for that the ``<Gather>`` does not take: a message and a hint."""
    keys = _KEYS.finditer(text)
    offered = [key for key in keys if not text[key.start() - 1 : key.start()].isalpha()]
    reason = _find_unheard(text, offered, kinds)
    if reason is None and most.isdecimal():
        reason = _find_too_many(text, offered, int(most[:6]))
    if reason is None and finish == "#":
        reason = _find_finishing_key(text, offered)
    return reason


def _find_unheard(text: str, offered: list[re.Match[str]], kinds: str) -> tuple[str, str] | None:
    """Find keys where only speech is taken, or speech where only keys are."""
    if offered and "dtmf" not in kinds:
        said = offered[0].group()
        return f"the prompt says {said!r}, but only speech is taken", 'write input="dtmf speech"'
    if not offered and "speech" not in kinds and _SAY_IT.search(text):
        return "the prompt asks to say something, but only keys are taken", 'add input="speech"'
    return None


def _find_too_many(text: str, offered: list[re.Match[str]], most: int) -> tuple[str, str] | None:
    """Find more keys than numDigits lets through."""
    for key in offered:
        wanted = len(key["keys"])
        if key["keys"].isdigit() and wanted > most:
            said = key.group()
            return _describe_early_end(f"the prompt says {said!r}", most, wanted)
    count = _COUNT.search(text) if "digit" in text else None
    if count and int(count["count"]) > most:
        return _describe_early_end(
            f"the prompt asks for {count['count']} digits", most, int(count["count"])
        )
    return None


def _describe_early_end(prompt: str, most: int, wanted: int) -> tuple[str, str]:
    return f'{prompt}, but numDigits="{most}" ends after {most}', f'write numDigits="{wanted}"'


def _find_finishing_key(text: str, offered: list[re.Match[str]]) -> tuple[str, str] | None:
    """Find # as a choice ("press pound for more"), not as the end of a number."""
    for key in offered:
        if not key["keys"].isdigit() and "for" in text[key.end() :].split(maxsplit=2)[:2]:
            said = key.group()
            return (
                f"the prompt says {said!r}, but # ends the input and is not part of it",
                'add finishOnKey=""',
            )
    return None
