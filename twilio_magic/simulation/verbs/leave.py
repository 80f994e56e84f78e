"""Leave: takes a waiting call out of its queue. Source: Twilio's page "TwiML Voice: Leave"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._verb import Verb, performs
from ..queues._member import Left
from ..queues._queues import member_on

if TYPE_CHECKING:
    from ..clock._clock import Process


@performs("Leave")
def leave(verb: Verb) -> Process[None]:
    """Leave the queue: the <Enqueue> is over. A call that is in no queue goes on with the next verb (guessed)."""
    if member_on(verb.leg) is not None:
        raise Left
    verb.record_event("warned", "<Leave> does nothing: the call is in no queue")
    yield from ()  # it takes no time
