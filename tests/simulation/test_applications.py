"""Applications of any framework answer in process, unchanged; the asynchronous ones in simulated time."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import time
from collections.abc import Generator, Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

import twilio_magic as tm
from tests.calls import TO, Place, heard, kinds, told
from tests.simulation.applications import FRAMEWORKS, asks, fastapi, flask

BASE = "https://ivr.example.com"
VOICE = f"{BASE}/voice"
TEXT_XML = (b"content-type", b"text/xml")


@pytest.fixture
def token(simulator: tm.Simulator) -> str:
    return simulator.credentials.password.reveal()


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_framework_answers_the_same(
    place: Place, simulator: tm.Simulator, token: str, framework: str
) -> None:
    simulator.mount(BASE, FRAMEWORKS[framework](token))
    call = place(url=VOICE, phone="answer; press 7")

    assert heard(call)[-1] == "Twilio: You pressed 7."
    assert [exchange.status for exchange in call.webhooks] == [200, 200]


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_framework_answers_inside_a_running_loop(
    place: Place, simulator: tm.Simulator, token: str, framework: str
) -> None:
    """As in a notebook, whose cells run in the loop of the kernel. The loop is as before afterwards."""

    async def cell() -> list[str]:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        simulator.mount(BASE, FRAMEWORKS[framework](token))
        call = place(url=VOICE, phone="answer; press 7")
        await asyncio.sleep(0)
        assert (asyncio.current_task(), asyncio.get_running_loop()) == (task, loop)
        return heard(call)

    assert asyncio.run(cell())[-1] == "Twilio: You pressed 7."


def test_code_that_is_called_inside_a_running_loop_may_run_one_of_its_own(
    place: Place, simulator: tm.Simulator
) -> None:
    """An application, a function and a phone may call ``asyncio.run``, wherever their call is made."""

    async def speak() -> str:
        await asyncio.sleep(0)
        return "<Response><Gather><Say>Press a key.</Say></Gather></Response>"

    async def dial() -> str:
        return "press 7; hang up"

    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/xml")])
        return [asyncio.run(speak()).encode()]

    def phone() -> Generator[str, Any, None]:
        yield asyncio.run(dial())

    async def cell() -> list[bool]:
        simulator.phones[TO] = phone
        simulator.mount(BASE, application)
        simulator.mount(f"{BASE}/function", lambda: asyncio.run(speak()))
        calls = [place(url=VOICE), place(url=f"{BASE}/function")]
        await asyncio.sleep(0)
        return ["pressed" in kinds(call) for call in calls]

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        assert loop.run_until_complete(cell()) == [True, True]
        assert asyncio.get_event_loop() is loop
    finally:
        asyncio.set_event_loop(None)
        loop.close()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def server(token: str) -> Iterator[str]:
    from werkzeug.middleware.proxy_fix import ProxyFix

    app = flask(token)
    app.wsgi_app = ProxyFix(app.wsgi_app, x_host=1)
    with make_server("127.0.0.1", 0, app, handler_class=_Quiet) as httpd:
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()
        thread.join()


def test_a_server_that_runs_answers_for_its_public_address(
    place: Place, simulator: tm.Simulator, server: str
) -> None:
    """It sees the public host, behind a proxy, and the signature of the public address."""
    simulator.mount(BASE, server)
    call = place(url=VOICE, phone="answer; press 7")

    assert heard(call)[-1] == "Twilio: You pressed 7."
    assert repr(simulator.mounts) == f"{BASE} → the server at {server}"


def test_a_function_may_be_asynchronous(place: Place, simulator: tm.Simulator) -> None:
    async def voice(request: Any) -> str:
        await asyncio.sleep(2)
        return f"<Response><Say>Hello {request['CallStatus']}.</Say></Response>"

    simulator.mount(VOICE, voice)
    call = place(url=VOICE)

    assert heard(call) == ["Twilio: Hello in-progress."]
    assert call.webhooks[0].seconds == 2.0


@pytest.mark.parametrize(
    "document",
    ["<Response><Say>Hi.</Say></Response>", tm.parse("<Response><Say>Hi.</Say></Response>")],
)
def test_a_document_can_be_mounted(
    place: Place, simulator: tm.Simulator, document: str | tm.Document
) -> None:
    simulator.mount(VOICE, document)

    assert heard(place(url=VOICE)) == ["Twilio: Hi."]


def test_sleeping_costs_simulated_seconds_and_no_real_ones(
    place: Place, simulator: tm.Simulator
) -> None:
    simulator.mount(BASE, asks(lambda: asyncio.sleep(12)))
    call = place(url=VOICE)

    assert call.webhooks[0].seconds == 12.0
    assert heard(call) == ["Twilio: Hi."]


def test_the_seconds_of_an_answer_are_exact_whenever_the_call_is(
    place: Place, simulator: tm.Simulator
) -> None:
    simulator.mount(BASE, asks(lambda: asyncio.sleep(3)))
    simulator.advance(0.8)

    assert [place(url=VOICE).webhooks[0].seconds for _ in range(5)] == [3.0] * 5


def test_an_answer_that_takes_too_long_is_11205(place: Place, simulator: tm.Simulator) -> None:
    simulator.mount(BASE, asks(lambda: asyncio.sleep(20)))
    call = place(url=VOICE)

    assert call.webhooks[0].seconds == 15.0
    assert told(call, "failed")[0].startswith("11205: ")


def test_a_thread_is_waited_for_while_simulated_time_stands_still(
    place: Place, simulator: tm.Simulator
) -> None:
    async def work() -> None:
        async with asyncio.timeout(3):  # simulated seconds, of which none pass
            await asyncio.to_thread(time.sleep, 0.1)

    simulator.mount(BASE, asks(work))
    call = place(url=VOICE)

    assert call.webhooks[0].seconds == 0.0
    assert heard(call) == ["Twilio: Hi."]


def test_a_socket_is_waited_for(place: Place, simulator: tm.Simulator, server: str) -> None:
    """An application may ask another server, as one asks a model, before it answers."""
    seen: list[bytes] = []

    async def work() -> None:
        host, port = server.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET /voice HTTP/1.0\r\n\r\n")
        seen.append(await reader.readline())
        writer.close()
        await writer.wait_closed()

    simulator.mount(BASE, asks(work))

    assert heard(place(url=VOICE)) == ["Twilio: Hi."]
    assert b" 405 " in seen[0]


def test_the_lifespan_begins_with_the_first_request_and_ends_with_the_world(
    place: Place, simulator: tm.Simulator, token: str
) -> None:
    app = fastapi(token)
    simulator.mount(BASE, app)
    assert app.state.log == []
    place(url=VOICE, phone="answer; press 7")
    place(url=VOICE, phone="answer; press 8")

    assert app.state.log == ["starts", "pressed 7", "pressed 8"]
    simulator.reset()
    assert app.state.log[-1] == "ends"


def test_an_application_that_does_not_start_answers_with_500(
    place: Place, simulator: tm.Simulator
) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no database"})

    simulator.mount(BASE, app)

    assert told(place(url=VOICE), "failed")[0].endswith("the application logged: no database")


def test_a_start_that_takes_longer_than_an_answer_may_goes_on_until_the_next_request(
    place: Place, simulator: tm.Simulator
) -> None:
    """Nothing is wrong with the application: behind Twilio it would have started before anybody called."""
    starts = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            starts.append((await receive())["type"])
            await asyncio.sleep(20)
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        await send({"type": "http.response.start", "status": 200, "headers": [TEXT_XML]})
        await send({"type": "http.response.body", "body": b"<Response><Say>Hi.</Say></Response>"})

    simulator.mount(BASE, app)
    late, next_one = place(url=VOICE), place(url=VOICE)

    assert (late.webhooks[0].code, late.webhooks[0].seconds) == (11205, 15)
    assert told(late, "failed")[0].endswith("the application's lifespan did not start in time")
    assert heard(next_one) == ["Twilio: Hi."]
    assert starts == ["lifespan.startup"]


def test_an_exception_is_told(place: Place, simulator: tm.Simulator) -> None:
    async def work() -> None:
        raise KeyError("Digits")

    simulator.mount(BASE, asks(work))
    call = place(url=VOICE)

    assert "the application raised KeyError: 'Digits' (" in told(call, "failed")[0]
    assert call.webhooks[0].status == 500


def test_what_an_application_does_later_happens_at_its_time(
    place: Place, simulator: tm.Simulator, client: tm.Client
) -> None:
    """A task in the background sends the call elsewhere two seconds after the answer."""
    sids: list[str] = []

    async def redirect() -> None:
        await asyncio.sleep(2)
        await asyncio.to_thread(
            client.calls.update, sids[0], twiml="<Response><Say>Elsewhere.</Say></Response>"
        )

    tasks = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        tasks.append(asyncio.ensure_future(redirect()))
        headers = [(b"content-type", b"text/xml")]
        body = b'<Response><Pause length="10"/><Say>Here.</Say></Response>'
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    simulator.mount(BASE, app)
    call = client.calls.create(to="+13105555555", from_="+12125551234", url=VOICE)
    sids.append(call.sid)
    call = call.wait()

    assert heard(call) == ["Twilio: Elsewhere."]
    (said,) = (event for event in call.timeline if event.kind == "said")
    assert said.at == pytest.approx(call.webhooks[0].at + 2)


def test_an_application_that_ends_the_program_ends_it_after_the_step(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    async def work() -> None:
        sys.exit(3)

    simulator.mount(BASE, asks(work))
    call = client.calls.create(to="+13105555555", from_="+12125551234", url=VOICE)
    with pytest.raises(SystemExit):
        call.wait()

    assert call.wait().status == "completed"
    assert told(call, "failed")[0].endswith("the application raised SystemExit: 3")


def test_time_passes_for_an_application_without_calls(
    place: Place, simulator: tm.Simulator
) -> None:
    beats: list[float] = []

    async def beat() -> None:
        while True:
            beats.append(asyncio.get_running_loop().time())
            await asyncio.sleep(60)

    tasks = []

    async def work() -> None:
        tasks.append(asyncio.ensure_future(beat()))

    simulator.mount(BASE, asks(work))
    place(url=VOICE)
    simulator.run()
    before = len(beats)
    simulator.advance(600)

    assert len(beats) == before + 10


def test_what_is_left_running_is_told_and_canceled(
    place: Place, simulator: tm.Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    async def poll_for_ever() -> None:
        while True:
            await asyncio.sleep(1)

    tasks = []

    async def work() -> None:
        tasks.append(asyncio.ensure_future(poll_for_ever()))

    simulator.mount(BASE, asks(work))
    place(url=VOICE)
    simulator.run()
    with caplog.at_level(logging.WARNING, "twilio_magic"):
        simulator.reset()

    assert tasks[0].cancelled()
    assert "poll_for_ever running" in caplog.text


@pytest.mark.parametrize("is_on_thread", [False, True], ids=["itself", "thread"])
def test_an_asynchronous_application_cannot_end_its_own_world(
    place: Place, simulator: tm.Simulator, is_on_thread: bool
) -> None:
    refused: list[tm.TwilioMagicError] = []

    def reset() -> None:
        with pytest.raises(tm.WaitingInsideWebhook) as raised:
            simulator.reset(profile="strict")
        refused.append(raised.value)

    async def voice(_: object) -> str:
        if is_on_thread:
            await asyncio.to_thread(reset)
        else:
            reset()
        return "<Response><Say>Hello.</Say></Response>"

    simulator.mount(BASE, voice)
    call = place(url=f"{BASE}/voice")

    assert heard(call) == ["Twilio: Hello."]
    assert "cannot begin anew while an application in it answers" in refused[0].message
    assert simulator.profile == "lenient"
    simulator.reset()


def test_waiting_inside_an_application_is_refused_on_its_threads_too(
    place: Place, simulator: tm.Simulator, client: tm.Client
) -> None:
    errors: list[BaseException] = []

    def wait() -> None:
        try:
            simulator.advance(1)
        except tm.TwilioMagicError as error:
            errors.append(error)

    async def work() -> None:
        wait()
        await asyncio.to_thread(wait)

    simulator.mount(BASE, asks(work))
    place(url=VOICE)

    assert [type(error) for error in errors] == [tm.WaitingInsideWebhook] * 2


def test_the_same_call_gives_the_same_events_twice(token: str) -> None:
    def run() -> list[str]:
        simulator = tm.Simulator(seed=0)
        simulator.mount(BASE, fastapi(simulator.credentials.password.reveal()))
        simulator.phones["+13105555555"] = "answer; press 7"
        client = tm.Client(simulator=simulator)
        call = client.calls.create(to="+13105555555", from_="+12125551234", url=VOICE).wait()
        return str(call.timeline).splitlines()

    assert run() == run()


@pytest.mark.parametrize(
    ("mounted", "requested"),
    [
        ("https://ivr.example.com/café", "https://ivr.example.com/caf%C3%A9"),
        ("https://ivr.example.com/caf%C3%A9", "https://ivr.example.com/café"),
        ("https://ivr.example.com/%7Eann", "https://ivr.example.com/~ann"),
        ("https://ivr.example.com/~ann", "https://ivr.example.com/%7Eann/menu"),
        ("https://ivr.example.com:443/a", "https://IVR.example.com/a"),
        ("http://ivr.example.com/a b", "http://ivr.example.com:80/a%20b"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
    ],
)
def test_an_address_matches_however_it_is_spelled(
    place: Place, simulator: tm.Simulator, mounted: str, requested: str
) -> None:
    simulator.mount(mounted, lambda: "<Response><Say>Here.</Say></Response>")

    assert heard(place(url=requested)) == ["Twilio: Here."]
    simulator.unmount(mounted)
    assert repr(simulator.mounts) == "nothing is mounted"


def test_unmounting_leaves_the_addresses_of_the_simulator_itself(
    place: Place, simulator: tm.Simulator
) -> None:
    demo = "https://demo.twilio.com"
    simulator.mount(demo, lambda: "<Response><Say>In its place.</Say></Response>")
    assert heard(place(url=f"{demo}/welcome/voice/")) == ["Twilio: In its place."]
    simulator.unmount(demo)
    with pytest.raises(tm.SimulatorError, match="Nothing is mounted"):
        simulator.unmount(demo)

    assert heard(place(url=f"{demo}/welcome/voice/")) != ["Twilio: In its place."]
    assert place(url=f"{demo}/welcome/voice/").webhooks[0].status == 200


def answering(*messages: dict[str, Any]) -> Any:
    """An ASGI application that sends *messages*."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        for message in messages:
            await send(message)

    return app


START = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/xml")]}
BODY = {"type": "http.response.body", "body": b"<Response><Say>Hi.</Say></Response>"}


@pytest.mark.parametrize(
    ("messages", "error"),
    [
        ([START | {"headers": [("content-type", "text/xml")]}, BODY], "is not bytes"),
        ([START | {"headers": None}, BODY], "TypeError"),
        ([START | {"status": -5}, BODY], "-5 is no HTTP status"),
        ([START, BODY | {"body": "text"}], "is not bytes"),
        ([BODY], "RuntimeError"),
        ([START, BODY | {"more_body": True}], "no whole response"),
        ([], "no whole response"),
    ],
    ids=str,
)
def test_a_response_against_the_rules_is_told_with_its_error(
    place: Place, simulator: tm.Simulator, messages: list[dict[str, Any]], error: str
) -> None:
    simulator.mount(BASE, answering(*messages))

    assert error in told(place(url=VOICE), "failed")[0]


def test_what_comes_behind_the_response_does_not_change_it(
    place: Place, simulator: tm.Simulator
) -> None:
    simulator.mount(BASE, answering(START, BODY, START | {"status": 500}, BODY))

    assert heard(place(url=VOICE)) == ["Twilio: Hi."]


async def spin() -> None:
    while True:
        await asyncio.sleep(0)


def test_an_application_that_is_always_busy_is_given_up(
    place: Place, simulator: tm.Simulator
) -> None:
    """... in the real seconds that the webhook may take, here two."""
    simulator.mount(BASE, asks(spin))
    call = place(url=f"{VOICE}#rt=1000&tt=2000")

    assert told(call, "failed")[0].startswith("1120")


@pytest.mark.parametrize("endless", ["body", "receive"])
def test_an_answer_or_a_question_without_end_is_bounded(
    place: Place, simulator: tm.Simulator, endless: str
) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        await send(START)
        while endless == "body":
            await send(BODY | {"body": b" " * 2**20, "more_body": True})
        await send(BODY)
        for _ in range(10_000):
            await receive()

    simulator.mount(BASE, app)
    call = place(url=VOICE)

    assert call.webhooks[0].code == (11750 if endless == "body" else None)


def test_a_wsgi_answer_without_end_is_bounded(place: Place, simulator: tm.Simulator) -> None:
    def app(environ: Any, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Type", "text/xml")])
        while True:
            yield b" " * 2**20

    simulator.mount(BASE, app)

    assert place(url=VOICE).webhooks[0].code == 11750


@pytest.mark.parametrize("kind", [GeneratorExit, KeyboardInterrupt, pytest.fail.Exception])
def test_whatever_ends_a_program_is_raised_to_who_waits(
    simulator: tm.Simulator, client: tm.Client, kind: type[BaseException]
) -> None:
    async def work() -> None:
        raise kind("stop")

    simulator.mount(BASE, asks(work))
    call = client.calls.create(to="+13105555555", from_="+12125551234", url=VOICE)
    with pytest.raises(kind):
        call.wait()

    assert call.wait().is_over
