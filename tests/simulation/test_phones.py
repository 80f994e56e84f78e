"""What phones do: their scripts, and what becomes of a call."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO, Place, heard, kinds, placing, told

Talk = Generator[str, Any, None]
GATHER = "<Gather numDigits='1'><Say>Press 1 for sales.</Say></Gather><Say>Goodbye.</Say>"


def test_a_phone_without_a_script_answers_after_two_seconds_and_listens(place: Place) -> None:
    call = place("<Say>Hello.</Say>")
    at = {event.kind: event.at for event in call.timeline}

    assert at["answered"] - at["ringing"] == 2
    assert heard(call) == ["Twilio: Hello."]


def test_a_phone_rings_as_long_as_its_script_says(place: Place) -> None:
    call = place("<Hangup/>", phone="ring 7.5; answer")
    at = {event.kind: event.at for event in call.timeline}

    assert at["answered"] - at["ringing"] == 7.5


@pytest.mark.parametrize(
    ("script", "status"),
    [
        ("busy", "busy"),
        ("ring 3; busy", "busy"),
        ("no answer", "no-answer"),
        ("reject", "no-answer"),
        ("fail", "failed"),
        ("ring 90; answer", "no-answer"),
    ],
)
def test_what_a_phone_does_not_answer_ends_in_its_own_state(
    place: Place, script: str, status: str
) -> None:
    call = place("<Say>Never heard.</Say>", phone=script)

    assert call.status == status
    assert call.duration == (0 if status == "failed" else None)
    assert heard(call) == []


def test_the_timeout_is_how_long_the_phone_rings(place: Place) -> None:
    call = place("<Hangup/>", phone="ring 20; answer", timeout=15)

    assert call.status == "no-answer"
    assert call.timeline[-1].at == 16


def test_a_machine_answers_by_itself_and_speaks_its_greeting(place: Place) -> None:
    call = place("<Pause length='5'/>", phone='machine "You have reached Ann."')

    assert heard(call) == [f"{TO}: You have reached Ann.", f"{TO}: [beep]"]


def test_a_person_presses_when_keys_are_asked_for(place: Place) -> None:
    """No need to time a press: it waits for the Gather, and each press waits for its own."""
    call = place(
        f"<Say>A long welcome to everybody.</Say>{GATHER}", phone="answer; press 1; hang up"
    )

    assert told(call, "pressed") == ["1"]
    assert told(call, "gathered") == ["1"]


def test_a_person_who_reacts_too_late_waits_until_keys_are_asked_for_again(place: Place) -> None:
    """They speak until the first Gather is all but over, and press nothing between the two."""
    call = place(
        "<Gather numDigits='1' timeout='2'/><Say>Once more.</Say>"
        "<Gather numDigits='1' timeout='9'/>",
        phone="answer; say 'Let me see.'; press 1; hang up",
    )
    spoke, late = (e for e in call.timeline if e.kind in ("spoke", "timed out"))

    assert 0 < late.at - (spoke.at + spoke.data["seconds"]) < 0.5
    assert told(call, "pressed") == ["1"]


def test_a_press_after_hear_comes_when_the_words_were_said(place: Place) -> None:
    call = place(GATHER, phone="answer; hear 'press 1'; press 1; hang up")

    assert heard(call)[:2] == ["Twilio: Press 1 for …", f"{TO}: [presses 1]"]


def test_words_are_heard_across_sentences_and_whatever_their_case(place: Place) -> None:
    call = place("<Say>One, TWO.</Say><Say>three</Say><Pause/>", phone='hear "two three"; hang up')

    assert told(call, "hung up") == [f"by {TO}"]


def test_words_that_never_come_are_told(place: Place) -> None:
    call = place("<Say>Hello.</Say>", phone='hear "goodbye"')

    assert told(call, "failed") == [f"{TO} waited to hear “goodbye”, but the call ended first"]


@pytest.mark.parametrize("before", ["press 1", "wait 60", "say 'hello'; press 1"])
def test_words_that_a_call_ends_before_are_told(
    place: Place, simulator: tm.Simulator, before: str
) -> None:
    """The phone does not wait for them yet when the call ends, and they never come."""
    call = place("<Say>Hello.</Say>", phone=f"answer; {before}; hear 'goodbye'; hear 'again'")

    assert told(call, "failed") == [
        f"the call ended before {TO} waited to hear “goodbye”",
    ]
    (failure,) = simulator.phones.failures
    assert failure.excerpt[1].index("^") == failure.excerpt[0].index("hear 'goodbye'")
    assert failure.call_sid == call.sid


def test_a_caller_who_is_never_answered_has_not_heard_the_words(simulator: tm.Simulator) -> None:
    simulator.numbers[FROM].voice_url = simulator.host("<Response><Reject/></Response>")
    simulator.receive(TO, FROM, phone="hear 'hello'").wait()

    assert [each.message for each in simulator.phones.failures] == [
        f"The call ended before {TO} waited to hear “hello”."
    ]


def test_a_phone_that_is_called_and_never_answers_owes_nothing(
    place: Place, simulator: tm.Simulator
) -> None:
    place("<Say>Hello.</Say>", phone="ring 90; answer; hear 'hello'")

    assert simulator.phones.failures == []


def test_scripts_that_are_not_met_are_listed(client: tm.Client, simulator: tm.Simulator) -> None:
    """A failed one, one that still waits, and one that no call has reached; patterns owe nothing."""
    simulator.phones[TO] = "hear 'one'"
    simulator.phones["+13105555556"] = "hear 'two'"
    simulator.phones["+1415*"] = "hear 'three'"
    calls = client.calls
    calls.create(to=TO, from_=FROM, twiml="<Response><Say>Hello.</Say></Response>").wait()
    going = calls.create(to=TO, from_=FROM, twiml="<Response><Say>Hello.</Say></Response>")

    failed, pending, unreached = simulator.unmet_scripts()
    assert failed.message == f"{TO} waited to hear “one”, but the call ended first."
    assert pending.message == f"{TO} still waits to hear “one”: its call is not over."
    assert pending.call_sid == going.sid
    assert unreached.message.startswith("The script of +13105555556 never ran")
    simulator.run()
    calls.create(to="+13105555556", from_=FROM, twiml="<Response><Say>Two.</Say></Response>").wait()
    simulator.phones.failures.clear()
    assert simulator.unmet_scripts() == []


def test_a_script_that_is_set_again_has_not_run(place: Place, simulator: tm.Simulator) -> None:
    simulator.phones[TO] = "answer"
    place("<Say>Hello.</Say>")
    assert simulator.unmet_scripts() == []

    simulator.phones[TO] = "answer; wait 1"
    assert len(simulator.unmet_scripts()) == 1


def test_keys_that_were_never_asked_for_are_told(place: Place) -> None:
    call = place("<Say>Hello.</Say>", phone="answer; press 1")

    assert told(call, "warned") == [f"{TO} never pressed 1: nothing asked for keys"]


def test_a_key_that_ends_the_call_was_pressed(place: Place) -> None:
    """Nothing more is told of it, though the call is over before the phone has let go of the key."""
    call = place("<Gather numDigits='1' action='/gone'/>", phone="answer; press 1; wait 9")

    assert told(call, "pressed") == ["1"]
    assert [text[:5] for text in told(call, "warned")] == ["15004"]


def test_what_a_phone_says_is_in_the_transcript(place: Place) -> None:
    call = place("<Pause length='10'/>", phone='answer; say "Is anybody there?"; hang up')

    assert heard(call) == [f"{TO}: Is anybody there?"]


def test_a_phone_that_hangs_up_cuts_off_what_is_said(place: Place) -> None:
    call = place(
        "<Say>This is a rather long sentence about nothing.</Say>", phone="answer; wait 1; hang up"
    )

    assert heard(call) == ["Twilio: This is a rather …"]
    assert call.duration == 1


def test_a_person_speaks_when_twilio_is_silent(place: Place) -> None:
    call = place("<Say>Hello there.</Say><Pause length='5'/>", phone='say "Who is it?"')

    assert heard(call) == ["Twilio: Hello there.", f"{TO}: Who is it?"]


def test_words_that_never_come_can_be_asserted_and_point_into_the_script(
    place: Place, simulator: tm.Simulator
) -> None:
    place("<Say>Hello.</Say>", phone='answer; hear "hello"')
    simulator.phones.check()
    place("<Say>Hello.</Say>", phone='answer; hear "goodbye"')

    with pytest.raises(tm.PhoneScriptError, match="waited to hear “goodbye”") as failed:
        simulator.phones.check()
    assert failed.value.place == "column 9"
    assert failed.value.excerpt == ['answer; hear "goodbye"', " " * 8 + "^" * 14]
    assert len(simulator.phones.failures) == 1


def test_a_function_hears_and_answers(place: Place, simulator: tm.Simulator) -> None:
    def caller() -> Talk:
        heard: str = yield 'ring 1; answer; hear "code is"'
        code: str = yield "wait 3"
        yield f"press {code.strip('.')}; say '{len(heard.split())} words'; hang up"

    simulator.phones[TO] = caller
    call = place(
        "<Gather numDigits='4' timeout='9'><Say>Your code is <say-as interpret-as='digits'>1234"
        "</say-as>.</Say></Gather>"
    )

    assert told(call, "gathered") == ["1234"]
    assert told(call, "spoke") == ["“3 words”"]
    assert repr(simulator.phones) == f"{TO}: caller()"


def test_a_function_may_decide_what_becomes_of_the_ringing(
    place: Place, simulator: tm.Simulator
) -> None:
    def engaged() -> Talk:
        yield "ring 3"
        yield "busy"

    simulator.phones["*"] = engaged

    assert place("<Hangup/>").status == "busy"


def test_what_a_function_raises_is_told_with_its_line(
    place: Place, simulator: tm.Simulator
) -> None:
    def broken() -> Talk:
        yield "answer"
        raise ValueError("out of coins")

    def unreadable() -> Talk:
        yield "answer; prss 1"

    for function, said in ((broken, "ValueError: out of coins"), (unreadable, "'prss 1'")):
        simulator.phones[TO] = function
        call = place("<Say>Hello.</Say>")
        line = function.__code__.co_firstlineno + (2 if function is broken else 1)

        assert call.status == "completed"
        assert said in told(call, "failed")[0]
        assert f"line {line} of {function.__name__}()" in told(call, "failed")[0]
    assert len(simulator.phones.failures) == 2


def test_a_function_that_cannot_be_called_is_told_and_the_call_goes_on(
    place: Place, simulator: tm.Simulator
) -> None:
    def needs(heard: str) -> Talk:
        yield heard

    simulator.phones[TO] = needs  # type: ignore[assignment] # that is the mistake
    call = place("<Say>Hello.</Say>")

    assert call.status == "completed"
    assert "needs() missing 1 required positional argument" in told(call, "failed")[0]
    with pytest.raises(tm.PhoneScriptError, match="missing 1 required"):
        simulator.phones.check()


def test_the_exact_number_wins_over_a_pattern(simulator: tm.Simulator, place: Place) -> None:
    simulator.phones["+1310*"] = "busy"
    simulator.phones["+13105555555"] = "answer"

    assert place("<Hangup/>").status == "completed"
    assert place("<Hangup/>", to="+13105550000").status == "busy"


def test_phones_are_a_mapping_of_scripts(simulator: tm.Simulator) -> None:
    simulator.phones[TO] = "answer; press 1"

    assert {number: str(script) for number, script in simulator.phones.items()} == {
        TO: "answer; press 1"
    }
    del simulator.phones[TO]
    assert len(simulator.phones) == 0


@pytest.mark.parametrize(
    ("script", "place_of_fault"),
    [
        ("answer; prss 1", "column 9"),
        ("answer\nhear press 1", "line 2, column 1"),
        ("ring soon", "column 1"),
        ("press 1z", "column 1"),
        ('say "hello" confidence 2', "column 1"),
        ("busy; press 1", "column 7"),
        ("press 1; answer", "column 10"),
        ("answer now", "column 1"),
        ('answer; hear "…"', "column 9"),
    ],
)
def test_a_script_that_cannot_be_read_points_at_the_step(
    simulator: tm.Simulator, script: str, place_of_fault: str
) -> None:
    with pytest.raises(tm.PhoneScriptError) as refused:
        simulator.phones[TO] = script

    assert refused.value.place == place_of_fault
    assert refused.value.hint
    assert "^" in refused.value.excerpt[1]


def test_steps_may_stand_on_lines_of_their_own_with_remarks(place: Place) -> None:
    script = """
    # the caller knows the way
    answer
    press 1
    hang up
    """

    assert told(place(GATHER, phone=script), "gathered") == ["1"]


STEPS = st.sampled_from(
    [
        "press 1",
        "press 12#",
        "wait 1",
        "wait 30",
        'hear "press"',
        'hear "never"',
        "hear beep",
        "press 4111111111111111#",
        'say "hello there"',
        'say "sales" confidence 0.2',
        "hang up",
    ]
)
VERBS = st.sampled_from(
    [
        "<Say>Please press one.</Say>",
        "<Pause length='3'/>",
        "<Play digits='12w3'/>",
        "<Gather numDigits='1' timeout='3'><Say>Press a key, any key.</Say></Gather>",
        "<Gather action='https://ivr.example.com/again'/>",
        "<Redirect>https://ivr.example.com/again</Redirect>",
        "<Redirect/>",
        "<Gather input='dtmf speech' speechTimeout='auto' timeout='2'><Say>Say it.</Say></Gather>",
        "<Gather input='speech' bargeIn='false' maxSpeechTime='1'><Say>Speak.</Say></Gather>",
        "<Reject reason='busy'/>",
        "<Sms>Hello.</Sms>",
        "<Refer><Sip>sip:bob@example.com</Sip></Refer>",
        "<Echo/>",
        "<Leave/>",
        "<Pay action='https://ivr.example.com/again' maxAttempts='2'/>",
        "<Start><Transcription name='t' statusCallbackUrl='https://ivr.example.com/again'/></Start>",
        "<Stop><Transcription name='t'/></Stop>",
        "<Hangup/>",
        "<Dial>+14155550123</Dial>",
        "<Dial timeout='5' action='https://ivr.example.com/again'><Number>+14155550124</Number></Dial>",
        "<Dial timeLimit='9' record='true' hangupOnStar='true'><Client>ann</Client></Dial>",
        "<Nonsense/>",
    ]
)
BEGINNINGS = st.sampled_from(
    ["", "ring 2; answer", "answer", "busy", "no answer", "machine", 'machine "Hi." no beep', "fax"]
)
DETECTIONS = st.sampled_from(
    [
        {},
        {"machine_detection": "Enable"},
        {"machine_detection": "DetectMessageEnd"},
        {"machine_detection": "DetectMessageEnd", "async_amd": True},
        {"send_digits": "w12#"},
    ]
)


@settings(max_examples=30)
@given(
    st.lists(VERBS, max_size=5), BEGINNINGS, st.lists(STEPS, max_size=5), DETECTIONS, st.booleans()
)
def test_every_call_ends_in_order_and_replays_to_the_same_bytes(
    verbs: list[str], beginning: str, steps: list[str], asked: dict[str, Any], inbound: bool
) -> None:
    """Whatever the document and the phone: the simulator never fails, and never differs.

    Inbound calls come to a trial account, whose calls last ten minutes at most.
    """
    ends_at_ringing = beginning in ("busy", "no answer")
    phone = "; ".join([beginning, *([] if ends_at_ringing else steps)])
    twiml = "".join(verbs)
    again = "https://ivr.example.com/again"

    def run() -> tm.Call:
        simulator = tm.Simulator(seed=3, profile="trial" if inbound else "lenient")
        simulator.phones["+14155550124"] = "ring 2; answer; say 'hello'; wait 5; hang up"
        simulator.phones["client:ann"] = phone
        simulator.webhook(again)(lambda: f"<Response>{twiml}</Response>")
        if not inbound:
            return placing(simulator)(twiml, phone=phone, time_limit=120, **asked)
        simulator.numbers[FROM].voice_url = again
        return simulator.receive(TO, FROM, phone=phone).wait()

    first, second = run(), run()
    longest = 600 if inbound else 120

    assert first.is_over
    assert kinds(first)[:2] == ["queued", "dialing"] or kinds(first)[0] == "ringing"
    beside = ("reported", "warned", "not simulated")
    ending = [e.kind for e in first.timeline if e.leg == first.sid and e.kind not in beside]
    assert ending[-1] == first.status.replace("-", " ")
    assert first.duration is None or first.duration <= longest
    times = [event.at for event in first.timeline]
    assert times == sorted(times)
    assert repr(first.timeline) == repr(second.timeline)
    assert first.fields == second.fields
