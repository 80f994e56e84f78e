"""Twilio's REST API for the simulated account: paths, statuses, JSON and error bodies, as a Flask application.

Source: Twilio's pages "Call resource", "Application resource", "Twilio's response".
"""

from ._app import RestApi, application
from .stored import is_stored

__all__ = ["RestApi", "application", "is_stored"]
