"""What hangs on one call: recordings, log entries, requests.

Source: Twilio's pages "Recording resource", "Call Notifications resource", "Call Events resource".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from ...display import visible_line
from ._listable import Collection, Listable
from ._recordings import Sounding
from ._resource import Deletable, Fetchable, Resource, Updatable


class CallRecording(Sounding, Fetchable, Updatable, Deletable):
    """One recording of one call; ``update(status="paused")`` pauses it while it runs."""

    family: ClassVar[str] = "call_recordings"

    call_sid: str
    status: str
    start_time: datetime | None
    duration: int | None
    channels: int | None
    source: str
    track: str | None
    price: Decimal | None

    @property
    def place(self) -> tuple[str, ...]:
        """The call's sid and the recording's own."""
        return (self.call_sid, self.sid)

    @property
    def media_url(self) -> str:
        """Where its sound is; Twilio tells that of an account's recordings only."""
        request = self._transport.build_request("recordings.fetch", (), (self.sid,))
        return request.url.removesuffix(".json")

    def __repr__(self) -> str:
        return visible_line(f"<Recording {self.sid}: {self.status}, {self.duration or 0} s>")


class CallRecordings(Collection[CallRecording]):
    """The recordings of one call."""

    kind = CallRecording
    key = "recordings"

    def create(self, *values: Any, **parameters: Any) -> CallRecording:
        """Start to record the call, which must be in progress (else :class:`ApiError` 21220)."""
        return self._create(self._name_values("create", values, parameters))

    def update(self, sid: str, **parameters: Any) -> CallRecording:
        """Pause, go on with, or stop the recording with this sid."""
        return self._update(sid, parameters)

    def delete(self, sid: str) -> None:
        """Remove the recording with this sid."""
        self._delete(sid)


class Notification(Fetchable):
    """One entry of Twilio's log about a call: *error_code*, and the request that led to it."""

    family: ClassVar[str] = "call_notifications"

    call_sid: str
    error_code: int | None
    log: str
    message_date: datetime | None
    message_text: str
    more_info: str
    request_method: str | None
    request_url: str | None

    @property
    def place(self) -> tuple[str, ...]:
        """The call's sid and the entry's own."""
        return (self.call_sid, self.sid)

    @property
    def level(self) -> str:
        """``error`` or ``warning``."""
        return "warning" if str(self.log) == "1" else "error"

    def __repr__(self) -> str:
        return visible_line(f"<Notification {self.level} {self.error_code}: {self.message_text}>")


class CallNotifications(Collection[Notification]):
    """What Twilio logged about one call."""

    kind = Notification
    key = "notifications"


class CallEvent(Resource):
    """One HTTP request that Twilio made for a call, and what came back."""

    family: ClassVar[str] = "call_events"

    request: Mapping[str, Any]
    response: Mapping[str, Any]

    def __repr__(self) -> str:
        asked, got = self.request or {}, self.response or {}
        code = got.get("response_code", "no answer")
        return visible_line(f"<CallEvent {asked.get('method')} {asked.get('url')} → {code}>")


class CallEvents(Listable[CallEvent]):
    """The requests of one call; there is nothing to fetch one by one."""

    kind = CallEvent
    key = "events"
