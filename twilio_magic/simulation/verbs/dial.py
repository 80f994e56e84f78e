"""Dial: connects the call with another party. Source: Twilio's page "TwiML Voice: Dial"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

import simpy

from ..dialing._dialing import Dialing
from ..legs._leg import Ended
from ..legs._verb import Verb, performs
from ..rooms._attending import Attending

if TYPE_CHECKING:
    from ..clock._clock import Process


class Connection(Protocol):
    """What connects the call with somebody; *result* is what *action* is told of it."""

    @property
    def result(self) -> Mapping[str, str]:
        """What has come of it so far, in parameters."""

    def run(self) -> Process:
        """Connect, and return when that is over."""


#: What a noun connects with, where that is not somebody who is called.
_CONNECTIONS: Mapping[str, Callable[[Verb], Connection]] = {"Conference": Attending}


@performs(
    "Dial",
    "action",
    "answerOnBridge",
    "callerId",
    "hangupOnStar",
    "method",
    "record",
    "recordingStatusCallback",
    "recordingStatusCallbackEvent",
    "recordingStatusCallbackMethod",
    "recordingTrack",
    "ringTone",
    "sequential",
    "timeLimit",
    "timeout",
    "trim",
)
def dial(verb: Verb) -> Process:
    """Connect the call with whom the nouns or the text name; then *action* takes over, or the next verb.

    Who hangs up meanwhile has *action* requested all the same, and nobody hears what it answers.
    """
    if not verb["answerOnBridge"]:
        verb.leg.answer()
    nouns = verb.element.children
    connection = _CONNECTIONS.get(nouns[0].name if nouns else "", Dialing)(verb)
    try:
        yield from connection.run()
    except simpy.Interrupt as interruption:
        if isinstance(interruption.cause, Ended):
            verb.leg.world.clock.start(_told_afterwards(verb, connection))
        raise
    if not verb["action"]:
        return None
    return (yield from verb.leads_to(verb["action"], "action", connection.result))


def _told_afterwards(verb: Verb, connection: Connection) -> Process:
    """Request *action* although the call is over, once the other legs have heard of it."""
    source = verb.callback(verb["action"], verb["method"], "action")
    if source is not None:
        verb.leg.recorder.afterwards(source.saying(connection.result))
    yield from ()  # a process, though it waits for nothing
