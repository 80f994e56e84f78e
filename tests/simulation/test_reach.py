"""Which addresses a simulated call reaches: public ones in a strict account, mounted ones where there is no network."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, Response, redirect
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.wrappers import Response as Answer

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO, told
from twilio_magic.api.resources._calls import Calls
from twilio_magic.simulation.server import serving

PUBLIC = "https://ivr.example.com"
STRICT = ("strict", "trial")
LOCAL = (
    "127.0.0.1",
    "127.1",
    "0x7f.1",
    "0x7F000001",
    "0177.0.0.1",
    "2130706433",
    "127.0.0.1.",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "ivr.localhost",
    "ivr.localhost.",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[::ffff:0:7f00:1]",
    "[2002:7f00:1::]",
    "[::]",
    "0.0.0.0",  # noqa: S104 - nothing is bound to it
    "0",
    "10.1",
    "192.168.1.10",
    "172.16.0.1",
    "169.254.169.254",
    "[fe80::1]",
    "[fd00::1]",
    "printer",
    "printer.local",
    "nas.home.arpa",
    "api.internal",
    "１２７。0.0.1",
    "127.0.0.1\\@ivr.example.com",
    "ivr.example.com\\@127.0.0.1",
    "user:pass@127.1",
)
ELSEWHERE = (
    "8.8.8.8",
    "[2606:4700::1111]",
    "ivr.example.com.",
    "bücher.example.com",
    "a_b.example",
)
#: Documents that ask for an address, which stands where {} does.
ASKING = {
    "Redirect": "<Redirect>{}</Redirect>",
    "Play": "<Play>{}</Play>",
    "Gather's action": "<Gather timeout='1' actionOnEmptyResult='true' action='{}'/>",
    "Record's action": "<Record maxLength='3' action='{}'/>",
    "Record's recordingStatusCallback": "<Record maxLength='3' recordingStatusCallback='{}'/>",
    "Dial's action": "<Dial action='{}'>+14155550100</Dial>",
    "Number's url": "<Dial><Number url='{}'>+14155550100</Number></Dial>",
    "Number's statusCallback": "<Dial><Number statusCallback='{}'>+14155550100</Number></Dial>",
    "Enqueue's waitUrl": "<Enqueue waitUrl='{}'>support</Enqueue>",
    "Enqueue's action": "<Enqueue action='{}' waitUrl=''>support</Enqueue>",
    "Conference's waitUrl": "<Dial timeLimit='5'><Conference waitUrl='{}'>room</Conference></Dial>",
    "Conference's statusCallback": """<Dial timeLimit='5'>
      <Conference statusCallback='{}' statusCallbackEvent='join'>room</Conference></Dial>""",
}


def world(profile: Any = "lenient", **options: Any) -> tuple[tm.Simulator, Calls]:
    simulator = tm.Simulator(profile=profile, **options)
    for number in (TO, "+14155550100"):
        _ = simulator.caller_ids[number]
    simulator.phones[TO] = "answer; say 'Good morning to you all'; wait 20; hang up"
    return simulator, tm.Client(simulator=simulator).calls


def failures(call: tm.Call) -> set[int]:
    """The codes that the call's events tell of."""
    return {event.data["code"] for event in call.timeline if event.data.get("code")}


def asking_again(simulator: tm.Simulator, address: str) -> list[str]:
    """Let *address* answer in process, and return what notes that it was asked."""
    asked: list[str] = []

    @simulator.webhook(address)
    def answer() -> str:
        asked.append(address)
        return "<Response/>"

    return asked


@pytest.mark.parametrize("profile", STRICT)
@pytest.mark.parametrize("host", LOCAL)
def test_a_strict_account_takes_no_local_address_however_it_is_spelled(
    host: str, profile: str
) -> None:
    _, calls = world(profile)

    with pytest.raises(tm.TwilioMagicError, match="21205"):
        calls.create(to=TO, from_=FROM, url=f"http://{host}/voice")


@pytest.mark.parametrize("host", ELSEWHERE)
def test_a_strict_account_takes_public_addresses(host: str) -> None:
    _, calls = world("strict")

    assert calls.create(to=TO, from_=FROM, url=f"http://{host}/voice").status == "queued"


@given(st.integers(0x7F000000, 0x7FFFFFFF), st.sampled_from(["{:d}", "{:#x}", "{:#X}", "0{:o}"]))
def test_every_number_of_this_machine_is_local(number: int, spelling: str) -> None:
    _, calls = world("strict")

    with pytest.raises(tm.ApiError, match="21205"):
        calls.create(to=TO, from_=FROM, url=f"http://{spelling.format(number)}/")


@pytest.mark.parametrize("profile", STRICT)
@pytest.mark.parametrize("name", ASKING)
def test_whatever_asks_for_a_local_address_in_a_strict_account_does_not_get_it(
    name: str, profile: str
) -> None:
    simulator, calls = world(profile)
    asked = asking_again(simulator, "http://127.0.0.1:5000/next")
    document = ASKING[name].format("http://127.1:5000/next")
    call = calls.create(to=TO, from_=FROM, twiml=f"<Response>{document}</Response>").wait()
    simulator.run()

    assert not asked
    assert failures(call) & {11210, 15003}
    assert "not public" in str(call.timeline)


@pytest.mark.parametrize("name", ASKING)
def test_the_same_documents_get_what_they_ask_for_in_a_lenient_account(name: str) -> None:
    """Otherwise the rule above would hold of documents that never ask."""
    simulator, calls = world()
    asked = asking_again(simulator, "http://127.0.0.1:5000/next")
    document = ASKING[name].format("http://127.0.0.1:5000/next")
    calls.create(to=TO, from_=FROM, twiml=f"<Response>{document}</Response>").wait()
    simulator.run()

    assert asked


def test_an_http_redirect_leads_no_strict_account_into_this_machine() -> None:
    simulator, calls = world("strict")
    asked = asking_again(simulator, "http://localhost:5000/inside")
    app = Flask("ivr")

    @app.route("/voice", methods=["GET", "POST"])
    def voice() -> Answer:
        return redirect("http://localhost.:5000/inside")

    simulator.mount(PUBLIC, app)
    call = calls.create(to=TO, from_=FROM, url=f"{PUBLIC}/voice").wait()

    assert (asked, call.webhooks[0].code) == ([], 11210)


def test_a_strict_number_and_a_running_call_take_no_local_address() -> None:
    simulator, calls = world("strict")
    client = tm.Client(simulator=simulator)
    (number,) = client.incoming_phone_numbers.list()
    pause = "<Response><Pause length='60'/></Response>"
    call = calls.create(to=TO, from_=FROM, twiml=pause)
    simulator.advance(10)

    with pytest.raises(tm.ApiError, match="21402"):
        number.update(voice_url="http://127.1/voice")
    with pytest.raises(tm.ApiError, match="21402"):
        client.applications.create(voice_url="http://[::1]/voice")
    with pytest.raises(tm.ApiError, match="21205"):
        call.update(url="http://ivr.localhost/voice")


def test_a_number_that_was_set_in_python_leads_no_strict_account_into_this_machine() -> None:
    simulator, _ = world("strict")
    simulator.numbers[FROM].voice_url = "http://localhost:5000/voice"
    asked = asking_again(simulator, "http://localhost:5000/voice")
    call = simulator.receive("+14155550100", FROM).wait()

    assert (asked, call.webhooks[0].code) == ([], 11210)


@pytest.fixture
def counting() -> Iterator[tuple[str, Callable[[], int]]]:
    """A server on this machine, and how often it was asked."""
    asked: list[str] = []
    app = Flask("service")

    @app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
    @app.route("/<path:path>", methods=["GET", "POST"])
    def answer(path: str) -> Response:
        asked.append(path)
        return Response("<Response><Say>Inside.</Say></Response>", mimetype="text/xml")

    with serving(app, 0) as base_url:
        yield base_url, lambda: len(asked)


def test_without_a_network_a_call_reaches_no_server_of_this_machine(
    counting: tuple[str, Callable[[], int]],
) -> None:
    base_url, times = counting
    _, calls = world(network=False)
    call = calls.create(to=TO, from_=FROM, url=f"{base_url}/voice").wait()
    for verb in (f"<Play>{base_url}/a.wav</Play>", f"<Redirect>{base_url}</Redirect>"):
        twiml = f"<Response>{verb}</Response>"
        calls.create(to=TO, from_=FROM, twiml=twiml, status_callback=base_url).wait()

    assert times() == 0
    assert call.webhooks[0].code == 11210
    said = f"nothing is mounted at {base_url}/voice, and this simulator has no network"
    assert said in (call.webhooks[0].error or "")
    assert said in str(call.timeline)


def test_without_a_network_what_is_mounted_hosted_and_the_simulators_own_answers() -> None:
    simulator, calls = world(network=False)
    simulator.webhook(PUBLIC)(lambda: "<Response><Say>Mounted.</Say></Response>")
    addresses = [DEMO, PUBLIC, simulator.host("<Response><Say>Hosted.</Say></Response>")]
    for url in addresses:
        call = calls.create(to=TO, from_=FROM, url=url).wait()

        assert not failures(call)
        assert told(call, "said")


def test_the_network_can_be_switched_and_stays_so_after_a_reset(
    counting: tuple[str, Callable[[], int]],
) -> None:
    base_url, times = counting
    simulator, calls = world(network=False)
    simulator.reset()
    calls.create(to=TO, from_=FROM, url=base_url).wait()
    assert (times(), simulator.network) == (0, False)

    simulator.network = True
    calls.create(to=TO, from_=FROM, url=base_url).wait()
    assert (times(), simulator.network) == (1, True)


@pytest.fixture
def inside(
    counting: tuple[str, Callable[[], int]], monkeypatch: pytest.MonkeyPatch
) -> tuple[str, Callable[[], int]]:
    """The same server under a public name, which name servers say is this machine's."""
    base_url, times = counting
    ask = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *more: ask("127.0.0.1" if host == "127.0.0.1.nip.io" else host, *more),
    )
    return base_url.replace("127.0.0.1", "127.0.0.1.nip.io"), times


@pytest.mark.parametrize("profile", STRICT)
def test_a_public_name_leads_no_strict_account_into_this_machine(
    inside: tuple[str, Callable[[], int]], profile: str
) -> None:
    base_url, times = inside
    simulator, calls = world(profile)
    app = Flask("ivr")
    app.add_url_rule("/voice", view_func=lambda: redirect(f"{base_url}/b"), methods=["POST"])
    simulator.mount(PUBLIC, app)
    addresses = (f"{base_url}/a", f"{PUBLIC}/voice")
    found = [calls.create(to=TO, from_=FROM, url=url).wait() for url in addresses]
    played = f"<Response><Play>{base_url}/c.wav</Play></Response>"
    found.append(calls.create(to=TO, from_=FROM, twiml=played, status_callback=base_url).wait())
    agent = f"<ConversationRelay url='{base_url.replace('http', 'ws')}/d'/>"
    agent = f"<Response><Connect>{agent}</Connect></Response>"
    calls.create(to=TO, from_=FROM, twiml=agent).wait()

    assert times() == 0
    for call in found:
        assert failures(call) & {11210, 15003}
        assert "its name leads to 127.0.0.1, which is not public" in str(call.timeline)


def test_a_lenient_account_follows_the_same_name(inside: tuple[str, Callable[[], int]]) -> None:
    base_url, times = inside
    _, calls = world()
    calls.create(to=TO, from_=FROM, url=f"{base_url}/a").wait()

    assert times() == 1


def test_a_password_in_an_address_that_is_out_of_reach_is_not_shown() -> None:
    _, calls = world(network=False)
    call = calls.create(to=TO, from_=FROM, url="http://user:sesame@127.0.0.1:9/").wait()

    assert "sesame" not in f"{call.timeline}{call.webhooks}{call.webhooks[0].error}"
