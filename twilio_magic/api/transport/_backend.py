"""The interface between a client and what answers it: the simulator, or the live API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, Self

if TYPE_CHECKING:
    from requests import Session

    from ...ladder import Ladder
    from ...replay import Replay
    from ...sessions import WebSocketSessions
    from ...sound import Sound
    from ...timeline import Exchanges, Timeline, Transcript
    from ._credentials import Credentials

#: The final statuses of a call. Source: Twilio's page "Call resource", Call status values.
FINAL = ("completed", "busy", "failed", "no-answer", "canceled")


class PlacedCall(Protocol):
    """What a backend reads of a call that was placed: fields of the Call resource."""

    sid: str
    to: str
    from_: str
    status: str
    direction: str
    date_created: datetime | None
    start_time: datetime | None
    end_time: datetime | None
    parent_call_sid: str | None

    def fetch(self) -> Self:
        """Read the fields again."""


class Backend(Protocol):
    """Answers a client's requests, and knows what happened in a call."""

    @property
    def credentials(self) -> Credentials:
        """The account that the client works in."""

    @property
    def is_live(self) -> bool:
        """Whether calls ring real phones."""

    def mount_on(self, session: Session) -> None:
        """Make *session* send its requests to this backend."""

    def wait(self, call: PlacedCall) -> None:
        """Return when *call* is over."""

    def watch(self, call: PlacedCall) -> Iterator[None]:
        """Fetch *call* each time there is news, until it is over."""

    def timeline(self, call: PlacedCall) -> Timeline:
        """What happened in *call* so far."""

    def transcript(self, call: PlacedCall) -> Transcript:
        """What was heard in *call* so far."""

    def webhooks(self, call: PlacedCall) -> Exchanges:
        """The requests that *call* made so far."""

    def sessions(self, call: PlacedCall) -> WebSocketSessions:
        """The WebSocket sessions that *call* had so far."""

    def ladder(self, *calls: PlacedCall) -> Ladder:
        """The sequence diagram of *calls* so far, on the clock of the earliest."""

    def fork(
        self,
        call: PlacedCall,
        *,
        before: str | None = None,
        at: float | None = None,
        phone: Any = None,
    ) -> PlacedCall:
        """*call* in a world of its own, up to a point; from there *phone* is at its far end."""

    def sound(self, call: PlacedCall) -> Sound:
        """What was heard in *call* so far, as a sound."""

    def replay(self, call: PlacedCall) -> Replay:
        """*call* so far, to be played again."""

    def to_dialog(self, call: PlacedCall) -> str:
        """*call* as a dialog, with what was heard and done so far."""
