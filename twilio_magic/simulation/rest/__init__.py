"""Twilio's REST API for the simulated account: paths, statuses, JSON and error bodies, as a Flask application.

Source: Twilio's pages "Call resource", "Application resource", "Twilio's response".
"""

from ._rest_api import RestApi

__all__ = ["RestApi"]
