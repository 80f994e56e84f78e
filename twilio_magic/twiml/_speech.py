"""The duration of speech: how long a text takes, and when each word is heard.

No synthesizer is asked: words have a length by language and voice class, longer words take longer,
punctuation pauses, and SSML counts (``break``, ``prosody rate``, ``say-as``, ``sub``, ``s``,
``p``). The rates are estimates and live in the vocabulary's section ``speech``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..records import dataclass
from .language._values import seconds
from .language._vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .documents._element import Element

_DIGITS = re.compile(r"[0-9]")

#: The SSML elements, each with the attributes that change how long its words take; the others are
#: spoken as plain words.
TIMED: Mapping[str, tuple[str, ...]] = {
    "break": ("strength", "time"),
    "prosody": ("rate",),
    "say-as": ("interpret-as",),
    "sub": ("alias",),
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word as heard; *start* and *end* are seconds from the beginning of the speech."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Speech:
    """The speech of a ``<Say>`` in one round: its words, and how long they take in *seconds*."""

    text: str
    seconds: float
    voice: str
    language: str
    words: tuple[Word, ...]

    def text_until(self, at: float) -> str:
        """The words that have begun *at* so many seconds, as one text."""
        return " ".join(word.text for word in self.words if word.start < at)


def speech(say: Element) -> Speech:
    """The speech of *say*, a ``<Say>`` element. Its loop is not counted."""
    row = vocabulary().elements["Say"].attributes
    reading = _Reader(
        voice=str(say.attributes.get("voice") or row["voice"].default),
        language=say.attributes.get("language"),
        rate=say.attributes.get("rate"),
    )
    reading.read(say, 1.0)
    return reading.speech()


def chosen_language(element: Element) -> str | None:
    """The language that *element* chooses to be spoken in, by name or by its voice; None where it chooses none."""
    voice = vocabulary().voices.get(element.attributes.get("voice", ""))
    return element.attributes.get("language") or (voice.language if voice else None)


def speak_text(text: str, *, voice: str | None = None, language: str | None = None) -> Speech:
    """The speech of a plain *text*."""
    row = vocabulary().elements["Say"].attributes
    reading = _Reader(voice=voice or str(row["voice"].default), language=language, rate=None)
    reading.read_text(text, 1.0)
    return reading.speech()


class _Reader:
    """Reads a text aloud, word by word, on a clock of its own."""

    def __init__(self, *, voice: str, language: str | None, rate: str | None) -> None:
        known = vocabulary().voices.get(voice)
        own = known.language if known else None
        row = vocabulary().elements["Say"].attributes["language"]
        self.voice = voice
        self.language = language or own or str(row.default)
        self._rates: Mapping[str, Any] = vocabulary().speech
        self._family = known.family if known else "Standard"
        self._rate = int(rate) if rate and rate.isascii() and rate.isdigit() else None
        self._clock = 0.0
        self._words: list[Word] = []

    def speech(self) -> Speech:
        text = " ".join(word.text for word in self._words)
        return Speech(text, round(self._clock, 2), self.voice, self.language, tuple(self._words))

    def read(self, element: Element, rate: float) -> None:
        for piece in element.content:
            if isinstance(piece, str):
                self.read_text(piece, rate)
            else:
                self._child(piece, rate)

    def _child(self, child: Element, rate: float) -> None:
        if child.name == "break":
            self._clock += self._break(child)
        elif child.name == "sub":
            self.read_text(child.attributes.get("alias", child.text), rate)
        elif child.name == "say-as":
            spelled = child.attributes.get("interpret-as") in self._rates["spelled_out"]
            self.read_text(child.text, rate, spelled=spelled)
        else:
            self.read(child, rate * self._prosody(child))
            self._clock += self._rates["pause_of"].get(child.name, 0.0) / rate

    def _break(self, pause: Element) -> float:
        time = pause["time"]
        if time is not None:
            return seconds(str(time))
        return float(self._rates["break_strength"][pause["strength"]])

    def _prosody(self, element: Element) -> float:
        written = element.attributes.get("rate") if element.name == "prosody" else None
        if written is None:
            return 1.0
        named = self._rates["prosody_rate"].get(written)
        if named is not None:
            return float(named)
        if not re.fullmatch(r"([0-9]{1,4})(\.[0-9]+)?%", written):
            return 1.0
        slowest, fastest = self._rates["prosody_percent"]
        return float(min(max(float(written[:-1]), slowest), fastest)) / 100

    def read_text(self, text: str, rate: float, *, spelled: bool = False) -> None:
        pace = self._pace() / rate
        for token in text.split():
            length = self._length(token, spelled=spelled) * pace
            end = self._clock + length
            self._words.append(Word(token, round(self._clock, 3), round(end, 3)))
            self._clock = end + self._rates["pause_after"].get(token[-1], 0.0) / rate

    def _length(self, token: str, *, spelled: bool) -> float:
        """The length of *token* in average words, or in characters where those are counted."""
        if self._characters_per_minute():
            return float(len(token))
        if spelled:
            return len(token) * float(self._rates["spelled_character"])
        word: dict[str, float] = self._rates["word"]
        digits = len(_DIGITS.findall(token))
        if digits:
            letters = len(token) - digits
            return digits * float(self._rates["digit"]) + letters / word["characters"]
        return word["least"] + min(len(token), word["longest"]) / word["characters"]

    def _pace(self) -> float:
        """Seconds for one average word, or for one character where those are counted."""
        factor = float(self._rates["voice_factor"].get(self._family, 1.0))
        per_minute = self._characters_per_minute() or self._rate or self._words_per_minute()
        return 60 / (per_minute * factor)

    def _characters_per_minute(self) -> float | None:
        found = self._rates["characters_per_minute"].get(self._primary())
        return None if found is None else float(found)

    def _words_per_minute(self) -> float:
        rates = self._rates["words_per_minute"]
        return float(rates.get(self._primary(), rates["default"]))

    def _primary(self) -> str:
        return self.language.partition("-")[0].lower()
