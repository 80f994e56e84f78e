"""Verbs that hold the call while it is connected with another leg, and their action callback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from ._process import CallEnded

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..webhooks._target import WebhookTarget
    from ._page import Destination
    from ._verb import Verb


class Connection(Protocol):
    """Connects the call with another leg, with a conference, or with a place in a queue."""

    @property
    def result(self) -> Mapping[str, str]:
        """The parameters of the action callback, as far as they are known."""

    def run(self) -> Process[None]:
        """Connect, and return when the connection is over."""


def run_connection(
    verb: Verb, connection: Connection, *, before_report: bool = False
) -> Process[Destination | None]:
    """Run *connection*; then *action* takes over, or the next verb.

    If the call ends before, *action* is requested all the same, and its answer is dropped: after the other legs have
    ended, or, where there are none, *before_report* of the end.
    """
    try:
        yield from connection.run()
    except CallEnded:
        if before_report:
            verb.leg.closing_requests += _action(verb, connection)
        else:
            verb.leg.start(_request_action_afterwards(verb, connection))
        raise
    if not verb["action"]:
        return None
    return (yield from verb.leads_to(verb["action"], "action", connection.result))


def _request_action_afterwards(verb: Verb, connection: Connection) -> Process[None]:
    """Request *action* although the call is over, after the other legs have ended."""
    for source in _action(verb, connection):
        verb.leg.recorder.request_afterwards(source)
    yield from ()  # a process, though it waits for nothing


def _action(verb: Verb, connection: Connection) -> list[WebhookTarget]:
    """What *action* requests; nothing without one."""
    source = verb.callback(verb["action"], verb["method"], "action")
    return [] if source is None else [source.with_parameters(connection.result)]
