"""A magic: how its line is read, its help, and the function that it calls."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from ..display import visible_line
from ..records import dataclass
from ._line import LineParser, check_variable_name

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ..api import Call

T = TypeVar("T")


@dataclass(frozen=True)
class Invocation:
    """One use of a magic: its *line* and the *options* on it, its *cell*, and the variables, *names*, of the notebook.

    *text* is the rest of a line whose options end before it, as a phone's script does.
    """

    line: str
    options: argparse.Namespace
    text: str | None
    cell: str | None
    names: dict[str, Any]
    shell: InteractiveShell

    def show_or_keep(self, result: T, subject: str, state: str = "") -> T | None:
        """*result*, which is shown then; with ``--out NAME`` a variable keeps it, and a sentence says so.

        *subject* is the beginning of the sentence, such as ``The calls are``; *state* is said behind the variable.
        """
        if self.options.out is None:
            return result
        self.shell.user_ns[self.options.out] = result
        told = f"{subject} in the variable {self.options.out}{f': {state}' if state else ''}."
        print(visible_line(told))  # noqa: T201 - else a cell that did something would look like one that did nothing
        return None

    def show_or_keep_call(self, call: Call) -> Call | None:
        """The same with *call*."""
        return self.show_or_keep(call, f"The call from {call.from_} to {call.to} is", call.status)


@dataclass(frozen=True)
class Magic:
    """One magic: *run* does what its line and cell ask for. Every magic has ``--help``, which is answered here.

    *usage*, *description* and *examples* are its help, to which *add_options* adds the options. *end_of_options* is the
    separator between the options and a text on the same line.
    """

    name: str
    usage: str
    description: str
    examples: str
    add_options: Callable[[LineParser], None]
    run: Callable[[Invocation], Any]
    end_of_options: re.Pattern[str] | None = None

    @cached_property
    def parser(self) -> LineParser:
        """The parser of the magic's line. It is made when it is first needed, because the tables take time to load."""
        parser = LineParser(
            self.name, self.usage, description=self.description, epilog=self.examples
        )
        self.add_options(parser)
        return parser

    @property
    def docstring(self) -> str:
        """The help without the options, which ``%name?`` shows."""
        about = f"{self.usage}\n\n{self.description}\n{self.examples}"
        return f"{about}\n%{self.name.lstrip('%')} --help lists the options."

    def __call__(
        self, line: str, cell: str | None, names: dict[str, Any], shell: InteractiveShell
    ) -> Any:
        """Read *line* and run the magic; returns the object that the cell shows."""
        head, text = self._split(line)
        options = self.parser.read(head, names)
        if options.help:
            print(self.parser.format_help())  # noqa: T201 - help is text for the person at the keyboard
            return None
        if getattr(options, "out", None) is not None:
            check_variable_name(options.out)  # before anything is done
        return self.run(Invocation(line, options, text, cell, names, shell))

    def _split(self, line: str) -> tuple[str, str | None]:
        """The part of *line* that holds the options, and the text behind it, if there is one."""
        if self.end_of_options is None:
            return line, None
        head, *rest = self.end_of_options.split(line, maxsplit=1)
        return head, rest[0] if rest else None


def magic(
    name: str,
    *,
    usage: str,
    description: str,
    examples: str,
    options: Callable[[LineParser], None],
    end_of_options: re.Pattern[str] | None = None,
) -> Callable[[Callable[[Invocation], Any]], Magic]:
    """Decorator: make a :class:`Magic` of the function that runs it."""

    def make(run: Callable[[Invocation], Any]) -> Magic:
        return Magic(name, usage, description, examples, options, run, end_of_options)

    return make
