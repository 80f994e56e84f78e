"""The headers of all answers."""

from __future__ import annotations

from ...api import API_HOST

#: The simulator answers one request at a time.
API_HEADERS = {
    "Twilio-Concurrent-Requests": "1",
    "X-API-Domain": API_HOST,
    "X-Home-Region": "us1",
}
