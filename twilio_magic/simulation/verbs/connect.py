"""Connect: hands the call to a service, and waits until that ends. Source: Twilio's page "TwiML Voice: Connect"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..legs._connection import Connection, run_connection
from ..legs._verb import Verb, perform, performs
from ..sessions._relay import RelaySession
from ..sessions._unavailable import UnavailableService, unavailable_services
from .stream import connect_stream

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._page import Destination

#: What each noun connects with; ``None`` for one that cannot, which is told.
_CONNECTIONS: Mapping[str, Callable[[Verb], Connection | None]] = {
    "Stream": connect_stream,
    "ConversationRelay": RelaySession,
    **dict.fromkeys(unavailable_services(), UnavailableService),
}


@performs("Connect")
def connect(verb: Verb) -> Process[Destination | None]:
    """Hold the session that the noun names; then *action* takes over, or the next verb."""
    nouns = verb.inside()
    connect_with = _CONNECTIONS.get(nouns[0].element.name) if nouns else None
    if connect_with is not None:
        session = connect_with(nouns[0])
        if session is None:
            return None
        return (yield from run_connection(verb, session, before_report=True))
    verb.leg.answer()
    for noun in nouns:
        yield from perform(noun)
    return None
