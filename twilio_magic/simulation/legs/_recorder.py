"""The recordings of one leg, and what else goes on beside it: starting, stopping, and their callbacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from ..recordings._recording import Origin, Recording, Status
from ..recordings._settings import Settings
from ._callbacks import report, take_turn
from ._live_transcriptions import LiveTranscriptions
from ._siprec import SiprecSessions

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..webhooks._target import WebhookTarget
    from ._leg import Leg

_BY: Mapping[Origin, str] = {
    "OutboundAPI": "the call is recorded, as its creation asked",
    "Conference": "the conference is recorded",
    "DialVerb": "both parties of <Dial> are recorded",
    "RecordVerb": "what the caller says is recorded",
    "StartCallRecordingAPI": "the call is recorded from now on",
    "StartCallRecordingTwiML": "the call is recorded from now on, beside what follows",
}


class Stoppable(Protocol):
    """What goes on beside a call, and ends with it at the latest."""

    @property
    def forks(self) -> int:
        """How many forks of the call's sound it takes: one for each track, and none when it is over."""

    def stop(self) -> None:
        """End it, unless it is over."""


class Recorder:
    """The recordings of *leg*, and what else goes on beside it.

    *running* has its recordings, *transcriptions* its live transcriptions and *siprecs* the copies of its sound for
    SIPREC servers, until they are stopped. *streams* has all media streams that go on beside the call.
    """

    def __init__(self, leg: Leg) -> None:
        self._leg = leg
        self.running: list[Recording] = []
        self.transcriptions = LiveTranscriptions(leg)
        self.siprecs = SiprecSessions(leg)
        self.streams: list[Stoppable] = []
        self._whole: Recording | None = None

    @property
    def forks(self) -> int:
        """How many forks of the call's sound are taken: by media streams, and by copies for SIPREC servers."""
        return self.siprecs.forks + sum(stream.forks for stream in self.streams)

    def running_from(self, origin: Origin) -> Recording | None:
        """The recording from this *origin* that runs: there is one of each at a time."""
        return next((each for each in self.running if each.origin == origin), None)

    @property
    def result(self) -> dict[str, str]:
        """The last status callback's parameters for the recording that the request asked for, once it has ended."""
        if self._whole is None or self._whole.status != "completed":
            return {}
        recording = self._whole
        return {
            "RecordingUrl": recording.url,
            "RecordingSid": recording.sid,
            "RecordingDuration": str(recording.duration),
        }

    def start_as_asked(self) -> None:
        """Record the whole call, if its creation asked for it."""
        if str(self._leg.parameter("Record")).lower() == "true":
            settings = Settings.from_parameters("calls.create", self._leg.parameters)
            self._whole = self.start("OutboundAPI", settings)

    def discard_whole(self, why: str) -> None:
        """Make no recording of the whole call although its creation asked for one; *why* is told."""
        recording = self._whole
        if recording is not None and recording.ended is None:
            self.running.remove(recording)
            self._leg.world.account.remove(recording)
            self._leg.record_event("warned", f"Record=true makes no recording of this call: {why}")
            self._whole = None

    def start(self, origin: Origin, settings: Settings, name: str = "") -> Recording:
        """Record from now on."""
        world = self._leg.world
        sid = world.identities.next(Recording.sid_prefix)
        recording = world.account.add(Recording(sid, self._leg, origin, settings, name))
        self.running.append(recording)
        self._leg.record_event("recording", _BY[origin], sid=recording.sid)
        self._report(recording, "in-progress")
        return recording

    def stop(self, recording: Recording) -> None:
        """End *recording* now, and report it; see :meth:`Recording.stop`."""
        self.running.remove(recording)
        recording.stop()
        address = {} if recording.status == "absent" else {"url": recording.url}
        self._leg.record_event("recorded", recording.outcome, sid=recording.sid, **address)
        self._report(recording, recording.status)

    def stop_all(self) -> None:
        """End all that runs, because the call ends."""
        for recording in list(self.running):
            self.stop(recording)
        self.transcriptions.stop_all()
        self.siprecs.stop_all()
        for stream in self.streams:
            stream.stop()

    def request_afterwards(self, source: WebhookTarget, *, standard: bool = True) -> None:
        """Send a request that the call does not wait for, also after its end."""
        self._leg.start(self._send(source, standard=standard))

    def _report(self, recording: Recording, status: Status) -> None:
        settings = recording.settings
        if settings.callback is not None and status in settings.events:
            self.request_afterwards(
                settings.callback.with_parameters(recording.callback_parameters(status)),
                standard=False,
            )

    def _send(self, source: WebhookTarget, *, standard: bool) -> Process[None]:
        url, parameters = source.url, source.parameters
        yield from take_turn(self._leg)
        report(self._leg, source.purpose, url, source.method, parameters, bare=not standard)
