"""What Twilio's API keeps and no call acts on: created, listed, fetched, updated and deleted.

All of it is made from the table of all resources, ``api/requests/resources.json``; whatever a module of ``rest/``
answers by itself is simulated, and the rest is stored.
"""

from ._kinds import Kind, kinds
from ._routes import add_routes, families, is_stored

__all__ = ["Kind", "add_routes", "families", "is_stored", "kinds"]
