"""The verbs that a simulated call performs, one module each.

What is not here is not simulated, and the timeline says so.
"""

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
    "sms",
    "start",
    "transcription",
]
