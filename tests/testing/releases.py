"""What an application does with its own client, run with each release of Twilio's library by ``test_releases.py``."""

from __future__ import annotations

import asyncio
import sys

import twilio
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client as Sdk

import twilio_magic as tm

TO, FROM, HELLO = "+13105555555", "+12125551234", "<Response><Say>Hello.</Say></Response>"
OWN = ("AC" + "7" * 32, "the application's own")


def use(sdk: Sdk) -> list[object]:
    """Place a call, read it again, change it, list it, and ask for what is not there."""
    placed = sdk.calls.create(to=TO, from_=FROM, twiml=HELLO)
    fetched = sdk.calls(placed.sid).fetch()
    ended = sdk.calls(placed.sid).update(status="canceled")
    try:
        sdk.calls("CA" + "0" * 32).fetch()
        missing = 0
    except TwilioRestException as refused:
        missing = refused.code
    number = sdk.incoming_phone_numbers.list(limit=1)[0]
    listed = [call.sid for call in sdk.calls.list()] == [placed.sid]
    return [fetched.to, ended.status, missing, number.phone_number, listed]


async def use_async(sdk: Sdk) -> list[object]:
    """Place a call, and read it again."""
    placed = await sdk.calls.create_async(to=TO, from_=FROM, twiml=HELLO)
    return [(await sdk.calls(placed.sid).fetch_async()).to]


if __name__ == "__main__":
    expected = [TO, "canceled", 20404, FROM, True]
    with tm.mock_twilio():
        assert use(Sdk(*OWN)) == expected
    simulator = tm.Simulator()
    assert use(Sdk(*OWN, http_client=simulator.http_client())) == expected
    if not twilio.__version__.startswith("7."):  # it has no asynchronous client
        http = simulator.http_client(is_async=True)
        assert asyncio.run(use_async(Sdk(*OWN, http_client=http))) == [TO]
    sys.stdout.write(twilio.__version__)
