"""A person at a phone: told of everything that happens there, and free to act at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import monotonic, sleep
from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import FROM, MENU, TO, heard, told
from tests.waiting import until

CALLER = "+14155550100"


@pytest.fixture
def notices() -> list[tm.Notice]:
    return []


@pytest.fixture
def person(simulator: tm.Simulator, notices: list[tm.Notice]) -> tm.Person:
    person = tm.Person(notices.append)
    simulator.phones[TO] = person
    return person


@pytest.fixture
def ringing(simulator: tm.Simulator, client: tm.Client, person: tm.Person) -> tm.Call:
    call = client.calls.create(to=TO, from_=FROM, twiml=MENU)
    simulator.advance(3)
    return call


def kinds(notices: list[tm.Notice]) -> list[str]:
    return [notice.kind for notice in notices if notice.kind != "performs"]


def test_a_phone_with_a_person_rings_until_they_answer(
    simulator: tm.Simulator, ringing: tm.Call, person: tm.Person, notices: list[tm.Notice]
) -> None:
    assert repr(person) == "<Person, ringing>"
    assert person.other_party == FROM
    assert [(notice.kind, notice.text) for notice in notices] == [("ringing", FROM)]

    person.answer()

    assert repr(person) == "<Person, talking>"
    assert ringing.fetch().status == "in-progress"
    assert kinds(notices) == ["ringing", "answered", "heard"]


def test_what_is_said_is_heard_with_its_voice_and_language(
    ringing: tm.Call, person: tm.Person, notices: list[tm.Notice]
) -> None:
    person.answer()
    (said,) = [notice for notice in notices if notice.kind == "heard"]

    assert (said.text, said.speaker) == ("Press 1 for bread. Press 2 for cake.", "Twilio")
    assert said.speech is not None
    assert said.speech.language == "en-GB"


def test_a_person_sees_which_verb_is_performed_in_which_document(
    simulator: tm.Simulator, ringing: tm.Call, person: tm.Person, notices: list[tm.Notice]
) -> None:
    person.answer()
    person.press("1")
    simulator.advance(5)
    seen = [notice for notice in notices if notice.kind == "performs"]

    assert [(each.element.name, each.element.line) if each.element else None for each in seen] == [
        ("Gather", 2),
        ("Say", 3),
        ("Gather", 2),
        None,
        ("Gather", 2),
        ("Say", 3),
        ("Gather", 2),
    ]  # the keys lead back to the same document
    assert seen[0].source == MENU


def test_keys_are_pressed_while_twilio_speaks(
    ringing: tm.Call, person: tm.Person, notices: list[tm.Notice]
) -> None:
    person.answer()
    person.press("2")

    assert told(ringing, "gathered") == ["2"]
    assert "cut" in kinds(notices)


def test_a_person_speaks_and_is_understood(
    simulator: tm.Simulator, client: tm.Client, person: tm.Person
) -> None:
    twiml = "<Response><Gather input='speech'><Say>Say a word.</Say></Gather></Response>"
    call = client.calls.create(to=TO, from_=FROM, twiml=twiml)
    simulator.advance(3)
    person.answer()
    simulator.advance(2)
    person.say("two loaves", confidence=0.7)
    person.say("of bread")
    simulator.advance(8)

    assert told(call, "gathered")[0] == "“two loaves of bread” (confidence 0.8)"
    assert f"{TO}: two loaves" in heard(call)


def test_with_the_microphone_off_keys_are_heard_and_words_are_not(
    ringing: tm.Call, person: tm.Person, notices: list[tm.Notice]
) -> None:
    person.answer()
    person.mute()
    person.say("nobody hears this")
    person.press("1")

    assert person.is_muted
    assert told(ringing, "gathered") == ["1"]
    assert not any("nobody" in line for line in heard(ringing))
    assert "unheard" in kinds(notices)


def test_the_microphone_is_on_again_in_the_next_call(
    simulator: tm.Simulator, client: tm.Client, ringing: tm.Call, person: tm.Person
) -> None:
    person.answer()
    person.mute()
    person.hang_up()
    client.calls.create(to=TO, from_=FROM, twiml=MENU)
    simulator.advance(3)

    assert person.state == "ringing"
    assert not person.is_muted


def test_a_person_hangs_up(ringing: tm.Call, person: tm.Person, notices: list[tm.Notice]) -> None:
    person.answer()
    person.hang_up()

    assert ringing.fetch().status == "completed"
    assert told(ringing, "hung up") == [f"by {TO}"]
    assert person.state == "free"
    assert (notices[-1].kind, notices[-1].text) == ("over", "completed")


def test_a_person_declines(ringing: tm.Call, person: tm.Person) -> None:
    person.decline()

    assert ringing.fetch().status == "no-answer"
    assert person.state == "free"


def test_who_does_not_answer_hears_the_ringing_end(
    simulator: tm.Simulator, ringing: tm.Call, person: tm.Person, notices: list[tm.Notice]
) -> None:
    simulator.run()

    assert ringing.fetch().status == "no-answer"
    assert kinds(notices) == ["ringing", "over"]
    assert person.state == "free"


def test_who_calls_meanwhile_finds_the_phone_busy(
    simulator: tm.Simulator,
    client: tm.Client,
    ringing: tm.Call,
    person: tm.Person,
    notices: list[tm.Notice],
) -> None:
    second = client.calls.create(to=TO, from_="+12125559999", twiml=MENU)
    simulator.advance(5)

    assert second.fetch().status == "busy"
    assert [notice.text for notice in notices if notice.kind == "missed"] == ["+12125559999"]
    assert person.other_party == FROM


def test_a_person_calls_a_number_of_the_account(
    simulator: tm.Simulator, notices: list[tm.Notice]
) -> None:
    simulator.numbers[FROM].voice_url = simulator.host(MENU)
    person = tm.Person(notices.append)
    call = simulator.receive(CALLER, FROM, phone=person)
    simulator.advance(1)

    assert (person.state, person.other_party) == ("talking", FROM)
    assert kinds(notices)[:2] == ["calling", "answered"]

    person.press("1")
    person.hang_up()

    assert call.fetch().status == "completed"


@pytest.mark.parametrize("act", ["answer", "decline", "hang_up", "mute"])
def test_what_makes_no_sense_is_refused(person: tm.Person, act: str) -> None:
    with pytest.raises(tm.SimulatorError, match="the phone is free"):
        getattr(person, act)()


def test_a_phone_has_no_other_keys(person: tm.Person) -> None:
    with pytest.raises(tm.SimulatorError, match="no key 'x'"):
        person.press("1x")
    with pytest.raises(tm.SimulatorError, match="confidence is 2"):
        person.say("hello", confidence=2)


def test_keys_that_are_payment_details_are_not_kept(
    simulator: tm.Simulator, client: tm.Client, person: tm.Person
) -> None:
    client.calls.create(to=TO, from_=FROM, twiml="<Response><Pay/></Response>")
    simulator.advance(3)
    person.answer()
    simulator.advance(30)
    person.press("4242424242424242")

    assert "4242" not in repr(person.log)
    assert "4242" not in person.script
    assert "payment details" in person.script


def test_beeps_files_and_tones_are_noticed(
    simulator: tm.Simulator, client: tm.Client, person: tm.Person, notices: list[tm.Notice]
) -> None:
    url = "https://files.example.com/tune.wav"

    @simulator.webhook(url)
    def tune() -> tuple[str, int]:
        return "", 404

    twiml = f"<Response><Play digits='12'/><Record timeout='2'/><Play>{url}</Play></Response>"
    client.calls.create(to=TO, from_=FROM, twiml=twiml)
    simulator.advance(3)
    person.answer()
    simulator.advance(20)

    assert "keys" in kinds(notices)
    assert "beep" in kinds(notices)


def conversation(simulator: tm.Simulator, person: tm.Person) -> tm.Call:
    """Rings for a while; hears the menu twice; takes its time; hangs up in the middle of a sentence."""
    twiml = MENU.replace("</Say>", " Press 1 for bread. Press 2 for cake.</Say>", 1)
    call = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=twiml)
    simulator.advance(5.2)
    person.answer()
    simulator.advance(9)
    person.press("2")
    simulator.advance(3)
    person.press("1")
    simulator.advance(0.4)
    person.say('I want a "good" loaf')
    simulator.advance(4)
    person.hang_up()
    return call


def test_what_a_person_did_can_be_had_as_a_script(
    simulator: tm.Simulator, person: tm.Person
) -> None:
    conversation(simulator, person)

    assert person.script.splitlines()[:2] == ["ring 4.2", "answer"]
    assert 'say "I want a good loaf"' in person.script
    assert person.script.endswith("hang up")


def test_the_script_does_again_what_the_person_did(
    simulator: tm.Simulator, person: tm.Person
) -> None:
    call = conversation(simulator, person)
    again = tm.Simulator()
    again.phones[TO] = person.script
    made = tm.Client(simulator=again).calls.create(to=TO, from_=FROM, twiml=call_document(person))
    made.wait()
    again.phones.check()

    assert told(made, "gathered") == told(call, "gathered")
    assert told(made, "pressed") == told(call, "pressed")
    assert made.status == call.fetch().status
    assert abs((made.duration or 0) - (call.duration or 0)) <= 1


def call_document(person: tm.Person) -> str:
    return next(notice.source for notice in person.log if notice.source) or ""


def test_the_test_of_a_call_passes(simulator: tm.Simulator, person: tm.Person) -> None:
    conversation(simulator, person)
    run(person.test)

    assert "def test_" in person.test


def test_a_script_of_several_steps_stands_in_the_test_a_step_a_line(
    simulator: tm.Simulator,
) -> None:
    simulator.numbers[FROM].voice_url = simulator.host(MENU)
    person = tm.Person()
    simulator.receive(CALLER, FROM, phone=person)
    simulator.advance(6)
    person.say("so much of it")
    simulator.advance(9)
    person.say("back\\slash\x07 bread")
    simulator.run()

    steps = person.script.splitlines()
    assert steps[0].endswith('"')
    assert steps[-1].endswith('bread"')
    assert f'"""\\\n{steps[0]}\n' in person.test
    assert '\n"""' in person.test
    assert run(person.test)["PHONES"][CALLER] == f"{person.script}\n"


def test_the_test_of_a_call_to_the_account_passes(simulator: tm.Simulator) -> None:
    simulator.numbers[FROM].voice_url = simulator.host(MENU)
    person = tm.Person()
    simulator.receive(CALLER, FROM, phone=person)
    simulator.advance(6)
    person.press("1")
    simulator.advance(2)
    person.hang_up()
    run(person.test)

    assert "simulator.receive" in person.test
    assert not person.script.startswith("ring")


@pytest.mark.parametrize(
    ("address", "parameters", "line"),
    [
        ("client:joe", {"room": "blue"}, 'parameters={"room": "blue"})'),
        ("sip:bob@example.com", {"X-Room": "blue"}, 'sip_domains["acme.sip.twilio.com"].voice_url'),
    ],
)
def test_the_test_of_a_call_to_an_application_or_a_domain_passes(
    simulator: tm.Simulator, address: str, parameters: dict[str, str], line: str
) -> None:
    caller, url = tm.Person(), simulator.host(MENU)
    applications = tm.Client(simulator=simulator).applications
    simulator.sip_domains["acme.sip.twilio.com"].voice_url = url
    to = (
        applications.create(voice_url=url).sid
        if address == "client:joe"
        else "sip:alice@acme.sip.twilio.com"
    )
    simulator.phones[address] = caller
    simulator.receive(address, to, parameters=parameters)
    simulator.advance(2)
    caller.press("1")
    simulator.run()

    assert line in caller.test
    run(caller.test)


@pytest.mark.parametrize(
    "name", ['a"""b', "a\\", 'a"', "{a}", "a\u202eb", "a\\N", "a\x0cb", "\U0001f600"]
)
@pytest.mark.parametrize("said", ['"""', "\\n\n", "\t\n", "a\r\nb", "\u202e\n\U0001f600"])
def test_whatever_is_in_a_call_the_test_that_retells_it_says_the_same(
    simulator: tm.Simulator, client: tm.Client, name: str, said: str
) -> None:
    """Also an address or a document with what ends a text in Python, or turns it around."""
    document = f"<Response><Say>Hi {said}</Say></Response>"
    person = tm.Person()
    simulator.phones[f"client:{name}"] = person
    call = client.calls.create(to=f"client:{name}", from_=FROM, twiml=document)
    simulator.advance(3)
    person.answer()
    person.hang_up()

    names = run(person.test)

    assert call.to in names["__doc__"]
    assert names["TWIML"] == document
    assert list(names["PHONES"]) == [call.to]


def test_before_the_first_call_there_is_nothing_to_tell(person: tm.Person) -> None:
    assert (person.script, person.test, person.call_sid, person.seconds) == ("", "", None, None)
    assert repr(person) == "<Person, free>"


@pytest.mark.parametrize(("act", "script"), [("decline", "ring 2\nreject"), (None, "no answer")])
def test_a_call_that_was_not_taken_has_a_script_too(
    simulator: tm.Simulator, ringing: tm.Call, person: tm.Person, act: str | None, script: str
) -> None:
    if act:
        getattr(person, act)()
    simulator.run()

    assert person.script == script


def test_the_test_of_two_people_who_talk_has_both_of_their_scripts(simulator: tm.Simulator) -> None:
    simulator.numbers[FROM].voice_url = simulator.host(f"<Response><Dial>{TO}</Dial></Response>")
    caller, called = tm.Person(), tm.Person()
    simulator.phones[TO] = called
    simulator.receive(CALLER, FROM, phone=caller)
    simulator.advance(5)
    called.answer()
    simulator.advance(1)
    caller.say("is there any bread")
    simulator.advance(3)
    called.say("there is")
    called.press("5")
    simulator.advance(3)
    called.hang_up()
    simulator.advance(3)

    assert ("heard", "there is", TO) in [
        (each.kind, each.text, each.speaker) for each in caller.log
    ]
    assert ("keys", "5") in [(each.kind, each.text) for each in caller.log]
    assert caller.state == called.state == "free"
    for person in (caller, called):
        assert 'hear "is there any bread"' in person.test
        assert 'say "there is"' in person.test
        run(person.test)


def run(source: str) -> dict[str, Any]:
    """Run the one test in *source*, and give what the module has."""
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102 - it is our own
    names["test_the_call_goes_as_it_went"]()
    return names


def test_in_real_time_nobody_leaps_past_a_person() -> None:
    """Who waits for a call comes back when a person's phone rings."""
    simulator = tm.Simulator()
    person = simulator.phones[TO] = tm.Person()

    async def cell() -> tuple[str, str]:
        with simulator.real_time(speed=20):
            calls = tm.Client(simulator=simulator).calls
            call = calls.create(to=TO, from_=FROM, twiml=MENU, timeout=600)  # half a minute here
            call.wait()
            rang = call.status
            person.answer()
            call.wait()
            simulator.run()
            while call.fetch().status != "completed":
                await asyncio.sleep(0.01)
        return rang, call.status

    since = monotonic()

    assert asyncio.run(cell()) == ("ringing", "completed")
    assert monotonic() - since > 0.5


def test_a_person_acts_from_any_thread_while_time_passes() -> None:
    """Six threads answer, press, speak and hang up at once; every call ends, and nothing is torn."""
    simulator = tm.Simulator()
    person = simulator.phones[TO] = tm.Person()
    client = tm.Client(simulator=simulator)
    calls: list[tm.Call] = []

    def act(number: int) -> None:
        acts: list[Callable[[], object]] = [
            person.answer,
            lambda: person.press("1"),
            lambda: person.say("a word"),
            person.mute,
            person.hang_up,
            lambda: calls.append(client.calls.create(to=TO, from_=FROM, twiml=MENU)),
        ]
        for _ in range(40):
            try:
                acts[number]()
            except tm.SimulatorError:
                sleep(0.001)

    def is_over() -> bool:
        for leave in (person.decline, person.hang_up):
            with suppress(tm.SimulatorError):
                leave()
        return person.state == "free" and all(call.fetch().status != "queued" for call in calls)

    with simulator.serve(speed=500), ThreadPoolExecutor(6) as pool:
        list(pool.map(act, range(6)))
        until(is_over)
    simulator.run()

    assert {call.fetch().status for call in calls} <= {"completed", "busy", "no-answer"}
    assert len(calls) == 40


def test_a_world_that_begins_anew_has_no_call_and_no_person(
    simulator: tm.Simulator, ringing: tm.Call, person: tm.Person, notices: list[tm.Notice]
) -> None:
    person.answer()
    simulator.reset()

    assert person.state == "free"
    assert kinds(notices)[-1] == "unplugged"
    assert list(simulator.phones) == []


def test_who_is_replaced_at_a_phone_is_told(
    simulator: tm.Simulator, ringing: tm.Call, person: tm.Person, notices: list[tm.Notice]
) -> None:
    """The call at hand goes on."""
    person.answer()
    simulator.phones[TO] = "busy"

    assert kinds(notices)[-1] == "unplugged"
    person.hang_up()
    assert ringing.fetch().status == "completed"


@pytest.mark.parametrize("is_over", [False, True])
def test_a_person_who_plays_in_one_call_only_goes_with_its_world_too(
    simulator: tm.Simulator, notices: list[tm.Notice], is_over: bool
) -> None:
    """One whose call is over stays: no world holds them any more."""
    simulator.numbers[FROM].voice_url = simulator.host(MENU)
    person = tm.Person(notices.append)
    simulator.receive(CALLER, FROM, phone=person)
    simulator.advance(3)
    if is_over:
        person.hang_up()

    simulator.reset()

    assert person.state == "free"
    assert (kinds(notices)[-1] == "unplugged") is not is_over


def test_a_person_who_is_in_a_call_of_another_world_keeps_it(simulator: tm.Simulator) -> None:
    """A phone of a world that begins anew may have moved on to another one."""
    other, person = tm.Simulator(), tm.Person()
    simulator.phones[TO] = other.phones[TO] = person
    tm.Client(simulator=other).calls.create(to=TO, from_=FROM, twiml=MENU)
    other.advance(3)

    simulator.reset()

    assert person.state == "ringing"
