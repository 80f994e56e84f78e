"""``twilio-magic explore``: the map of an IVR, and what is wrong with it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ._command_parser import add_command
from ._progress_bar import progress_bar
from ._terminal import dump_json, without_commands, write

if TYPE_CHECKING:
    from ..maps import Map
    from ..simulation import Simulator

_DESCRIPTION = """\
Walk every way that a caller can go through an IVR, each in a simulated call of its own, and show the map: where calls
wait, the keys between, and what is wrong. Exit status: 0 if nothing worse than advice is found, 1 if something is.
"""
_FORMATS: Mapping[str, Callable[[Map], str]] = {
    "text": lambda found: without_commands(f"{found.to_text()}\n"),
    "json": lambda found: f"{dump_json(found.to_dict())}\n",
    "mermaid": lambda found: without_commands(found.to_mermaid()),
    "graphviz": lambda found: without_commands(found.to_graphviz()),
    "dialogs": lambda found: without_commands(found.problems.to_dialogs()),
}


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = add_command(
        commands,
        "explore",
        "map every way through an IVR",
        usage="APP [options]",
        says=_DESCRIPTION,
        examples=(
            "explore app.py:app",
            "explore menu.twiml --format mermaid",
            "explore ivr:app --keys 4711",
            "explore ivr.py:simulator",
        ),
    )
    add = command.add_argument
    add(
        "target",
        metavar="APP",
        help="""module:app, file.py:app, module:create_app(), a simulator in a file of functions, as ivr.py:simulator,
        a file of TwiML, or the address of a server""",
    )
    add_explore_options(add)
    add("--format", choices=sorted(_FORMATS), default="text", help="default: text")
    command.set_defaults(run=run_explore)


def add_explore_options(add: Callable[..., Any]) -> None:
    """Add the options that say which ways are walked, and how far."""
    add("--url", metavar="URL", help="the address or path that answers (default: the usual one)")
    add(
        "--method",
        choices=("POST", "GET"),
        default="POST",
        help="how it is requested first (default: POST)",
    )
    add(
        "--mount",
        nargs="+",
        type=_read_mount,
        default=[],
        metavar="URL=APP",
        help="what is mounted beside it: an application, as APP names one, or a folder with files that are played",
    )
    add("--depth", type=int, default=8, metavar="N", help="at most so many moves (default: 8)")
    add(
        "--calls", type=int, default=1000, metavar="N", help="at most so many calls (default: 1000)"
    )
    add(
        "--states",
        type=int,
        default=200,
        metavar="N",
        help="at most about so many places (default: 200)",
    )
    add("--keys", nargs="+", default=[], metavar="KEYS", help="numbers that are tried besides")
    add("--words", nargs="+", default=[], metavar="WORDS", help="words that are tried besides")


def _read_mount(text: str) -> tuple[str, str]:
    url, equals, target = text.rpartition("=")
    if not (url and equals and target):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no mount: write https://files.example.com=sounds"
        )
    return url, target


def explore_as_asked(
    options: argparse.Namespace,
    names: Mapping[str, Any] | None = None,
    simulator: Simulator | None = None,
) -> Map:
    """The map of what *options* name, by the *names* and mounts of a notebook, too; shows how far it is."""
    from ..maps import explore

    with progress_bar() as tell:
        return explore(
            options.target,
            url=options.url,
            method=options.method,
            mounts=dict(options.mount),
            depth=options.depth,
            calls=options.calls,
            states=options.states,
            keys=options.keys,
            words=options.words,
            names=names,
            simulator=simulator,
            progress=lambda made, waiting: tell(made, min(made + waiting, options.calls)),
        )


def run_explore(options: argparse.Namespace) -> int:
    """Explore and report; returns the exit status."""
    found = explore_as_asked(options)
    write(_FORMATS[options.format](found))
    return int(any(each.level != "advice" for each in found.problems))
