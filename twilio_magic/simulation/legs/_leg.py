"""One call leg: its state, what is told about it, and the two ends that act on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import simpy

from ...api import FINAL, operation
from ...secret import mask_user_info
from ...timeline import Event, Exchanges, Kind, Timeline
from ..audio._ear import Ear
from ..clock._clock import until_interrupted, whole
from ..phones._handset import Handset, tell_unfinished
from ..phones._manual_handset import Attended
from ..phones._person import Person
from ._call_status import OUTCOME, TOLD
from ._party import AudioPath, Listener, Party
from ._recorder import Recorder
from ._webhooks import Webhooks

if TYPE_CHECKING:
    from ...twiml import Element
    from ..clock._clock import Process
    from ..phones._phones import Meanwhile
    from ..phones._script import Action
    from ..recordings._recording import Recording
    from ..webhooks._audio_file import AudioFile
    from ..world._world import World
    from ._live_transcription import LiveTranscription
    from ._page import Instructions


#: What there is to say of a call that nobody ended.
_NOBODY_HUNG_UP = "nobody hung up: end the script of a phone with “hang up”, or give a time limit"

Direction = Literal["outbound-api", "inbound", "outbound-dial"]


@dataclass(frozen=True, slots=True)
class CallEnded:
    """Why a leg must stop what it does: it ends, with this *status*."""

    status: str
    by: str


@dataclass(frozen=True, slots=True)
class CallRedirected:
    """Why a leg must stop what it does: it goes on with other instructions."""

    instructions: Instructions


class Leg(Party):
    """A call as the simulator knows it. *asked* holds the parameters of the request that made it.

    A leg that <Dial> made has a *parent*, and may have *carried* custom parameters or SIP headers to its phone.
    *audio_path* is what joins the leg to others now, if anything does.
    """

    sid_prefix: ClassVar[str] = "CA"

    def __init__(
        self,
        world: World,
        asked: Mapping[str, str],
        instructions: Instructions,
        direction: Direction = "outbound-api",
        parent: Leg | None = None,
        carried: Mapping[str, str] | None = None,
    ) -> None:
        self.world, self.clock = world, world.clock
        self.account_sid = world.account.sid
        self.parent = parent
        self.children: list[Leg] = []
        self.carried = carried or {}
        self.audio_path: AudioPath | None = None
        self.meanwhile: Meanwhile = {
            **(parent.meanwhile if parent else {}),
            **world.phones.meanwhile,
        }
        self.sid = world.identities.next(self.sid_prefix)
        self.to, self.from_ = asked["To"], asked["From"]
        self.direction = direction
        self.dialed: float | None = None
        self.has_failed = False  # its party was told of an application error
        self.answered_by: str | None = None
        self.detection_ms = 0
        self.asked = asked
        self.instructions = instructions
        self.status = "queued" if parent is None else "ringing"  # what <Dial> calls is never queued
        self.created = self.updated = self.clock.now
        self.started: float | None = None
        self.ended: float | None = None
        self.timeline = Timeline()
        self.order: list[int] = []  # the place of each event among all of the world's
        self.webhooks = Webhooks(self)
        self.ear = Ear(self.clock)
        self.recorder = Recorder(self)
        self.files: dict[str, AudioFile] = {}
        self.transcriptions: list[LiveTranscription] = []
        self.performs: tuple[Element, str] | None = None
        self.handset = self._handset()
        self.listener: Listener = self.handset
        self.decision = self.clock.event()
        self.in_progress = self.clock.event()
        self.over = self.clock.event()
        self._limit: float | None = None
        self._process: simpy.Process | None = None
        self._phone: simpy.Process | None = None
        self._pending: CallEnded | CallRedirected | None = None

    def _handset(self) -> Handset | Attended:
        player = self.world.phones.pick(self.far_end, self.meanwhile)
        if isinstance(player, Person):
            return Attended(self, player)
        return Handset(self, player, self.clock)

    def asked_for(self, name: str) -> Any:
        """The value of a request parameter, or its default from the table."""
        return self.asked.get(name, operation("calls.create").parameter(name).default)

    @property
    def far_end(self) -> str:
        """The address of the phone at the other end of this leg."""
        return self.from_ if self.direction == "inbound" else self.to

    @property
    def near_end(self) -> str:
        """The account's own end of this leg."""
        return self.to if self.direction == "inbound" else self.from_

    @property
    def is_over(self) -> bool:
        """Whether the leg is in a state in which it stays."""
        return self.status in FINAL

    @property
    def duration(self) -> int | None:
        """Whole seconds from the answer to the end; ``None`` for a call that is not completed."""
        if self.started is None or self.ended is None:
            return None
        return whole(self.ended) - whole(self.started)

    @property
    def queue_ms(self) -> int:
        """Milliseconds in the queue."""
        return 0 if self.dialed is None else round((self.dialed - self.created) * 1000)

    @property
    def detected(self) -> dict[str, str]:
        """What machine detection found, as webhooks carry it."""
        if self.answered_by is None:
            return {}
        duration = str(self.detection_ms)
        return {"AnsweredBy": self.answered_by, "MachineDetectionDuration": duration}

    @property
    def exchanges(self) -> Exchanges:
        """The requests made so far."""
        return self.webhooks.made

    def record_event(self, kind: Kind, text: str = "", **data: Any) -> int:
        """Add an event that happens now; returns its place in the timeline."""
        at = round(self.clock.now - self.created, 3)
        self.timeline.append(Event(at, self.sid, kind, mask_user_info(text), data))
        self.order.append(self.world.number_event())
        return len(self.timeline) - 1

    def update_event(self, place: int, text: str, **data: Any) -> None:
        """Change what the event at *place* tells, because it turned out otherwise."""
        event = self.timeline[place]
        self.timeline[place] = replace(event, text=text, data={**event.data, **data})

    def set_status(self, status: str, text: str = "") -> None:
        """Enter *status*, tell it, and report it to the status callback."""
        now = self.clock.now
        self.status, self.updated = status, now
        if status == "in-progress":
            self.started = now
        if status in FINAL:
            self.ended = now
        self.record_event(TOLD[status], text, status=status)
        self.report(status)

    def report(self, status: str) -> None:
        """Tell the status callback of *status*, and do what its application asked for meanwhile.

        Of a call that was canceled in the queue nobody is told.
        """
        if self.dialed is not None:
            self.webhooks.report(status)
        self.raise_pending()

    def start(self, process: Process[object]) -> None:
        """Live by *process*, from now on."""
        self._process = self.clock.start(process)

    def ring(self) -> None:
        """Let the phone at the far end ring."""
        self._phone = self.clock.start(until_interrupted(self.handset.ring()))

    def dial(self) -> None:
        """Let the phone at the far end call."""
        self._phone = self.clock.start(until_interrupted(self.handset.dial()))

    def decide(self, action: Action) -> None:
        """The far end says what becomes of the ringing: ``None`` when it answers, else the final status."""
        self.decision.succeed(OUTCOME.get(action))

    def stop_recording(self, recording: Recording) -> None:
        """End *recording* now, and tell whom it concerns."""
        self.recorder.stop(recording)

    @contextmanager
    def performing(self, element: Element, source: str) -> Iterator[None]:
        """*element* of the document *source* is performed while the block runs; the phone may show it."""
        around, self.performs = self.performs, (element, source)
        self.handset.performs(element, source)
        try:
            yield
        finally:
            self.performs = around
            self.handset.performs(*(around or (None, None)))

    def answer(self) -> None:
        """The call is answered, unless it was before."""
        if self.status == "ringing":
            self.set_status("in-progress")
            self.in_progress.succeed()
            self.recorder.start_as_asked()
            asked = self.asked_for("TimeLimit")
            self.limit(self.world.account.longest_call(float(asked) if asked else None))

    def limit(self, seconds: float) -> None:
        """End the call *seconds* after its answer; a limit set later takes the place of one set before."""
        self._limit = seconds
        answered = self.clock.now if self.started is None else self.started
        rest = max(0.0, answered + seconds - self.clock.now)
        self.clock.start(self._limited(seconds, rest))

    def _limited(self, seconds: float, rest: float) -> Process[None]:
        yield self.clock.seconds(rest) | self.over
        if self._limit == seconds and self.status == "in-progress":
            if self.asked_for("TimeLimit") is None:
                self.record_event("warned", _NOBODY_HUNG_UP)
            self.hang_up(by=f"the time limit of {seconds:g} s")

    def hang_up(self, *, by: str) -> None:
        """Somebody ends the call: the far end, the API, or a limit."""
        if self.is_over:
            return
        status = "completed" if self.status == "in-progress" else "canceled"
        self.interrupt(CallEnded(status, by))

    def interrupt(self, cause: CallEnded | CallRedirected) -> None:
        """Make the leg stop what it does, for *cause*. What the leg's own webhook asks for happens when it returns."""
        if self._process is None or not self._process.is_alive:
            return
        if self.clock.env.active_process is self._process:
            self._pending = cause
        else:
            self._process.interrupt(cause)

    @property
    def has_pending(self) -> bool:
        """Whether a webhook of this leg asked for something that has not happened yet."""
        return self._pending is not None

    def raise_pending(self) -> None:
        """Act on what a webhook of this leg asked for while it ran."""
        if self._pending is not None:
            cause, self._pending = self._pending, None
            raise simpy.Interrupt(cause)

    def finish(self, status: str, text: str = "") -> None:
        """Enter the final *status*, and let the phone be."""
        if self._phone is not None and self._phone.is_alive:
            self._phone.interrupt()
        if isinstance(self.handset, Handset):  # a person may leave undone what they like
            tell_unfinished(self.handset)
        self.recorder.stop_all()
        for transcription in list(self.transcriptions):
            transcription.stop()
        self.set_status(status, text)
        self.over.succeed()
