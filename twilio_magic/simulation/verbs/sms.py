"""Sms: sends a text message during a call. Source: Twilio's page "TwiML Voice: Sms"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...twiml import vocabulary
from ..legs._callbacks import report
from ..legs._verb import Verb, performs

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._page import Destination


@performs("Sms")
def sms(verb: Verb) -> Process[Destination | None]:
    """Send the text, as far as the call sees it: no message goes anywhere. An *action* takes over."""
    leg = verb.leg
    if not verb.element.text:
        code = vocabulary().elements["Sms"].codes["empty"]
        verb.record_event("failed", f"{code}: a message without words is not sent", code=code)
        return None
    to, from_ = verb["to"] or leg.far_end, verb["from"] or leg.near_end
    message = {"SmsSid": leg.world.identities.next("SM")}
    verb.record_event("texted", f"{from_} → {to}: “{verb.element.text}”", to=to, from_=from_)
    callback = verb.callback(verb["statusCallback"], "POST", "message status")
    if callback is not None:
        report(leg, callback.purpose, callback.url, "POST", message | {"SmsStatus": "sent"})
        leg.process.raise_pending()
    if not verb["action"]:
        return None
    return (yield from verb.leads_to(verb["action"], "action", message | {"SmsStatus": "sending"}))
