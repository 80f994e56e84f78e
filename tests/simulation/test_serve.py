"""A simulated world over loopback HTTP, and simulated time that passes by itself."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
import requests
from flask import Flask, Response, request
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client as OfficialClient

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.waiting import SECONDS, until
from twilio_magic.simulation.server import serving

MENU = "<Response><Gather numDigits='1' timeout='3'><Say>Press 1.</Say></Gather><Say>Bye.</Say></Response>"
SCRIPT = "ring 2; answer; hear 'press 1'; wait 1; press 1; hang up"


class Loopback(TwilioHttpClient):  # type: ignore[misc] # the SDK is untyped
    """Sends what is meant for api.twilio.com to a served world; anything else is refused."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self._base = urlsplit(base_url)
        self.session.trust_env = False

    def request(self, method: str, url: str, *arguments: Any, **options: Any) -> Any:
        parts = urlsplit(url)
        assert parts.netloc in ("api.twilio.com", self._base.netloc)
        there = urlunsplit((*self._base[:2], parts.path, parts.query, ""))
        return super().request(method, there, *arguments, **options)


@pytest.fixture
def official(simulator: tm.Simulator) -> Iterator[OfficialClient]:
    """The official SDK, unmodified, with the simulated account and a world that is served."""
    with simulator.serve() as base_url:
        yield signed_in(simulator, base_url)


def signed_in(simulator: tm.Simulator, base_url: str) -> OfficialClient:
    given = simulator.credentials
    return OfficialClient(
        given.account_sid,
        given.password.reveal(),
        http_client=Loopback(base_url),
        environment={"_": ""},
    )


EVERYTHING = {
    "url": "https://demo.twilio.com/welcome/voice/",
    "method": "GET",
    "fallback_url": "https://demo.twilio.com/welcome/voice/",
    "fallback_method": "GET",
    "status_callback": "https://ivr.example.com/progress",
    "status_callback_event": ["initiated", "ringing", "answered", "completed"],
    "status_callback_method": "GET",
    "send_digits": "wW1",
    "timeout": 20,
    "record": True,
    "recording_channels": "dual",
    "recording_status_callback": "https://ivr.example.com/recordings",
    "recording_status_callback_method": "GET",
    "recording_status_callback_event": ["completed"],
    "recording_track": "both",
    "trim": "do-not-trim",
    "time_limit": 60,
    "machine_detection": "Enable",
    "machine_detection_timeout": 20,
    "machine_detection_speech_threshold": 2000,
    "machine_detection_speech_end_threshold": 1000,
    "machine_detection_silence_timeout": 4000,
    "async_amd": "true",
    "async_amd_status_callback": "https://ivr.example.com/machine",
    "async_amd_status_callback_method": "POST",
    "caller_id": FROM,
    "call_reason": "A test",
    "call_token": "a-token",
}


def test_the_official_sdk_may_give_every_parameter(
    simulator: tm.Simulator, official: OfficialClient
) -> None:
    simulator.webhook("https://ivr.example.com")(lambda: ("", 204))
    made = official.calls.create(to=TO, from_=FROM, **EVERYTHING)
    simulator.run()

    assert official.calls(made.sid).fetch().status == "completed"


def test_the_official_sdk_creates_and_fetches_and_lists(
    simulator: tm.Simulator, official: OfficialClient
) -> None:
    made = official.calls.create(to=TO, from_=FROM, twiml=MENU)
    assert (made.status, made.direction) == ("queued", "outbound-api")

    simulator.run()
    done = official.calls(made.sid).fetch()
    assert (done.status, done.to, done.answered_by) == ("completed", TO, None)
    assert [call.sid for call in official.calls.list(status="completed")] == [made.sid]


def test_the_official_sdk_streams_over_pages(
    simulator: tm.Simulator, official: OfficialClient
) -> None:
    made = [official.calls.create(to=TO, from_=FROM, twiml="<Response/>").sid for _ in range(5)]

    assert [call.sid for call in official.calls.stream(page_size=2)] == made[::-1]


def test_the_official_sdk_updates_and_deletes(
    simulator: tm.Simulator, official: OfficialClient
) -> None:
    made = official.calls.create(
        to=TO, from_=FROM, twiml="<Response><Pause length='60'/></Response>"
    )
    simulator.advance(10)
    assert official.calls(made.sid).update(status="completed").sid == made.sid
    simulator.advance(1)

    assert official.calls(made.sid).fetch().status == "completed"
    assert official.calls(made.sid).delete()
    with pytest.raises(TwilioRestException) as absent:
        official.calls(made.sid).fetch()
    assert (absent.value.status, absent.value.code) == (404, 20404)


def test_the_official_sdk_keeps_applications(official: OfficialClient) -> None:
    app = official.applications.create(friendly_name="Menu", voice_url="https://ivr.example.com")
    official.applications(app.sid).update(friendly_name="The menu")

    assert [each.friendly_name for each in official.applications.list()] == ["The menu"]
    assert official.applications(app.sid).delete()


def test_a_stranger_is_refused(simulator: tm.Simulator) -> None:
    with simulator.serve() as base_url:
        url = f"{base_url}/2010-04-01/Accounts/{simulator.credentials.account_sid}/Calls.json"
        answer = requests.get(url, auth=("AC", "no"), timeout=60)

    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


def test_nobody_on_another_machine_is_heard(simulator: tm.Simulator) -> None:
    """A server that listened on every address of this machine would answer here, too."""
    with simulator.serve() as base_url:
        port = urlsplit(base_url).port
        socket.create_connection(("127.0.0.1", port), timeout=60).close()
        with pytest.raises((ConnectionRefusedError, TimeoutError)):
            socket.create_connection(("127.0.0.2", port), timeout=5)


def test_a_port_that_is_taken_is_said_so(simulator: tm.Simulator) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(tm.SimulatorError, match=f"Port {port} cannot be used"),
            simulator.serve(port),
        ):
            pass


def app_that_notes(token: str, seen: list[tuple[str, Any, Any, bool]]) -> Flask:
    """An application that notes its requests and whether their signatures are right."""
    app = Flask("ivr")

    @app.route("/voice", methods=["GET", "POST"])
    def voice() -> Response:
        valid = RequestValidator(token).validate(
            request.url, request.form, request.headers["X-Twilio-Signature"]
        )
        headers = {k: v for k, v in request.headers.items() if k != "X-Twilio-Signature"}
        seen.append((request.method, request.values.to_dict(), headers, valid))
        return Response(MENU, mimetype="text/xml")

    return app


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_application_sees_the_same_requests_mounted_and_over_http(method: str) -> None:
    """Over HTTP it runs in a server of its own, as it does when somebody develops it."""
    seen: list[tuple[str, Any, Any, bool]] = []
    probe = tm.Simulator()
    app = app_that_notes(probe.credentials.password.reveal(), seen)
    with serving(app, 0) as base_url:
        _call_the_app(base_url, method, mounted=None)
        _call_the_app(base_url, method, mounted=app)
    over_http, mounted = seen[: len(seen) // 2], seen[len(seen) // 2 :]

    assert len(over_http) == 2
    assert all(valid for *_, valid in seen)
    assert over_http == mounted


def _call_the_app(base_url: str, method: str, mounted: Flask | None) -> None:
    simulator = tm.Simulator()
    if mounted is not None:
        simulator.mount(base_url, mounted)
    simulator.phones[TO] = "answer; press 1; wait 1; hang up"
    client = tm.Client(simulator=simulator)
    client.calls.create(to=TO, from_=FROM, url=f"{base_url}/voice", method=method).wait()


def test_an_application_over_http_uses_the_api_while_it_answers(simulator: tm.Simulator) -> None:
    """The world lets it in, though a call waits for its answer."""
    statuses: list[str] = []
    app = Flask("transfer")
    with simulator.serve() as base_url:
        sdk = signed_in(simulator, base_url)

        @app.post("/voice")
        def voice() -> Response:
            sid = request.form["CallSid"]
            statuses.append(sdk.calls(sid).fetch().status)
            sdk.calls(sid).update(twiml="<Response><Say>Instead.</Say></Response>")
            return Response("<Response><Say>Never.</Say></Response>", mimetype="text/xml")

        with serving(app, 0) as app_url:
            client = tm.Client(simulator=simulator)
            call = client.calls.create(to=TO, from_=FROM, url=f"{app_url}/voice").wait()

    assert statuses == ["in-progress"]
    assert [line.text for line in call.transcript] == ["Instead."]


def story(call: tm.Call) -> list[str]:
    return [str(event) for event in call.timeline]


def virtual() -> tuple[list[str], int | None]:
    simulator = tm.Simulator()
    simulator.phones[TO] = SCRIPT
    call = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=MENU).wait()
    return story(call), call.duration


def test_served_and_in_real_time_a_call_is_the_same() -> None:
    simulator = tm.Simulator()
    simulator.phones[TO] = SCRIPT
    with simulator.serve(speed=200) as base_url:
        made = signed_in(simulator, base_url).calls.create(to=TO, from_=FROM, twiml=MENU)
        call = tm.Client(simulator=simulator).calls.fetch(made.sid)
        until(lambda: call.fetch().status == "completed")

    assert (story(call), call.duration) == virtual()


def test_in_the_event_loop_of_a_kernel_a_call_is_the_same() -> None:
    simulator = tm.Simulator()
    simulator.phones[TO] = SCRIPT

    async def cell() -> tm.Call:
        with simulator.real_time(speed=200) as time:
            call = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=MENU)
            while call.fetch().status != "completed":
                await asyncio.sleep(0.01)
            assert repr(time) == "<RealTime speed=200, running>"
        assert not time.is_running
        return call

    call = asyncio.run(cell())

    assert (story(call), call.duration) == virtual()


def test_real_time_stops_whatever_happens_at_the_same_moment() -> None:
    """Also in the very turn of the event loop in which the clock is woken."""

    async def cell(turns: int) -> float | None:
        simulator = tm.Simulator()
        time = simulator.real_time()
        tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=MENU)
        await asyncio.sleep(0.01)
        simulator.advance(1)
        for _ in range(turns):
            await asyncio.sleep(0)
        time.stop()
        for _ in range(20):
            await asyncio.sleep(0)
        pace = simulator.pace
        time.stop()  # so that what is wrong does not go on for ever
        return pace

    assert [asyncio.run(cell(turns)) for turns in range(8)] == [None] * 8


def test_real_time_needs_an_event_loop(simulator: tm.Simulator) -> None:
    with pytest.raises(tm.SimulatorError, match="event loop"):
        simulator.real_time()


@pytest.mark.parametrize("speed", [0, -1, float("inf"), float("nan")])
def test_a_speed_is_a_positive_number(simulator: tm.Simulator, speed: float) -> None:
    with pytest.raises(tm.SimulatorError, match="speed"), simulator.serve(speed=speed):
        pass


def test_time_passes_as_fast_as_it_was_asked_to() -> None:
    simulator = tm.Simulator()
    pause = "<Response><Pause length='20'/></Response>"
    with simulator.serve(speed=50):
        client = tm.Client(simulator=simulator)
        since = monotonic()
        call = client.calls.create(to=TO, from_=FROM, twiml=pause)
        until(lambda: call.fetch().status == "completed")
        took = monotonic() - since

    assert took >= (20 / 50) * 0.9


def test_an_hour_passes_in_a_second_at_the_speed_of_an_hour_a_second() -> None:
    """Nobody looks meanwhile: time passes by itself, and who sleeps until it is due sleeps as much shorter."""
    simulator, over = tm.Simulator(), Event()

    @simulator.webhook("https://ivr.example.com/status")
    def status() -> None:
        over.set()

    pause = "<Response><Pause length='3600'/></Response>"
    with simulator.serve(speed=3600):
        tm.Client(simulator=simulator).calls.create(
            to=TO, from_=FROM, twiml=pause, status_callback="https://ivr.example.com/status"
        )

        assert over.wait(SECONDS), "the hour never passed"


def test_who_waits_does_not_wait_for_real_time() -> None:
    simulator = tm.Simulator()
    pause = "<Response><Pause length='3000'/></Response>"
    with simulator.serve(speed=1):
        since = monotonic()
        call = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=pause).wait()

    assert call.duration == 3000
    assert monotonic() - since < 300


def test_time_stands_still_in_a_served_world_unless_somebody_waits(
    simulator: tm.Simulator, official: OfficialClient
) -> None:
    made = official.calls.create(to=TO, from_=FROM, twiml=MENU)
    sleep(0.05)

    assert official.calls(made.sid).fetch().status == "queued"


def test_many_threads_in_one_world_keep_it_whole() -> None:
    """Some place calls, some look, some let time pass, while an application over HTTP answers."""
    simulator = tm.Simulator()
    client = tm.Client(simulator=simulator)
    app = Flask("ivr")

    @app.post("/voice")
    def voice() -> Response:
        return Response("<Response><Say>Hello.</Say></Response>", mimetype="text/xml")

    def place_and_wait(number: int) -> str:
        made = tm.Client(simulator=simulator).calls
        call = made.create(to=f"+1310555{number:04}", from_=FROM, url=f"{app_url}/voice")
        return str(call.wait().status)

    def look(_: int) -> int:
        simulator.advance(0.5)
        return len(tm.Client(simulator=simulator).calls.list(limit=5))

    with serving(app, 0) as app_url, simulator.serve(speed=20), ThreadPoolExecutor(6) as pool:
        placed = pool.map(place_and_wait, range(1000, 1020))
        looked = pool.map(look, range(20))
        statuses, looks = list(placed), list(looked)
        simulator.run()

    assert statuses == ["completed"] * 20
    assert all(0 <= number <= 5 for number in looks)
    assert len(client.calls.list()) == 20


def test_the_official_sdk_finds_recordings_and_their_sound(
    official: OfficialClient, simulator: tm.Simulator
) -> None:
    given = simulator.credentials
    call = official.calls.create(
        to=TO, from_=FROM, twiml="<Response><Say>On the record.</Say></Response>", record=True
    )
    simulator.run()
    (recording,) = official.calls(call.sid).recordings.list()
    base_url = urlunsplit((*official.http_client._base[:2], "", "", ""))
    path = f"/2010-04-01/Accounts/{given.account_sid}/Recordings/{recording.sid}.wav"
    signed_in_as = (given.account_sid, given.password.reveal())
    sound = requests.get(base_url + path, auth=signed_in_as, timeout=30)

    assert official.recordings(recording.sid).fetch().call_sid == call.sid
    assert sound.content[:4] == b"RIFF"
    assert official.recordings(recording.sid).delete()
    assert official.recordings.list() == []


def test_where_there_are_no_threads_serving_is_refused_in_a_sentence(
    simulator: tm.Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "emscripten")
    with (
        pytest.raises(tm.SimulatorError, match="no threads and no ports") as refused,
        simulator.serve(),
    ):
        pass
    assert "mount" in (refused.value.hint or "")
