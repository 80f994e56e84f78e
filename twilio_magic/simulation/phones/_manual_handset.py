"""A phone in a call with a person at it: it rings until they answer, and passes on what is heard and done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import PhoneScriptError
from ...twiml import speak_text
from ..audio._ear import PhoneSound
from ..clock._clock import until_interrupted
from ..clock._interrupts import describe_end, interrupts
from ._conversation import HeardWord
from ._handset import Handset
from ._person import Notice
from ._to_script import words_in

if TYPE_CHECKING:
    from ...scripts import Action
    from ...twiml import Element, Speech
    from ..clock._clock import Process
    from ._line import PhoneLine
    from ._person import NoticeKind, Person, State


class ManualHandset(Handset):
    """The phone at the far end of *line*, with *person* at it."""

    def __init__(self, line: PhoneLine, person: Person) -> None:
        super().__init__(line)
        self.state: State = "free"
        self._person = person
        self._clock = line.clock
        self._decision = self._clock.event()
        self._busy_until = 0.0
        self._hears: tuple[Speech, float] | None = None

    @property
    def person(self) -> Person:
        """The person at the phone."""
        return self._person

    def ring(self) -> Process[None]:
        """Ring until the person answers or declines: a phone that is called."""
        if not self.person.take_up(self):
            self.line.decide("busy")
            return
        yield from self._take_part(self._wait_for_person())

    def dial(self) -> Process[None]:
        """Wait for an answer as long as the person does: a phone that calls.

        The person is there before the first step of the call, which may answer and speak at once.
        """
        if not self.person.take_up(self):
            return self._give_up()
        self.state = "calling"
        self.notice("calling", self.line.near_end)
        return self._take_part(self._wait_for_answer())

    def _give_up(self) -> Process[None]:
        self.line.hang_up(by=self.line.far_end)
        yield self.line.over

    def _take_part(self, process: Process[object]) -> Process[None]:
        """Run *process* to the end of the leg. Time does not leap meanwhile: see :class:`Attendance`."""
        self.line.world.attendance.begin()
        yield from until_interrupted(self._stay(process))
        self.line.world.attendance.end()
        self.person.put_down(self)
        self.state = "free"
        self.notice("over", self.line.status)

    def _stay(self, process: Process[object]) -> Process[None]:
        """Run *process*, then wait for the end of the call."""
        yield from process
        yield self.line.over

    def _wait_for_person(self) -> Process[None]:
        self.state = "ringing"
        self.notice("ringing", self.line.near_end)
        decision = yield self._decision
        self.line.decide(decision)
        if decision == "answer":
            yield from self._wait_for_answer()

    def _wait_for_answer(self) -> Process[None]:
        yield self.line.in_progress
        self._notice_answer()

    def _notice_answer(self) -> None:
        if self.state in ("ringing", "calling"):
            self.state = "talking"
            self.notice("answered")

    @property
    def hears(self) -> tuple[Speech, float] | None:
        """The words that were heard last, and the moment at which they began."""
        return self._hears

    def words_heard(self) -> list[HeardWord]:
        log = self.person.log if self.person.call_sid == self.line.sid else []
        return [HeardWord(word.text, word.at, word.begins) for word in words_in(log)]

    @property
    def decision(self) -> str:
        return str(self._decision.value) if self._decision.triggered else ""

    def decide(self, action: Action) -> None:
        """Answer or decline; the first decision counts."""
        if not self._decision.triggered:
            self._decision.succeed(action)

    def press(self, key: str) -> None:
        """Press *key*."""
        self.line.press(key)
        self.notice("pressed", "•" if self.line.ear.is_secret else key)

    def say(self, text: str, confidence: float) -> None:
        """Say *text* when what is being said has been said; with the microphone off it is not heard."""
        if self.person.is_muted:
            self.notice("unheard", text)
            return
        speech = speak_text(text)
        begins = max(self._clock.now, self._busy_until)
        self._busy_until = round(begins + speech.seconds, 3)
        self.line.start(self._speak(speech, begins, confidence))

    def hang_up(self) -> None:
        """End the call."""
        self.notice("hung up")
        self.line.hang_up(by=self.line.far_end)

    def hear(self, speech: Speech, started: float) -> None:
        """Take in *speech*, which began at the moment *started*."""
        self._hears = speech, started
        self.notice(
            "heard",
            speech.text,
            speaker=self._event_data("speaker") or "",
            seconds=speech.seconds,
            speech=speech,
        )

    def hear_keys(self, keys: str, started: float) -> None:  # noqa: ARG002 - it is always now
        """Take in the tones of *keys*."""
        self.notice("keys", keys)

    def hear_noise(self, seconds: float, started: float) -> None:  # noqa: ARG002
        """Take in a sound without words of so many *seconds*."""
        url = self._event_data("url")
        audio = next((file for file in self.line.files.values() if file.url == url), None)
        text = self.line.timeline[-1].text
        self.notice("noise", text, seconds=round(seconds, 3), url=url, audio=audio)

    def hear_beep(self, seconds: float, started: float) -> None:  # noqa: ARG002
        """Take in a beep of so many *seconds*."""
        self.notice("beep", seconds=seconds)

    def hear_no_more(self, since: float) -> None:
        """Notify the person that the rest was cut off at the moment *since*."""
        heard = ""
        if self._hears is not None:
            speech, started = self._hears
            heard = speech.text_until(since - started) if since < started + speech.seconds else ""
        self._hears = None
        self.notice("cut", heard)

    def show(self, element: Element | None, source: str | None) -> None:
        """Twilio begins with *element* of the document *source*, or is done with all of them."""
        self.notice("performs", element=element, source=source)

    def connect(self, party: str) -> None:
        """Notify the person that *party* is on the line."""
        self.notice("connected", party)

    def release(self) -> Person | None:
        """Let the person go, because their world is over; ``None`` if this is not their call at hand."""
        return self.person if self.person.put_down(self) else None

    def notice(self, kind: NoticeKind, text: str = "", **data: Any) -> None:
        """Notify the person of something that happens now, unless they are at another call."""
        if self.line.status == "in-progress":
            self._notice_answer()  # the first words come in the same moment, and may come first
        if self.state != "free" or kind == "over":
            at = round(self._clock.now - self.line.created, 3)
            self.notify(Notice(kind, at, text, **data))

    def notify(self, notice: Notice) -> None:
        """Pass on *notice*; a listener that raises is a failure of this phone, and the call goes on."""
        try:
            self.person.notify(notice)
        except BaseException as error:
            what = f"At “{notice.kind}” the listener {describe_end(error)}"
            self.line.record_event("failed", f"{self.line.far_end}: {what}")
            self.line.world.phones.failures.append(
                PhoneScriptError(what, place=str(self.person), hint="Every other notice is told.")
            )
            if not isinstance(error, Exception):
                interrupts.keep(error)

    def _event_data(self, name: str) -> Any:
        """Data of the event of the sound that is heard now: it was recorded right before."""
        return self.line.timeline[-1].data.get(name)

    def _speak(self, speech: Speech, begins: float, confidence: float) -> Process[None]:
        yield self._clock.seconds(begins - self._clock.now)
        if self.line.is_over:
            return
        self.notice("spoke", speech.text, seconds=speech.seconds)
        self.line.make_sound(PhoneSound("speech", speech, self._clock.now, confidence))
        yield self._clock.seconds(speech.seconds)
        if not self.line.is_over:
            self.line.finish_speaking(speech.text, confidence)
