"""Calls from the account to a number of the account: an inbound leg of its own rings there, and runs its voice URL.

What the document on one leg says and presses is heard on the other; files, music and ringing are not (approximated).
Source: tests on a live account, March and August 2026.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Literal

from ..audio._dtmf import PAUSES, TONE_SECONDS
from ..audio._ear import BEEP, PhoneSound
from ..phones._handset import Handset
from ._called import voice_settings_of
from ._inbound import ring_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...scripts import Action
    from ...twiml import Speech
    from ..clock._clock import Process
    from ..world._world import World
    from ._leg import Leg

#: How many calls in a row may lead from one number of the account to another: a document that dials its own number
#: would do so forever (ours; what Twilio allows is not known).
_LONGEST_CHAIN = 10
#: Seconds until a sound arrives at the other leg: long enough for that to be connected when both are answered.
_LATENCY = 0.1
#: What the far end does when the inbound leg ends unanswered; anything else is a failure.
_DECISIONS: Mapping[str, Action] = {"busy": "busy", "no-answer": "no answer"}


def is_own_number(leg: Leg) -> bool:
    """Whether *leg* calls a number of an account here.

    One without a voice URL may have the script of somebody there.
    """
    to, home = leg.to, leg.world.owner_of(leg.to)
    if home is None or leg.direction == "inbound":
        return False
    account = home.account
    is_scripted = to in leg.world.phones or to in leg.meanwhile
    return not is_scripted or voice_settings_of(account, to) is not None


def let_number_answer(leg: Leg) -> bool:
    """Let the number that *leg* calls answer with an inbound leg; false, and told, if nothing would answer there."""
    home = leg.world.owner_of(leg.to) or leg.world
    settings = voice_settings_of(home.account, leg.to)
    if settings is None:
        leg.record_event("warned", f"nothing answers at {leg.to}: it has no voice URL")
        return False
    if _chain_of(leg) > _LONGEST_CHAIN:
        leg.record_event(
            "failed", f"a loop: {_LONGEST_CHAIN} calls in a row to numbers of this account"
        )
        return False
    leg.phone.replace(_CalledNumber(leg, home, settings))
    return True


def _chain_of(leg: Leg) -> int:
    """How many calls to numbers of the account led to *leg*, itself included."""
    count, caller = 0, leg
    while True:
        count += 1
        while caller.parent is not None:
            caller = caller.parent
        handset = caller.phone.handset
        if not isinstance(handset, _CallingNumber):
            return count
        caller = handset.caller


class _OtherLeg(Handset):
    """The far end of a leg is another leg: what is said on this one is heard on the other."""

    @property
    @abstractmethod
    def other(self) -> Leg | None:
        """The other leg, once there is one."""

    def hear(self, speech: Speech, started: float) -> None:  # noqa: ARG002
        self.line.start(self._pass_on("speech", speech))

    def hear_keys(self, keys: str, started: float) -> None:  # noqa: ARG002
        self.line.start(self._press(keys))

    def hear_noise(self, seconds: float, started: float) -> None:
        """It is not passed on."""

    def hear_beep(self, seconds: float, started: float) -> None:  # noqa: ARG002
        self.line.start(self._pass_on("beep", BEEP))

    def hear_no_more(self, since: float) -> None:
        """What is passed on is never taken back."""

    def _pass_on(self, kind: Literal["speech", "beep"], speech: Speech) -> Process[None]:
        yield self.line.clock.seconds(_LATENCY)
        other = self.other
        if other is None or other.is_over:
            return
        sound = PhoneSound(kind, speech, self.line.clock.now)
        other.make_sound(sound)
        yield self.line.clock.seconds(speech.seconds) | other.over
        if kind == "speech" and not other.is_over:
            other.finish_speaking(speech.text, sound.confidence)

    def _press(self, keys: str) -> Process[None]:
        yield self.line.clock.seconds(_LATENCY)
        for key in keys:
            if key not in PAUSES and self.other is not None and not self.other.is_over:
                self.other.press(key)
            yield self.line.clock.seconds(PAUSES.get(key, TONE_SECONDS))


class _CalledNumber(_OtherLeg):
    """The far end of *caller*: a number with these *settings*, where an inbound leg rings in its account's world."""

    def __init__(self, caller: Leg, home: World, settings: Mapping[str, str]) -> None:
        super().__init__(caller)
        self._home = home
        self._caller = caller
        self._settings = settings
        self._inbound: Leg | None = None

    @property
    def other(self) -> Leg | None:
        return self._inbound

    def ring(self) -> Process[None]:
        caller = self._caller
        inbound = self._inbound = ring_at(
            self._home,
            caller.from_,
            caller.to,
            self._settings,
            handset=lambda line: _CallingNumber(line, caller),
        )
        inbound.meanwhile = {**caller.meanwhile, **inbound.meanwhile}
        yield inbound.in_progress | inbound.over
        if not inbound.in_progress.triggered:
            self.line.decide(_DECISIONS.get(inbound.status, "fail"))
            return
        self.line.decide("answer")
        yield inbound.over
        self.line.hang_up(by=self.line.far_end)

    def dial(self) -> Process[None]:
        """A number of the account calls nobody by itself."""
        yield from ()

    def end(self) -> None:
        if self._inbound is not None:
            self._inbound.hang_up(by=self._inbound.far_end)


class _CallingNumber(_OtherLeg):
    """The far end of the inbound leg: *caller*, the leg that called the number."""

    def __init__(self, line: Leg, caller: Leg) -> None:
        super().__init__(line)
        self.caller = caller

    @property
    def other(self) -> Leg:
        return self.caller

    def ring(self) -> Process[None]:
        """Nobody calls it."""
        yield from ()

    def dial(self) -> Process[None]:
        """The other leg goes on by itself."""
        yield from ()
