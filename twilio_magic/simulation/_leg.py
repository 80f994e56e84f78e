"""One call leg: its state, what is told about it, and the two ends that act on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import simpy

from ..api import FINAL, operation
from ..timeline import Event, Exchanges, Kind, Line, Timeline, Transcript
from ._clock import whole
from ._ear import Ear
from ._handset import Handset
from ._recorder import Recorder
from ._voice import Voice
from ._webhooks import Webhooks

if TYPE_CHECKING:
    from ..twiml import Speech
    from ._clock import Process
    from ._page import Instructions
    from ._script import Action
    from ._world import World

#: What each way to end the ringing makes of a call. Source: Twilio's page "Call resource", Call status values.
_OUTCOME: Mapping[str, str] = {
    "busy": "busy",
    "no answer": "no-answer",
    "reject": "no-answer",
    "fail": "failed",
}
_TOLD: Mapping[str, Kind] = {
    "queued": "queued",
    "ringing": "ringing",
    "in-progress": "answered",
    "completed": "completed",
    "busy": "busy",
    "no-answer": "no answer",
    "failed": "failed",
    "canceled": "canceled",
}


@dataclass(frozen=True, slots=True)
class Ended:
    """Why a leg must stop what it does: it ends, with this *status*."""

    status: str
    by: str


@dataclass(frozen=True, slots=True)
class Redirected:
    """Why a leg must stop what it does: it goes on with other instructions."""

    instructions: Instructions


class Leg:
    """A call as the simulator knows it. *asked* holds the parameters of the request that made it."""

    def __init__(self, world: World, asked: Mapping[str, str], instructions: Instructions) -> None:
        self.world = world
        self.sid = world.identities.next("CA")
        self.to, self.from_ = asked["To"], asked["From"]
        self.direction: Literal["outbound-api"] = "outbound-api"
        self.asked = asked
        self.instructions = instructions
        self.status = "queued"
        self.created = self.updated = world.clock.now
        self.started: float | None = None
        self.ended: float | None = None
        self.timeline = Timeline()
        self.webhooks = Webhooks(self, world.web, world.account)
        self.ear = Ear(world.clock)
        self.voice = Voice(world.clock)
        self.recorder = Recorder(self)
        self.handset = Handset(self, world.phones.pick(self.to), world.clock)
        self.decision = world.clock.event()
        self.in_progress = world.clock.event()
        self.over = world.clock.event()
        self._process: simpy.Process | None = None
        self._phone: simpy.Process | None = None
        self._turn: Ended | Redirected | None = None

    def asked_for(self, name: str) -> Any:
        """The value of a request parameter, or its default from the table."""
        return self.asked.get(name, operation("calls.create").parameter(name).default)

    @property
    def far_end(self) -> str:
        """The address of the phone at the other end of this leg."""
        return self.to

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
    def exchanges(self) -> Exchanges:
        """The requests made so far."""
        return self.webhooks.made

    @property
    def transcript(self) -> Transcript:
        """What was heard so far, from the events that tell of words and keys."""
        return Transcript(
            Line(event.at, event.data["speaker"], event.data["words"])
            for event in self.timeline
            if "words" in event.data
        )

    def tell(self, kind: Kind, text: str = "", **data: Any) -> int:
        """Add an event that happens now; returns its place in the timeline."""
        at = round(self.world.clock.now - self.created, 3)
        self.timeline.append(Event(at, self.sid, kind, text, data))
        return len(self.timeline) - 1

    def amend(self, place: int, text: str, **data: Any) -> None:
        """Change what the event at *place* tells, because it turned out otherwise."""
        event = self.timeline[place]
        self.timeline[place] = replace(event, text=text, data={**event.data, **data})

    def become(self, status: str, text: str = "") -> None:
        """Enter *status*, tell it, and report it to the status callback."""
        now = self.world.clock.now
        self.status, self.updated = status, now
        if status == "in-progress":
            self.started = now
        if status in FINAL:
            self.ended = now
        self.tell(_TOLD[status], text, status=status)
        self.report(status)

    def report(self, status: str) -> None:
        """Tell the status callback of *status*, and do what its application asked for meanwhile."""
        self.webhooks.report(status)
        self.take_turn()

    def start(self, process: Process) -> None:
        """Live by *process*, from now on."""
        self._process = self.world.clock.start(process)

    def ring(self) -> None:
        """Let the phone at the far end ring."""
        self._phone = self.world.clock.start(_until_interrupted(self.handset.ring()))

    def decide(self, action: Action) -> None:
        """The far end says what becomes of the ringing: ``None`` when it answers, else the final status."""
        self.decision.succeed(_OUTCOME.get(action))

    def press(self, key: str) -> None:
        """The far end presses *key*."""
        words = f"[presses {key}]"
        self.voice.sound(0)
        if self.ear.take(key):
            self.tell("pressed", key, key=key, speaker=self.far_end, words=words)
        else:
            lost = f"{key} (lost: nothing was listening for keys)"
            self.tell("pressed", lost, key=key, lost=True, speaker=self.far_end, words=words)

    def hear_phone(self, speech: Speech, confidence: float) -> None:
        """The far end speaks."""
        self.voice.sound(speech.seconds)
        self.tell(
            "spoke",
            f"“{speech.text}”",
            seconds=speech.seconds,
            confidence=confidence,
            speaker=self.far_end,
            words=speech.text,
        )

    def limit(self, seconds: float) -> None:
        """End the call *seconds* from now, if it is not over by then."""
        self.world.clock.start(self._limited(seconds))

    def _limited(self, seconds: float) -> Process:
        yield self.world.clock.seconds(seconds) | self.over
        self.hang_up(by=f"the time limit of {seconds:g} s")

    def hang_up(self, *, by: str) -> None:
        """Somebody ends the call: the far end, the API, or a limit."""
        if self.is_over:
            return
        status = "completed" if self.status == "in-progress" else "canceled"
        self.turn(Ended(status, by))

    def turn(self, cause: Ended | Redirected) -> None:
        """Make the leg stop what it does, for *cause*. What the leg's own webhook asks for happens when it returns."""
        if self._process is None or not self._process.is_alive:
            return
        if self.world.clock.env.active_process is self._process:
            self._turn = cause
        else:
            self._process.interrupt(cause)

    @property
    def has_turn(self) -> bool:
        """Whether a webhook of this leg asked for something that has not happened yet."""
        return self._turn is not None

    def take_turn(self) -> None:
        """Act on what a webhook of this leg asked for while it ran."""
        if self._turn is not None:
            cause, self._turn = self._turn, None
            raise simpy.Interrupt(cause)

    def finish(self, status: str, text: str = "") -> None:
        """Enter the final *status*, and let the phone be."""
        if self._phone is not None and self._phone.is_alive:
            self._phone.interrupt()
        self._tell_unfinished_step()
        self.recorder.stop_all()
        self.become(status, text)
        self.over.succeed()

    def _tell_unfinished_step(self) -> None:
        step = self.handset.waiting_for
        if step is None:
            return
        if step.action in ("hear", "hear beep"):
            words = f"“{step.text}”" if step.text else "a beep"
            text = f"{self.far_end} waited to hear {words}, but the call ended first"
            self.tell("failed", text, script=step.text)
        elif step.action == "press":
            text = f"{self.far_end} never pressed {step.text}: nothing asked for keys"
            self.tell("warned", text, script=step.text)


def _until_interrupted(process: Process) -> Process:
    """Run *process*; the end of the call ends it wherever it is."""
    try:
        yield from process
    except simpy.Interrupt:
        return
