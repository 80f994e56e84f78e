"""Phrases: the words, or the regular expression, that a step waits to hear."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from functools import lru_cache

from ..records import dataclass

_WORD = re.compile(r"\w+(?:['’]\w+)?")
QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'|“([^”]*)”")
#: A regular expression between slashes, in which a slash has a backslash before it.
PATTERN = re.compile(r"/((?:\\.|[^/\\\n])+)/")
_OR = re.compile(r"\s+or\s+(?=[\"'“/])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """*text* is words, or a regular expression if the phrase *is_pattern*."""

    text: str
    is_pattern: bool = False

    def __str__(self) -> str:
        return f"/{self.text}/" if self.is_pattern else f"“{self.text}”"

    def find(self, words: Sequence[str], start: int) -> tuple[int, int] | None:
        """Where the phrase begins and ends among *words* from *start* on, as early as it can end; or ``None``."""
        if self.is_pattern:
            return self._find_pattern(words, start)
        wanted = plain_words(self.text)
        parts = [
            (place, part)
            for place, word in enumerate(words[start:], start)
            for part in plain_words(word)
        ]
        for first in range(len(parts) - len(wanted) + 1):
            found = parts[first : first + len(wanted)]
            if tuple(part for _, part in found) == wanted:
                return found[0][0], found[-1][0] + 1
        return None

    def _find_pattern(self, words: Sequence[str], start: int) -> tuple[int, int] | None:
        pattern = re.compile(self.text, re.IGNORECASE)
        for end in range(start + 1, len(words) + 1):
            text = " ".join(words[start:end])
            if match := pattern.search(text):
                return start + text.count(" ", 0, match.start()), end
        return None


@lru_cache(4096)
def plain_words(text: str) -> tuple[str, ...]:
    """The words of *text* as they are compared: without capitals and punctuation."""
    return tuple(_WORD.findall(text.casefold()))


def read_phrases(text: str) -> tuple[Phrase, ...] | None:
    """The phrases in *text*, with ``or`` between them; ``None`` for what is none.

    Raises :class:`ValueError` for what is no regular expression.
    """
    found, place = [], 0
    while True:
        match = QUOTED.match(text, place) or PATTERN.match(text, place)
        if match is None:
            return None
        found.append(_phrase(match))
        place = match.end()
        if place == len(text):
            break
        separator = _OR.match(text, place)
        if separator is None:
            return None
        place = separator.end()
    return tuple(found) if all(map(_says_something, found)) else None


def unquote(match: re.Match[str]) -> str:
    """What stands between the quotes that *match* found."""
    return next(group for group in match.groups() if group is not None)


def _phrase(match: re.Match[str]) -> Phrase:
    if match.re is QUOTED:
        return Phrase(unquote(match))
    written = match[1]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a later Python may read in another way
            compiled = re.compile(written, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"/{written}/ is no regular expression: {error}") from None
    if compiled.search(""):
        raise ValueError(f"/{written}/ is found where nothing is said")
    return Phrase(written, is_pattern=True)


def _says_something(phrase: Phrase) -> bool:
    return phrase.is_pattern or bool(plain_words(phrase.text))
