"""An embedded stand-in for Twilio Voice: the REST wire, calls on a virtual clock, phones with scripts, webhooks.

It knows nothing of notebooks, opens no socket and starts no thread.
"""

from ._simulator import Simulator
from ._verb import simulated
from ._web import WebhookRequest

__all__ = ["Simulator", "WebhookRequest", "simulated"]
