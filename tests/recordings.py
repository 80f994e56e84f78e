"""What tests of recordings share: an application that remembers what it was asked, and the official SDK."""

from __future__ import annotations

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client as OfficialClient

import twilio_magic as tm

#: Requests in order: the address and its parameters.
Asked = list[tuple[str, dict[str, str]]]


def remembering(simulator: tm.Simulator, *urls: str) -> Asked:
    """What is asked of *urls* from now on; each answers with a word of thanks."""
    asked: Asked = []
    for url in urls:

        @simulator.webhook(url)
        def answer(parameters: dict[str, str], url: str = url) -> str:
            asked.append((url, dict(parameters)))
            return "<Response><Say>Thank you.</Say></Response>"

    return asked


def of(asked: Asked, url: str) -> list[dict[str, str]]:
    """The parameters of each request to *url*."""
    return [parameters for address, parameters in asked if address == url]


def official(simulator: tm.Simulator) -> OfficialClient:
    """Twilio's own client, unmodified, in the simulated account."""
    http, credentials = TwilioHttpClient(), simulator.credentials
    simulator.mount_on(http.session)
    token = credentials.password.reveal()
    return OfficialClient(credentials.account_sid, token, http_client=http, environment={"": ""})
