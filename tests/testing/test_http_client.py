"""``simulator.http_client()``: one client of Twilio's own library speaks with one simulator, and nothing leaves."""

from __future__ import annotations

import asyncio
import sys

import pytest
from twilio.rest import Client as Sdk

import twilio_magic as tm
from tests.calls import FROM, TO, heard

HELLO = "<Response><Say>Hello.</Say></Response>"
SID, TOKEN = "AC" + "7" * 32, "the application's own"


@pytest.mark.parametrize("options", [{}, {"region": "ie1", "edge": "dublin"}])
def test_a_client_with_any_account_and_region_reaches_its_simulator(
    simulator: tm.Simulator, client: tm.Client, options: dict[str, str]
) -> None:
    sdk = Sdk(SID, TOKEN, http_client=simulator.http_client(), **options)
    placed = sdk.calls.create(to=TO, from_=FROM, twiml=HELLO)

    assert heard(client.calls.fetch(placed.sid).wait()) == ["Twilio: Hello."]
    assert sdk.calls(placed.sid).fetch().status == "completed"


def test_two_clients_of_one_process_may_have_worlds_of_their_own() -> None:
    """... also inside ``mock_twilio``, which is for those that have none."""
    one, other = tm.Simulator(), tm.Simulator()
    with tm.mock_twilio(other):
        Sdk(SID, TOKEN, http_client=one.http_client()).calls.create(to=TO, from_=FROM, twiml=HELLO)

    assert [len(tm.Client(simulator=each).calls.list()) for each in (one, other)] == [1, 0]


def test_an_asynchronous_client_reaches_its_simulator(simulator: tm.Simulator) -> None:
    async def application() -> str:
        async with simulator.http_client(is_async=True) as http:
            sdk = Sdk(SID, TOKEN, http_client=http)
            placed = await sdk.calls.create_async(to=TO, from_=FROM, twiml=HELLO)
            return str((await sdk.calls(placed.sid).fetch_async()).to)

    assert asyncio.run(application()) == TO


def test_the_account_is_that_of_now(simulator: tm.Simulator) -> None:
    """A reset begins another world, and a served world may have a token of its own."""
    sdk = Sdk(SID, TOKEN, http_client=simulator.http_client())
    simulator.reset()
    with simulator.serve(token=True):
        assert sdk.calls.list() == []


def test_without_twilios_library_it_says_what_to_install(
    simulator: tm.Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "twilio.http.http_client", None)

    with pytest.raises(tm.NotInstalled, match="Twilio's own library") as missing:
        simulator.http_client()

    assert "pip install" in (missing.value.hint or "")
