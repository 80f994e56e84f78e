"""A fork has the past of its call, without asking anybody again, and another future."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from contextlib import suppress
from itertools import count
from typing import Any

import pytest
from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from flask import Flask, request
from hypothesis import example, given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO

PERSON = "+14155550100"
_HOST = "https://shop.example.com"
_MENU = "<Response><Gather numDigits='1' action='/{}'><Say>{}</Say></Gather></Response>"


class Shop:
    """An application that never gives the same answer twice, and knows what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.app = Flask("shop")
        number = count(1)

        @self.app.post("/<page>")
        def answer(page: str) -> str:
            self.asked.append(f"{page} {request.form.get('Digits', '')}".strip())
            words = f"Answer {next(number)}. Press 1 or 2."
            if page == "done":
                return f"<Response><Say>{words}</Say></Response>"
            return _MENU.format("size" if page == "voice" else "done", words)


def _world(app: object, seed: int = 0) -> tm.Simulator:
    simulator = tm.Simulator(seed, network=False)
    simulator.mount(_HOST, app)  # type: ignore[arg-type]
    simulator.numbers[FROM].voice_url = f"{_HOST}/voice"
    return simulator


def _twilio_said(call: tm.Call) -> list[str]:
    return [line.text for line in call.transcript if line.speaker == "Twilio"]


def test_what_an_application_has_answered_it_is_not_asked_again() -> None:
    shop = Shop()
    call = _world(shop.app).receive(PERSON, FROM, phone="press 1; press 2").wait()
    fork = call.fork(before="gather 2", phone="hear 'Press 1'; press 1; wait 9")
    assert shop.asked == ["voice", "size 1", "done 2"]
    assert fork.sid == call.sid
    assert list(fork.webhooks) == call.webhooks[:2]
    fork.wait()
    assert shop.asked == ["voice", "size 1", "done 2", "done 1"]
    assert _twilio_said(fork) == [
        "Answer 1. …",
        "Answer 2. Press 1 or …",
        "Answer 4. Press 1 or 2.",
    ]
    assert len(call.webhooks) == 3


def test_a_fork_can_be_forked_and_a_call_that_goes_on_too() -> None:
    shop = Shop()
    simulator = _world(shop.app)
    call = simulator.receive(PERSON, FROM, phone="press 1; press 2")
    simulator.advance(1)
    first = call.fork(before="gather 2", phone="press 1").wait()
    second = first.fork(before="gather 1", phone="press 2; press 2").wait()
    assert call.fetch().status == "in-progress"
    assert shop.asked == ["voice", "size 1", "done 1", "size 2", "done 2"]
    assert second.webhooks[0] == call.webhooks[0]
    assert call.wait().status == "completed"


def test_without_a_phone_it_does_what_it_did_and_a_mended_application_answers() -> None:
    shop, mended = Shop(), "<Response><Say>It is mended.</Say></Response>"
    simulator = _world(shop.app)
    call = simulator.receive(PERSON, FROM, phone="press 1; press 2").wait()
    simulator.mount(f"{_HOST}/done", tm.parse(mended))
    fork = call.fork(before="webhook 3").wait()
    assert [event.text for event in fork.timeline if event.kind == "pressed"] == ["1", "2"]
    assert _twilio_said(fork)[-1] == "It is mended."
    assert len(shop.asked) == 3


def test_what_the_application_did_over_rest_is_done_again_for_it() -> None:
    simulator = tm.Simulator(network=False)
    client = tm.Client(simulator=simulator)
    asked: list[str] = []

    @simulator.webhook(f"{_HOST}/voice")
    def answer() -> str:
        asked.append("voice")
        client.calls.create(
            to=TO, from_=FROM, twiml="<Response><Dial><Conference>r</Conference></Dial></Response>"
        )
        return "<Response><Dial><Conference>r</Conference></Dial></Response>"

    simulator.phones[TO] = "answer; wait 5; say 'I am the agent'; wait 20; hang up"
    simulator.numbers[FROM].voice_url = f"{_HOST}/voice"
    call = simulator.receive(PERSON, FROM, phone="wait 20; say 'bye'; hang up").wait()
    fork = call.fork(at=12, phone="say 'I want something else'; hang up").wait()
    assert asked == ["voice"]
    assert list(map(str, fork.transcript)) == [
        f"{TO}: I am the agent",
        f"{PERSON}: I want something else",
    ]
    assert simulator.call_count == 2


def test_what_an_application_does_over_rest_in_a_fork_it_does_there() -> None:
    simulator = tm.Simulator(network=False)
    client = tm.Client(simulator=simulator)

    @simulator.webhook(f"{_HOST}/voice")
    def voice() -> str:
        return _MENU.format("transfer", "Press 1.")

    @simulator.webhook(f"{_HOST}/transfer")
    def transfer(request: tm.simulation.WebhookRequest) -> str:
        client.calls(request["CallSid"]).update(twiml="<Response><Say>Moved.</Say></Response>")
        return "<Response><Pause length='30'/></Response>"

    simulator.numbers[FROM].voice_url = f"{_HOST}/voice"
    call = simulator.receive(PERSON, FROM, phone="wait 2; hang up").wait()
    before = list(call.timeline)
    fork = call.fork(before="gather", phone="press 1; wait 9").wait()
    assert _twilio_said(fork)[-1] == "Moved."
    assert list(call.timeline) == before


def test_people_are_not_needed_again_and_what_they_say_is_said_to_its_end() -> None:
    simulator, person = _world(Shop().app), tm.Person()
    client = tm.Client(simulator=simulator)
    simulator.phones[TO] = person
    call = client.calls.create(to=TO, from_=FROM, url=f"{_HOST}/voice")
    simulator.advance(3)
    person.answer()
    simulator.advance(2)
    person.say("I would like to talk about my bill")
    simulator.advance(1)
    fork = call.fork(at=5.5, phone="say 'No'; hang up")
    assert person.state == "talking"
    fork.wait()
    said = [line.text for line in fork.transcript if line.speaker == TO]
    assert said == ["I would like to talk about my bill", "No"]


@pytest.mark.parametrize("at", [0, 0.5, 1.5])
def test_a_phone_that_rings_can_be_answered_in_another_way(at: float) -> None:
    simulator = _world(Shop().app)
    simulator.phones[TO] = "busy"
    client = tm.Client(simulator=simulator)
    simulator.phones[TO] = "ring 4; answer; hang up"
    call = client.calls.create(to=TO, from_=FROM, url=f"{_HOST}/voice").wait()
    assert call.fork(at=at, phone="busy").wait().status == "busy"
    answered = call.fork(at=at, phone="ring 1; answer; press 1; press 2; wait 9").wait()
    assert _twilio_said(answered)[-1].startswith("Answer 4")


def test_faults_and_the_calls_before_are_as_they_were() -> None:
    shop = Shop()
    simulator = _world(shop.app)
    simulator.receive(PERSON, FROM, phone="hang up").wait()
    simulator.numbers[FROM].voice_fallback_url = f"{_HOST}/voice"
    simulator.faults.add(f"{_HOST}/voice", status=500, times=1)
    call = simulator.receive(PERSON, FROM, phone="press 1; press 2").wait()
    fork = call.fork(before="gather 1", phone="press 2; press 2").wait()
    assert [each.code for each in fork.webhooks] == [11200, None, None, None]
    assert len(tm.Client(simulator=simulator).calls.list()) == 2
    assert list(fork.webhooks[:2]) == call.webhooks[:2]


def test_an_agent_that_is_a_function_is_not_asked_again() -> None:
    simulator, asked = tm.Simulator(network=False), []

    @simulator.agent("wss://agent.example.com/ws")
    def agent(prompt: str) -> str:
        asked.append(prompt)
        return f"You said {prompt}"

    call = _talk(simulator)
    fork = call.fork(before="speech 2", phone="say 'three'; hear 'said three'; hang up").wait()
    assert asked == ["one", "two", "three"]
    assert list(map(str, fork.transcript)) == [
        "Agent: Hi, how can I help you?",
        f"{PERSON}: one",
        "Agent: You said one",
        f"{PERSON}: three",
        "Agent: You said three",
    ]
    past = call.sessions[0].frames[:4]
    assert fork.sessions[0].frames[:4] == past


def test_an_agent_with_a_websocket_of_its_own_knows_what_was_said() -> None:
    app = FastAPI()

    @app.websocket("/ws")
    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        said: list[str] = []
        try:
            while True:
                message = json.loads(await socket.receive_text())
                if message["type"] == "prompt":
                    said.append(message["voicePrompt"])
                    token = f"You said {' and '.join(said)}"
                    await socket.send_text(
                        json.dumps({"type": "text", "token": token, "last": True})
                    )
        except WebSocketDisconnect:
            pass

    simulator = tm.Simulator(network=False)
    simulator.mount("https://agent.example.com", app)
    call = _talk(simulator)
    fork = call.fork(before="speech 2", phone="say 'three'; hear 'and three'; hang up")
    assert fork.sessions[0].frames == call.sessions[0].frames[: len(fork.sessions[0].frames)]
    assert str(fork.wait().transcript[-1]) == "Agent: You said one and three"


def _talk(simulator: tm.Simulator) -> tm.Call:
    relay = (
        "<Response><Connect><ConversationRelay url='wss://agent.example.com/ws' "
        "welcomeGreeting='Hi, how can I help you?'/></Connect></Response>"
    )
    simulator.numbers[FROM].voice_url = simulator.host(relay)
    script = "hear 'help you'; say 'one'; hear 'said one'; say 'two'; hear 'two'; hang up"
    return simulator.receive(PERSON, FROM, phone=script).wait()


def test_a_world_that_is_served_is_forked_as_any_other() -> None:
    shop = Shop()
    simulator = _world(shop.app)
    with simulator.serve(token=True):
        call = simulator.receive(PERSON, FROM, phone="press 1; press 2").wait()
        fork = call.fork(before="gather 2", phone="press 1").wait()
    assert shop.asked == ["voice", "size 1", "done 2", "done 1"]
    assert fork.webhooks[0].signature == call.webhooks[0].signature


def test_a_phone_that_does_another_thing_the_second_time_is_told_with_both_requests() -> None:
    keys = iter("12")

    def caller() -> object:
        yield f"press {next(keys)}"
        yield "press 2"

    call = _world(Shop().app).receive(PERSON, FROM, phone=caller).wait()  # type: ignore[arg-type]
    with pytest.raises(tm.PastDiffers) as raised:
        call.fork(before="gather 2", phone="press 1")
    assert "The past of this call is not the same" in str(raised.value)
    shown = "\n".join(raised.value.excerpt)
    then, now = shown.split("now:")
    assert "Digits=1" in then
    assert "Digits=2" in now


@pytest.mark.parametrize(
    ("point", "message", "hint"),
    [
        (
            {"before": "gather 3"},
            "no 'gather 3'",
            "gather 1 at 0:00.0 (waits 5 s for 1 key), gather 2",
        ),
        ({"before": "gater 1"}, "called 'gater 1'", "Did you mean gather?"),
        ({"before": "dial"}, "no 'dial'", "no dial at all"),
        ({"before": "webhook 9"}, "no 'webhook 9'", "webhook 3 at 0:01.4"),
        ({"at": 99}, "no moment 99", "from 0 to "),
        ({"at": -1}, "no moment -1", "from 0 to "),
        ({"at": float("nan")}, "no moment nan", "from 0 to "),
        ({}, "A fork has one point", 'before="gather 2"'),
        ({"at": 1, "before": "gather"}, "A fork has one point", "at=12.5"),
    ],
)
def test_a_point_that_is_not_there_is_told_with_those_that_are(
    point: dict[str, object], message: str, hint: str
) -> None:
    call = _world(Shop().app).receive(PERSON, FROM, phone="press 1; press 2").wait()
    with pytest.raises(tm.SimulatorError) as raised:
        call.fork(**point)  # type: ignore[arg-type]
    assert message in str(raised.value)
    assert hint in (raised.value.hint or "")


_STEPS = st.sampled_from(
    ["press 1", "press 2", "press 12", "say 'yes please'", "wait 1.3", "hear 'Press'", "text 'hi'"]
)
_SCRIPTS = st.lists(_STEPS, max_size=5).map("; ".join)


def _ivr() -> Callable[..., object]:
    """An application that gives the same answers in each world."""
    app = Flask("ivr")

    @app.post("/<page>")
    def answer(page: str) -> str:
        words = f"This is {page} with {request.form.get('Digits', 'nothing')}. Press 1 or 2."
        if page == "done":
            return f"<Response><Say>{words}</Say><Dial timeout='5'>{TO}</Dial></Response>"
        return _MENU.format("size" if page == "voice" else "done", words)

    return app


def _begin(script: str, app: Callable[..., object]) -> tuple[tm.Simulator, tm.Call]:
    simulator = _world(app)
    simulator.phones[TO] = "ring 2; answer; say 'Hello there'; wait 2; hang up"
    return simulator, simulator.receive(PERSON, FROM, phone=script)


def _story(call: tm.Call) -> tuple[object, ...]:
    return repr(call.timeline), repr(call.transcript), list(call.webhooks), call.status


@given(_SCRIPTS, _SCRIPTS, st.integers(0, 300))
@settings(max_examples=40)
def test_any_fork_of_any_call_has_its_past_byte_for_byte_and_is_the_same_twice(
    script: str, other: str, tenths: int
) -> None:
    app = _ivr()
    _, call = _begin(script, app)
    call.wait()
    at = min(tenths / 10 + 0.037, call.timeline[-1].at)
    simulator, now = _begin(script, app)
    simulator.advance(at)
    forks = [call.fork(at=at, phone=other) for _ in range(2)]
    if at < call.timeline[-1].at:
        assert _story(forks[0])[:3] == _story(now.fetch())[:3]
    assert _story(forks[0].wait()) == _story(forks[1].wait())
    assert _story(call.fork(at=at).wait()) == _story(call)


def _opt_out(simulator: tm.Simulator) -> None:
    simulator.receive_message(PERSON, FROM, "STOP")
    simulator.run()


def _verify(simulator: tm.Simulator) -> None:
    simulator.caller_ids["+13105550199"].friendly_name = "Ann"


def _break_once(simulator: tm.Simulator) -> None:
    simulator.faults.add(f"{_HOST}/act", status=500, times=2)


def _meet(simulator: tm.Simulator) -> None:
    twiml = "<Response><Dial><Conference>room</Conference></Dial></Response>"
    tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=twiml).wait()


def _rename(simulator: tm.Simulator) -> None:
    tm.Client(simulator=simulator).api.account.update(friendly_name="Renamed")


def _make_application(simulator: tm.Simulator) -> None:
    tm.Client(simulator=simulator).applications.create(friendly_name="One", voice_url=_HOST)


def _call(simulator: tm.Simulator) -> None:
    simulator.receive(PERSON, FROM, phone="hang up").wait()


def test_calls_that_were_over_before_are_not_replayed() -> None:
    shop, answered = Shop(), []
    simulator = _world(shop.app)

    def press_one() -> Generator[str, Any, None]:
        answered.append("a call")
        yield "press 1"
        yield "hang up"

    simulator.phones[TO] = press_one
    client = tm.Client(simulator=simulator)
    for _ in range(5):
        call = client.calls.create(to=TO, from_=FROM, url=f"{_HOST}/voice").wait()
    assert len(answered) == 5
    call.fork(before="webhook 2").wait()
    assert len(answered) == 6


_EARLIER = [_opt_out, _verify, _break_once, _meet, _rename, _make_application, _call]


def _acting(simulator: tm.Simulator) -> Flask:
    """An application whose REST requests are answered otherwise for each thing that happened before."""
    app, client = Flask("acting"), tm.Client(simulator=simulator)

    def attempt(act: Callable[[], object]) -> None:
        with suppress(tm.ApiError):
            act()

    @app.post("/act")
    def act() -> str:
        attempt(lambda: client.messages.create(to=PERSON, from_=FROM, body="Hello"))
        attempt(lambda: client.calls.create(to=TO, from_="+13105550199", url=f"{_HOST}/end"))
        attempt(lambda: client.api.account.update(status="active"))
        for each in client.applications.list():
            each.update(friendly_name=f"{each.friendly_name} and more")
        return _MENU.format("end", "Press 1.")

    @app.post("/end")
    def end() -> str:
        return "<Response><Dial><Conference>room</Conference></Dial></Response>"

    return app


@given(st.lists(st.sampled_from(_EARLIER), max_size=6))
@settings(max_examples=40)
@example([_opt_out, _verify, _call])
def test_a_fork_knows_what_had_happened_in_its_world_before_the_call(
    earlier: list[Callable[[tm.Simulator], None]],
) -> None:
    simulator = tm.Simulator(profile="strict", network=False)
    simulator.phones[TO] = "answer; wait 3; hang up"
    simulator.mount(_HOST, _acting(simulator))
    simulator.numbers[FROM].voice_url = f"{_HOST}/act"
    simulator.numbers[FROM].voice_fallback_url = f"{_HOST}/act"
    for act in earlier:
        act(simulator)
    call = simulator.receive(PERSON, FROM, phone="hear 'Press 1'; press 1; wait 5; hang up").wait()
    again = call.fork(at=call.timeline[-1].at)
    assert _story(again) == _story(call)
