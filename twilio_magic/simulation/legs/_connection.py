"""What a verb does that keeps a call until something else has ended, and how its *action* hears of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from ._process import CallEnded

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ._page import Destination
    from ._verb import Verb


class Connection(Protocol):
    """What connects the call with somebody; *result* is what *action* is told of it."""

    @property
    def result(self) -> Mapping[str, str]:
        """What has come of it so far, in parameters."""

    def run(self) -> Process[None]:
        """Connect, and return when that is over."""


def run_connection(verb: Verb, connection: Connection) -> Process[Destination | None]:
    """Run *connection*; then *action* takes over, or the next verb.

    Who hangs up meanwhile has *action* requested all the same, and nobody hears what it answers.
    """
    try:
        yield from connection.run()
    except CallEnded:
        verb.leg.clock.start(_told_afterwards(verb, connection))
        raise
    if not verb["action"]:
        return None
    return (yield from verb.leads_to(verb["action"], "action", connection.result))


def _told_afterwards(verb: Verb, connection: Connection) -> Process[None]:
    """Request *action* although the call is over, once the other legs have heard of it."""
    source = verb.callback(verb["action"], verb["method"], "action")
    if source is not None:
        verb.leg.recorder.afterwards(source.with_parameters(connection.result))
    yield from ()  # a process, though it waits for nothing
