"""Who carries the requests of a client, and what it can tell of a call.

The simulator is one carrier. :class:`Live` is the other: the real API, which tells less.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from ...errors import TwilioMagicError
from ...timeline import Event, Exchanges, Kind, Timeline, Transcript
from ._local import refuse_other_machines
from ._retry import Patience

if TYPE_CHECKING:
    from requests import Session

    from ...ladder import Ladder, LegRecord
    from ..resources._calls import Call
    from ._credentials import Credentials

#: The states in which a call stays. Source: Twilio's page "Call resource", Call status values.
FINAL = ("completed", "busy", "failed", "no-answer", "canceled")


class Carrier(Protocol):
    """Takes a client's requests to an API, and knows what became of a call."""

    @property
    def credentials(self) -> Credentials:
        """The account that the client works in."""

    def mount_on(self, session: Session) -> None:
        """Make *session* send its requests this way."""

    def wait(self, call: Call) -> None:
        """Return when *call* is over."""

    def timeline(self, call: Call) -> Timeline:
        """What happened in *call* so far."""

    def transcript(self, call: Call) -> Transcript:
        """What was heard in *call* so far."""

    def webhooks(self, call: Call) -> Exchanges:
        """The requests that *call* made so far."""

    def ladder(self, *calls: Call) -> Ladder:
        """Who sent what to whom in *calls* so far, on the clock of the earliest."""


class Live:
    """The real API over the network: calls cost money and ring real phones.

    *stand_in* is the address of a server on this machine that is asked in the place of Twilio, for tests and classes;
    raises :class:`CredentialsError` for any other machine, because the token would travel there.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        patience: Patience | None = None,
        stand_in: str = "",
    ) -> None:
        self.credentials = credentials
        self.patience = patience or Patience()
        self.stand_in = stand_in
        if stand_in:
            refuse_other_machines(stand_in)

    def mount_on(self, session: Session) -> None:
        """Let *session* use the machine's proxy and certificates, or send it to the stand-in."""
        if self.stand_in:
            from ._local import StandIn

            session.mount("https://", StandIn(self.stand_in))
        else:
            # the credentials are explicit, so that no .netrc replaces them
            session.trust_env = True

    def wait(self, call: Call) -> None:
        """Ask for the call's status, ever less often, until it is final. Interrupting leaves the call alone."""
        for _ in self.watch(call):
            pass

    def watch(self, call: Call) -> Iterator[Call]:
        """*call* each time it was fetched, ever less often, until its status is final."""
        pause = self.patience.first_poll
        while call.fetch().status not in FINAL:
            yield call
            time.sleep(pause)
            pause = min(pause * 1.5, self.patience.slowest_poll)
        yield call

    def timeline(self, call: Call) -> Timeline:
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

    def transcript(self, call: Call) -> Transcript:
        """Raises: nobody but the two parties hears a live call."""
        raise _untold("transcript", call)

    def webhooks(self, call: Call) -> Exchanges:
        """Raises: the requests of a live call are in Twilio's console."""
        raise _untold("list of webhooks", call)

    def ladder(self, *calls: Call) -> Ladder:
        """The steps of :meth:`timeline`, between Twilio and the other party of each call."""
        from ...ladder import ladder

        created = [call.date_created for call in calls if call.date_created]
        return ladder([self._leg(call, min(created, default=None)) for call in calls])

    def _leg(self, call: Call, beginning: datetime | None) -> LegRecord:
        from ...ladder import LegRecord

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


def _untold(what: str, call: Call) -> TwilioMagicError:
    return TwilioMagicError(
        f"A live call has no {what} here ({call.sid}).",
        hint="Look in the Console under Monitor, Logs, Calls; a simulated call tells everything.",
    )
