"""Legs as the tests of ladders tell them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.calls import FROM, TO
from twilio_magic.ladder import LegRecord
from twilio_magic.timeline import Event, Exchange, Kind

SID = "CA" + "1" * 32
MENU = "https://ivr.example.com/menu"


def event(kind: Kind, text: str = "", *, at: float = 0.0, leg: str = SID, **data: Any) -> Event:
    """One thing that happened."""
    return Event(at, leg, kind, text, data)


def exchange(url: str = MENU, *, status: int | None = 200, **more: Any) -> Exchange:
    """One request for TwiML, and its answer."""
    given: Mapping[str, Any] = {
        "at": 0.0,
        "purpose": "voice url",
        "method": "POST",
        "parameters": {"CallSid": SID, "Digits": "1"},
        "headers": {"X-Twilio-Signature": "c2lnbmF0dXJl"},
        "reply": "<Response/>",
        "content_type": "text/xml",
        **more,
    }
    return Exchange(url=url, status=status, **given)


def fetched(made: Exchange) -> Event:
    """What a timeline says of a request."""
    return event("fetched", at=made.until, url=made.url, status=made.status)


def leg(*events: Event, exchanges: tuple[Exchange, ...] = (), **more: Any) -> LegRecord:
    """A leg of a call from the account to a phone."""
    given: Mapping[str, Any] = {
        "sid": SID,
        "far_end": TO,
        "near_end": FROM,
        "direction": "outbound-api",
        **more,
    }
    return LegRecord(events=events, exchanges=exchanges, **given)
