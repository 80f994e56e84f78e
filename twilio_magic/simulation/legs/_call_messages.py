"""User-defined messages between the application of a Voice SDK client and a web application, during a call.

Source: Twilio's pages "Voice SDK Call Message Events", "UserDefinedMessages subresource" and
"UserDefinedMessageSubscriptions subresource". The body of the callback is guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...records import dataclass
from ._callbacks import report

if TYPE_CHECKING:
    from ..webhooks._target import WebhookTarget
    from ._leg import Leg

_CONTENT_TYPE = "application/json"  # the only one that there is


@dataclass(frozen=True, slots=True)
class CallMessage:
    """A message with this *content* to the client of *leg*; a request with the same *key* is the same message."""

    sid_prefix: ClassVar[str] = "KX"

    sid: str
    leg: Leg
    content: str
    created: float
    key: str = ""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Messages of the client of *leg* are sent to *target*; a request with the same *key* is the same subscription."""

    sid_prefix: ClassVar[str] = "ZY"

    sid: str
    leg: Leg
    target: WebhookTarget
    created: float
    key: str = ""


def send_to_client(leg: Leg, content: str, key: str = "") -> CallMessage:
    """Send the client at the far end of *leg* a message."""
    world = leg.world
    sid = world.identities.next(CallMessage.sid_prefix)
    message = world.account.add(CallMessage(sid, leg, content, world.clock.now, key))
    if leg.far_end.startswith("client:"):
        text = f"a message to {leg.far_end}: “{content}”"
        leg.record_event("texted", text, to=leg.far_end, body=content)
        leg.phone.handset.take_message(content)
    else:
        leg.record_event("warned", f"{leg.far_end} is no Voice SDK client, and gets no messages")
    return message


def send_from_client(leg: Leg, content: str) -> None:
    """Let the client at the far end of *leg* send a message, and tell those who have subscribed to them."""
    if not leg.far_end.startswith("client:"):
        leg.record_event("warned", f"{leg.far_end} is no Voice SDK client, and sends no messages")
        return
    text = f"a message of {leg.far_end}: “{content}”"
    leg.record_event("texted", text, from_=leg.far_end, body=content)
    told = {
        "Content": content,
        "ContentType": _CONTENT_TYPE,
        "VoiceEventSid": leg.world.identities.next(CallMessage.sid_prefix),
    }
    for each in list(leg.world.account.resources(Subscription).values()):
        if each.leg is leg:
            report(leg, each.target.purpose, each.target.url, each.target.method, told)
