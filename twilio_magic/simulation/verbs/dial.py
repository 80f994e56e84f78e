"""Dial: connects the call with another party. Source: Twilio's page "TwiML Voice: Dial"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..conferences._dial_conference import DialConference
from ..dialing._dialing import Dialing
from ..dialing._redirected import request_before_redirect
from ..legs._connection import Connection, run_connection
from ..legs._process import CallRedirected
from ..legs._verb import Verb, performs
from ..queues._dial_queue import DialQueue

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._page import Destination


#: What a noun connects with, where that is not somebody who is called.
_CONNECTIONS: Mapping[str, Callable[[Verb], Connection]] = {
    "Conference": DialConference,
    "Queue": DialQueue,
}


@performs("Dial")
def dial(verb: Verb) -> Process[Destination | None]:
    """Connect the call with whom the nouns or the text name; then *action* takes over, or the next verb.

    When the API gives the call other instructions, these wait until the action is requested.
    """
    if not verb["answerOnBridge"]:
        verb.leg.answer()
    nouns = verb.inside()
    connection = _CONNECTIONS.get(nouns[0].element.name if nouns else "", Dialing)(verb)
    try:
        return (yield from run_connection(verb, connection))
    except CallRedirected:
        yield from request_before_redirect(verb, connection)
        raise
