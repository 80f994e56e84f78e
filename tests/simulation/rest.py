"""The simulated REST API without a client: bare requests to it."""

from __future__ import annotations

import requests

import twilio_magic as tm


def signed_in(simulator: tm.Simulator) -> requests.Session:
    """A bare session that reaches the API of *simulator*."""
    session = requests.Session()
    simulator.mount_on(session)
    credentials = simulator.credentials
    session.auth = (credentials.account_sid, credentials.password.reveal())
    return session


def address(simulator: tm.Simulator, below: str) -> str:
    """The address of what is *below* the account, such as ``/Calls.json``."""
    return f"https://api.twilio.com/2010-04-01/Accounts/{simulator.credentials.account_sid}{below}"
