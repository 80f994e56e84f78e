"""``mock_twilio()``: an application's own clients of Twilio speak with the simulator, and nothing leaves."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import urllib.request
from typing import Any
from weakref import ref

import pytest
import requests
from requests import Session
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client as Sdk

import twilio_magic as tm
from tests.calls import FROM, TO, heard

HELLO = "<Response><Say>Hello.</Say></Response>"
SID, TOKEN = "AC" + "7" * 32, "the application's own"
BASE = "https://ivr.example.com"


def place(**options: Any) -> str:
    """What an application does that knows nothing of the simulator."""
    sdk = Sdk(SID, TOKEN, **options)
    return str(sdk.calls.create(to=TO, from_=FROM, twiml=HELLO).sid)


@pytest.mark.parametrize("options", [{}, {"region": "ie1"}, {"region": "ie1", "edge": "dublin"}])
def test_a_client_with_any_account_and_region_speaks_with_the_simulator(
    options: dict[str, str],
) -> None:
    with tm.mock_twilio() as simulator:
        sid = place(**options)
        call = tm.Client(simulator=simulator).calls.fetch(sid).wait()

    assert heard(call) == ["Twilio: Hello."]


def test_a_given_simulator_is_used(simulator: tm.Simulator, client: tm.Client) -> None:
    with tm.mock_twilio(simulator) as mocked:
        sid = place()

    assert mocked is simulator
    assert client.calls.fetch(sid).to == TO


def test_a_decorated_function_has_a_world_of_its_own_each_time() -> None:
    @tm.mock_twilio()
    def calls() -> list[str]:
        place()
        return [str(call.sid) for call in Sdk(SID, TOKEN).calls.list()]

    assert calls() == calls()
    assert len(calls()) == 1


def test_the_environment_signs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "before")
    with tm.mock_twilio() as simulator:
        assert Sdk().account_sid == simulator.credentials.account_sid
        assert os.environ["TWILIO_AUTH_TOKEN"] == simulator.credentials.password.reveal()

    assert os.environ["TWILIO_AUTH_TOKEN"] == "before"
    assert "TWILIO_ACCOUNT_SID" not in os.environ


def test_the_asynchronous_client_speaks_with_the_simulator() -> None:
    from twilio.http.async_http_client import AsyncTwilioHttpClient

    async def application() -> str:
        async with AsyncTwilioHttpClient() as http:
            call = await Sdk(SID, TOKEN, http_client=http).calls.create_async(
                to=TO, from_=FROM, twiml=HELLO
            )
            return str((await Sdk(SID, TOKEN, http_client=http).calls(call.sid).fetch_async()).to)

    with tm.mock_twilio():
        assert asyncio.run(application()) == TO


def test_requests_without_a_library_speak_with_the_simulator() -> None:
    url = f"https://api.twilio.com/2010-04-01/Accounts/{SID}/Calls.json"
    with tm.mock_twilio():
        answer = requests.post(
            url, data={"To": TO, "From": FROM, "Twiml": HELLO}, auth=(SID, TOKEN), timeout=5
        )

    assert answer.status_code == 201


def test_an_application_changes_its_own_call_from_a_webhook() -> None:
    """... with a client that it makes itself: the reason why this exists."""

    def voice() -> str:
        (call,) = Sdk(SID, TOKEN).calls.list()
        elsewhere = "<Response><Say>Elsewhere.</Say></Response>"
        Sdk(SID, TOKEN).calls(call.sid).update(twiml=elsewhere)
        return "<Response><Pause length='20'/></Response>"

    with tm.mock_twilio() as simulator:
        simulator.mount(BASE, voice)
        call = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, url=BASE).wait()

    assert heard(call) == ["Twilio: Elsewhere."]
    assert "warned" not in [event.kind for event in call.timeline]


def test_what_twilio_refuses_is_refused_with_its_code() -> None:
    with tm.mock_twilio(), pytest.raises(TwilioRestException) as refused:
        Sdk(SID, TOKEN).calls.create(to="nobody", from_=FROM, twiml=HELLO)

    assert refused.value.code == 21211


def test_other_ways_to_twilio_are_closed() -> None:
    with tm.mock_twilio(), pytest.raises(tm.TwilioOutOfReach):
        urllib.request.urlopen("https://api.twilio.com/2010-04-01/Accounts.json")


def test_other_hosts_are_requested_as_ever() -> None:
    with tm.mock_twilio(), pytest.raises(requests.ConnectionError):
        requests.get("http://127.0.0.1:9/", timeout=5)


def test_behind_the_block_all_is_as_before() -> None:
    before = Session.get_adapter
    with pytest.raises(KeyError), tm.mock_twilio():
        raise KeyError

    assert Session.get_adapter is before


def test_blocks_can_be_nested_and_the_inner_one_counts() -> None:
    with tm.mock_twilio() as outer, tm.mock_twilio() as inner:
        place()

    assert [len(tm.Client(simulator=each).calls.list()) for each in (outer, inner)] == [0, 1]


def test_a_coroutine_function_is_mocked_while_it_runs() -> None:
    @tm.mock_twilio()
    async def application() -> str:
        await asyncio.sleep(0)
        return place()

    assert asyncio.run(application()).startswith("CA")


def test_a_block_may_be_asynchronous() -> None:
    async def application() -> str:
        async with tm.mock_twilio():
            return place()

    assert asyncio.run(application()).startswith("CA")


def generator() -> Any:
    yield place()


async def asynchronous_generator() -> Any:
    yield place()


@pytest.mark.parametrize("late", [generator, asynchronous_generator, dict])
def test_what_would_run_behind_the_block_is_refused(late: Any) -> None:
    with pytest.raises(tm.SimulatorError, match="cannot decorate"):
        tm.mock_twilio()(late)


def test_one_object_may_be_entered_again() -> None:
    mock = tm.mock_twilio()
    with mock:
        with mock:
            place()
        place()


def test_blocks_that_overlap_leave_the_process_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "before")
    before = Session.get_adapter
    first, second = tm.mock_twilio(), tm.mock_twilio()
    first.__enter__()
    simulator = second.__enter__()
    first.__exit__()
    place()
    second.__exit__()

    assert len(tm.Client(simulator=simulator).calls.list()) == 1
    assert Session.get_adapter is before
    assert os.environ["TWILIO_AUTH_TOKEN"] == "before"


def test_each_thread_has_the_block_that_it_entered() -> None:
    met = threading.Barrier(3, timeout=30)

    def work(seen: list[int]) -> None:
        with tm.mock_twilio():
            met.wait()
            place()
            met.wait()
            seen.append(len(Sdk(SID, TOKEN).calls.list()))
            met.wait()

    seen: list[int] = []
    threads = [threading.Thread(target=work, args=[seen]) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [1, 1, 1]


def test_what_is_no_simulator_is_refused() -> None:
    wrong: Any = "AC" + "7" * 32
    with pytest.raises(tm.SimulatorError, match="is no simulator"):
        tm.mock_twilio(wrong)


def test_a_function_is_decorated_without_parentheses_too() -> None:
    def make(to: str) -> str:
        call = Sdk("AC" + "7" * 32, "t").calls.create(
            to=to, from_="+12125551234", twiml="<Response/>"
        )
        return str(call.status)

    place: Any = tm.mock_twilio(make)  # as @mock_twilio does

    assert place("+13105550101") == "queued"
    assert place("+13105550102") == "queued"


def test_a_block_is_started_and_stopped_by_hand_and_lasts_though_nobody_keeps_it() -> None:
    before, mock = dict(os.environ), tm.mock_twilio()
    first = mock.start()
    assert os.environ != before
    place()
    nobodys = [tm.mock_twilio()]
    nobodys[0].start()
    forgotten = ref(nobodys.pop())
    gc.collect()
    assert Sdk(SID, TOKEN).calls.list() == []

    kept = forgotten()
    assert kept is not None
    kept.stop()
    assert len(Sdk(SID, TOKEN).calls.list()) == first.call_count == 1

    mock.stop()
    assert os.environ == before


def test_what_was_not_started_cannot_be_stopped() -> None:
    with pytest.raises(tm.SimulatorError, match="before it was started"):
        tm.mock_twilio().stop()
