"""User-defined messages: what web applications and the applications of Voice SDK clients tell each other in a call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client as Sdk

import twilio_magic as tm
from tests.calls import FROM, TO, Place, told

HOOK = "https://app.example.com/messages"
ANN = "client:ann"
THUMB = '{"reaction": "thumbs up"}'
WAITS = "<Response><Pause length='60'/></Response>"


@pytest.fixture
def sdk(simulator: tm.Simulator) -> Iterator[Any]:
    with tm.mock_twilio(simulator):
        yield Sdk()


@pytest.fixture
def sent(simulator: tm.Simulator) -> list[dict[str, str]]:
    """What a subscription was told."""
    seen: list[dict[str, str]] = []

    @simulator.webhook(HOOK)
    def hook(form: Any) -> None:
        seen.append(dict(form))

    return seen


def going(simulator: tm.Simulator, sdk: Any, script: str, to: str = ANN) -> Any:
    """A call to a client that is in progress."""
    simulator.phones[to] = script
    call = sdk.calls.create(to=to, from_=FROM, twiml=WAITS)
    simulator.advance(2)
    return call


def test_a_message_reaches_the_client_of_a_call(simulator: tm.Simulator, sdk: Any) -> None:
    call = going(simulator, sdk, 'answer; hear message "thumbs"; hang up')
    message = sdk.calls(call.sid).user_defined_messages.create(content=THUMB)
    simulator.run()
    ours = tm.Client(simulator=simulator).calls.fetch(call.sid)

    assert message.sid.startswith("KX")
    assert message.call_sid == call.sid
    assert simulator.phones.failures == []
    assert told(ours, "texted") == [f"a message to {ANN}: “{THUMB}”", f"{ANN} reads “{THUMB}”"]
    assert "texts “" in str(ours.ladder())


def test_a_subscription_is_told_what_the_client_sends(
    simulator: tm.Simulator, sdk: Any, sent: list[dict[str, str]]
) -> None:
    call = going(simulator, sdk, f"answer; wait 5; message '{THUMB}'; hang up")
    subscription = sdk.calls(call.sid).user_defined_message_subscriptions.create(callback=HOOK)
    simulator.run()

    assert subscription.sid.startswith("ZY")
    assert [(form["Content"], form["CallSid"]) for form in sent] == [(THUMB, call.sid)]
    assert sent[0]["ContentType"] == "application/json"
    exchange = tm.Client(simulator=simulator).calls.fetch(call.sid).webhooks[0]
    assert exchange.signature


def test_nobody_is_told_without_a_subscription_or_after_its_end(
    simulator: tm.Simulator, sdk: Any, sent: list[dict[str, str]]
) -> None:
    call = going(simulator, sdk, f"answer; wait 5; message '{THUMB}'; hang up")
    other = going(simulator, sdk, "answer", to="client:bob")
    subscriptions = sdk.calls(call.sid).user_defined_message_subscriptions
    sid = subscriptions.create(callback=HOOK).sid
    sdk.calls(other.sid).user_defined_message_subscriptions.create(callback=HOOK)

    with pytest.raises(TwilioRestException) as elsewhere:
        sdk.calls(other.sid).user_defined_message_subscriptions(sid).delete()
    assert elsewhere.value.code == 20404
    assert subscriptions(sid).delete() is True
    simulator.advance(20)
    assert sent == []


def test_the_same_key_is_the_same_message(simulator: tm.Simulator, sdk: Any) -> None:
    call = going(simulator, sdk, "answer")
    messages = sdk.calls(call.sid).user_defined_messages
    first, again, other = (
        messages.create(content=THUMB, idempotency_key=key).sid for key in ("a", "a", "b")
    )

    assert first == again != other


def test_a_call_that_is_over_has_no_messages(simulator: tm.Simulator, sdk: Any) -> None:
    call = going(simulator, sdk, "answer; hang up")
    simulator.run()

    with pytest.raises(TwilioRestException) as message:
        sdk.calls(call.sid).user_defined_messages.create(content=THUMB)
    with pytest.raises(TwilioRestException) as subscription:
        sdk.calls(call.sid).user_defined_message_subscriptions.create(callback=HOOK)
    assert message.value.code == subscription.value.code == 21220


def test_a_phone_number_has_no_application(simulator: tm.Simulator, sdk: Any, place: Place) -> None:
    call = going(simulator, sdk, "answer; wait 9; hang up", to=TO)
    sdk.calls(call.sid).user_defined_messages.create(content=THUMB)
    simulator.run()
    other = place("<Pause length='5'/>", phone=f"answer; message '{THUMB}'; hang up")

    ours = tm.Client(simulator=simulator).calls.fetch(call.sid)
    assert told(ours, "warned") == [f"{TO} is no Voice SDK client, and gets no messages"]
    assert told(other, "warned") == [f"{TO} is no Voice SDK client, and sends no messages"]


def test_a_message_that_never_comes_fails_the_script(simulator: tm.Simulator, sdk: Any) -> None:
    going(simulator, sdk, "answer; hear message within 3")
    simulator.run()

    assert str(simulator.phones.failures[0].message) == (
        f"{ANN} waited 3 s for a message, in vain. No message came."
    )
