"""What the status callback of a stream is told. Source: Twilio's page "TwiML Voice: Stream", statusCallback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..legs._callbacks import report, take_turn

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._leg import Leg
    from ..webhooks._target import WebhookTarget


class StreamReports:
    """Reports the events of the stream called *name*, with this *sid*, of *leg* to *callback*."""

    def __init__(self, leg: Leg, sid: str, name: str, callback: WebhookTarget | None) -> None:
        self._leg = leg
        self._sid = sid
        self._name = name
        self._callback = callback

    def send(
        self,
        event: Literal["stream-started", "stream-stopped", "stream-error"],
        error: str = "",
    ) -> None:
        """Report *event*, which happens now, with the text of an *error*; nobody waits for it."""
        if self._callback is None:
            return
        parameters = {
            "StreamSid": self._sid,
            "StreamName": self._name,
            "StreamEvent": event,
            "Timestamp": self._leg.clock.date().isoformat(),
            **({"StreamError": error} if error else {}),
        }
        self._leg.start(self._request(self._callback, parameters))

    def _request(self, callback: WebhookTarget, parameters: dict[str, str]) -> Process[None]:
        yield from take_turn(self._leg)
        report(self._leg, callback.purpose, callback.url, callback.method, parameters)
