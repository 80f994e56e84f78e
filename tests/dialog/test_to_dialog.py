"""A call that happened becomes a dialog, which passes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.dialog import bakery

CALLER, NUMBER, AGENT = "+14155550100", "+12125551234", "+13105551111"
STEPS = st.sampled_from(
    [
        *(
            "press 1",
            "press 2",
            "press 3",
            "press 4",
            "press 4711",
            "hear 'press 1'",
            "hear 'for support'",
        ),
        *(
            "wait 1",
            "wait 0.3",
            "wait 7",
            "say 'two loaves'",
            "say 'bread' confidence 0.3",
            "hang up",
            "hear beep",
        ),
        *("silence 1", "hear /\\d/", "press 1w2"),
    ]
)
AGENTS = st.sampled_from(
    [
        "answer",
        "ring 4; answer; say 'Bakery'; wait 2; hang up",
        "busy",
        "no answer",
        "ring 1; reject",
        "fail",
        "machine 'Nobody is here.'; wait 3; hang up",
        "answer; hear 'loaves'; say 'yes'; press 5; hang up",
    ]
)


def simulator() -> tm.Simulator:
    made = tm.Simulator(network=False)
    made.mount("https://ivr.example.com", bakery.create_app())
    made.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    return made


def call_of(script: str, agent: str = "answer") -> tm.Call:
    world = simulator()
    world.phones[AGENT] = agent
    return world.receive(CALLER, NUMBER, phone=script).wait()


def replay(text: str) -> tm.DialogResult:
    text = text.replace("# app: app.py:app", "app: tests.dialog.bakery:create_app()")
    [dialog] = tm.dialogs(text)
    return dialog.run()


def test_the_dialog_of_a_call_has_what_was_heard_and_done() -> None:
    text = call_of("hear 'press 2'; press 2; hear 'number'; wait 1; press 4711").to_dialog()

    assert text == (
        "# 1. For twilio-magic test, write this into app.dialog (%%writefile).\n"
        "# 2. Copy the whole cells that define app, and what they use.\n"
        "# 3. Write them into app.py; then delete the # before what names it.\n"
        "# app: app.py:app\n"
        "mount: https://ivr.example.com\n"
        "url: /voice\n"
        "to: +12125551234\n"
        "from: +14155550100\n"
        "\n"
        'dialog "+14155550100 calls +12125551234"\n'
        '  hear "For sales, press 1."\n'
        '  hear "For support, press 2."\n'
        "  press 2\n"
        '  hear "Your ticket number?"\n'
        "  wait 1\n"
        "  press 4711\n"
        '  hear "4711 is being worked on."\n'
        "  expect status completed\n"
        "  expect webhook /key Digits=2\n"
        "  expect webhook /ticket Digits=4711\n"
        "  expect no errors\n"
    )
    assert replay(text).passed


@settings(max_examples=25)
@given(st.lists(STEPS, max_size=5).map("; ".join), AGENTS)
def test_the_dialog_of_any_call_is_read_back_and_passes(script: str, agent: str) -> None:
    text = call_of(script, agent).to_dialog()
    result = replay(text)

    assert result.passed, f"{script} / {agent}\n{text}\n{result.report}"


@pytest.mark.parametrize(
    "phone",
    [
        "ring 3; answer; hear 'for sales'; press 1",
        "busy",
        "no answer",
        "ring 2; reject",
        "fail",
        "machine 'Please leave a message.'",
        "machine 'No.' no beep",
        "fax",
        "answer; say 'hello'",
    ],
)
def test_outbound_calls_become_dialogs(phone: str) -> None:
    world = simulator()
    world.phones[CALLER] = phone
    calls = tm.Client(simulator=world).calls
    url = "https://ivr.example.com/voice"
    call = calls.create(
        to=CALLER, from_=NUMBER, url=url, timeout=20, machine_detection="Enable"
    ).wait()
    text = call.to_dialog()
    result = replay(text)

    assert "direction: outbound" in text
    assert result.passed, f"{text}\n{result.report}"


def test_a_document_of_ones_own_is_in_the_dialog(client: tm.Client) -> None:
    call = client.calls.create(
        to=CALLER, from_=NUMBER, twiml='<Response><Say>"Hello",\n it\'s me</Say></Response>'
    ).wait()

    assert tm.dialogs(call.to_dialog()).run().passed


def test_a_person_at_a_phone_becomes_a_dialog() -> None:
    world, person = simulator(), tm.Person()
    world.phones[CALLER] = person
    world.receive(CALLER, NUMBER)
    world.advance(5)
    person.press("2")
    world.advance(6)
    person.press("4711")
    world.run()

    assert "press 4711" in person.dialog
    assert replay(person.dialog).passed
