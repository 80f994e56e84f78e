"""A call always ends: illegal children are skipped, and a fault of the simulator ends its call alone."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO, placing, told
from tests.waiting import until
from twilio_magic.simulation.clock._clock import Process
from twilio_magic.simulation.legs._verb import _PERFORMERS, Verb
from twilio_magic.simulation.verbs import list_simulated
from twilio_magic.twiml import vocabulary

VOICE = "https://ivr.example.com/voice"
WORKFLOW = "WW" + "0" * 32
#: What lets an element reach as far as it can.
ATTRIBUTES = {
    "Enqueue": f'workflowSid="{WORKFLOW}"',
    "Refer": f'action="{VOICE}"',
    "Parameter": 'name="a" value="b"',
    "Header": 'name="a" value="b"',
}
NAMES = sorted(vocabulary().elements)
SIMULATED = sorted(list_simulated())
#: Whether all pairs of elements are tried, in every context: that takes some minutes.
ALL_PAIRS = bool(os.environ.get("ALL_PAIRS"))
CONTEXTS = ("", *sorted(vocabulary().contexts))


def element(name: str, content: str) -> str:
    return f"<{name} {ATTRIBUTES.get(name, '')}>{content}</{name}>"


def document(parent: str, child: str) -> str:
    """The two inside a verb that they may stand in, if there is one."""
    inner = element(parent, element(child, "x"))
    for around in vocabulary().elements[parent].parents:
        if around != vocabulary().root:
            inner = element(around, inner)
    return f"<Response>{inner}<Hangup/></Response>"


def placed_in(context: str, text: str) -> str:
    """A document that has *text* run in *context*, at the address VOICE."""
    match context:
        case "":
            return text
        case "queue-wait" | "wait":
            return f'<Response><Enqueue waitUrl="{VOICE}">q</Enqueue></Response>'
        case "conference-wait":
            return f'<Response><Dial><Conference waitUrl="{VOICE}">c</Conference></Dial></Response>'
        case "whisper":
            return f'<Response><Dial><Number url="{VOICE}">{TO}</Number></Dial></Response>'
        case "client-whisper":
            return f'<Response><Dial><Client url="{VOICE}">a</Client></Dial></Response>'
        case _:
            return f'<Response><Dial><Queue url="{VOICE}">q</Queue></Dial></Response>'


def run(text: str, context: str = "") -> tm.Call:
    simulator = tm.Simulator()
    simulator.phones["*"] = "answer; press 1; wait 9; hang up"
    simulator.webhook(VOICE)(lambda: text)
    client = tm.Client(simulator=simulator)
    if context == "queue-whisper":
        waiting = "<Response><Enqueue>q</Enqueue></Response>"
        client.calls.create(to="+13105550001", from_=FROM, twiml=waiting)
        simulator.advance(4)
    return client.calls.create(to=TO, from_=FROM, twiml=placed_in(context, text)).wait()


def faults(call: tm.Call) -> list[str]:
    return [text for text in told(call, "failed") if "fault of the simulator" in text]


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(CONTEXTS))
@settings(max_examples=60)
def test_any_element_in_any_other_is_run_to_the_end_of_the_call_in_every_context(
    parent: str, child: str, context: str
) -> None:
    call = run(document(parent, child), context)

    assert call.is_over
    assert not faults(call)


@pytest.mark.parametrize("context", CONTEXTS if ALL_PAIRS else [""])
@pytest.mark.parametrize("parent", NAMES if ALL_PAIRS else ["Gather", "Enqueue"])
def test_every_element_in_another_is_run_to_the_end_of_the_call(parent: str, context: str) -> None:
    """With `make pairs`: all pairs of elements, in every context."""
    calls = {child: run(document(parent, child), context) for child in NAMES}

    assert [child for child, call in calls.items() if faults(call) or not call.is_over] == []


@pytest.mark.parametrize("parent", SIMULATED)
def test_a_simulated_element_takes_any_children_at_once(parent: str) -> None:
    call = run(
        f"<Response>{element(parent, ''.join(element(each, 'x') for each in NAMES))}</Response>"
    )

    assert call.is_over
    assert not faults(call)


@pytest.mark.parametrize(
    "child",
    ["Gather", "Record", "Pay", "Dial", "Hangup", "Reject", "Enqueue", "Sms", "Redirect", "Refer"],
)
def test_what_may_not_stand_in_a_gather_is_told_and_skipped(child: str) -> None:
    call = run(f"<Response><Gather><{child}/><Say>Press 1.</Say></Gather></Response>")

    assert call.status == "completed"
    assert any(text.startswith("13320: ") for text in told(call, "warned"))
    assert {line.text for line in call.transcript if line.speaker == "Twilio"} == {"Press 1."}


def test_a_wait_document_that_only_redirects_to_itself_ends_the_waiting() -> None:
    """It would be requested some hundred thousand times until the time limit of the call."""
    call = run(document("Redirect", "Dial"), "wait")

    assert len(call.webhooks) < 100
    assert any("a loop" in text for text in told(call, "failed"))
    assert call.duration is not None
    assert call.duration < 60


@pytest.mark.parametrize(
    "verb",
    [
        "<Gather><Gather/></Gather>",
        "<Gather><Record/></Gather>",
        "<Gather><Pay/></Gather>",
        f'<Enqueue workflowSid="{WORKFLOW}"><Language code="en-US">x</Language></Enqueue>',
        '<Enqueue workflowSid="WW…"><Language code="en-US">x</Language></Enqueue>',
    ],
)
def test_a_call_with_an_illegal_child_ends_and_leaves_its_world_usable(verb: str) -> None:
    simulator = tm.Simulator()
    client = tm.Client(simulator=simulator)
    call = client.calls.create(to=TO, from_=FROM, twiml=f"<Response>{verb}</Response>").wait()
    call.hang_up()
    simulator.run()

    assert call.fetch().status == "completed"
    assert any("may not stand inside" in text for text in told(call, "warned"))
    assert not faults(call)
    assert placing(simulator)("<Say>Hello.</Say>").status == "completed"


def faulty(verb: Verb) -> Process[None]:
    """A verb with a fault."""
    yield verb.leg.clock.seconds(1)
    raise ZeroDivisionError(verb.leg.world.account.auth_token.reveal())


@pytest.fixture
def echo_is_faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(_PERFORMERS, "Echo", faulty)


ECHO = "<Echo/>"


@pytest.mark.usefixtures("echo_is_faulty")
def test_a_fault_ends_its_call_as_failed_and_asks_for_a_report_without_secrets() -> None:
    simulator = tm.Simulator()
    call = placing(simulator)(ECHO, phone="answer; wait 9; hang up")
    fault = next(event for event in call.timeline if event.kind == "failed")

    assert call.status == "failed"
    assert "Please report it" in fault.text
    assert "ZeroDivisionError" in fault.data["traceback"]
    token = simulator.credentials.password.reveal()
    shown = call._repr_mimebundle_()
    assert token not in fault.text + fault.data["traceback"] + str(shown)


@pytest.mark.usefixtures("echo_is_faulty")
def test_the_traceback_of_a_fault_is_folded() -> None:
    """The card says where it is; nobody has to read it."""
    shown = placing(tm.Simulator())(ECHO)._repr_mimebundle_()

    assert "Please report it" in shown["text/plain"]
    assert "Traceback (most recent" not in shown["text/plain"]
    before, _, _ = shown["text/html"].partition("Traceback (most recent call last)")
    assert "Traceback, for the report</summary>" in before
    assert before.count("<details") == before.count("</details>") + 1


@pytest.mark.usefixtures("echo_is_faulty")
def test_after_a_fault_the_world_goes_on() -> None:
    simulator = tm.Simulator()
    client = tm.Client(simulator=simulator)
    calls = [
        client.calls.create(to=TO, from_=FROM, twiml=f"<Response>{verb}</Response>")
        for verb in (ECHO, "<Say>Hello.</Say>", ECHO)
    ]
    simulator.run()
    calls[0].hang_up()
    calls[0].wait()
    simulator.advance(1)

    assert [call.fetch().status for call in calls] == ["failed", "completed", "failed"]
    assert placing(simulator)("<Say>Hello.</Say>").status == "completed"


@pytest.mark.usefixtures("echo_is_faulty")
def test_a_called_leg_with_a_fault_leaves_the_caller_alone() -> None:
    simulator = tm.Simulator()
    simulator.webhook(VOICE)(lambda: f"<Response>{ECHO}</Response>")
    dial = f'<Dial><Client url="{VOICE}">ann</Client></Dial><Say>Goodbye.</Say>'
    call = placing(simulator)(dial, phone="answer; wait 30; hang up")

    assert call.status == "completed"
    assert [line.text for line in call.transcript if line.speaker == "Twilio"] == ["Goodbye."]


@pytest.mark.usefixtures("echo_is_faulty")
def test_a_fault_leaves_the_thread_that_moves_time_alive() -> None:
    simulator = tm.Simulator()
    client = tm.Client(simulator=simulator)

    def is_over(verb: str) -> Callable[[], bool]:
        call = client.calls.create(to=TO, from_=FROM, twiml=f"<Response>{verb}</Response>")
        return lambda: call.fetch().is_over

    with simulator.serve(speed=100):
        until(is_over(ECHO))
        until(is_over("<Say>Hello.</Say>"))


@pytest.mark.usefixtures("echo_is_faulty")
def test_a_fault_leaves_real_time_running() -> None:
    async def cell() -> bool:
        with simulator.real_time(500) as time:
            call = client.calls.create(to=TO, from_=FROM, twiml=f"<Response>{ECHO}</Response>")
            while not call.fetch().is_over:
                await asyncio.sleep(0.01)
            return time.is_running

    simulator = tm.Simulator()
    client = tm.Client(simulator=simulator)

    assert asyncio.run(cell())


def test_a_listener_that_raises_is_a_failure_of_its_phone_and_the_call_goes_on() -> None:
    def listen(notice: tm.Notice) -> None:
        raise ZeroDivisionError(notice.kind)

    simulator = tm.Simulator()
    simulator.phones[TO] = tm.Person(listen)
    call = placing(simulator)("<Say>Hello.</Say>")

    assert call.status == "no-answer"
    assert "At “ringing” the listener raised ZeroDivisionError: ringing" in str(
        simulator.phones.failures[0]
    )
    assert not faults(call)
