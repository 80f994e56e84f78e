"""Status callbacks of a conference. Source: Twilio's page "TwiML Voice: Conference" (statusCallbackEvent)."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import format_datetime
from typing import TYPE_CHECKING

from ..legs._callbacks import report, take_turn

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._leg import Leg
    from ..webhooks._target import WebhookTarget
    from ._conference import Conference


class ConferenceEvents:
    """Reports what happens in *conference* to the callback of the call that opened it, in the *wanted* words."""

    def __init__(
        self, conference: Conference, callback: WebhookTarget | None, wanted: tuple[str, ...]
    ) -> None:
        self._conference = conference
        self._callback = callback
        self._wanted = wanted
        self._sent = 0

    def tell(self, word: str, event: str, leg: Leg, added: Mapping[str, str]) -> None:
        """Report *event* of *leg* if the application asked for events called *word*."""
        if self._callback is None or word not in self._wanted:
            return
        self._sent += 1
        conference = self._conference
        parameters = {
            "ConferenceSid": conference.sid,
            "FriendlyName": conference.name,
            "StatusCallbackEvent": event,
            "SequenceNumber": str(self._sent),
            "Timestamp": format_datetime(leg.clock.date()),
            **added,
        }
        leg.start(self._report(leg, self._callback, parameters))

    def _report(
        self, leg: Leg, callback: WebhookTarget, parameters: Mapping[str, str]
    ) -> Process[None]:
        yield from take_turn(leg)
        unsaid = () if "CallSid" in parameters else ("CallSid",)
        report(
            leg,
            parameters["StatusCallbackEvent"],
            callback.url,
            callback.method,
            parameters,
            unsaid=unsaid,
        )
