"""The parser of a magic's line: shell words, options that are made from tables, errors that say what to do."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Mapping
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, NoReturn

from ..errors import MagicLineError
from ..suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from ..api import Operation

#: A name that is replaced by its value; with two dollar signs it is not.
_DOLLAR = re.compile(r"\$(\$(?=[A-Za-z_{]))|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})")


class LineParser(argparse.ArgumentParser):
    """An argument parser for one magic: it raises :class:`MagicLineError` and never exits."""

    def __init__(self, magic: str, *, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=magic,
            description=description,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self.add_argument("-h", "--help", action="store_true", help="show this text")
        #: For Tab, by option: the values that it takes, and the class whose instances it takes by name.
        self.words: dict[str, tuple[str, ...]] = {}
        self.classes: dict[str, str] = {}

    def read(self, line: str, namespace: Mapping[str, Any]) -> argparse.Namespace:
        """Parse *line*, with ``$name`` replaced from *namespace*; ``$$name`` stands for ``$name`` itself."""
        try:
            words = shlex.split(line)
        except ValueError as error:
            hint = 'Put the text that holds a quote into quotes: "don\'t".'
            raise MagicLineError(f"{error} in: {line}", hint=hint) from None
        if not {"-h", "--help"}.isdisjoint(words):
            return argparse.Namespace(help=True)  # also where a word is missing
        return self.parse_intermixed_args([self._fill(word, namespace) for word in words])

    def add_out(self, what: str) -> None:
        """Add the option that keeps *what* the magic gives in a variable."""
        self.add_argument(
            "--out", metavar="NAME", help=f"keep {what} in a variable and show nothing"
        )

    def offer_values(self, operation: Operation) -> None:
        """Let Tab offer the values that the parameters of *operation* may have."""
        self.words |= {row.option: row.values for row in operation.parameters if row.values}

    def options(self) -> list[str]:
        """Return the long name of every option."""
        return [name for action in self._actions for name in action.option_strings if len(name) > 2]

    def values(self, option: str, namespace: Mapping[str, Any]) -> list[str]:
        """Return the known values of *option*: for Tab."""
        choices = [action.choices for action in self._actions if option in action.option_strings]
        words = self.words.get(option) or (choices[0] if choices and choices[0] else ())
        wanted = self.classes.get(option)
        named = [
            name
            for name, value in namespace.items()
            if type(value).__name__ == wanted and not name.startswith("_")
        ]
        return [*(str(word) for word in words), *sorted(named)]

    def error(self, message: str) -> NoReturn:
        """Raise instead of exiting."""
        unknown = re.search(r"(--[\w-]+)", message) if "unrecognized" in message else None
        near = nearest(unknown[1], self.options()) if unknown else None
        said = f"{did_you_mean(near)} " if near else ""
        if unknown and unknown[1] == "--live":
            said = "%twilio live makes the calls of this notebook real, after asking. "
        raise MagicLineError(
            f"{self.prog}: {message}", hint=f"{said}{self.prog} --help lists the options."
        )

    def _fill(self, word: str, namespace: Mapping[str, Any]) -> str:
        def value(match: re.Match[str]) -> str:
            if match[1]:
                return "$"
            name = match[2] or match[3]
            if name not in namespace:
                raise unknown_name(name, namespace, f"${name} in {word!r}")
            return str(namespace[name])

        return _DOLLAR.sub(value, word)


def check_variable_name(name: str) -> str:
    """Return *name* if a variable can have it; raises :class:`MagicLineError`."""
    if not name.isidentifier() or iskeyword(name):
        raise MagicLineError(
            f"{name!r} cannot be the name of a variable.",
            hint="Use letters, digits and underscores, and no word of Python's own.",
        )
    return name


def quote(text: str) -> str:
    """Quote *text* as one word of a magic's line, so that the magic reads it unchanged."""
    return shlex.quote(re.sub(r"\$(?=[A-Za-z_{])", "$$", text))


def unknown_name(name: str, namespace: Mapping[str, Any], what: str) -> MagicLineError:
    """Make the error for a *name* that no variable has, with the nearest one that there is."""
    known = [other for other in namespace if not other.startswith("_")]
    hint = did_you_mean(nearest(name, known)) or "Run the cell that defines it first."
    return MagicLineError(f"There is no {name!r} in this notebook ({what}).", hint=hint)
