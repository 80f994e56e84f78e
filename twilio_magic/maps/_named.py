"""The keys and words that prompts name: ``for sales, press 1``, ``2 for support``, ``say “sales”``."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "star": "*", "asterisk": "*", "pound": "#", "hash": "#",
}  # fmt: skip
_KEY = rf"(?:\d(?!\d)|[*#]|{'|'.join(_DIGITS)})(?![\w-])(?!\s*-?\s*(?:digits?|numbers?|keys)\b)"
_PRESS = (
    r"\b(?:press|hit|dial|push|select|choose|type|enter|pulse|oprima|marque|presione|drücken(?:\s+sie)?|wählen(?:\s+sie)?|"
    r"tapez|appuyez\s+sur|premere|prema|premi|digite|pressione)"
)
_ARTICLE = r"(?:\s+(?:the|el|la|le|die|key|number|tecla|taste|touche|tasto|button|option))*"
_PRESSED = re.compile(
    rf"{_PRESS}{_ARTICLE}\s+(?P<keys>{_KEY}(?:(?:\s*,)?\s*(?:,|\bor\b|\band\b|\bo\b|\boder\b|\bou\b)\s*{_KEY})*)",
    re.IGNORECASE,
)
_FOR = re.compile(
    rf"(?<![\w#*-])(?P<keys>{_KEY})\s+(?:for|to|if|para|für|pour|per)\b(?!\s+(?:\d|{'|'.join(_DIGITS)}))",
    re.IGNORECASE,
)
_ONE_KEY = re.compile(_KEY, re.IGNORECASE)
_SAY = re.compile(r"\bsay,?\s+[\"“‘']([^\"”’']{1,40})[\"”’']", re.IGNORECASE)
_BARE_SAY = re.compile(r"\bsay,?\s+(\w+)(?:\s+or\s+(\w+))?", re.IGNORECASE)
_AGAIN = re.compile(
    r"\b(?:repeat|again|back|return|menu|previous|restart|start over|repetir|volver|wiederholen|répéter)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:for|to|if|para|für|pour|per)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_OTHERS = {"your", "the", "a", "an", "it", "that", "what", "something", "anything"}


def named_keys(prompt: str) -> list[str]:
    """The keys that *prompt* names, in order."""
    return list(dict.fromkeys(key for match in _matches(prompt) for key in _keys_in(match)))


def keys_that_repeat(prompt: str) -> set[str]:
    """The keys of which *prompt* says that they lead back: ``press 9 to hear this again``."""
    return {
        key
        for sentence in _SENTENCE.split(prompt)
        for match, clause in _clauses(sentence)
        if _AGAIN.search(clause)
        for key in _keys_in(match)
    }


def _matches(prompt: str) -> list[re.Match[str]]:
    """Where keys are named; ``2 for support`` names one only beside ``press 1``."""
    pressed = list(_PRESSED.finditer(prompt))
    taken = {match.start("keys") for match in pressed}
    more = [match for match in _FOR.finditer(prompt) if match.start("keys") not in taken]
    return sorted([*pressed, *(more if pressed else ())], key=lambda match: match.start("keys"))


def _clauses(sentence: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each place that names a key, with the words that say what it is for, before or behind it."""
    found = _matches(sentence)
    if not found:
        return
    stands_before = bool(_BEFORE.search(sentence[: found[0].start()]))
    edges = [0, *(match.end("keys") for match in found)]
    starts = [*(match.start() for match in found), len(sentence)]
    for place, match in enumerate(found):
        if stands_before:
            yield match, sentence[edges[place] : match.start()]
        else:
            yield match, sentence[match.end("keys") : starts[place + 1]]


def _keys_in(match: re.Match[str]) -> Iterator[str]:
    for key in _ONE_KEY.finditer(match["keys"]):
        yield _DIGITS.get(key[0].lower(), key[0])


def named_words(prompt: str) -> list[str]:
    """The words that *prompt* asks to say."""
    quoted = [match[1].strip() for match in _SAY.finditer(prompt)]
    bare = [word for match in _BARE_SAY.finditer(prompt) for word in match.groups() if word]
    wanted = quoted or [word for word in bare if word.lower() not in _OTHERS]
    return list(dict.fromkeys(wanted))
