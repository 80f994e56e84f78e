"""What callers do: a function that places calls in a world, or a dialog; or several of these, with weights."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Mapping
from math import isfinite
from pathlib import Path
from typing import Any

from ..dialog import Dialog, dialogs, find_application
from ..display import visible_line
from ..errors import SimulatorError
from ..records import dataclass

#: A scenario as it may be given: a function of a seed or of a simulator, a dialog, or what names one of these.
GivenScenario = Callable[..., Any] | Dialog | str | os.PathLike[str]
#: ... and several of them: in a list, or with the weight of each.
GivenScenarios = GivenScenario | Iterable[Any]

_WORLD = "simulator"  # the name of a parameter that is given a world, and not a seed


@dataclass(frozen=True)
class Scenario:
    """One thing that callers do: *acts* is a dialog or a function; *takes_world* if that takes a simulator."""

    name: str
    acts: Callable[..., Any] | Dialog
    weight: float = 1.0
    takes_world: bool = False


def find_scenarios(given: Any) -> tuple[Scenario, ...]:
    """What *given* stands for; raises :class:`SimulatorError` for what is no scenario."""
    found = tuple(_all_of(given))
    if not found or not sum(each.weight for each in found):
        raise SimulatorError(
            "There is no scenario to simulate.",
            hint="Give a function, a dialog, or a list of them.",
        )
    return found


def _all_of(given: Any) -> Iterable[Scenario]:
    if isinstance(given, Mapping):
        for each, weight in given.items():
            yield from _with_weight(each, weight)
    elif isinstance(given, Iterable) and not isinstance(given, str | os.PathLike):
        for each in given:
            yield from _with_weight(*each) if isinstance(each, tuple) else _with_weight(each)
    else:
        yield from _with_weight(given)


def _with_weight(given: Any, weight: Any = 1.0) -> Iterable[Scenario]:
    """The scenarios that *given* names; dialogs of one file share its *weight*."""
    if not isinstance(weight, int | float) or not isfinite(weight) or weight < 0:
        raise SimulatorError(
            visible_line(f"The weight {weight!r} is no number of times."),
            hint="Give a number from 0 on: {scenario: 3, other: 1}.",
        )
    found = _resolve(given)
    for each in found:
        share = float(weight) / len(found)
        yield Scenario(
            _name(each), each, share, not isinstance(each, Dialog) and _takes_world(each)
        )


def _resolve(given: Any) -> list[Any]:
    """The dialogs or the function that *given* is, or names."""
    if isinstance(given, Dialog) or callable(given):
        return [given]
    if isinstance(given, str) and _names_function(given):
        return [_check(find_application(given, Path()), given)]
    if isinstance(given, str | os.PathLike):
        return _read_dialogs(given)
    return [_check(given, repr(given))]


def _names_function(given: str) -> bool:
    """Whether a text is ``module:function``, and neither dialogs nor the path of some."""
    is_dialog = "\n" in given or given.strip().endswith(".dialog")
    return not is_dialog and not Path(given).is_dir()


def _read_dialogs(given: str | os.PathLike[str]) -> list[Any]:
    found = list(dialogs(given))
    if not found:
        raise SimulatorError(
            visible_line(f"There is no dialog in {os.fspath(given)!r}."),
            hint='A dialog begins with a line: dialog "its name".',
        )
    return found


def _check(found: Any, name: str) -> Any:
    if isinstance(found, Dialog) or callable(found):
        return found
    raise SimulatorError(
        visible_line(f"{name} is no scenario."),
        hint="Give a function that takes a seed and returns its call, a dialog, or the path of a .dialog file.",
    )


def _takes_world(function: Callable[..., Any]) -> bool:
    """Whether the first parameter of *function* is called ``simulator``; raises :class:`SimulatorError` for none."""
    try:
        parameters = [*inspect.signature(function).parameters.values()]
    except (TypeError, ValueError):  # written in C
        return False
    if not parameters:
        raise SimulatorError(
            f"{_name(function)}() takes no parameter.",
            hint="A scenario takes the caller's seed, or a simulator that is made of it: def scenario(seed): …",
        )
    return parameters[0].name == _WORLD


def _name(scenario: Any) -> str:
    if isinstance(scenario, Dialog):
        return scenario.name
    function = getattr(scenario, "func", scenario)  # of a partial function
    return str(getattr(function, "__name__", type(function).__name__))
