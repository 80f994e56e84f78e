"""One performance of <Dial>: phones ring at once or one after the other, the first to answer is connected.

Source: Twilio's page "TwiML Voice: Dial".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..clock._waiting import Signal
from ..legs._bridge import Bridge
from ..webhooks._spec import sip_response
from ._application import hand_over
from ._leg import dial_leg
from ._recording import DialRecording
from ._ring_tone import RingTone
from ._sip import sip_call_id
from ._target import Target, targets

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._leg import Leg
    from ..legs._verb import Verb

_STAR = "*"


class Dialing:
    """Calls the parties that *verb* names, for *leg*, its parent."""

    def __init__(self, verb: Verb) -> None:
        self.leg: Leg = verb.leg
        self._verb = verb
        self._ringing: list[Leg] = []
        self._let_go: set[str] = set()  # the sids of legs that go their own way
        self._called: list[Leg] = []
        self._reason = ""  # why nobody could be called
        self._winner: Leg | None = None
        self._bridge: Bridge | None = None
        self._news = Signal(verb.leg.clock)
        self._tone = RingTone(verb)
        self._taping = DialRecording(verb)

    @property
    def patience(self) -> float:
        """How many seconds a phone rings: Twilio adds some to *timeout*."""
        row = self._verb.element.row
        return float(self._verb["timeout"] + (row.limits["timeout_buffer_seconds"] if row else 0))

    @property
    def result(self) -> dict[str, str]:
        """What *action* is told. Of several that did not answer it is the one whose ringing ended last (guessed)."""
        leg = self._winner or max(self._called, key=_end_of, default=None)
        bridged = {"DialBridged": "true" if self._bridge else "false"}
        if leg is None:
            reason = {"ErrorMessage": self._reason} if self._reason else {}
            return {"DialCallStatus": "failed", **bridged, **reason}
        status = leg.status if leg.is_over else "completed"
        told = {"DialCallStatus": status, "DialCallSid": leg.sid, **bridged}
        if leg.is_over and leg.progress.duration is not None:
            told["DialCallDuration"] = str(leg.progress.duration)
        if leg.to.startswith("sip"):
            told |= {"DialSipCallId": sip_call_id(leg), "DialSipResponseCode": sip_response(status)}
        return told | self._taping.result

    def run(self) -> Process[None]:
        """Ring the parties until one is connected, and let the two talk. Whoever is left over is hung up."""
        told = len(self.leg.timeline)
        found = targets(self._verb)
        failures = [event.text for event in self.leg.timeline[told:] if event.kind == "failed"]
        self._reason = failures[0].partition(": ")[2] if failures and not found else ""
        groups = [[target] for target in found] if self._verb["sequential"] else [found]
        try:
            for group in groups:
                yield from self._ring(group)
                if self._bridge is not None:
                    return
        finally:
            self._end()

    def rings(self) -> None:
        """A phone has begun to ring."""
        self._taping.start_at("ringing")

    def pick_up(self, leg: Leg) -> None:
        """Somebody has answered on *leg*: the first is taken, and no other phone rings any more."""
        self._winner = leg
        for other in self._ringing:
            if other is not leg and not self._is_done(other):
                other.hang_up(by=f"the answer of {leg.far_end}")

    def connect(self, leg: Leg) -> Bridge:
        """Let *leg* and its parent hear each other from now on."""
        self._tone.stop()
        self.leg.answer()
        self._bridge = Bridge(self.leg, leg)
        self._taping.start_at("answer")
        self._news.happen()
        return self._bridge

    def let_go(self, leg: Leg) -> None:
        """*leg* goes its own way, because the API gave it other instructions."""
        self._let_go.add(leg.sid)
        self._news.happen()

    def _ring(self, group: list[Target]) -> Process[None]:
        self._winner = None
        self._ringing = [self._begin(target) for target in group]
        if group:
            self._tone.start()
        while self._bridge is None and any(not self._is_done(leg) for leg in self._ringing):
            yield self._news.next
        if self._bridge is not None:
            yield from self._talk(self._bridge)

    def _begin(self, target: Target) -> Leg:
        begin = hand_over if target.noun == "Application" else dial_leg
        leg = begin(self, target)
        data = {"to": leg.to, "noun": target.noun, "call": leg.sid}
        self._verb.record_event("dialed", f"{leg.to}", **data)
        leg.over.callbacks.append(lambda _: self._news.happen())
        self._called.append(leg)
        return leg

    def _talk(self, bridge: Bridge) -> Process[None]:
        """Wait for the end of the conversation; with *hangupOnStar* the caller ends it with a key."""
        with self.leg.ear.listening():
            while bridge.is_open:
                key = self.leg.ear.next()
                yield key | bridge.ended
                if key.triggered and key.value == _STAR and self._verb["hangupOnStar"]:
                    self._hang_up(f"{_STAR} of {self.leg.far_end}")

    def _is_done(self, leg: Leg) -> bool:
        return leg.is_over or leg.sid in self._let_go

    def _hang_up(self, by: str) -> None:
        for leg in self._ringing:
            if not self._is_done(leg):
                leg.hang_up(by=by)

    def _end(self) -> None:
        self._tone.stop()
        if self._bridge is not None:
            self._bridge.close()
        self._taping.stop()
        self._hang_up("the end of <Dial>")


def _end_of(leg: Leg) -> float:
    return -1.0 if leg.progress.ended is None else leg.progress.ended
