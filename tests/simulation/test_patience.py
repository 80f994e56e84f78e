"""No phone waits forever: a step that never comes true fails after its time, and the phone hangs up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import TO, Place, placing, told
from twilio_magic.scripts import PATIENCE
from twilio_magic.simulation.phones._generator_script import Talk

VOICE = "https://ivr.example.com/voice"
MENU = '<Gather numDigits="1" timeout="5"><Say>Press 1 for bread.</Say></Gather><Redirect/>'


@pytest.fixture
def menu(simulator: tm.Simulator) -> str:
    """The address of a menu that repeats."""
    return simulator.host(f"<Response>{MENU}</Response>")


@pytest.mark.parametrize(
    ("within", "seconds"), [("", PATIENCE), (" within 30", 30), (" within 900 s", 900)]
)
def test_a_hear_that_never_comes_true_fails_after_its_time_and_hangs_up(
    place: Place, simulator: tm.Simulator, menu: str, within: str, seconds: float
) -> None:
    call = place(url=menu, phone=f'answer; hear "cake"{within}; press 1')
    (failed,) = told(call, "failed")

    assert call.duration == seconds
    assert told(call, "hung up") == [f"by {TO}"]
    assert failed.startswith(f"{TO} waited {seconds:g} s to hear “cake”, in vain. It heard “…")
    assert "Press 1 for bread." in failed
    with pytest.raises(tm.PhoneScriptError, match="in vain") as raised:
        simulator.phones.check()
    assert raised.value.place == "column 9"
    assert len(simulator.phones.failures) == 1


def test_words_that_come_in_time_are_heard(
    place: Place, simulator: tm.Simulator, menu: str
) -> None:
    call = place(url=menu, phone='answer; hear "for bread" within 5; hang up')

    simulator.phones.check()
    assert not told(call, "failed")


def test_words_that_would_come_later_are_not_waited_for(place: Place) -> None:
    call = place(
        "<Pause length='9'/><Say>Hello.</Say>", phone='answer; hear "hello" within 5; hang up'
    )

    assert call.duration == 5
    assert told(call, "failed")[0].endswith("in vain. It heard no words.")


@pytest.mark.parametrize(
    ("script", "awaited"),
    [
        ("hear beep", "to hear a beep"),
        ("hear beep within 20", "to hear a beep"),
        ("press 1", "to be asked for keys"),
        ('say "hello"', "for silence"),
    ],
)
def test_beeps_prompts_and_silence_are_not_waited_for_forever_either(
    place: Place, script: str, awaited: str
) -> None:
    call = place("<Enqueue>q</Enqueue>", phone=f"answer; {script}", time_limit=3600)

    assert call.duration == (20 if "within" in script else PATIENCE)
    assert awaited in told(call, "failed")[0]


@pytest.mark.parametrize("words", ["beep", "the tone", "A beep."])
def test_the_word_of_a_beep_is_told_from_its_sound(
    place: Place, simulator: tm.Simulator, words: str
) -> None:
    """Who hears the word in quotes speaks before the beep, and is warned; a script fails with what to write."""
    record = "<Say>Leave a message after {}.</Say><Record/>"
    early = place(record.format(words), phone=f'answer; hear "{words}"; say "Hello."; hang up')
    right = place(record.format(words), phone='answer; hear beep; say "Hello."; hang up')
    place("<Record/>", phone=f'answer; hear "{words}" within 9')

    [warned] = told(early, "warned")
    assert "not the sound: hear beep, without quotes" in warned
    assert not told(right, "warned")
    with pytest.raises(tm.PhoneScriptError) as raised:
        simulator.phones.check()
    assert "hear beep, without quotes" in str(raised.value.hint)


@pytest.mark.parametrize("step", ['hear "x" within', 'hear "x" within soon', "hear beep within x"])
def test_a_time_that_cannot_be_read_is_refused(simulator: tm.Simulator, step: str) -> None:
    with pytest.raises(tm.PhoneScriptError, match="is not a step"):
        simulator.phones[TO] = f"answer; {step}"


def test_a_function_may_say_how_long_it_waits(
    place: Place, simulator: tm.Simulator, menu: str
) -> None:
    def caller() -> Talk:
        yield 'answer; hear "cake" within 12'

    simulator.phones[TO] = caller

    assert place(url=menu).duration == 12


@given(
    st.sampled_from(
        [
            MENU,
            "<Say>One.</Say><Redirect/>",
            "<Pause length='40'/><Redirect/>",
            "<Gather input='speech'/><Redirect/>",
            "<Record timeout='5'/><Redirect/>",
            "<Enqueue>q</Enqueue>",
            "<Dial><Conference>c</Conference></Dial>",
            "<Say loop='0'>Again and again.</Say>",
            "",
        ]
    ),
    st.lists(
        st.sampled_from(["hear 'one'", "hear 'cake'", "hear beep", "press 1", "say 'one'"]),
        max_size=3,
    ),
    st.sampled_from(["", " within 45"]),
)
@settings(max_examples=12)
def test_a_call_whose_phone_listens_ends_long_before_its_limit(
    twiml: str, steps: list[str], within: str
) -> None:
    simulator = tm.Simulator()
    url = simulator.host(f"<Response>{twiml}</Response>")
    listening = [f"{step}{within}" if "hear" in step else step for step in steps]
    script = "; ".join(["answer", *listening, "hang up"])
    call = placing(simulator)(url=url, phone=script)

    assert call.status == "completed"
    assert call.duration is not None
    assert call.duration <= 3 * (PATIENCE + 5)


UNANSWERED = [
    '<Response><Pause length="5"/><Redirect>/voice</Redirect></Response>',
    '<Response><Enqueue waitUrl="/wait">q</Enqueue></Response>',
]
WAITS = [
    "<Response/>",
    '<Response><Pause length="3"/></Response>',
    '<Response><Pause length="0"/></Response>',
    "<Response><Say/></Response>",
]


@pytest.mark.parametrize(
    ("phone", "seconds"),
    [(None, PATIENCE), ("hear 'hello'; press 1", PATIENCE), ("ring 20; hear 'hello'", 20)],
)
@pytest.mark.parametrize("wait", WAITS)
@pytest.mark.parametrize("voice", UNANSWERED)
def test_who_calls_and_is_never_answered_gives_up(
    simulator: tm.Simulator, voice: str, wait: str, phone: str | None, seconds: float
) -> None:
    simulator.host(voice, at=VOICE)
    simulator.host(wait, at="https://ivr.example.com/wait")
    simulator.numbers["+12125551234"].voice_url = VOICE

    call = simulator.receive(TO, "+12125551234", phone=phone).wait()

    assert call.status == "no-answer"
    assert call.timeline[-1].at == seconds


def test_a_script_whose_call_is_never_answered_has_failed(simulator: tm.Simulator) -> None:
    simulator.host(UNANSWERED[0], at=VOICE)
    simulator.numbers["+12125551234"].voice_url = VOICE
    simulator.receive(TO, "+12125551234", phone="hear 'hello'").wait()

    with pytest.raises(tm.PhoneScriptError, match="waited 600 s for an answer, in vain"):
        simulator.phones.check()
