"""One caller: its world is made, its calls run to their end, and what became of them is counted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ..api import Call, Client
from ..dialog import Dialog, DialogResult
from ..errors import SimulatorError, TwilioMagicError
from ..records import dataclass
from ..simulation import Simulator
from ..tracebacks import describe_exception, describe_raised
from ._population import CallerFailure
from ._seeds import caller_seed, choose_weighted

if TYPE_CHECKING:
    from ..timeline import Timeline
    from ._population import Population
    from ._scenario import Scenario


@dataclass
class _Told:
    """What a caller's calls come to: the *reason* why it failed, if it did, and the *text* that tells of it."""

    reason: str = ""
    text: str = ""
    seen: set[str] = field(default_factory=set)


def simulate_caller(
    scenarios: tuple[Scenario, ...], seed: int, number: int, population: Population
) -> None:
    """Simulate the caller with this *number* of a population of *seed*, and count it in *population*."""
    own_seed = caller_seed(seed, number)
    scenario = scenarios[choose_weighted(tuple(each.weight for each in scenarios), own_seed)]
    told = _Told()
    with _own_randomness(own_seed):
        try:
            _run(scenario, own_seed, population, told)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # whatever it is: others go on
            _tell_raised(error, population, told)
    population.callers += 1
    population.scenarios[scenario.name] += 1
    if told.reason:
        failure = CallerFailure(number, own_seed, scenario.name, told.reason, told.text)
        population.add_failure(failure)


@contextmanager
def _own_randomness(seed: int) -> Iterator[None]:
    """Let Python's shared random numbers follow from *seed* in the block, and go on as before behind it."""
    before = random.getstate()
    random.seed(seed)
    try:
        yield
    finally:
        random.setstate(before)


def _run(scenario: Scenario, seed: int, population: Population, told: _Told) -> None:
    acts = scenario.acts
    if isinstance(acts, Dialog):
        _count_dialog(acts.run(seed=seed), population, told)
    elif scenario.takes_world:
        _run_in_world(acts, Simulator(seed, network=False), population, told)
    else:
        _count_returned(acts(seed), population, told)


def _run_in_world(
    act: Callable[[Simulator], Any], simulator: Simulator, population: Population, told: _Told
) -> None:
    """Let *act* place calls in *simulator*; those that it forgets are counted before they go."""
    calls = Client(simulator=simulator).calls

    def count(sid: str) -> None:
        _count_calls([calls.fetch(sid)], population, told)

    with simulator.watch_forgotten(count):
        returned = act(simulator)
        simulator.run()
    _count_returned(simulator if returned is None else returned, population, told)
    simulator.reset()  # ends what applications left running


def _count_returned(returned: Any, population: Population, told: _Told) -> None:
    """Count what a scenario returned: a call, several, a simulator with its calls, or the result of a dialog."""
    if isinstance(returned, DialogResult):
        _count_dialog(returned, population, told)
    elif isinstance(returned, Simulator):
        returned.run()
        _count_calls(_calls_of(returned), population, told)
    elif isinstance(returned, Call):
        _count_calls([returned], population, told)
    elif isinstance(returned, Iterable) and not isinstance(returned, str):
        for each in returned:
            _count_returned(each, population, told)
    else:
        raise SimulatorError(
            f"The scenario returned {type(returned).__name__}.",
            hint="Return its call, a list of calls, or the simulator in which they are.",
        )


def _count_dialog(result: DialogResult, population: Population, told: _Told) -> None:
    for call in result.calls:
        population.add_call(call, codes_in(call.timeline))
    if result.error is not None:
        told.reason = told.reason or str(result.error)
    elif result.failure is not None:
        told.reason = told.reason or f"line {result.failure.number}: {result.failure}"
    if not result.passed:
        told.text = told.text or result.report


def _count_calls(calls: Iterable[Call], population: Population, told: _Told) -> None:
    for call in calls:
        if call.sid in told.seen:
            continue
        told.seen.add(call.sid)
        if not call.is_over:
            call.wait()
        timeline = call.timeline
        population.add_call(call, codes_in(timeline))
        reason = _failure_in(timeline) or _failed_script(call)
        if reason and not told.reason:
            told.reason, told.text = reason, repr(timeline)


def _calls_of(simulator: Simulator) -> list[Call]:
    """The calls that were placed or came in, the first one first; not the legs that they dialed."""
    if not simulator.call_count:
        return []
    made = Client(simulator=simulator).calls.list(limit=None)
    return [call for call in reversed(list(made)) if not call.parent_call_sid]


def codes_in(timeline: Timeline) -> list[int]:
    """The codes of errors and warnings that Twilio logged."""
    return [event.data["code"] for event in timeline if event.data.get("code")]


def _failure_in(timeline: Timeline) -> str:
    """The first error that Twilio logged; empty if there is none."""
    return next((event.text for event in timeline if event.kind == "failed"), "")


def _failed_script(call: Call) -> str:
    """Why a phone's script did not come true in the world of *call*; empty if all did."""
    simulator = call._transport.backend
    failures = simulator.phones.failures if isinstance(simulator, Simulator) else []
    return next((str(error) for error in failures), "")


def _tell_raised(error: BaseException, population: Population, told: _Told) -> None:
    population.outcomes[f"raised {type(error).__name__}"] += 1
    raised = describe_raised(error)
    if isinstance(error, TwilioMagicError):
        told.reason, told.text = describe_exception(error), "\n".join(error.box())
    else:
        told.reason, told.text = raised.line, raised.traceback
