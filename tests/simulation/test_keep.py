"""``Simulator(keep=…)``: a world in which many calls are placed holds no more of them than it is told to."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO
from twilio_magic.populations import simulate
from twilio_magic.simulation.clock._journal import MOST_GONE, Question
from twilio_magic.simulation.conferences._conference import Conference
from twilio_magic.simulation.legs._leg import Leg
from twilio_magic.simulation.recordings._recording import Recording

SPOKEN = "<Response><Say>Hello.</Say></Response>"
FAILING = "<Response><Say>Hello.</Say><Redirect>https://nobody.example/</Redirect></Response>"
BUSY = (
    "<Response><Dial record='record-from-answer'>+13105550002</Dial>"
    "<Dial><Conference>room</Conference></Dial></Response>"
)


def place(simulator: tm.Simulator, twiml: str) -> tm.Call:
    calls = tm.Client(simulator=simulator).calls
    return calls.create(to=TO, from_=FROM, twiml=twiml, time_limit=20).wait()


def count_in_memory(simulator: tm.Simulator, *kinds: type) -> list[int]:
    """How many objects of each of the *kinds* the memory has of *simulator*: other tests leave theirs."""
    gc.collect()
    world = simulator._world
    there = [
        each for each in gc.get_objects() if type(each) in kinds
    ]  # a weak proxy is of another type
    ours = Counter(type(each) for each in there if getattr(each, "leg", each).world is world)
    return [ours[kind] for kind in kinds]


def test_all_calls_are_kept_unless_it_is_said() -> None:
    simulator = tm.Simulator()
    for _ in range(3):
        place(simulator, SPOKEN)

    assert (simulator.keep, simulator.call_count) == ("all", 3)


def test_so_many_of_the_last_calls_are_kept() -> None:
    simulator = tm.Simulator(keep=2)
    made = [place(simulator, SPOKEN) for _ in range(5)]
    kept = tm.Client(simulator=simulator).calls.list()

    # the last one ended after the last one began
    assert [each.sid for each in kept] == [each.sid for each in reversed(made[2:])]
    with pytest.raises(tm.SimulatorError, match=made[0].sid):
        made[0].timeline  # noqa: B018 - the access is the test


def test_calls_that_failed_are_kept_and_the_call_that_ended_last() -> None:
    simulator = tm.Simulator(keep="failures", network=False)
    made = [place(simulator, twiml) for twiml in (SPOKEN, FAILING, SPOKEN, SPOKEN)]

    assert simulator.call_count == 2
    assert made[1].timeline
    assert made[3].timeline


def test_a_call_whose_script_did_not_come_true_has_failed() -> None:
    simulator = tm.Simulator(keep="failures")
    simulator.phones[TO] = "hear 'cake'"
    made = place(simulator, SPOKEN)
    simulator.phones[TO] = "answer"
    place(simulator, SPOKEN)
    place(simulator, SPOKEN)

    assert made.timeline
    assert simulator.call_count == 2


def test_what_is_forgotten_is_gone_with_its_legs_recordings_and_conferences() -> None:
    simulator = tm.Simulator(keep=1)
    simulator.phones["+13105550002"] = "answer; wait 1; hang up"
    client = tm.Client(simulator=simulator)
    for _ in range(4):
        place(simulator, BUSY)

    assert simulator.call_count == 4  # two calls with a leg of <Dial> each
    assert len(client.recordings.list()) == 2
    assert count_in_memory(simulator, Leg, Conference, Recording) == [4, 2, 2]
    assert len(simulator.phones.script_runs) == 4


def test_a_call_that_goes_on_is_not_forgotten() -> None:
    simulator = tm.Simulator(keep=0)
    calls = tm.Client(simulator=simulator).calls
    going = calls.create(to=TO, from_=FROM, twiml="<Response><Pause length='600'/></Response>")
    for _ in range(3):
        place(simulator, SPOKEN)

    assert going.wait().status == "completed"


def test_a_reset_forgets_nothing_of_what_is_to_be_kept() -> None:
    simulator = tm.Simulator(keep=1)
    simulator.reset()
    for _ in range(4):
        place(simulator, SPOKEN)

    assert simulator.call_count == 2
    simulator.keep = "all"
    place(simulator, SPOKEN)
    assert simulator.call_count == 3


@pytest.mark.parametrize("keep", ["some", -1, True, None, 1.5])
def test_what_is_to_be_kept_is_one_of_three(keep: Any) -> None:
    with pytest.raises(tm.SimulatorError, match="keep is"):
        tm.Simulator(keep=keep)


def test_a_past_is_forgotten_with_its_calls() -> None:
    simulator = tm.Simulator(keep=1)
    simulator.mount("https://forgotten.example.com", lambda: SPOKEN)
    url, counts = "https://forgotten.example.com/voice", []
    for _ in range(4):
        made = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, url=url).wait()
        gc.collect()
        asked = [each.asked for each in gc.get_objects() if type(each) is Question]
        counts.append(sum(url in each for each in asked))

    assert counts == [1, 2, 2, 2]  # the call that is kept, and the one that ended last
    assert made.fork(before="say 1").wait().transcript == made.transcript


def place_interrupted(simulator: tm.Simulator, error: type[BaseException]) -> None:
    """A call to an application that raises *error*, waited for until it is over."""
    call = tm.Client(simulator=simulator).calls.create(
        to=TO, from_=FROM, url="https://ivr.example.com/voice"
    )
    with pytest.raises(error):
        call.wait()
    call.wait()


def test_a_past_does_not_hold_what_an_application_had_when_it_was_interrupted() -> None:
    simulator, held = tm.Simulator(), weakref.WeakSet[Held]()

    def fail() -> str:
        mine = Held()
        held.add(mine)
        raise KeyboardInterrupt

    simulator.mount("https://ivr.example.com", fail)
    for _ in range(4):
        place_interrupted(simulator, KeyboardInterrupt)

    gc.collect()
    assert len(held) <= 1  # of the call that ended last


class NeverAgain(KeyboardInterrupt):
    """An exception that cannot be copied."""

    def __reduce__(self) -> str:
        raise TypeError("no copies")


def test_an_exception_that_cannot_be_copied_does_no_harm() -> None:
    simulator = tm.Simulator()

    def fail() -> str:
        raise NeverAgain

    simulator.mount("https://ivr.example.com", fail)
    for _ in range(2):
        place_interrupted(simulator, NeverAgain)


class Held:
    """Something that an application has while it answers."""


@pytest.mark.parametrize("forget", ["keep", "delete"])
def test_where_always_another_call_goes_on_the_past_is_forgotten_after_many(forget: str) -> None:
    simulator = tm.Simulator(keep=1 if forget == "keep" else "all")
    calls = tm.Client(simulator=simulator).calls
    longest = calls.create(to=TO, from_=FROM, twiml="<Response><Pause length='9999'/></Response>")
    for number in range(MOST_GONE + 3):
        made = calls.create(to=TO, from_=FROM, twiml=SPOKEN)
        while not made.fetch().is_over:
            simulator.advance(5)
        if number == 1:
            assert made.fork(before="say 1").wait().transcript == made.transcript
        if forget == "delete":
            made.delete()

    assert longest.status == "queued"
    assert longest.fetch().status == "in-progress"
    with pytest.raises(tm.SimulatorError, match="was forgotten: more than 50 calls"):
        longest.fork(at=1)
    again = calls.create(to=TO, from_=FROM, twiml=SPOKEN)
    longest.hang_up()
    longest.wait()
    again.wait()
    simulator.run()
    assert place(simulator, SPOKEN).fork(before="say 1").wait().status == "completed"


def call_many_times(simulator: tm.Simulator) -> None:
    """A world of many calls that keeps one."""
    simulator.keep = 1
    for number in range(6):
        place(simulator, FAILING if number == 2 else SPOKEN)


def test_a_population_counts_calls_before_they_are_forgotten() -> None:
    found = simulate(call_many_times, 2, processes=1)

    assert (found.calls, found.outcomes) == (12, {"completed": 12})
    assert found.failed == 2
    assert "nobody.example" in found.failures[0].reason
