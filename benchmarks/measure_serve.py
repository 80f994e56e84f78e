"""POST Calls.json over loopback, against the same request to the same REST API in process."""

from __future__ import annotations

from collections.abc import Iterator

import requests

import twilio_magic as tm

from .ratio import Ratio
from .timing import side_by_side

_FORM = {"To": "+13105555555", "From": "+12125551234", "Twiml": "<Response><Hangup/></Response>"}


def measure() -> Iterator[Ratio]:
    """How much longer a request takes that goes through a socket."""
    simulator = tm.Simulator(seed=0)
    credentials = simulator.credentials
    path = f"/2010-04-01/Accounts/{credentials.account_sid}/Calls.json"
    with simulator.serve() as base, requests.Session() as near, requests.Session() as far:
        simulator.mount_on(near)
        far.trust_env = False
        near.auth = far.auth = (credentials.account_sid, credentials.password.reveal())

        def over_loopback() -> None:
            far.post(base + path, data=_FORM).raise_for_status()

        def in_process() -> None:
            near.post("https://api.twilio.com" + path, data=_FORM).raise_for_status()

        ours, theirs = side_by_side(over_loopback, in_process, repeat=200)
    note = f"{1 / ours:,.0f} requests a second over loopback"
    yield Ratio("POST Calls.json over loopback / in process", ours, theirs, None, note)
