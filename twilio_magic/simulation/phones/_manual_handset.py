"""A phone in a call with a person at it: it rings until they answer, and passes on what is heard and done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import simpy

from ...twiml import speak_text
from ..audio._ear import Sound
from ._person import Notice

if TYPE_CHECKING:
    from ...twiml import Element, Speech
    from ..clock._clock import Process
    from ..legs._leg import Leg
    from ._person import NoticeKind, Person, State
    from ._script import Action


class Attended:
    """One leg's phone with *person* at it, in the place of a :class:`Handset` with its script."""

    def __init__(self, leg: Leg, person: Person) -> None:
        self.leg = leg
        self.state: State = "free"
        self.person = person
        self._clock = leg.clock
        self._decision = self._clock.event()
        self._busy_until = 0.0
        self._hears: tuple[Speech, float] | None = None

    def ring(self) -> Process[None]:
        """Ring until the person answers or declines: a phone that is called."""
        if not self.person.take_up(self):
            self.leg.decide("busy")
            return
        yield from self._attended(self._rung())

    def dial(self) -> Process[None]:
        """Wait for an answer as long as the person does: a phone that calls.

        The person is there before the first step of the call, which may answer and speak at once.
        """
        if not self.person.take_up(self):
            return self._refused()
        self.state = "calling"
        self.notice("calling", self.leg.near_end)
        return self._attended(self._connected())

    def _refused(self) -> Process[None]:
        self.leg.hang_up(by=self.leg.far_end)
        yield self.leg.over

    def _attended(self, process: Process[object]) -> Process[None]:
        """Run *process* to the end of the leg. Time does not leap meanwhile: see :class:`Attendance`."""
        self.leg.world.attendance.begin()
        try:
            yield from process
            yield self.leg.over
        except simpy.Interrupt:
            pass  # so does a leg end its phone
        self.leg.world.attendance.end()
        self.person.put_down(self)
        self.state = "free"
        self.notice("over", self.leg.status)

    def _rung(self) -> Process[None]:
        self.state = "ringing"
        self.notice("ringing", self.leg.near_end)
        decision = yield self._decision
        self.leg.decide(decision)
        if decision == "answer":
            yield from self._connected()

    def _connected(self) -> Process[None]:
        yield self.leg.in_progress
        self._notice_answer()

    def _notice_answer(self) -> None:
        if self.state in ("ringing", "calling"):
            self.state = "talking"
            self.notice("answered")

    def decide(self, action: Action) -> None:
        """Answer or decline; the first decision counts."""
        if not self._decision.triggered:
            self._decision.succeed(action)

    def press(self, key: str) -> None:
        """Press *key*."""
        self.leg.press(key)
        self.notice("pressed", "•" if self.leg.ear.is_secret else key)

    def say(self, text: str, confidence: float) -> None:
        """Say *text* when what is being said has been said; with the microphone off nobody hears it."""
        if self.person.is_muted:
            self.notice("unheard", text)
            return
        speech = speak_text(text)
        begins = max(self._clock.now, self._busy_until)
        self._busy_until = round(begins + speech.seconds, 3)
        self._clock.start(self._speak(speech, begins, confidence))

    def hang_up(self) -> None:
        """End the call."""
        self.notice("hung up")
        self.leg.hang_up(by=self.leg.far_end)

    def hear(self, speech: Speech, started: float) -> None:
        """Take in *speech*, which began at the moment *started*."""
        self._hears = speech, started
        self.notice(
            "heard",
            speech.text,
            speaker=self._told("speaker") or "",
            seconds=speech.seconds,
            speech=speech,
        )

    def hear_keys(self, keys: str, started: float) -> None:  # noqa: ARG002 - it is always now
        """Take in the tones of *keys*."""
        self.notice("keys", keys)

    def hear_noise(self, seconds: float, started: float) -> None:  # noqa: ARG002
        """Take in a sound without words of so many *seconds*."""
        url = self._told("url")
        audio = next((file for file in self.leg.files.values() if file.url == url), None)
        text = self.leg.timeline[-1].text
        self.notice("noise", text, seconds=round(seconds, 3), url=url, audio=audio)

    def hear_beep(self, seconds: float, started: float) -> None:  # noqa: ARG002
        """Take in a beep of so many *seconds*."""
        self.notice("beep", seconds=seconds)

    def hear_no_more(self, since: float) -> None:
        """What would have come after the moment *since* was cut off."""
        heard = ""
        if self._hears is not None:
            speech, started = self._hears
            heard = speech.heard(since - started) if since < started + speech.seconds else ""
        self._hears = None
        self.notice("cut", heard)

    def performs(self, element: Element | None, source: str | None) -> None:
        """Twilio begins with *element* of the document *source*, or is done with all of them."""
        self.notice("performs", element=element, source=source)

    def notice(self, kind: NoticeKind, text: str = "", **data: Any) -> None:
        """Tell the person of something that happens now, unless they are at another call."""
        if self.leg.status == "in-progress":
            self._notice_answer()  # the first words come in the same moment, and may come first
        if self.state != "free" or kind == "over":
            at = round(self._clock.now - self.leg.created, 3)
            self.person.tell(Notice(kind, at, text, **data))

    def _told(self, name: str) -> Any:
        """What the leg tells of the sound that is heard now: the event of a sound comes right before it."""
        return self.leg.timeline[-1].data.get(name)

    def _speak(self, speech: Speech, begins: float, confidence: float) -> Process[None]:
        yield self._clock.seconds(begins - self._clock.now)
        if self.leg.is_over:
            return
        self.notice("spoke", speech.text, seconds=speech.seconds)
        self.leg.hear(Sound("speech", speech, self._clock.now, confidence))
        yield self._clock.seconds(speech.seconds)
        if not self.leg.is_over:
            self.leg.finish_speaking(speech.text, confidence)


def dropped(legs: Iterable[Leg]) -> list[Person]:
    """The people whose call at hand is one of *legs*, and is no more: their world is over."""
    lines = (leg.handset for leg in legs)
    return [
        line.person for line in lines if isinstance(line, Attended) and line.person.put_down(line)
    ]


def people_in(leg: Leg) -> Iterator[tuple[str, Person]]:
    """The people in the call that *leg* is part of, and where each of them is; the first leg comes first."""
    while leg.parent is not None:
        leg = leg.parent
    for each in (leg, *leg.children):
        if isinstance(each.handset, Attended) and each.handset.person.call_sid == each.sid:
            yield each.far_end, each.handset.person
