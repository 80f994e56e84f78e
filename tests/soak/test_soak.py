"""The soak notices what it is there for."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO
from twilio_magic.simulation.clock._clock import Process
from twilio_magic.simulation.legs._verb import _PERFORMERS, Verb

from ._soak import ON_PURPOSE, Soak
from ._vitals import Vitals, find_growth

CALM = Vitals(memory=80.0, threads=1, files=6)


@pytest.fixture
def soak() -> Soak:
    return Soak(60, seed=0)


def faulty(verb: Verb) -> Process[None]:
    """A verb with a fault."""
    yield verb.leg.clock.seconds(1)
    raise ZeroDivisionError


def place(client: tm.Client) -> tm.Call:
    return client.calls.create(to=TO, from_=FROM, twiml="<Response><Echo/></Response>")


def test_a_fault_of_ours_in_a_call_is_wrong(
    soak: Soak, client: tm.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(_PERFORMERS, "Echo", faulty)
    soak.inspect(place(client).wait())

    assert "ZeroDivisionError" in soak.wrong[0]


def test_a_call_that_is_not_over_is_wrong(soak: Soak, client: tm.Client) -> None:
    soak.inspect(place(client))

    assert "is not over" in soak.wrong[0]


@pytest.mark.parametrize("error", [ValueError, RuntimeError, SystemExit, KeyboardInterrupt])
def test_an_exception_is_wrong_unless_an_application_raised_it_on_purpose(
    soak: Soak, error: type[BaseException]
) -> None:
    def fail(*words: str) -> None:
        with soak.blaming("a strand"):
            raise error(*words)

    fail(ON_PURPOSE)
    assert not soak.wrong

    fail("by mistake")
    assert error.__name__ in soak.wrong[0]


def test_a_soak_with_much_that_is_wrong_stops(soak: Soak) -> None:
    for _ in range(10):
        soak.complain("a fault")

    assert not soak.goes_on


@pytest.mark.parametrize(
    ("after", "grown"),
    [
        (Vitals(81.0, 1, 6), []),
        (Vitals(180.0, 1, 6), ["memory"]),
        (Vitals(80.0, 2, 60), ["threads", "files"]),
    ],
)
def test_what_grows_is_found(after: Vitals, grown: list[str]) -> None:
    assert [what.split()[0] for what in find_growth(CALM, CALM, after)] == grown
