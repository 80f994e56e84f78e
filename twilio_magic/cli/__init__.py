"""The command line: ``twilio-magic``, or ``python -m twilio_magic``. One module a command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .. import __version__
from ..errors import TwilioMagicError
from . import _call, _check, _demo, _explore, _format, _learn, _load, _serve, _simulate, _test
from ._command_parser import CommandParser, Parser
from ._explore import add_explore_options, explore_as_asked
from ._live import ask, default_guard, is_attended, is_ci, live_client
from ._progress_bar import now_and_then, progress_bar
from ._terminal import print_text

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

_COMMANDS = (_call, _check, _demo, _explore, _format, _learn, _load, _serve, _simulate, _test)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status: 0 for success, 1 for what is wrong, 2 for misuse.

    An error of the package is told as a short box on standard error.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except TwilioMagicError as error:
        print_text("\n".join(error.box()), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="twilio-magic",
        description="Twilio Programmable Voice, simulated.",
        epilog="Begin with `twilio-magic demo`, and learn with `twilio-magic learn`. COMMAND --help lists its options.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", required=True, parser_class=CommandParser
    )
    for command in _COMMANDS:
        command.add_to(commands)
    return parser
