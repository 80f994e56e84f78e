"""What tests of recordings share: their sound, over the wire."""

from __future__ import annotations

import requests

import twilio_magic as tm


def sound_of(simulator: tm.Simulator, sid: str, query: str = "") -> bytes:
    """The WAV file of the recording with this sid, as the API gives it."""
    credentials = simulator.credentials
    base = f"https://api.twilio.com/2010-04-01/Accounts/{credentials.account_sid}"
    with requests.Session() as session:
        simulator.mount_on(session)
        session.auth = (credentials.account_sid, credentials.password.reveal())
        answer = session.get(f"{base}/Recordings/{sid}.wav{query}")
    answer.raise_for_status()
    return answer.content
