"""Drives a served world from outside: endpoints of JSON below ``/simulator/``, and a page of calls as they happen.

``simulation/`` loads :func:`control_app` by its name when a served world is first asked for something there.
"""

from ._app import control_app
from ._records import call_record
from ._route import Route, RouteField
from ._routes import ROUTES
from ._world import state_record

__all__ = ["ROUTES", "Route", "RouteField", "call_record", "control_app", "state_record"]
