"""Dial: who rings, at once or in turn, for how long, who is canceled, and what the caller hears meanwhile."""

from __future__ import annotations

from itertools import product

import pytest

import twilio_magic as tm
from tests.calls import TO, heard, told
from tests.parties import ACTION, ANN, BOB, CAM, IVR, Dial, after, children, moments, story

#: What phones do, in the order in which it happens, and the status that it gives their legs.
WAYS = {
    "busy": "ring 1; busy",
    "failed": "ring 2; fail",
    "no-answer": "ring 3; reject",
    "completed": "ring 4; answer; wait 2; hang up",
}
BOTH = f"<Number>{ANN}</Number><Number>{BOB}</Number>"
NUMBER, VOICE = "+12125551234", f"{IVR}/voice"


@pytest.mark.parametrize(("ann", "bob"), list(product(WAYS, WAYS)))
def test_of_phones_that_ring_at_once_the_first_to_answer_is_connected(
    dial: Dial, client: tm.Client, ann: str, bob: str
) -> None:
    """If nobody answers, the action is told of the one whose ringing ended last."""
    call = dial(f'<Dial action="{ACTION}">{BOTH}</Dial>', {ANN: WAYS[ann], BOB: WAYS[bob]})
    statuses = [child.status for child in children(call, client)]
    last = max(ann, bob, key=list(WAYS).index)
    answered = last == "completed"

    assert statuses == ([ann, "canceled"] if ann == bob == "completed" else [ann, bob])
    assert after(call) == {
        "DialCallStatus": last,
        "DialBridged": "true" if answered else "false",
        **({"DialCallDuration": "2"} if answered else {}),
    }


@pytest.mark.parametrize(("ann", "bob"), list(product(WAYS, WAYS)))
def test_phones_ring_in_turn_until_one_answers(
    dial: Dial, client: tm.Client, ann: str, bob: str
) -> None:
    call = dial(
        f'<Dial sequential="true" action="{ACTION}">{BOTH}</Dial>',
        {ANN: WAYS[ann], BOB: WAYS[bob]},
    )
    made = children(call, client)

    assert [child.status for child in made] == ([ann] if ann == "completed" else [ann, bob])
    assert after(call)["DialCallStatus"] == made[-1].status


@pytest.mark.parametrize(
    ("phones", "statuses"),
    [
        ({ANN: "ring 2; answer", BOB: "ring 9; answer", CAM: "ring 1; busy"}, "completed canceled busy"),
        ({ANN: "ring 9; busy", BOB: "ring 2; answer", CAM: "ring 9"}, "canceled completed canceled"),
        ({ANN: "ring 2; answer", BOB: "ring 2; answer", CAM: "ring 2; answer"}, "completed canceled canceled"),
    ],
    ids=["one busy", "the second", "all at once"],
)  # fmt: skip
def test_who_still_rings_when_somebody_answers_is_canceled(
    dial: Dial, client: tm.Client, phones: dict[str, str], statuses: str
) -> None:
    call = dial(f"<Dial>{BOTH}<Number>{CAM}</Number></Dial>", phones)
    (answered,) = (to for to, kind in story(call, "answered") if to != TO)

    assert " ".join(child.status for child in children(call, client)) == statuses
    assert set(told(call, "canceled")) == {f"by the answer of {answered}"}


@pytest.mark.parametrize(
    ("attribute", "patience"), [("", 35), ('timeout="5"', 10), ('timeout="20"', 25)]
)
def test_a_phone_rings_for_the_timeout_and_the_five_seconds_that_twilio_adds(
    dial: Dial, client: tm.Client, attribute: str, patience: int
) -> None:
    """Facts: Dial.limits.timeout_buffer_seconds."""
    document = f"<Dial {attribute}>{ANN}</Dial>"
    (patient,) = children(dial(document, {ANN: f"ring {patience - 0.5}; answer; hang up"}), client)
    (missed,) = children(dial(document, {ANN: f"ring {patience + 0.5}; answer"}), client)

    assert (patient.status, missed.status) == ("completed", "no-answer")


def test_each_phone_that_rings_in_turn_has_the_whole_timeout(dial: Dial) -> None:
    call = dial(
        f'<Dial sequential="true" timeout="10">{BOTH}</Dial>', {ANN: "ring 60", BOB: "ring 60"}
    )

    assert moments(call, "no answer") == [17, 33]


def test_the_caller_hears_ringing_from_the_dialing_to_the_answer(dial: Dial) -> None:
    call = dial(f'<Dial ringTone="uk">{ANN}</Dial>', {ANN: "ring 4; answer; hang up"})
    (tone,) = (event for event in call.timeline if event.kind == "played")

    assert (tone.text, tone.data["seconds"]) == ("ringing (uk)", 5)


def test_a_person_waits_for_the_ringing_to_end_before_speaking(dial: Dial) -> None:
    call = dial(
        f"<Dial>{ANN}</Dial>", {TO: 'answer; say "Hello?"', ANN: "ring 4; answer; wait 3; hang up"}
    )

    assert moments(call, "spoke") == [moments(call, "bridged")[0] + 0.5]


@pytest.mark.parametrize(
    ("attribute", "answered", "rings"), [("", "dialed", 1), ('answerOnBridge="true"', "bridged", 0)]
)
def test_with_answer_on_bridge_an_inbound_call_rings_until_it_is_connected(
    simulator: tm.Simulator, attribute: str, answered: str, rings: int
) -> None:
    """The caller hears the ringing of the caller's own network then, and Twilio plays none."""
    simulator.numbers[NUMBER].voice_url = VOICE
    simulator.webhook(VOICE)(lambda: f"<Response><Dial {attribute}>{ANN}</Dial></Response>")
    simulator.phones[ANN] = "ring 4; answer; wait 2; hang up"
    call = simulator.receive(CAM, NUMBER).wait()
    at = {str(event.kind): event.at for event in call.timeline if event.leg == call.sid}

    assert at["answered"] == at[answered]
    assert len(told(call, "played")) == rings


@pytest.mark.parametrize("script", ["ring 3; busy", "ring 90"])
def test_with_answer_on_bridge_the_next_verb_answers_when_nobody_else_does(
    simulator: tm.Simulator, script: str
) -> None:
    simulator.numbers[NUMBER].voice_url = VOICE
    dial = f'<Dial answerOnBridge="true">{ANN}</Dial><Say>Nobody is here.</Say>'
    simulator.webhook(VOICE)(lambda: f"<Response>{dial}</Response>")
    simulator.phones[ANN] = script
    call = simulator.receive(CAM, NUMBER).wait()

    assert heard(call) == ["Twilio: Nobody is here."]
    assert call.status == "completed"


def test_with_answer_on_bridge_a_caller_who_gives_up_was_never_answered(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    simulator.numbers[NUMBER].voice_url = VOICE
    simulator.webhook(VOICE)(
        lambda: f'<Response><Dial answerOnBridge="true">{ANN}</Dial></Response>'
    )
    simulator.phones[ANN] = "ring 30; answer"
    call = simulator.receive(CAM, NUMBER, phone="ring 8").wait()

    assert call.status == "no-answer"
    assert [child.status for child in children(call, client)] == ["canceled"]


def test_without_an_action_the_next_verb_follows(dial: Dial) -> None:
    call = dial(
        f"<Dial>{ANN}</Dial><Say>That was Ann.</Say><Dial>{BOB}</Dial><Say>That was Bob.</Say>",
        {ANN: "busy", BOB: "answer; hang up"},
    )

    assert heard(call) == ["Twilio: That was Ann.", "Twilio: That was Bob."]


def test_voicemail_follows_when_nobody_answers(dial: Dial) -> None:
    """The usual document: Dial, then Record."""
    call = dial(
        f'<Dial timeout="10">{ANN}</Dial><Say>Leave a message.</Say><Record timeout="2" action="{ACTION}"/>',
        {TO: 'answer; hear beep; say "Call me back."', ANN: "ring 60"},
    )

    assert heard(call) == [
        "Twilio: Leave a message.",
        f"{TO}: Call me back.",
        "Twilio: Afterwards.",
    ]
    assert [recording.source for recording in call.recordings] == ["RecordVerb"]


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("", "<Dial> (line 1) names nobody: nobody is called"),
        ("<Number/>", "<Number> (line 1) names nobody: nobody is called"),
        ("<Client/>", "<Client> (line 1) names nobody: nobody is called"),
        ("<Sip/>", "<Sip> (line 1) names nobody: nobody is called"),
        ("<Sim/>", "<Sim> (line 1) names nobody: nobody is called"),
        ("<Application/>", "<Application> (line 1) names nobody: nobody is called"),
        ("nobody", "13224: 'nobody' cannot be called: it is no phone number"),
        ("client:ann", "13224: 'client:ann' cannot be called: it is no phone number"),
        ("<WhatsApp>ann</WhatsApp>", "13224: 'ann' cannot be called: it is no phone number"),
    ],
)
def test_who_is_nobody_is_told_and_the_dial_fails(dial: Dial, inside: str, said: str) -> None:
    call = dial(f'<Dial action="{ACTION}">{inside}</Dial>')

    assert told(call, "failed") == [said]
    assert after(call) == {"DialCallStatus": "failed", "DialBridged": "false"}
    assert heard(call) == ["Twilio: Afterwards."]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (ANN, f"TwiML takes no names of phones; write {ANN}"),
        ("client:ann", "it is no phone number"),
    ],
)
def test_the_name_of_a_phone_is_told_with_the_number_to_write(
    dial: Dial, simulator: tm.Simulator, address: str, reason: str
) -> None:
    simulator.phones.name(address, "Ann")

    call = dial("<Dial>Ann</Dial>")

    assert told(call, "failed") == [f"13224: 'Ann' cannot be called: {reason}"]
    more = f": {reason}" if address == ANN else ""
    assert told(call, "warned") == [f"13223: 'Ann' is not a phone number{more}"]


def test_at_most_ten_parties_are_called(dial: Dial, client: tm.Client) -> None:
    """Facts: Dial.limits.nouns_max."""
    numbers = "".join(f"<Number>+141555501{n:02}</Number>" for n in range(12))
    call = dial(f"<Dial>{numbers}</Dial>", {"+1415*": "busy"})

    assert len(children(call, client)) == 10
    assert told(call, "failed") == [
        f"+141555501{n} is not called: Twilio calls 10 at most" for n in (10, 11)
    ]


def test_who_is_nobody_does_not_keep_others_from_being_called(dial: Dial) -> None:
    call = dial(
        f"<Dial><Number>nobody</Number><Client/><Number>{ANN}</Number></Dial>",
        {ANN: "answer; wait 1; hang up"},
    )

    assert (ANN, "bridged") in story(call, "bridged")
