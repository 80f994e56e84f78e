"""What the caller hears while others are called: ringing, from the dialing on (guessed).

Source: Twilio's page "TwiML Voice: Dial" (ringTone, answerOnBridge).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..legs._verb import Verb

_LONGEST = 24 * 60 * 60.0  # seconds: it is cut off when somebody answers


class RingTone:
    """The ringing that the caller of *verb* hears; none while the caller's own call still rings."""

    def __init__(self, verb: Verb) -> None:
        self._verb = verb
        self._place: int | None = None
        self._since = 0.0

    def start(self) -> None:
        """Let it be heard from now on, unless it is already, or nobody listens."""
        leg = self._verb.leg
        if self._place is not None or leg.status != "in-progress":
            return
        self._since = leg.clock.now
        self._place = leg.record_event(
            "played", self._text, seconds=0.0, line=self._verb.element.line
        )
        leg.phone.listener.hear_noise(_LONGEST, self._since)

    def stop(self) -> None:
        """End it."""
        if self._place is None:
            return
        leg = self._verb.leg
        leg.phone.listener.hear_no_more(leg.clock.now)
        leg.update_event(self._place, self._text, seconds=round(leg.clock.now - self._since, 3))
        self._place = None

    @property
    def _text(self) -> str:
        country = self._verb["ringTone"]
        return f"ringing ({country})" if country else "ringing"
