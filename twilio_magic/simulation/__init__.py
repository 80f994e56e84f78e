"""An embedded stand-in for Twilio Voice: the REST wire, calls on a virtual clock, phones with scripts, webhooks.

It knows nothing of notebooks. Only ``server.py`` opens a port and starts threads, when a world is served.
"""

from ._faults import Faults
from ._phones import Phones
from ._simulator import Simulator
from ._verb import simulated
from ._web import WebhookRequest

__all__ = ["Faults", "Phones", "Simulator", "WebhookRequest", "simulated"]
