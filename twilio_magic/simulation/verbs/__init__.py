"""The verbs that a simulated call performs, one module each.

What is not here is not simulated, and the timeline says so.
"""

from . import gather, hangup, pause, play, record, recording, redirect, reject, say, start, stop

__all__ = [
    "gather",
    "hangup",
    "pause",
    "play",
    "record",
    "recording",
    "redirect",
    "reject",
    "say",
    "start",
    "stop",
]
