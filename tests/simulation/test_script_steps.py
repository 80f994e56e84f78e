"""What the steps of scripts hear and do, beyond plain words and keys; and how long a person takes to react."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import TO, Place, heard, told

MENU = "<Gather numDigits='1'><Say>For sales, press 1. For support, press 2.</Say></Gather>"


def failures(simulator: tm.Simulator) -> list[str]:
    return [each.message for each in simulator.phones.failures]


def test_a_key_is_not_lost_because_the_gather_begins_a_moment_after_the_words(
    place: Place,
) -> None:
    """Of a Say the last word ends some tenths of a second before the Say does."""
    call = place(
        "<Say>Welcome. Press 1.</Say><Gather numDigits='1'/>",
        phone="hear 'press 1'; press 1; hang up",
    )

    assert told(call, "gathered") == ["1"]


def test_words_are_not_lost_because_the_gather_begins_a_moment_after_the_prompt(
    place: Place,
) -> None:
    call = place(
        "<Say>What is your name?</Say><Gather input='speech'/>",
        phone="hear 'your name'; say 'Ann'; wait 9; hang up",
    )

    assert f"{TO}: Ann" in heard(call)
    assert "Ann" in told(call, "gathered")[0]


def test_a_person_who_interrupts_a_menu_does_so_at_once(place: Place) -> None:
    call = place(MENU, phone="hear 'press 1'; press 1; hang up")

    assert heard(call)[0] == "Twilio: For sales, press 1. …"


def test_a_key_that_nobody_asks_for_is_pressed_and_lost_after_half_a_second(place: Place) -> None:
    call = place("<Say>Hello there.</Say><Pause length='9'/>", phone="hear 'there'; press 1")
    said, pressed = (event for event in call.timeline if event.kind in ("said", "pressed"))

    assert pressed.data["lost"]
    assert 0.5 < pressed.at - said.at - 0.5 < 1.5


@pytest.mark.parametrize(
    "step",
    [
        "hear /press \\d\\. for support/",
        "hear /PRESS 1.*press 2/",
        "hear 'nothing' or 'press 2'",
        "hear /\\$/ or 'for support'",
        "not 'goodbye'; hear 'press 2'",
        "hear 'press 1'; not 'press 1'; hear 'press 2'",
        "not /goodbye|error/ within 2; hear 'press 2'",
        "hear 'press 2'; silence 3",
        "repeat 2: hear 'press'",
        "one of: hear 'press 1'; hear 'press 2'",
    ],
)
def test_what_is_heard_may_be_said_in_many_ways(
    place: Place, simulator: tm.Simulator, step: str
) -> None:
    place(MENU, phone=step)

    assert failures(simulator) == []


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ("hear /press 3/", "waited to hear /press 3/, but the call ended first."),
        ("hear 'a' or 'b'", "waited to hear “a” or “b”, but the call ended first."),
        ("hear /press [34]/ within 2", "waited 2 s to hear /press [34]/, in vain."),
        ("not 'press 1'; hear 'press 2'", "heard “press 1”, which was not to be said."),
        ("not 'press 1'", "heard “press 1”, which was not to be said."),
        ("not 'press 1'; hear 'never'", "heard “press 1”, which was not to be said."),
        ("not /press/ within 2; hear 'press 2'", "heard /press/, which was not to be said."),
        ("silence 60", "waited for silence, but the call ended first."),
        ("silence 3 within 2", "waited 2 s for silence, in vain."),
        ("repeat 3: hear 'press'", "waited to hear “press”, but the call ended first."),
    ],
)
def test_what_does_not_come_true_is_told(
    place: Place, simulator: tm.Simulator, step: str, why: str
) -> None:
    place(MENU, phone=step)
    [told] = failures(simulator)

    assert told.startswith(f"{TO} {why}")


def test_words_before_a_step_that_forbids_them_do_not_count(
    place: Place, simulator: tm.Simulator
) -> None:
    place(MENU, phone="hear 'press 1'; not 'for sales'; hear 'press 2'; not 'press 2'")

    assert failures(simulator) == []


def test_one_of_several_is_the_same_for_the_same_seed() -> None:
    def keys(seed: int) -> list[str]:
        simulator = tm.Simulator(seed)
        client = tm.Client(simulator=simulator)
        simulator.phones[TO] = "one of\n  press 1\n  press 2\nhang up"
        document = f"<Response>{MENU}</Response>"
        return told(client.calls.create(to=TO, from_=TO, twiml=document).wait(), "pressed")

    assert {key for seed in range(9) for key in keys(seed)} == {"1", "2"}
    assert [keys(seed) for seed in range(4)] == [keys(seed) for seed in range(4)]


def test_what_became_of_each_step_is_known(place: Place, simulator: tm.Simulator) -> None:
    place(MENU, phone="ring 1; answer; hear 'press 2'; hear 'press 3'; hang up")
    [run] = simulator.phones.script_runs

    assert [step.action for step, _ in run.done] == ["ring", "answer", "hear"]
    assert (run.failed and run.failed.text) == "press 3"
    assert run.address == TO
