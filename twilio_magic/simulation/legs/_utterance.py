"""What is said on one track of a leg, from its first word until it is over, for those who take it down meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...records import dataclass

if TYPE_CHECKING:
    from ...twiml import Speech

#: The beginnings of words are kept to the millisecond.
_ROUNDING = 0.0005


@dataclass(slots=True)
class Utterance:
    """Some *speech* on *track*, since the moment *started*.

    *confidence* is how well it is understood; *is_over* says that it ended or was cut off.
    """

    track: str
    speech: Speech
    started: float
    confidence: float = 1.0
    is_over: bool = False

    @property
    def end(self) -> float:
        """The moment at which it ends, if nothing cuts it off."""
        return round(self.started + self.speech.seconds, 3)

    def words_begun(self, since: float, until: float) -> str:
        """The words that began after *since* and before *until*."""
        since, until = since - self.started - _ROUNDING, until - self.started - _ROUNDING
        return " ".join(word.text for word in self.speech.words if since <= word.start < until)

    def words_heard(self, since: float, until: float) -> str:
        """The words that began after *since* and ended before *until*."""
        since, until = since - self.started - _ROUNDING, until - self.started + _ROUNDING
        return " ".join(
            word.text for word in self.speech.words if since <= word.start and word.end <= until
        )
