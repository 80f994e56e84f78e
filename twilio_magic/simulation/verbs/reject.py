"""Reject: declines a call before it is answered. Source: Twilio's page "TwiML Voice: Reject"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from ..legs._process import CallEnded
from ..legs._verb import Verb, performs

#: The status that each reason leads to.
_STATUS: Mapping[str, str] = {"rejected": "no-answer", "busy": "busy"}


@performs("Reject")
def reject(verb: Verb) -> NoReturn:
    """End the call unanswered; one that was answered before ends as by Hangup (guessed).

    In a document that screens a call of <Dial> it declines that call.
    """
    status = _STATUS[verb["reason"]]
    if verb.leg.status != "ringing":
        status = "completed"
        if verb.leg.direction != "outbound-dial":
            verb.record_event(
                "warned", "<Reject> comes too late: the call was answered, and is hung up"
            )
    raise CallEnded(status, f"<Reject> ({verb['reason']})")
