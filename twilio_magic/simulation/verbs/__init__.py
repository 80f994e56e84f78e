"""The verbs that a simulated call performs, one module each, loaded when the verb is first performed.

What is not here is not simulated, and the timeline says so.
"""

from collections.abc import Mapping

from ...twiml import vocabulary
from ..legs._verb import performs_later

__all__ = ["list_simulated"]

#: The module of each verb. Most calls perform three, and some modules stand on a whole floor: conferences, payments.
_MODULES = {
    "Connect": "connect",
    "Dial": "dial",
    "Echo": "echo",
    "Enqueue": "enqueue",
    "Gather": "gather",
    "Hangup": "hangup",
    "Leave": "leave",
    "Pause": "pause",
    "Pay": "pay",
    "Play": "play",
    "Prompt": "pay",
    "Record": "record",
    "Recording": "recording",
    "Redirect": "redirect",
    "Refer": "refer",
    "Reject": "reject",
    "Say": "say",
    "Siprec": "siprec",
    "Sms": "sms",
    "Start": "start",
    "Stop": "start",
    "Stream": "stream",
    "Transcription": "transcription",
}

for _name, _module in _MODULES.items():
    performs_later(_name, f"{__name__}.{_module}")


def list_simulated() -> Mapping[str, frozenset[str]]:
    """The elements that the simulator acts on, each with the attributes that it acts on."""
    return {
        name: frozenset(attribute for attribute in row.attributes if row.simulates(attribute))
        for name, row in sorted(vocabulary().elements.items())
        if row.simulated
    }
