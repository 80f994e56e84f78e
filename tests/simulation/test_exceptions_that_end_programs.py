"""What is no Exception, such as SystemExit, ends the program and no world: the step is completed, then it is raised."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO, told
from tests.interrupts import HOST, World
from tests.waiting import until
from twilio_magic.simulation.clock._clock import Process
from twilio_magic.simulation.legs._verb import _PERFORMERS, Verb

SAID = "the application closed the WebSocket (1006): the application raised "


class Stop(BaseException):
    """One of somebody's own."""


Kind = type[BaseException]
KINDS: tuple[Kind, ...] = (
    SystemExit,
    KeyboardInterrupt,
    GeneratorExit,
    asyncio.CancelledError,
    pytest.fail.Exception,
    Stop,
)
Raise = Callable[[], Any]


def in_a_function(world: World, stop: Raise) -> None:
    world.simulator.webhook(HOST + "/webhooks")(stop)


def in_an_action(world: World, stop: Raise) -> None:
    world.simulator.webhook(HOST + "/pressed")(stop)


def in_a_report(world: World, stop: Raise) -> None:
    world.simulator.webhook(HOST + "/report")(stop)


def in_a_sound(world: World, stop: Raise) -> None:
    world.simulator.webhook(HOST + "/sound.wav")(stop)


def in_a_text(world: World, stop: Raise) -> None:
    world.simulator.webhook(HOST + "/webhooks")(
        lambda: type("", (), {"__str__": lambda _: stop()})()
    )


def in_an_application(world: World, stop: Raise) -> None:
    world.simulator.mount(HOST + "/webhooks", lambda *_: stop())


def in_a_body(world: World, stop: Raise) -> None:
    def app(_: Any, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Type", "text/xml")])
        yield b"<Response>"
        stop()

    world.simulator.mount(HOST + "/webhooks", app)


def when_a_body_is_closed(world: World, stop: Raise) -> None:
    class Body(list[bytes]):
        def close(self) -> None:
            stop()

    def app(_: Any, start_response: Any) -> Body:
        start_response("200 OK", [("Content-Type", "text/xml")])
        return Body([b"<Response/>"])

    world.simulator.mount(HOST + "/webhooks", app)


def when_a_phone_begins(world: World, stop: Raise) -> None:
    world.simulator.phones[TO] = lambda: stop()


def in_a_phone(world: World, stop: Raise) -> None:
    def phone() -> Generator[str, Any, None]:
        yield "answer; wait 1"
        stop()

    world.simulator.phones[TO] = phone


def in_a_step_of_a_phone(world: World, stop: Raise) -> None:
    def phone() -> Generator[Any, Any, None]:
        yield "answer; wait 1"
        yield type("", (), {"__str__": lambda _: stop()})()

    world.simulator.phones[TO] = phone


def in_a_listener(world: World, stop: Raise) -> None:
    world.simulator.phones[TO] = tm.Person(lambda _: stop())


def of_a_busy_person(world: World, stop: Raise) -> None:
    """Somebody at another call is told that one was missed."""
    person = tm.Person(lambda notice: stop() if notice.kind == "missed" else None)
    world.simulator.phones[TO] = person
    world.client.calls.create(to=TO, from_=FROM, twiml="<Response><Pause length='9'/></Response>")
    world.simulator.advance(1.5)


def in_a_world_inside(world: World, stop: Raise) -> None:
    """An application simulates calls itself, and what ends one of those ends it."""
    inside = World()
    in_a_function(inside, stop)
    world.simulator.webhook(HOST + "/webhooks")(lambda: inside.place("/webhooks").wait() and "")


PLACES = [
    value for name, value in list(globals().items()) if name.split("_")[0] in ("in", "when", "of")
]


def raising(error: BaseException) -> Raise:
    """Raises *error* once."""
    errors = [error]

    def stop() -> str:
        if errors:
            raise errors.pop()
        return "<Response/>"

    return stop


@given(st.sampled_from(KINDS), st.sampled_from(PLACES), st.booleans())
@settings(max_examples=60)
def test_whatever_an_application_or_a_phone_raises_the_call_goes_on_and_the_caller_gets_it(
    kind: Kind, place: Callable[[World, Raise], None], hang_up: bool
) -> None:
    world, error = World(), kind("stop")
    place(world, raising(error))
    call = world.place("/webhooks")

    with pytest.raises(kind) as raised:
        call.wait()
    if hang_up:
        call.hang_up()
    assert raised.value is error
    assert call.wait().is_over

    world.simulator.phones[TO] = "answer; press 1; wait 9; hang up"
    for path in ("/webhooks", "/pressed", "/report"):
        world.simulator.host("<Response><Say>Hello.</Say></Response>", at=HOST + path)
    world.assert_usable()


def test_an_application_that_ends_the_program_is_a_failed_webhook() -> None:
    world = World()
    in_a_function(world, raising(SystemExit(3)))
    call = world.place("/webhooks")
    with pytest.raises(SystemExit):
        call.wait()

    assert call.wait().status == "completed"
    assert any("the application raised SystemExit: 3" in text for text in told(call, "failed"))
    asked = [each for each in call.webhooks if each.url.endswith("/webhooks")]
    assert [each.status for each in asked] == [None]


@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt, pytest.fail.Exception, Stop])
@pytest.mark.parametrize("at", ["websocket.connect", "websocket.receive", "websocket.disconnect"])
def test_an_agent_that_ends_the_program_ends_its_session_alone(kind: Kind, at: str) -> None:
    world, stop = World(), raising(kind("stop"))

    async def agent(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError
        while True:
            if (event := await receive())["type"] == at:
                stop()
            if event["type"] == "websocket.connect":
                await send({"type": "websocket.accept"})

    world.simulator.mount("https://agent.example.com", agent)
    session = "<ConversationRelay url='wss://agent.example.com/ws'/>"
    document = f"<Response><Connect action='{HOST}/done'>{session}</Connect></Response>"
    call = world.client.calls.create(to=TO, from_=FROM, twiml=document)
    with pytest.raises(kind):
        call.wait()

    assert call.wait().status == "completed"
    assert any(each.url.endswith("/done") for each in call.webhooks)
    failed = " ".join(told(call, "failed"))
    assert ("64102" in failed) is (at == "websocket.connect")
    assert (f"64105: {SAID}{kind.__name__}: stop" in failed) is (at == "websocket.receive")
    world.assert_usable()


def test_a_webhook_that_fails_its_test_fails_it() -> None:
    world = World()
    world.simulator.webhook(HOST + "/webhooks")(lambda: pytest.fail("no From"))

    with pytest.raises(pytest.fail.Exception, match="no From"):
        world.place("/webhooks").wait()


def test_what_is_raised_in_the_simulator_itself_ends_its_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stop(verb: Verb) -> Process[None]:
        yield verb.leg.clock.seconds(1)
        raise Stop

    monkeypatch.setitem(_PERFORMERS, "Echo", stop)
    world = World()
    call = world.client.calls.create(to=TO, from_=FROM, twiml="<Response><Echo/></Response>")
    with pytest.raises(Stop):
        call.wait()

    assert call.wait().status == "failed"
    assert told(call, "failed")[0] == "the simulator raised Stop in this call"
    world.assert_usable()


def test_a_person_who_acts_gets_what_the_listener_raises() -> None:
    world, error = World(), Stop()
    person = tm.Person(lambda notice: raise_(error) if notice.kind == "muted" else None)
    world.simulator.phones[TO] = person
    call = world.place("/webhooks")
    world.simulator.advance(3)
    person.answer()

    with pytest.raises(Stop):
        person.mute()
    person.hang_up()
    assert call.wait().status == "completed"


def raise_(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize("kind", KINDS)
def test_the_thread_that_moves_time_lives_on(kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    world = World()
    in_a_function(world, raising(kind("stop")))

    def ends(call: tm.Call) -> None:
        until(lambda: call.fetch().is_over)

    with world.simulator.serve(speed=500):
        ends(world.place("/webhooks"))
        ends(world.place("/webhooks"))
    assert "; time goes on" in caplog.text


@pytest.mark.parametrize("kind", KINDS)
def test_real_time_goes_on(kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    async def cell() -> bool:
        with world.simulator.real_time(500) as time:
            for call in (world.place("/webhooks"), world.place("/webhooks")):
                while not call.fetch().is_over:
                    await asyncio.sleep(0.01)
            return time.is_running

    world = World()
    in_a_function(world, raising(kind("stop")))

    assert asyncio.run(cell())
    assert "; time goes on" in caplog.text
