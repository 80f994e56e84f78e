"""A copy of a call's sound for a SIPREC server: its callbacks, and no sound, which goes nowhere.

Source: Twilio's pages "TwiML Voice: Siprec" and "Siprec subresource".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from ...records import dataclass
from ...twiml import vocabulary
from ._callbacks import report, take_turn, timestamp

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..webhooks._target import WebhookTarget
    from ._leg import Leg

Event = Literal["siprec-started", "siprec-stopped", "siprec-error"]
#: How many forks of a call's sound each choice of tracks takes.
_FORKS = {"both_tracks": 2}


@dataclass(frozen=True, slots=True)
class SiprecSettings:
    """Which *track* is copied, by which *connector*, and what its server is told; *callback* hears of the events."""

    name: str
    connector: str
    track: str
    parameters: Mapping[str, str]
    callback: WebhookTarget | None


class SiprecSession:
    """A copy of the sound of *leg*, a resource of the API: *status* is ``in-progress`` or ``stopped``."""

    sid_prefix: ClassVar[str] = "SR"

    def __init__(self, leg: Leg, settings: SiprecSettings) -> None:
        self.sid = leg.world.identities.next(self.sid_prefix)
        self.leg = leg
        self.settings = settings
        self.status = "in-progress"
        self.updated = leg.clock.now

    @property
    def name(self) -> str:
        """The name that it can be stopped by."""
        return self.settings.name

    @property
    def forks(self) -> int:
        """How many of the forks of a call's sound it takes."""
        return _FORKS.get(self.settings.track, 1)

    def begin(self) -> None:
        """Tell that it has started, and that nothing is sent."""
        settings = self.settings
        self._record(
            "started",
            f" of {settings.track} by {settings.connector}",
            parameters=dict(settings.parameters),
        )
        text = "the sound of Siprec goes nowhere: only its callbacks are simulated"
        self.leg.record_event("not simulated", text, sid=self.sid)
        self._report("siprec-started")

    def fail(self, code: int, message: str) -> None:
        """Tell of an error: it has never started."""
        self.status = "stopped"
        self._report("siprec-error", {"SiprecErrorCode": str(code), "SiprecError": message})

    def stop(self) -> None:
        """Tell that it has stopped."""
        self.status, self.updated = "stopped", self.leg.clock.now
        self._record("stopped")
        self._report("siprec-stopped")

    def _record(self, kind: Literal["started", "stopped"], text: str = "", **data: object) -> None:
        name = f" “{self.name}”" if self.name else ""
        self.leg.record_event(kind, f"Siprec{name}{text}", sid=self.sid, **data)

    def _report(self, event: Event, added: Mapping[str, str] | None = None) -> None:
        if self.settings.callback is None:
            return
        parameters = {
            "SiprecSid": self.sid,
            "SiprecName": self.name,
            "SiprecEvent": event,
            "Timestamp": timestamp(self.leg),
            **(added or {}),
        }
        self.leg.start(self._send(self.settings.callback, parameters))

    def _send(self, callback: WebhookTarget, parameters: Mapping[str, str]) -> Process[None]:
        yield from take_turn(self.leg)
        report(self.leg, callback.purpose, callback.url, callback.method, parameters, bare=False)


class SiprecSessions:
    """The copies of the sound of *leg* that run now."""

    def __init__(self, leg: Leg) -> None:
        self._leg = leg
        self._running: list[SiprecSession] = []

    @property
    def forks(self) -> int:
        """How many of the forks of a call's sound they take."""
        return sum(each.forks for each in self._running)

    def with_name(self, name: str) -> list[SiprecSession]:
        """Those that run by this *name*: one, or none."""
        return [each for each in self._running if name and each.name == name]

    def find_conflict(self, settings: SiprecSettings) -> str:
        """Why there cannot be another one with these *settings* beside those that run; empty if there can."""
        if self.with_name(settings.name):
            return f"a Siprec called {settings.name!r} runs already: names are unique in a call"
        most = vocabulary().elements["Siprec"].limits["forked_streams_per_call"]
        wanted = _FORKS.get(settings.track, 1)
        if self._leg.recorder.forks + wanted > most:
            return f"a call's sound has {most} forks at most, one for each track"
        return ""

    def start(self, settings: SiprecSettings, line: int | None = None) -> SiprecSession:
        """Begin another one, as the document says in this *line*, or the API; it fails without a connector."""
        made = self._leg.world.account.add(SiprecSession(self._leg, settings))
        if settings.connector:
            self._running.append(made)
            made.begin()
            return made
        code = vocabulary().elements["Siprec"].codes["connector"]
        text = "there is no connector without a name: no sound is copied"
        place = {} if line is None else {"line": line}
        self._leg.record_event("failed", f"{code}: {text}", code=code, **place)
        made.fail(code, text)
        return made

    def stop(self, session: SiprecSession) -> None:
        """End *session*."""
        self._running.remove(session)
        session.stop()

    def stop_all(self) -> None:
        """End all that run, because the call ends."""
        for session in list(self._running):
            self.stop(session)
