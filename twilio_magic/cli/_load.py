"""``twilio-magic load``: many simulated callers at once, and what became of them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ._command_parser import add_command
from ._terminal import dump_json, without_commands, write

if TYPE_CHECKING:
    from ..populations import Population

_DESCRIPTION = """\
Simulate many callers, each in a world of its own, and tell how their calls ended, what Twilio logged, how long calls
and webhooks took, and what happened to the first that failed. SCENARIO is a function that takes a seed and returns its
call, or a file of dialogs; of several, each caller does one, chosen by the seed as often as its weight says:
first.dialog=3 second.dialog. Exit status: 0 if no caller failed, 1 if one did.
"""
_WEIGHT = re.compile(r"(?P<target>.+)=(?P<weight>\d+(?:\.\d+)?)")


def _in_full(found: Population) -> str:
    told = [repr(found), "", repr(found.measured)]
    for failure in found.failures:
        told += ["", f"{failure}", *(f"  {line}" for line in failure.text.splitlines())]
    return without_commands("\n".join(told) + "\n")


_FORMATS: Mapping[str, Callable[[Population], str]] = {
    "text": _in_full,
    "json": lambda found: f"{dump_json(found.to_dict())}\n",
}


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = add_command(
        commands,
        "load",
        "simulate many callers at once",
        usage="SCENARIO[=WEIGHT]... [options]",
        says=_DESCRIPTION,
        examples=(
            "load scenario.py:scenario --callers 10000 --processes 2",
            "load first.dialog=3 second.dialog --format json",
        ),
    )
    add = command.add_argument
    add(
        "scenarios",
        metavar="SCENARIO[=WEIGHT]",
        nargs="+",
        help="scenario.py:function, module:function, or a file of dialogs",
    )
    add("--callers", "-n", type=int, default=10_000, metavar="N", help="default: 10000")
    add(
        "--processes",
        "-p",
        type=int,
        metavar="N",
        help="how many processes (default: one for each processor)",
    )
    add("--seed", type=int, default=0, metavar="N", help="what all callers follow from")
    add("--first", type=int, default=0, metavar="N", help="the number of the first caller")
    add("--failures", type=int, default=5, metavar="N", help="how many are told of (default: 5)")
    add("--format", choices=sorted(_FORMATS), default="text", help="default: text")
    command.set_defaults(run=run_load)


def run_load(options: argparse.Namespace) -> int:
    """Simulate and report; returns the exit status."""
    from ..populations import simulate

    found = simulate(
        [_with_weight(each) for each in options.scenarios],
        options.callers,
        processes=options.processes,
        seed=options.seed,
        first=options.first,
        failures=options.failures,
    )
    write(_FORMATS[options.format](found))
    return int(not found.passed)


def _with_weight(text: str) -> tuple[Any, float]:
    """The scenario that *text* names, and its weight."""
    match = _WEIGHT.fullmatch(text)
    target, weight = (match["target"], float(match["weight"])) if match else (text, 1.0)
    return target, weight
