"""An embedded stand-in for Twilio Voice: the REST wire, calls on a virtual clock, phones with scripts, webhooks.

It knows nothing of notebooks. Only ``server.py`` opens a port and starts threads, when a world is served.
"""

from ._account import PROFILES
from ._simulator import Simulator
from .legs._verb import simulated
from .phones._person import Notice, Person
from .phones._phones import Phones
from .phones._routine import Routine
from .phones._script import Script, script
from .web._faults import Faults
from .web._mounts import Mount, Mounts
from .web._web import WebhookRequest

__all__ = [
    "PROFILES",
    "Faults",
    "Mount",
    "Mounts",
    "Notice",
    "Person",
    "Phones",
    "Routine",
    "Script",
    "Simulator",
    "WebhookRequest",
    "script",
    "simulated",
]
