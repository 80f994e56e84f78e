"""The command line: ``twilio-magic``, or ``python -m twilio_magic``. One module a command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from .. import __version__
from ..errors import TwilioMagicError
from ._command_parser import CommandParser, Parser
from ._terminal import print_text

if TYPE_CHECKING:
    from ._explore import add_explore_options, explore_as_asked
    from ._live import ask, default_guard, is_attended, is_ci, live_client
    from ._progress_bar import now_and_then, progress_bar
else:
    from ..front_door import open_front_door

    __getattr__, __dir__ = open_front_door(
        __name__,
        {
            "._explore": "add_explore_options, explore_as_asked",
            "._live": "ask, default_guard, is_attended, is_ci, live_client",
            "._progress_bar": "now_and_then, progress_bar",
        },
    )

__all__ = [
    "add_explore_options",
    "ask",
    "default_guard",
    "explore_as_asked",
    "is_attended",
    "is_ci",
    "live_client",
    "main",
    "now_and_then",
    "progress_bar",
]

#: The commands, each of which has a module that is called like it.
_COMMANDS = (
    "call",
    "check",
    "demo",
    "explore",
    "format",
    "learn",
    "load",
    "serve",
    "simulate",
    "test",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status: 0 for success, 1 for what is wrong, 2 for misuse.

    An error of the package is told as a short box on standard error.
    """
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser([word for word in given[:1] if word in _COMMANDS]).parse_args(given)
    try:
        return int(options.run(options))
    except TwilioMagicError as error:
        print_text("\n".join(error.box()), file=sys.stderr)
        return 1


def _parser(named: Iterable[str] = ()) -> argparse.ArgumentParser:
    """The parser of the command that is *named*, or else of all: the others need not be loaded."""
    parser = Parser(
        prog="twilio-magic",
        description="Twilio Programmable Voice, simulated.",
        epilog="Begin with `twilio-magic demo`, and learn with `twilio-magic learn`. COMMAND --help lists its options.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", required=True, parser_class=CommandParser
    )
    for command in named or _COMMANDS:
        import_module(f"._{command}", __name__).add_to(commands)
    return parser
