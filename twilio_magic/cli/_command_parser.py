"""Parsers that suggest the nearest option for an unknown one."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from textwrap import fill
from typing import Any, NoReturn

from ..display import visible_line
from ..suggestions import did_you_mean, nearest

_UNKNOWN = re.compile(
    r"unrecognized arguments: (?P<option>--[\w-]+)|.*invalid choice: '(?P<choice>[^']*)'"
)

_WIDTH = 100  # characters of a line of help


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors name the option that was probably meant."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and exit."""
        unknown = _UNKNOWN.match(message)
        near = self._find_meant(unknown) if unknown else None
        question = did_you_mean(near, starts_sentence=False)
        super().error(visible_line(f"{message} ({question})" if question else message))

    def _find_meant(self, unknown: re.Match[str]) -> str | None:
        """The option, or the one of some choices, that was probably meant."""
        if unknown["option"]:
            options = [each for action in self._actions for each in action.option_strings]
            return nearest(unknown["option"], options)
        choices = [str(each) for action in self._actions for each in action.choices or ()]
        return nearest(unknown["choice"], choices)


def add_command(
    commands: Any, name: str, summary: str, *, says: str, examples: Sequence[str], usage: str = ""
) -> Any:
    """Add the command *name*, which its *summary* lists: its help begins with what it *says*, and *examples*."""
    shown = "\n".join(f"  twilio-magic {example}" for example in examples)
    return commands.add_parser(
        name,
        help=summary,
        usage=f"twilio-magic {name} {usage}" if usage else None,
        description=f"{fill(says, _WIDTH)}\n\n{shown}\n",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


class CommandParser(Parser):
    """The parser of one command: it reports unknown options itself, with its own usage."""

    def parse_known_args(  # type: ignore[override]  # argparse has overloads for the namespace
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """Parse as argparse does, but report unknown options here, not in the parser around this one."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return known, unknown
