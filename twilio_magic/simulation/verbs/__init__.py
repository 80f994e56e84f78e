"""The verbs that a simulated call performs, one module each.

What is not here is not simulated, and the timeline says so.
"""

from collections.abc import Mapping

from ..legs._verb import SUPPORTED_ATTRIBUTES
from . import (
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
    sms,
    start,
    transcription,
)

__all__ = [
    "dial",
    "echo",
    "enqueue",
    "gather",
    "hangup",
    "leave",
    "pause",
    "pay",
    "play",
    "record",
    "recording",
    "redirect",
    "refer",
    "reject",
    "say",
    "simulated",
    "sms",
    "start",
    "transcription",
]


def simulated() -> Mapping[str, frozenset[str]]:
    """The elements that the simulator acts on, each with the attributes that it acts on."""
    return dict(sorted(SUPPORTED_ATTRIBUTES.items()))
