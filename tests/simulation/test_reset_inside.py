"""What a call waits for cannot end the world of the call; it is told so, and the world stays."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from typing import Any

import pytest
from flask import Flask

import twilio_magic as tm
from tests.calls import FROM, heard

CALLER = "+14155550100"
VOICE = "https://ivr.example.com/voice"
SAYS = "<Response><Say>Hello.</Say></Response>"

#: Tries to end the world, and gives TwiML.
Reset = Callable[[], str]


def function(simulator: tm.Simulator, reset: Reset) -> None:
    simulator.webhook(VOICE)(reset)


def flask(simulator: tm.Simulator, reset: Reset) -> None:
    app = Flask("resets")
    app.add_url_rule("/voice", view_func=reset, methods=["POST"])
    simulator.mount("https://ivr.example.com", app)


def status_callback(simulator: tm.Simulator, reset: Reset) -> None:
    simulator.mount(VOICE, SAYS)
    simulator.webhook("https://ivr.example.com/over")(reset)
    simulator.numbers[FROM].status_callback = "https://ivr.example.com/over"


def phone(simulator: tm.Simulator, reset: Reset) -> None:
    def resets() -> Generator[str, Any, None]:
        reset()
        yield "wait 9"

    simulator.mount(VOICE, SAYS)
    simulator.phones[CALLER] = resets


def listener(simulator: tm.Simulator, reset: Reset) -> None:
    def hear(notice: tm.Notice) -> None:
        if notice.kind != "unplugged":
            reset()

    simulator.mount(VOICE, SAYS)
    simulator.phones[CALLER] = tm.Person(hear)


@pytest.mark.parametrize("inside", [function, flask, status_callback, phone, listener])
def test_what_a_call_waits_for_cannot_end_the_world_of_the_call(
    simulator: tm.Simulator, inside: Callable[[tm.Simulator, Reset], None]
) -> None:
    refused: list[tm.TwilioMagicError] = []

    def reset() -> str:
        with pytest.raises(tm.WaitingInsideWebhook, match="cannot begin anew") as raised:
            simulator.reset(profile="strict")
        refused.append(raised.value)
        return SAYS

    inside(simulator, reset)
    simulator.numbers[FROM].voice_url = VOICE
    call = simulator.receive(CALLER, FROM)
    simulator.advance(60)

    assert refused
    assert all("simulator.reset()" in str(error.hint) for error in refused)
    assert heard(call) == ["Twilio: Hello."]
    assert simulator.profile == "lenient"
    simulator.reset()
    assert simulator.call_count == 0


def test_a_webhook_may_end_another_world(
    simulator: tm.Simulator,
) -> None:
    other = tm.Simulator()
    other.numbers[FROM].voice_url = other.host(SAYS)
    other.receive(CALLER, FROM).wait()

    def voice() -> str:
        other.reset()
        return SAYS

    simulator.webhook(VOICE)(voice)
    simulator.numbers[FROM].voice_url = VOICE
    call = simulator.receive(CALLER, FROM).wait()

    assert call.status == "completed"
    assert other.call_count == 0


def test_another_thread_may_end_the_world_while_a_function_answers(
    simulator: tm.Simulator,
) -> None:
    """It is nobody whom the call waits for: such as the page of a served world, or another cell."""

    def voice() -> str:
        thread = threading.Thread(target=simulator.reset)
        thread.start()
        thread.join()
        return SAYS

    simulator.webhook(VOICE)(voice)
    simulator.numbers[FROM].voice_url = VOICE
    simulator.receive(CALLER, FROM)
    simulator.run()

    assert simulator.call_count == 0
