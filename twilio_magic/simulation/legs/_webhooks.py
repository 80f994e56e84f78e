"""The requests that a call makes to web applications. Source: Twilio's pages "TwiML: Twilio's request" and "Webhooks".

A failed request becomes the code that Twilio would log; it never raises.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping
from email.utils import format_datetime
from math import ceil
from typing import TYPE_CHECKING

from ...api import API_VERSION
from ...timeline import Exchanges
from ..clock._open_work import note_given_up
from ..mounts._fields import SentForm
from ..mounts._rehearsal import note_attempts
from ..webhooks._audio_file import measure_audio
from ..webhooks._client import Delivery, WebhookClient
from ..webhooks._exchange import exchange_of
from ..webhooks._geography import geographic_parameters
from ..webhooks._reply import media_type
from ..webhooks._spec import sip_response, webhook_spec
from ._callbacks import warn_if_not_taken
from ._page import join_url

if TYPE_CHECKING:
    from requests.cookies import RequestsCookieJar

    from ...timeline import Exchange
    from ._leg import Leg


class Webhooks:
    """Sends one call's requests. *made* has all that were sent; callbacks *are_slowed* after too many at one moment.

    Cookies are kept for the length of the call; documents and callbacks do not share them. Source: Twilio's TwiML
    changelog, 2023-06-01.
    """

    def __init__(self, leg: Leg) -> None:
        self.made = Exchanges()
        self.are_slowed = False
        self.asked = array("Q")  # how much had been asked outside before each
        self.order = array("Q")  # the number of each among all that happened in the world
        self._leg = leg
        self._account = leg.world.account
        self._documents, self._callbacks = (
            WebhookClient(leg.world.network, leg.world.account.auth_token) for _ in range(2)
        )
        self._reports = 0
        self._unmasked: dict[int, str] = {}
        self._document_url = ""

    def reply_to(self, exchange: Exchange) -> str:
        """The reply of *exchange* as the application gave it: with its passwords, which the call may need."""
        return self._unmasked.get(id(exchange), exchange.reply)

    def resolve(self, url: str) -> str:
        """Where *url* leads from the document that the call asked for last."""
        return join_url(self._document_url, url)

    def request(
        self,
        purpose: str,
        url: str,
        method: str,
        added: Mapping[str, str] | None = None,
        *,
        bare: bool = False,
        unsaid: Collection[str] = (),
        is_callback: bool = False,
    ) -> Exchange:
        """Send the standard parameters and those *added* to *url*, and keep what came back.

        Returns the last attempt; audio that came back is among the leg's files. No simulated time passes; *until* of
        what is returned says when the answer is there. A *bare* request has no standard parameters but the sids of the
        call and the account, and none that is *unsaid*. *is_callback* says that no document is asked for.
        """
        standard = self._standard()
        if bare:
            standard = {name: standard[name] for name in ("CallSid", "AccountSid")}
        kept = {name: value for name, value in standard.items() if name not in unsaid}
        form = SentForm({**kept, **(added or {})}.items())
        delivery = Delivery(url, method, form, self._leg.world.identities.token("I"))
        at = self._leg.clock.now - self._leg.created
        client = self._callbacks if is_callback else self._documents
        if not is_callback:
            self._document_url = url
        with note_attempts() as hosts, note_given_up() as given_up:
            asked = len(self._leg.past.questions)
            for number, attempt in enumerate(client.deliver(delivery), 1):
                self.asked.append(asked)
                asked = len(self._leg.past.questions)
                secret = self._account.auth_token
                exchange = exchange_of(purpose, delivery, attempt, round(at, 3), number, secret)
                self.made.append(exchange)
                if exchange.reply != attempt.reply:
                    self._unmasked[id(exchange)] = attempt.reply
                self.order.append(self._leg.world.number_event())
                if attempt.audio is not None and attempt.failure is None:
                    self._leg.files[exchange.url] = measure_audio(
                        exchange.url, attempt.audio, media_type(attempt.content_type)
                    )
                if attempt.raised is not None and attempt.failure is None:
                    self._warn_of_exception(exchange, secret.mask_in(attempt.raised.line))
                at += attempt.seconds
        for host in hosts:
            text = (
                f"the application tried to connect to {host}, and was stopped: nothing is real here"
            )
            self._leg.record_event("warned", text, host=host)
        for text in given_up:
            self._leg.record_event("warned", text, webhook=len(self.made) - 1)
        return exchange

    def _warn_of_exception(self, exchange: Exchange, raised: str) -> None:
        """Record the exception of an application that answered well all the same."""
        text = f"the application raised {raised}, and answered {exchange.status}"
        place = len(self.made) - 1
        self._leg.record_event("warned", text, webhook=place, traceback=exchange.traceback)

    def keep(self, exchange: Exchange) -> int:
        """Keep *exchange*, which was made for a text message of the call; returns its place."""
        self.made.append(exchange)
        self.asked.append(len(self._leg.past.questions))
        self.order.append(self._leg.world.number_event())
        return len(self.made) - 1

    @property
    def cookies(self) -> RequestsCookieJar:
        """The cookies of the documents."""
        return self._documents.cookies

    def report(self, status: str) -> None:
        """Request the status callback, if it asked for this *status*."""
        url = self._leg.parameters.get("StatusCallback")
        event = webhook_spec().call_statuses[status].event
        wanted = self._leg.parameters.get("StatusCallbackEvent", "completed").split()
        if not url or status == "queued" or event not in wanted:
            return
        method = self._leg.parameters.get("StatusCallbackMethod", "POST")
        added = self._progress(status)
        exchange = self.request("status callback", url, method, added, is_callback=True)
        self._reports += 1
        shown = exchange.url
        self._leg.record_event("reported", f"{status} → {shown}", url=shown, status=exchange.status)
        warn_if_not_taken(self._leg, "status", exchange)

    def _standard(self) -> dict[str, str]:
        leg = self._leg
        ends = {"From": leg.from_, "To": leg.to, "Caller": leg.from_, "Called": leg.to}
        return {
            "CallSid": leg.sid,
            "AccountSid": self._account.sid,
            "CallStatus": leg.status,
            "ApiVersion": API_VERSION,
            "Direction": leg.direction,
            **ends,
            **geographic_parameters(ends),
            **{
                name: leg.parameters[name]
                for name in webhook_spec().conditional_parameters
                if name in leg.parameters
            },
            **({} if leg.parameters.get("AsyncAmd") == "true" else self._detection()),
        }

    def _detection(self) -> dict[str, str]:
        """The parameters of machine detection, if it has a result."""
        return self._leg.detection.parameters if self._leg.detection else {}

    def _progress(self, status: str) -> dict[str, str]:
        leg = self._leg
        report = {
            "CallStatus": status,
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(self._reports),
            "Timestamp": format_datetime(leg.clock.date()),
        }
        if leg.is_over:
            seconds = leg.progress.duration or 0
            report |= {"CallDuration": str(seconds), "Duration": str(ceil(seconds / 60))}
            if leg.direction != "inbound":
                report["SipResponseCode"] = sip_response(status)
            report |= self._detection()
            report |= leg.recorder.result
        return report
