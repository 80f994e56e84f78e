"""Connect: hands the call to a service, and waits until that ends. Source: Twilio's page "TwiML Voice: Connect"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..legs._connection import Connection, run_connection
from ..legs._verb import Verb, perform, performs
from ..sessions._relay import RelaySession
from ..sessions._unavailable import UnavailableService, unavailable_services

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._page import Destination

#: What each noun connects with.
_CONNECTIONS: Mapping[str, Callable[[Verb], Connection]] = {
    "ConversationRelay": RelaySession,
    **dict.fromkeys(unavailable_services(), UnavailableService),
}


@performs("Connect")
def connect(verb: Verb) -> Process[Destination | None]:
    """Hold the session that the noun names; then *action* takes over, or the next verb."""
    nouns = verb.inside()
    session = _CONNECTIONS.get(nouns[0].element.name) if nouns else None
    if session is not None:
        return (yield from run_connection(verb, session(nouns[0]), before_report=True))
    verb.leg.answer()
    for noun in nouns:
        yield from perform(noun)
    return None
