"""What tests of recordings share: an application that remembers what it was asked, and the official SDK."""

from __future__ import annotations

import io
import wave

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


def loud(sound: bytes, channel: int = 0) -> tuple[list[int], int, int]:
    """The places of the samples of a *channel* that are not silent, their number in all, and how many a second has."""
    with wave.open(io.BytesIO(sound)) as read:
        channels = read.getnchannels()
        samples = memoryview(read.readframes(read.getnframes())).cast("h")[channel::channels]
        rate = read.getframerate()
    return [place for place, sample in enumerate(samples) if sample], len(samples), rate


def is_silent(sound: bytes, channel: int = 0) -> bool:
    """Whether nothing is heard on a *channel*."""
    return not loud(sound, channel)[0]


def silence(sound: bytes, channel: int) -> tuple[float, float]:
    """The seconds without a sound at the beginning and at the end of a *channel*."""
    places, count, rate = loud(sound, channel)
    return places[0] / rate, (count - places[-1]) / rate
