"""Sms: sends a text message during a call. Source: Twilio's page "TwiML Voice: Sms"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._verb import Verb, performs
from ..messages._message import Message
from ..messages._messaging import Messaging

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._page import Destination


@performs("Sms")
def sms(verb: Verb) -> Process[Destination | None]:
    """Send the text, and go on at once. An *action* takes over."""
    to, from_ = verb["to"] or verb.leg.far_end, verb["from"] or verb.leg.near_end
    if not _may_be_sent(verb, to, from_):
        return None
    callback = verb.callback(verb["statusCallback"], "POST", "message status")
    world, text = verb.leg.world, verb.element.text
    message = Message(world, "outbound-call", from_, to, text, call=verb.leg, callback=callback)
    world.part(Messaging).send(message)
    if not verb["action"]:
        return None
    told = {"SmsSid": message.sid, "SmsStatus": "sending"}
    return (yield from verb.leads_to(verb["action"], "action", told))


def _may_be_sent(verb: Verb, to: str, from_: str) -> bool:
    """Whether there is something to send, and it may go this way; if not, the timeline tells why."""
    account = verb.leg.world.account
    if not verb.element.text:
        verb.fail("empty", "a message without words is not sent")
    elif not to.startswith("+"):
        verb.fail("receiver", f"{to} is no phone number, and gets no messages")
    elif account.is_strict and from_ not in account.numbers:
        verb.fail("sender", f"{from_} is no number of this account, and sends no messages")
    elif account.profile == "trial" and to not in account.caller_ids:
        verb.fail("unverified", f"{to} is not verified, so a trial account sends it no messages")
    else:
        return True
    return False
