"""Hearing at a phone: words and tones with their moments, and the silence of the other side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from ...records import dataclass
from ..audio._dtmf import seconds_of
from ._conversation import LAST_WORD_SECONDS, HeardWord

if TYPE_CHECKING:
    import simpy

    from ...scripts import Phrase
    from ...twiml import Speech
    from ..clock._clock import Clock, Process

_LAST_WORDS = 10


@dataclass(frozen=True, slots=True)
class _Heard:
    """One word as it was spoken, the moment at which it ends, and whether it *begins* what was said at once."""

    text: str
    at: float
    begins: bool


class Hearing:
    """One phone's hearing in one call."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heard: list[_Heard] = []
        self._matched = 0
        #: Where the words begin that were matched last.
        self.matched_from = 0
        self._beeped: float | None = None
        self._beeps: list[float] = []
        self._told = -1.0
        self._busy_until = 0.0
        self._sound_since = self._acted = -1.0
        self._changed = clock.event()

    def words(self, speech: Speech, started: float) -> None:
        """Hear *speech*, which began at the moment *started*."""
        for place, word in enumerate(speech.words):
            self._hear(word.text, started + word.end, begins=place == 0)
        self._notice(started + speech.seconds)

    def keys(self, keys: str, started: float) -> None:
        """Hear the tones of *keys*: a word for those that follow each other without a pause."""
        for run in re.finditer(r"[^wW]+", keys):
            self._hear(run.group(), started + seconds_of(keys[: run.end()]), begins=True)
        self._notice(started + seconds_of(keys))

    def noise(self, until: float) -> None:
        """Hear something without words, until that moment."""
        self._notice(until)

    def beep(self, until: float) -> None:
        """Hear a beep, until that moment."""
        self._beeped = until
        self._beeps.append(until)
        self._notice(until)

    def cut(self, since: float) -> None:
        """Forget what would have come after the moment *since*."""
        self._heard = [word for word in self._heard if word.at <= since + LAST_WORD_SECONDS]
        self._beeps = [at for at in self._beeps if at <= since]
        if self._beeped is not None and self._beeped > since:
            self._beeped = None
        self._busy_until = since
        self._notice(since)

    def words_come(self, phrases: Iterable[Phrase], deadline: simpy.Event) -> Process[bool]:
        """Wait until one of *phrases* has been heard, in what was not matched before; false after *deadline*."""
        while True:
            changed, found = self._changed, self._find(phrases)
            if found is not None and found[2] <= self._clock.now:
                self._matched, self.matched_from = found[1], found[0]
                return True
            if deadline.processed:
                return False
            if found is None:
                yield changed | deadline
            else:
                yield self._clock.seconds(found[2] - self._clock.now) | changed | deadline

    def have_come(self, phrases: Iterable[Phrase]) -> bool:
        """Whether one of *phrases* has been heard by now, in what was not matched before; it is matched then."""
        found = self._find(phrases)
        if found is None or found[2] > self._clock.now + LAST_WORD_SECONDS:
            return False
        self._matched, self.matched_from = found[1], found[0]
        return True

    def between(self, begin: int, end: int | None = None) -> str:
        """What was heard by now from the word at *begin* on, to that at *end*."""
        now = self._clock.now + LAST_WORD_SECONDS
        return " ".join(word.text for word in self._heard[begin:end] if word.at <= now)

    def skip(self) -> None:
        """Make nothing of the words that were heard by now."""
        now = self._clock.now
        self._matched = sum(word.at <= now for word in self._heard)
        self.matched_from, self._told, self._acted = self._matched, now, now
        if self._beeped is not None and self._beeped <= now:
            self._beeped = None

    @property
    def matched_count(self) -> int:
        """How many words, the first ones, steps have been made of."""
        return self._matched

    def act(self) -> None:
        """The phone does something now: sounds that began before are no answer to it."""
        self._acted = self._clock.now

    def sound_comes(self, deadline: simpy.Event) -> Process[bool]:
        """Wait for the beginning of a sound, unless one is heard or began since the phone did something."""
        while self._clock.now >= self._busy_until and self._sound_since <= self._acted:
            if deadline.processed:
                return False
            yield self._changed | deadline
        self._acted = self._clock.now
        return True

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

    def all_since(self, created: float) -> list[HeardWord]:
        """The words and beeps that were heard by now, with their moments in seconds since *created*."""
        now = self._clock.now
        beeps = [HeardWord("", at) for at in self._beeps if at <= now]
        words = [
            HeardWord(word.text, word.at, word.begins)
            for word in self._heard
            if word.at <= now + LAST_WORD_SECONDS
        ]
        heard = sorted((*words, *beeps), key=attrgetter("at"))
        return [replace(each, at=round(each.at - created, 3)) for each in heard]

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

    def _hear(self, text: str, at: float, *, begins: bool) -> None:
        self._heard.append(_Heard(text, round(at, 3), begins))

    def _notice(self, until: float) -> None:
        if until > self._clock.now >= self._busy_until:
            self._sound_since = self._clock.now
        self._busy_until = until
        changed, self._changed = self._changed, self._clock.event()
        changed.succeed()

    def _find(self, phrases: Iterable[Phrase]) -> tuple[int, int, float] | None:
        """Where the first of *phrases* to end begins and ends among the words heard, and when it ends."""
        words = [heard.text for heard in self._heard]
        spans = (phrase.find(words, self._matched) for phrase in phrases)
        found = [(*span, self._heard[span[1] - 1].at) for span in spans if span is not None]
        return min(found, key=lambda each: each[1:], default=None)
