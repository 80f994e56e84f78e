"""The backend of a live account: the real API over the network, which tells less of a call than the simulator."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ..errors import TwilioMagicError
from ..timeline import Event, Exchanges, Kind, Timeline, Transcript
from .transport._backend import FINAL
from .transport._local import LoopbackAdapter, refuse_other_machines
from .transport._timeouts import Timeouts

if TYPE_CHECKING:
    from requests import Session

    from ..ladder import Ladder, LegRecord
    from ..replay import Replay
    from ..sessions import WebSocketSessions
    from ..sound import Sound
    from .transport._backend import PlacedCall
    from .transport._credentials import Credentials


class Live:
    """The real API over the network: calls cost money and ring real phones.

    *base_url* is the address of a server on this machine that is asked instead of Twilio, for tests and classes. Raises
    :class:`CredentialsError` for any other machine, because the token would travel there.
    """

    is_live = True

    def __init__(
        self,
        credentials: Credentials,
        *,
        timeouts: Timeouts | None = None,
        base_url: str = "",
    ) -> None:
        self.credentials = credentials
        self.timeouts = timeouts or Timeouts()
        self.base_url = base_url
        if base_url:
            refuse_other_machines(base_url)

    def mount_on(self, session: Session) -> None:
        """Let *session* use the machine's proxy and certificates, or send its requests to *base_url*."""
        if self.base_url:
            session.mount("https://", LoopbackAdapter(self.base_url))
        else:
            # the credentials are explicit, so that no .netrc replaces them
            session.trust_env = True

    def wait(self, call: PlacedCall) -> None:
        """Poll the call's status, ever less often, until it is final. Interrupting leaves the call alone."""
        for _ in self.watch(call):
            pass

    def watch(self, call: PlacedCall) -> Iterator[None]:
        """Fetch *call* again and again, ever less often, until its status is final."""
        pause = self.timeouts.first_poll
        while call.fetch().status not in FINAL:
            yield
            time.sleep(pause)
            pause = min(pause * 1.5, self.timeouts.slowest_poll)
        yield

    def timeline(self, call: PlacedCall) -> Timeline:
        """The steps that the Call resource dates: created, answered, ended."""
        created, started, ended = call.date_created, call.start_time, call.end_time
        events = [Event(0.0, call.sid, "queued", f"{call.from_} calls {call.to}")]
        if created is None:
            return Timeline(events)
        if started:
            events.append(Event((started - created).total_seconds(), call.sid, "answered", ""))
        if ended:
            kind: Kind = "completed" if call.status == "completed" else "failed"
            events.append(Event((ended - created).total_seconds(), call.sid, kind, call.status))
        return Timeline(events)

    def transcript(self, call: PlacedCall) -> Transcript:
        """Raises :class:`TwilioMagicError`: Twilio does not say what was heard in a live call."""
        raise _not_known("transcript", call)

    def sessions(self, call: PlacedCall) -> WebSocketSessions:
        """Raises :class:`TwilioMagicError`: the live API does not tell."""
        raise _not_known("list of sessions", call)

    def webhooks(self, call: PlacedCall) -> Exchanges:
        """Raises :class:`TwilioMagicError`: the requests of a live call are in Twilio's console."""
        raise _not_known("list of webhooks", call)

    def ladder(self, *calls: PlacedCall) -> Ladder:
        """The steps of :meth:`timeline`, between Twilio and the other party of each call."""
        from ..ladder import build_ladder

        created = [call.date_created for call in calls if call.date_created]
        return build_ladder([self._leg(call, min(created, default=None)) for call in calls])

    def sound(self, call: PlacedCall) -> Sound:
        """Raises :class:`TwilioMagicError`: what was heard in a live call is known to its parties."""
        raise _not_known("sound", call)

    def replay(self, call: PlacedCall) -> Replay:
        """Raises :class:`TwilioMagicError`: what was heard in a live call is known to its parties."""
        raise _not_known("replay", call)

    def to_dialog(self, call: PlacedCall) -> str:
        """Nothing: what was heard in a live call is known to its parties."""
        raise _not_known("dialog", call)

    def fork(self, call: PlacedCall, **_: Any) -> PlacedCall:
        """Nothing: a live call has one future."""
        raise TwilioMagicError(
            f"{call.sid} is a live call, and cannot be forked.",
            hint="Place it with the simulator: simulator.receive(…), or a client of a simulator.",
        )

    def _leg(self, call: PlacedCall, beginning: datetime | None) -> LegRecord:
        from ..ladder import LegRecord

        called, caller = call.to or "", call.from_ or ""
        far_end, near_end = (caller, called) if call.direction == "inbound" else (called, caller)
        after = call.date_created - beginning if call.date_created and beginning else timedelta()
        return LegRecord(
            sid=call.sid,
            far_end=far_end,
            near_end=near_end,
            direction=call.direction or "",
            events=self.timeline(call),
            start=after.total_seconds(),
            parent=call.parent_call_sid,
        )


def _not_known(what: str, call: PlacedCall) -> TwilioMagicError:
    return TwilioMagicError(
        f"A live call has no {what} here ({call.sid}).",
        hint="Look in the Console under Monitor, Logs, Calls; a simulated call tells everything.",
    )
