"""Hearing at a phone: words and tones with their moments, and the silence of the other side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..audio._dtmf import seconds_of

if TYPE_CHECKING:
    import simpy

    from ...twiml import Speech
    from ..clock._clock import Clock, Process

_LAST_WORDS = 10
_LAST_WORD = 0.05  # seconds by which the end of a word may lie behind that of its speech
_WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True, slots=True)
class _Heard:
    """One word as it was spoken, its parts as they are compared, and the moment at which it ends."""

    text: str
    plain: tuple[str, ...]
    at: float


class Hearing:
    """One phone's hearing in one call."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heard: list[_Heard] = []
        self._matched = 0
        self._beeped: float | None = None
        self._told = -1.0
        self._busy_until = 0.0
        self._changed = clock.event()

    def words(self, speech: Speech, started: float) -> None:
        """Hear *speech*, which began at the moment *started*."""
        for word in speech.words:
            self._hear(word.text, started + word.end)
        self._notice(started + speech.seconds)

    def keys(self, keys: str, started: float) -> None:
        """Hear the tones of *keys*: a word for those that follow each other without a pause."""
        for run in re.finditer(r"[^wW]+", keys):
            self._hear(run.group(), started + seconds_of(keys[: run.end()]))
        self._notice(started + seconds_of(keys))

    def noise(self, until: float) -> None:
        """Hear something without words, until that moment."""
        self._notice(until)

    def beep(self, until: float) -> None:
        """Hear a beep, until that moment."""
        self._beeped = until
        self._notice(until)

    def cut(self, since: float) -> None:
        """Forget what would have come after the moment *since*."""
        self._heard = [word for word in self._heard if word.at <= since + _LAST_WORD]
        self._busy_until = since
        self._notice(since)

    def words_come(self, text: str, deadline: simpy.Event) -> Process[bool]:
        """Wait until the words of *text* have been heard, in what was not matched before; false after *deadline*."""
        wanted = plain_words(text)
        while True:
            changed, found = self._changed, self._find(wanted)
            if found is not None and found[1] <= self._clock.now:
                self._matched = found[0]
                return True
            if deadline.processed:
                return False
            if found is None:
                yield changed | deadline
            else:
                yield self._clock.seconds(found[1] - self._clock.now) | changed | deadline

    def has_heard(self, text: str) -> bool:
        """Whether the words of *text* have been heard by now, in what was not matched before."""
        found = self._find(plain_words(text))
        return found is not None and found[1] <= self._clock.now + _LAST_WORD

    def beep_comes(self, deadline: simpy.Event) -> Process[bool]:
        """Wait for the end of a beep, unless one was heard that nothing was made of; false after *deadline*."""
        while self._beeped is None or self._beeped > self._clock.now:
            if deadline.processed:
                return False
            until = self._beeped
            if until is None:
                yield self._changed | deadline
            else:
                yield self._clock.seconds(until - self._clock.now) | deadline
        self._beeped = None
        return True

    def silence(self, seconds: float, deadline: simpy.Event) -> Process[bool]:
        """Wait until the other side has been silent for so long; false after *deadline*."""
        since = self._clock.now
        while True:
            rest = round(max(since, self._busy_until) + seconds - self._clock.now, 3)
            if rest <= 0:
                return True
            if deadline.processed:
                return False
            yield self._clock.seconds(rest) | self._changed | deadline

    @property
    def last_words(self) -> str:
        """The last words that were heard, some ten of them."""
        words = [word.text for word in self._heard if word.at <= self._clock.now]
        kept = " ".join(words[-_LAST_WORDS:])
        return f"…{kept}" if len(words) > _LAST_WORDS else kept

    def news(self) -> str:
        """The words heard since this was asked last."""
        since, self._told = self._told, self._clock.now
        return " ".join(word.text for word in self._heard if since < word.at <= self._told)

    def _hear(self, text: str, at: float) -> None:
        self._heard.append(_Heard(text, plain_words(text), round(at, 3)))

    def _notice(self, until: float) -> None:
        self._busy_until = until
        changed, self._changed = self._changed, self._clock.event()
        changed.succeed()

    def _find(self, wanted: tuple[str, ...]) -> tuple[int, float] | None:
        """Where *wanted* ends among the words heard, and when."""
        words = [(part, heard.at) for heard in self._heard for part in heard.plain]
        for start in range(self._matched, len(words) - len(wanted) + 1):
            if tuple(part for part, _ in words[start : start + len(wanted)]) == wanted:
                end = start + len(wanted)
                return end, words[end - 1][1]
        return None


def plain_words(text: str) -> tuple[str, ...]:
    """The words of *text* as they are compared: without capitals and punctuation."""
    return tuple(_WORD.findall(text.casefold()))
