"""Enqueue: lets the call wait in a queue. Source: Twilio's page "TwiML Voice: Enqueue"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._connection import run_connection
from ..legs._verb import Verb, performs
from ..queues._enqueue import Enqueue

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._page import Destination


@performs("Enqueue")
def enqueue(verb: Verb) -> Process[Destination | None]:
    """Wait in the queue, which is made if there is none; once out of it, *action* takes over, or the next verb."""
    return (yield from run_connection(verb, Enqueue(verb)))
