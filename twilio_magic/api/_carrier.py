"""Who carries the requests of a client, and what it can tell of a call.

The simulator is one carrier. :class:`Live` is the other: the real API, which tells less.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from ..errors import TwilioMagicError
from ..timeline import Event, Exchanges, Kind, Timeline, Transcript

if TYPE_CHECKING:
    from requests import Session

    from ._calls import Call
    from ._credentials import Credentials

#: The states in which a call stays. Source: Twilio's page "Call resource", Call status values.
FINAL = ("completed", "busy", "failed", "no-answer", "canceled")

_FIRST_POLL, _SLOWEST_POLL = 0.5, 5.0  # seconds


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


class Live:
    """The real API over the network: calls cost money and ring real phones."""

    def __init__(self, credentials: Credentials) -> None:
        self.credentials = credentials

    def mount_on(self, session: Session) -> None:
        """Nothing to do: a session speaks HTTPS by itself."""

    def wait(self, call: Call) -> None:
        """Ask for the call's status, ever less often, until it is final. Interrupting leaves the call alone."""
        pause = _FIRST_POLL
        while call.fetch().status not in FINAL:
            time.sleep(pause)
            pause = min(pause * 1.5, _SLOWEST_POLL)

    def timeline(self, call: Call) -> Timeline:
        """The steps that the Call resource dates: created, answered, ended."""
        created, started, ended = call.date_created, call.start_time, call.end_time
        events = [Event(0.0, call.sid, "queued", f"{call.from_} calls {call.to}")]
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


def _untold(what: str, call: Call) -> TwilioMagicError:
    return TwilioMagicError(
        f"A live call has no {what} here ({call.sid}).",
        hint="Look in the Console under Monitor, Logs, Calls; a simulated call tells everything.",
    )
