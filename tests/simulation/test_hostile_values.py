"""Values that nobody means, at every door: an error that says what is wrong, or a call that ends."""

from __future__ import annotations

from contextlib import suppress

import pytest
import requests
from markupsafe import escape

import twilio_magic as tm
from tests.calls import FROM, TO, Place, placing
from twilio_magic.api import parse_curl

ADDRESSES = [
    "https://[api/",
    "http://[::1",
    "http://[::1%25]/",
    "http://a]/",
    "//[",
    "http://a:b/",
    "http://a:" + "9" * 5000,
    "http://\u2100.com/",
    "http://user:pa[ss@h/",
    "http://\u1680/",
    "http://" + "a" * 70 + ".com/",
    "http://a..b/",
    "HTTP://[",
    "sip:a@[",
    "client:[",
]
DIGITS = "9" * 5000
HALF = "\ud800"


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_none_ends_no_call_in_a_fault_of_ours(
    place: Place, simulator: tm.Simulator, address: str
) -> None:
    simulator.network = False
    url = escape(address)
    document = (
        f"<Response><Play>{url}</Play><Gather action='{url}' timeout='1'/><Record action='{url}' maxLength='1'/>"
        f"<Dial action='{url}' timeout='1'><Number url='{url}' statusCallback='{url}'>{url}</Number></Dial>"
        f"<Redirect>{url}</Redirect></Response>"
    )
    call = place(url=simulator.host(document))

    assert call.status == "completed"
    assert "report it" not in str(call.timeline)
    assert call._bundle()


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("name", ["url", "fallback_url", "status_callback", "to", "from_"])
def test_an_address_that_is_none_is_refused_or_fails(
    client: tm.Client, simulator: tm.Simulator, name: str, address: str
) -> None:
    simulator.network = False
    given = {"to": TO, "from_": FROM, "url": "https://ivr.example.com/"} | {name: address}
    try:
        call = client.calls.create(**given).wait()
    except tm.RequestError:
        return
    assert call.status in ("completed", "failed")
    assert "report it" not in str(call.timeline)


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_answers_at_an_address_that_is_none(simulator: tm.Simulator, address: str) -> None:
    for use in (
        lambda: simulator.host("<Response/>", at=address),
        lambda: simulator.unmount(address),
        lambda: simulator.faults.add(address, status=500),
        lambda: simulator.receive(address, address),
    ):
        with suppress(tm.TwilioMagicError):  # and nothing else
            use()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_redirect_to_an_address_that_is_none_fails(simulator: tm.Simulator, address: str) -> None:
    simulator.network = False

    def onward(_: object, start: object) -> list[bytes]:
        location = address.encode().decode("latin-1")
        start("302 Found", [("Location", location)])  # type: ignore[operator]
        return [b""]

    simulator.mount("https://ivr.example.com", onward)
    call = placing(simulator)(url="https://ivr.example.com/")

    assert call.webhooks[0].code is not None
    assert "report it" not in str(call.timeline)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_script_with_an_address_that_is_none_is_read_or_refused(address: str) -> None:
    with suppress(tm.MagicLineError):  # and nothing else
        command = parse_curl(f"curl -X POST '{address}' -d To=%2B13105555555")

        assert command.method == "POST"
        assert not command.account_sid.startswith("AC")


@pytest.mark.parametrize("name", ["to", "from_", "url", "call_reason", "send_digits", "timeout"])
def test_half_a_character_is_not_sent(client: tm.Client, name: str) -> None:
    given = {"to": TO, "from_": FROM, "url": "https://ivr.example.com/"} | {name: f"a{HALF}"}
    with pytest.raises(tm.RequestError):
        client.calls.create(**given)


@pytest.mark.parametrize("sid", [HALF, DIGITS, "", "../..", "a/b", 5])
def test_a_sid_that_is_none_is_not_found(client: tm.Client, sid: str) -> None:
    with pytest.raises((tm.ApiError, tm.NotTheApi)):
        client.calls.fetch(sid)


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -1, 1e15])
def test_time_that_cannot_pass_leaves_the_world_as_it_was(
    simulator: tm.Simulator, place: Place, seconds: float
) -> None:
    with pytest.raises(tm.SimulatorError, match="Time cannot move"):
        simulator.advance(seconds)

    assert place("<Say>Hello.</Say>").status == "completed"


@pytest.mark.parametrize("number", [DIGITS, f"-{DIGITS}", "١٢", "²", "1e9", ""])
@pytest.mark.parametrize("name", ["Page", "PageSize", "StartTime", "Status"])
def test_a_list_that_is_asked_for_wrongly_is_answered(
    simulator: tm.Simulator, name: str, number: str
) -> None:
    given = simulator.credentials
    with requests.Session() as session:
        simulator.mount_on(session)
        answer = session.get(
            f"https://api.twilio.com/2010-04-01/Accounts/{given.account_sid}/Calls.json",
            params={name: number},
            auth=(given.account_sid, given.password.reveal()),
        )

    assert answer.status_code in (200, 400)


@pytest.mark.parametrize("body", ["[" * 10_000 + "]" * 10_000, '{"a":' * 10_000, DIGITS])
def test_json_is_no_form_however_deep(simulator: tm.Simulator, body: str) -> None:
    given = simulator.credentials
    with requests.Session() as session:
        simulator.mount_on(session)
        answer = session.post(
            f"https://api.twilio.com/2010-04-01/Accounts/{given.account_sid}/Calls.json",
            data=body,
            headers={"Content-Type": "application/json"},
            auth=(given.account_sid, given.password.reveal()),
        )

    assert answer.status_code == 400
