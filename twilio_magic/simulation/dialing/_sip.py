"""What applications are told of a leg to a SIP address. Source: Twilio's page "TwiML Voice: Sip" (url, action)."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..legs._leg import Leg

_HOST = "sip.twilio.example"  # where the simulated INVITE comes from


def sip_call_id(leg: Leg) -> str:
    """The ``Call-ID`` of the leg's INVITE: it depends on the sid of the leg alone."""
    return f"{sha256(leg.sid.encode()).hexdigest()[:32]}@{_HOST}"


def told_of_sip(leg: Leg) -> Mapping[str, str]:
    """What the whisper of *leg* is told besides the standard parameters; nothing of a leg that is not SIP."""
    if not leg.to.startswith("sip"):
        return {}
    return {"SipCallId": sip_call_id(leg), "SipDomain": leg.to.rpartition("@")[2]}
