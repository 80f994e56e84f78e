"""What a world keeps of calls takes little room, and is what people know: dictionaries, and headers in any case."""

from __future__ import annotations

import gc
import json
import pickle

import pytest
import simpy
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

import twilio_magic as tm
from twilio_magic.simulation.mounts._fields import Fields, Headers

TO, FROM = "+13105555555", "+12125551234"
NAMES = st.sampled_from(["Content-Type", "content-type", "X-Own", "x-own", "Accept"])
PAIRS = st.lists(
    st.tuples(NAMES, st.text(max_size=5)), max_size=5, unique_by=lambda p: p[0].lower()
)


@given(PAIRS, PAIRS, NAMES)
def test_headers_are_found_and_compared_as_those_of_requests(
    pairs: list[tuple[str, str]], others: list[tuple[str, str]], name: str
) -> None:
    ours, theirs = Headers(pairs), CaseInsensitiveDict(pairs)

    assert list(ours.items()) == list(theirs.items())
    assert (ours.get(name), name in ours) == (theirs.get(name), name in theirs)
    assert (ours == Headers(others)) == (theirs == CaseInsensitiveDict(others))
    assert (ours == dict(others)) == (theirs == dict(others))
    assert (str(ours), len(ours)) == (str(theirs), len(theirs))
    assert pickle.loads(pickle.dumps(ours)) == ours  # noqa: S301 - our own


@given(PAIRS, PAIRS, NAMES)
def test_fields_are_found_and_compared_as_those_of_a_dictionary(
    pairs: list[tuple[str, str]], others: list[tuple[str, str]], name: str
) -> None:
    ours, theirs = Fields(pairs), dict(pairs)

    assert list(ours.items()) == list(theirs.items())
    assert (ours.get(name), name in ours) == (theirs.get(name), name in theirs)
    assert (ours == Fields(others)) == (theirs == dict(others))
    assert (ours == dict(others)) == (theirs == dict(others))
    assert str(ours) == str(theirs)


def test_parameters_of_a_webhook_are_a_dictionary_that_may_be_changed() -> None:
    simulator = tm.Simulator(seed=0)
    simulator.mount("https://ivr.example.com/voice", lambda: "<Response><Say>Hi</Say></Response>")
    call = tm.Client(simulator=simulator).calls.create(
        to=TO, from_=FROM, url="https://ivr.example.com/voice"
    )
    call.wait()
    told = json.loads(json.dumps(call.webhooks[0].parameters))

    call.webhooks[0].parameters.clear()  # type: ignore[attr-defined] # it is a mapping for checkers

    assert told["CallSid"] == call.sid
    assert call.webhooks[0].parameters == told
    assert call.fork(at=0, phone="hang up").webhooks == []


@pytest.mark.parametrize("limit", [None, 60])
def test_calls_that_are_over_leave_no_time_limit_behind(limit: int | None) -> None:
    calls = tm.Client(simulator=tm.Simulator(seed=0)).calls
    twiml = "<Response><Say>Hi</Say></Response>"

    def place() -> None:
        call = calls.create(to=TO, from_=FROM, twiml=twiml, time_limit=limit)
        call.wait()
        call.delete()

    place()
    before = _count_timers()
    for _ in range(40):
        place()

    assert _count_timers() - before < 10


def _count_timers() -> int:
    gc.collect()
    return sum(isinstance(each, simpy.Timeout) for each in gc.get_objects())


def test_a_document_that_comes_again_does_the_same_in_each_call_and_world() -> None:
    menu = (
        '<Response><Gather numDigits="1"><Say>Press a key.</Say></Gather><Sey>Bye.</Sey></Response>'
    )

    def tell(twiml: str, phone: str) -> list[tuple[float, str, str]]:
        simulator = tm.Simulator(seed=0)
        simulator.mount("https://ivr.example.com/voice", twiml)
        simulator.phones[TO] = phone
        create = tm.Client(simulator=simulator).calls.create
        calls = [
            create(to=TO, from_=FROM, url="https://ivr.example.com/voice"),
            create(to=TO, from_=FROM, twiml=twiml),
        ]
        return [(each.at, each.kind, each.text) for call in calls for each in call.wait().timeline]

    first = [tell(menu, "press 1"), tell(menu, "wait 20")]
    other = tell(menu.replace("Sey", "Say"), "press 1")

    assert [tell(menu, "press 1"), tell(menu, "wait 20")] == first
    assert other != first[0]
    assert any("Sey" in text for _, kind, text in first[0] if kind == "warned")
