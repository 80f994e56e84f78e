"""Populations: many callers, in whatever number of processes, are the same population."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.populations import scenarios
from twilio_magic.populations import Histogram, caller_seed, choose_weighted

CALLERS = 24


@cache
def whole() -> tm.Population:
    return tm.simulate(scenarios.call_the_menu, CALLERS, processes=1, seed=7)


@pytest.mark.parametrize("processes", [2, 3])
def test_the_number_of_processes_changes_nothing(processes: int) -> None:
    found = tm.simulate(scenarios.call_the_menu, CALLERS, processes=processes, seed=7)

    assert found == whole()
    assert found.measured.processes == processes
    assert repr(found) == repr(whole())
    assert found._repr_mimebundle_() == whole()._repr_mimebundle_()
    assert without_measured(found) == without_measured(whole())


def without_measured(found: tm.Population) -> dict[str, Any]:
    return {name: value for name, value in found.to_dict().items() if name != "measured"}


@cache
def some_callers(first: int, end: int) -> tm.Population:
    return tm.simulate(
        scenarios.call_the_menu, end - first, processes=1, seed=7, first=first, progress=False
    )


@settings(max_examples=15)
@given(cuts=st.sets(st.integers(0, CALLERS), max_size=4), mixed=st.randoms())
def test_however_callers_are_split_the_sum_is_the_same(
    cuts: set[int], mixed: random.Random
) -> None:
    ends = sorted(cuts | {0, CALLERS})
    parts = [some_callers(*pair) for pair in pairwise(ends)]
    mixed.shuffle(parts)

    assert sum(parts, start=tm.Population()) == whole()


def test_figures_come_from_all_calls() -> None:
    found = whole()
    keys = found.webhooks["https://ivr.example.com/menu"]

    assert found.callers == found.calls == CALLERS
    assert found.outcomes == {"completed": CALLERS}
    assert found.failed == found.codes[11200] == keys.errors > 0
    assert found.durations.count == CALLERS
    assert keys.requests < CALLERS
    assert found.webhooks["https://ivr.example.com/voice"].requests == CALLERS
    assert keys.elapsed.count == keys.requests
    assert (keys.elapsed.least or 0) > 0


def test_the_figures_of_durations_are_said_in_words() -> None:
    assert (
        repr(Histogram.of([3, 3, 10])) == "<Histogram of 3 values: median 3, 95 % 10, longest 10 s>"
    )
    assert repr(Histogram()) == "<Histogram of no values>"


def test_the_first_failures_are_kept_with_their_timelines_and_happen_again() -> None:
    first = whole().failures[0]
    again = scenarios.call_the_menu(first.seed).wait()

    assert len(whole().failures) == min(5, whole().failed)
    assert first.seed == caller_seed(7, first.number)
    assert first.text == repr(again.timeline)
    assert "KeyError: 'no department'" in first.reason


def test_another_seed_is_another_population() -> None:
    assert tm.simulate(scenarios.call_the_menu, CALLERS, processes=1, seed=8) != whole()


def test_a_scenario_may_be_given_a_world() -> None:
    found = tm.simulate(scenarios.call_in_a_given_world, CALLERS, processes=1, seed=7)

    assert (found.outcomes, found.durations) == (whole().outcomes, whole().durations)


def test_a_scenario_may_place_several_calls() -> None:
    found = tm.simulate(scenarios.call_twice, 3, processes=1)

    assert (found.callers, found.calls) == (3, 6)
    assert found.outcomes == {"completed": 3, "busy": 3}
    assert found.durations.buckets == [(3.0, 3)]
    assert found.passed


def test_an_exception_is_the_failure_of_its_caller_and_others_go_on() -> None:
    found = tm.simulate(scenarios.raise_now_and_then, 12, processes=1, failures=12)
    raised = Counter(each.reason.partition(":")[0] for each in found.failures)

    assert found.callers == 12
    assert found.outcomes["raised ZeroDivisionError"] == raised["ZeroDivisionError"] > 0
    assert found.outcomes["raised SystemExit"] == raised["SystemExit"] > 0
    assert found.outcomes["completed"] > 0
    assert any("scenarios.py" in each.text for each in found.failures)


def test_exceptions_and_dialogs_in_other_processes_are_told_as_in_this_one() -> None:
    given: Any = [scenarios.raise_now_and_then, scenarios.DIALOGS]
    ours = tm.simulate(given, 12, processes=1)

    assert ours.outcomes["raised SystemExit"] > 0
    assert ours.scenarios["a key that is none"] > 0
    assert tm.simulate(given, 12, processes=2) == ours


def test_words_that_never_come_are_a_failure() -> None:
    found = tm.simulate(scenarios.hear_nothing, 1)

    assert found.failed == 1
    assert "cake" in found.failures[0].reason


def test_a_scenario_that_returns_no_call_is_told_what_to_return() -> None:
    found = tm.simulate(scenarios.return_nothing, 1)

    assert "Return its call" in found.failures[0].text


def test_callers_can_be_dialogs_whose_choices_follow_from_the_seed() -> None:
    found = tm.simulate(scenarios.DIALOGS, 20, processes=1)
    keys = found.scenarios["a key that is none"]

    assert found.scenarios.keys() == {"a key of two", "a key that is none"}
    assert found.failed == keys
    assert "line 14" in found.failures[0].reason


def test_scenarios_have_weights() -> None:
    good, bad = tm.dialogs(scenarios.DIALOGS)
    given: Any = [(scenarios.call_twice, 3), (good, 1), (bad, 0)]
    found = tm.simulate(given, 40, processes=1)

    assert found.scenarios["call_twice"] > found.scenarios["a key of two"] > 0
    assert "a key that is none" not in found.scenarios


def test_scenarios_with_weights_may_be_a_mapping_of_their_names() -> None:
    found = tm.simulate(
        {"tests.populations.scenarios:call_twice": 1, scenarios.hear_nothing: 0}, 2, processes=1
    )

    assert found.scenarios == {"call_twice": 2}


@given(seed=st.integers(), weights=st.lists(st.floats(0, 9), min_size=1, max_size=5))
def test_what_has_no_weight_is_never_chosen(seed: int, weights: list[float]) -> None:
    weighted = (*weights, 1.0)

    assert weighted[choose_weighted(weighted, seed)] > 0


def test_the_shared_random_numbers_follow_from_the_seed_and_go_on_as_before() -> None:
    random.seed(3)
    before = random.getstate()
    tm.simulate(scenarios.call_the_menu, 2, processes=1)

    assert random.getstate() == before


def no_scenario() -> None:
    """It takes no seed."""


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (no_scenario, "takes no parameter"),
        (3, "3 is no scenario"),
        ([], "no scenario to simulate"),
        ({scenarios.call_twice: -1}, "weight -1"),
        ({scenarios.call_twice: 0}, "no scenario to simulate"),
        ("tests.populations.scenarios:HOST", "is no scenario"),
        ("tests.populations.scenarios:nobody", "no 'nobody'"),
        ("no.dialog", "cannot be read"),
    ],
)
def test_what_is_no_scenario_is_refused(given: Any, message: str) -> None:
    with pytest.raises(tm.SimulatorError, match=message):
        tm.simulate(given, 1)


@pytest.mark.parametrize(
    "counts", [{"callers": -1}, {"callers": 1.5}, {"first": -1}, {"failures": -1}, {"processes": 0}]
)
def test_counts_are_whole_numbers(counts: dict[str, Any]) -> None:
    with pytest.raises(tm.SimulatorError, match="number from"):
        tm.simulate(scenarios.call_twice, **counts)


def test_nobody_is_a_population_too() -> None:
    found = tm.simulate(scenarios.call_twice, 0)

    assert found == tm.Population()
    assert repr(found) == "0 callers, 0 calls: none failed"


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    tm.simulate(scenarios.call_twice, 3, processes=1, progress=lambda *each: told.append(each))

    assert told[0] == (0, 3)
    assert told[-1] == (3, 3)
    assert told == sorted(told)


def test_a_process_that_ends_is_told_with_its_callers() -> None:
    with pytest.raises(tm.SimulatorError, match=r"status 7 in one of the callers (0 to 0|1 to 1)"):
        tm.simulate(scenarios.end_the_process, 2, processes=2)


def test_a_scenario_that_cannot_be_imported_elsewhere_is_told_with_the_next_step() -> None:
    def inner(seed: int) -> None:
        """It has no name that another process could find."""

    with pytest.raises(tm.SimulatorError, match="Another process cannot have") as refused:
        tm.simulate(inner, 2, processes=2)

    assert "%%writefile" in (refused.value.hint or "")
    assert "one process" in tm.simulate(inner, 2).note


SESSION = """
import twilio_magic as tm
def scenario(seed):
    simulator = tm.Simulator(seed, network=False)
    return tm.Client(simulator=simulator).calls.create(
        to="+13105555555", from_="+12125551234", twiml="<Response/>")
print(tm.simulate(scenario, 2))
try:
    tm.simulate(scenario, 2, processes=2)
except tm.SimulatorError as error:
    print(error)
"""


def test_a_function_of_a_session_has_one_process_and_says_so() -> None:
    """A notebook's functions stand in a module that no other process has."""
    ran = subprocess.run(
        [sys.executable, "-"], input=SESSION, capture_output=True, text=True, check=True
    )

    assert "2 callers, 2 calls: none failed" in ran.stdout
    assert "(one process: scenario is defined in this notebook or session)" in ran.stdout
    assert "Another process cannot have the scenario" in ran.stdout
