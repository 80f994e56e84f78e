"""The verbs that a simulated call performs, one module each.

What is not here is not simulated, and the timeline says so.
"""

from collections.abc import Mapping

from ...twiml import vocabulary
from . import (
    connect,
    dial,
    echo,
    enqueue,
    gather,
    hangup,
    leave,
    pause,
    pay,
    play,
    record,
    recording,
    redirect,
    refer,
    reject,
    say,
    siprec,
    sms,
    start,
    stream,
    transcription,
)

__all__ = [
    "connect",
    "dial",
    "echo",
    "enqueue",
    "gather",
    "hangup",
    "leave",
    "list_simulated",
    "pause",
    "pay",
    "play",
    "record",
    "recording",
    "redirect",
    "refer",
    "reject",
    "say",
    "siprec",
    "sms",
    "start",
    "stream",
    "transcription",
]


def list_simulated() -> Mapping[str, frozenset[str]]:
    """The elements that the simulator acts on, each with the attributes that it acts on."""
    return {
        name: frozenset(attribute for attribute in row.attributes if row.simulates(attribute))
        for name, row in sorted(vocabulary().elements.items())
        if row.simulated
    }
