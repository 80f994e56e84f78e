"""One call leg: its two ends, its timeline, and the parts that act on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ...api import operation
from ...sessions import WebSocketSessions
from ...timeline import STATUS_KINDS, Exchange, Exchanges
from ..audio._ear import Ear
from ..audio._line_sound import LineSounds
from ..messages._messaging import Messaging
from ._call_messages import send_from_client
from ._callbacks import report
from ._fault import end_after_fault, record_fault
from ._performed import PerformedVerbs
from ._phone import Phone
from ._process import CallEnded, LegProcess
from ._progress import CallProgress
from ._recorded import RecordedParty
from ._recorder import Recorder
from ._retention import Retention
from ._to_dialog import to_dialog
from ._to_pytest import to_pytest
from ._webhooks import Webhooks

if TYPE_CHECKING:
    import simpy

    from ...scripts import Action
    from ..clock._clock import Process
    from ..phones._handset import Handset
    from ..phones._phones import Meanwhile
    from ..recordings._recording import Recording
    from ..webhooks._audio_file import AudioFile
    from ..webhooks._target import WebhookTarget
    from ..world._world import World
    from ._machine_detection import Detection
    from ._page import Instructions
    from ._party import AudioPath


#: The warning about a call that only its time limit ended.
_NOBODY_HUNG_UP = "nobody hung up: end the script of a phone with “hang up”, or give a time limit"

Direction = Literal["outbound-api", "inbound", "outbound-dial"]


class Leg(RecordedParty):
    """A call as the simulator knows it. *parameters* are those of the request that made it, in the API's words.

    A leg that <Dial> made has a *parent*, and may have *carried* custom parameters or SIP headers to its phone. A
    *handset* is at its far end in the place of the phone that the world has there.
    *audio_path* is what joins the leg to others now, if anything does.
    """

    sid_prefix: ClassVar[str] = "CA"

    def __init__(
        self,
        world: World,
        parameters: Mapping[str, str],
        instructions: Instructions,
        direction: Direction = "outbound-api",
        parent: Leg | None = None,
        carried: Mapping[str, str] | None = None,
        *,
        handset: Callable[[Leg], Handset] | None = None,
    ) -> None:
        super().__init__(world)
        self.past = world.journal.past
        world.part(Retention).make_room()
        self.account_sid = world.account.sid
        self.sid = world.identities.next(self.sid_prefix)
        self.parameters = parameters
        self.to, self.from_ = parameters["To"], parameters["From"]
        self.direction = direction
        self.parent = parent
        self.children: list[Leg] = []
        self.carried = carried or {}
        self.instructions = instructions
        self.sessions = WebSocketSessions()
        self.performed = PerformedVerbs(self)
        self.has_failed = False  # its far end has heard of an application error
        self.detection: Detection | None = None
        self.files: dict[str, AudioFile] = {}
        #: What is requested when the call has ended, before its end is reported.
        self.closing_requests: list[WebhookTarget] = []
        self.clips: dict[str, bytes | bytearray] = {}
        self.overheard: list[tuple[int, float]] = []
        self.audio_path: AudioPath | None = None
        self.meanwhile: Meanwhile = {
            **(parent.meanwhile if parent else {}),
            **world.phones.meanwhile,
        }
        # what <Dial> calls is never queued
        self.progress = CallProgress(
            self.clock, "queued" if parent is None else "ringing", self.start
        )
        self.process = LegProcess(self.clock)
        self.ear = Ear(self.clock)
        self.webhooks = Webhooks(self)
        self.recorder = Recorder(self)
        attached = handset(self) if handset else world.phones.attach(self, self.meanwhile)
        self.phone = Phone(attached, self.clock, self.start)

    def parameter(self, name: str) -> Any:
        """The value of a request parameter, or its default from the table."""
        return self.parameters.get(name, operation("calls.create").parameter(name).default)

    @property
    def far_end(self) -> str:
        """The address of the phone at the other end of this leg."""
        return self.from_ if self.direction == "inbound" else self.to

    @property
    def near_end(self) -> str:
        """The account's own end of this leg. A client that calls an application has called no address."""
        called = self.to or self.parameters.get("ApplicationSid", "")
        return called if self.direction == "inbound" else self.from_

    @property
    def is_inbound(self) -> bool:
        """Whether the phone at the far end has called."""
        return self.direction == "inbound"

    @property
    def talks_with_agent(self) -> bool:
        """Whether a session with a voice agent runs now."""
        return any(
            session.kind == "conversation-relay" and session.close_code is None
            for session in self.sessions
        )

    @property
    def talks(self) -> bool:
        """Whether another party, or a voice agent, hears what is said at the far end."""
        return self.audio_path is not None or self.talks_with_agent

    @property
    def status(self) -> str:
        """Twilio's word for how far the call is."""
        return self.progress.status

    @property
    def seconds(self) -> float | None:
        """How long the call has lasted since its answer; ``None`` for one that was never answered."""
        return self.progress.seconds

    @property
    def duration(self) -> int | None:
        """The same in whole seconds, once the call is over."""
        return self.progress.duration

    @property
    def in_progress(self) -> simpy.Event:
        """Happens when the call is answered."""
        return self.progress.in_progress

    @property
    def over(self) -> simpy.Event:
        """Happens when the call is over."""
        return self.progress.over

    @property
    def is_over(self) -> bool:
        """Whether the call is over."""
        return self.progress.is_over

    @property
    def exchanges(self) -> Exchanges:
        """The requests made so far."""
        return self.webhooks.made

    @property
    def line_sounds(self) -> LineSounds:
        """What its events sound like."""
        return LineSounds(self.clips, self.files, self.world.voices)

    def set_status(self, status: str, text: str = "") -> None:
        """Enter *status*, record it, and report it to the status callback."""
        self.progress.enter(status)
        self.record_event(STATUS_KINDS[status], text, status=status)
        self.report(status)

    def report(self, status: str) -> None:
        """Report *status* to the status callback, and do what its application asked for meanwhile.

        A call that was canceled in the queue is not reported.
        """
        while self.closing_requests:
            source = self.closing_requests.pop(0)
            report(self, source.purpose, source.url, source.method, source.parameters, bare=False)
        if self.progress.dialed is not None:
            self.webhooks.report(status)
        if not self.is_over:
            self.process.raise_pending()

    def decide(self, action: Action) -> None:
        """The phone at the far end ends its ringing, with an answer or in another way.

        A client that rejects is busy.
        """
        is_client = self.far_end.startswith("client:")
        self.phone.decide("busy" if action == "reject" and is_client else action)

    def stop_recording(self, recording: Recording) -> None:
        """End *recording* now, and report it."""
        self.recorder.stop(recording)

    def send_text(self, words: str, to: str) -> None:
        """Send a text message from the phone at the far end, to the near end unless *to* says whom."""
        if self.far_end.startswith("+"):
            self.world.part(Messaging).receive(self.far_end, to or self.near_end, words, call=self)
        else:
            self.record_event("warned", f"{self.far_end} is no phone number, and sends no messages")

    def send_message(self, content: str) -> None:
        """Send a user-defined message from the application of the client at the far end."""
        send_from_client(self, content)

    def keep_exchange(self, exchange: Exchange) -> int:
        """Keep a request that was made for a text message of this call; returns its place."""
        return self.webhooks.keep(exchange)

    def to_dialog(self) -> str:
        """The call as a dialog, with what everybody heard and did."""
        return to_dialog(self)

    def to_pytest(self) -> str:
        """The call as a test for pytest, with scripts in place of its people."""
        return to_pytest(self)

    def answer(self) -> None:
        """The call is answered, unless it was before."""
        if self.status == "ringing":
            self.set_status("in-progress")
            self.in_progress.succeed()
            self.recorder.start_as_asked()
            limit = self.parameter("TimeLimit")
            self.limit(self.world.account.longest_call(float(limit) if limit else None))

    def limit(self, seconds: float) -> None:
        """End the call *seconds* after its answer; a later limit replaces an earlier one."""
        self.progress.limit(seconds, self._exceed_limit)

    def _exceed_limit(self, seconds: float) -> None:
        if self.parameter("TimeLimit") is None:
            self.record_event("warned", _NOBODY_HUNG_UP)
        self.hang_up(by=f"the time limit of {seconds:g} s")

    def hang_up(self, *, by: str) -> None:
        """End the call: for its far end, for the API, or for a limit."""
        if not self.is_over:
            unanswered = "no-answer" if self.direction == "inbound" else "canceled"
            status = "completed" if self.status == "in-progress" else unanswered
            self.process.interrupt(CallEnded(status, by))

    def finish(self, status: str, text: str = "") -> None:
        """Enter the final *status*; the phone and what is kept of the call stop before."""
        self.phone.end()
        self.recorder.stop_all()
        self.set_status(status, text)
        self.over.succeed()
        self.world.part(Retention).note_end(self)
        self.process.end()

    def start(self, process: Process[object]) -> simpy.Process:
        """Let *process* run beside the process of the call; a fault in it ends the call, too."""
        return self.clock.start(process, self.fail)

    def fail(self, error: BaseException) -> None:
        """End the call because *error* was raised: a fault of the simulator, which a report should tell of."""
        record_fault(self, error)
        if self.process.is_running_elsewhere:
            self.process.interrupt(CallEnded("failed", "a fault of the simulator"))
        elif not self.over.triggered:
            end_after_fault(self)
