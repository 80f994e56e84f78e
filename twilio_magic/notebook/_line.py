"""The parser of a magic's line: shell words, options that are made from tables, errors that say what to do."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, NoReturn

from ..display import sentence
from ..errors import MagicLineError
from ..suggestions import did_you_mean, nearest
from ._offers import offer_addresses, offer_words

if TYPE_CHECKING:
    from ..api import Operation
    from ._offers import Offer, Offers

#: A name that is replaced by its value; with two dollar signs it is not.
_DOLLAR = re.compile(r"\$(\$(?=[A-Za-z_{]))|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})")


class LineParser(argparse.ArgumentParser):
    """An argument parser for one magic: it raises :class:`MagicLineError` and never exits."""

    def __init__(self, magic: str, usage: str, *, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=magic,
            usage=usage.replace("%", "%%"),
            description=description,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self.add_argument("-h", "--help", action="store_true", help="show this text")
        #: For Tab, by option, or by nothing for the words without one: what may stand there now.
        self.offers: dict[str, Offers] = {}
        #: The options by the names that Twilio gives to their parameters.
        self.spellings: dict[str, str] = {}

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
            "--out", metavar="NAME", help=f"keep {what} in a variable, and say so in one line"
        )

    def offer_values(self, operation: Operation) -> None:
        """Let Tab offer the values that the parameters of *operation* may have, and the addresses in the notebook."""
        for row in operation.parameters:
            self.spellings[row.name] = row.option
            if row.values:
                self.offers[row.option] = offer_words(row.values)
            elif row.type == "url":
                self.offers[row.option] = offer_addresses

    def format_help(self) -> str:
        """The help: what the magic does, its examples, and then its options."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        formatter.add_text(self.epilog)
        for group in self._action_groups:
            formatter.start_section(group.title)
            formatter.add_arguments(group._group_actions)
            formatter.end_section()
        return formatter.format_help()

    def options(self) -> list[str]:
        """Return the long name of every option."""
        return [name for action in self._actions for name in action.option_strings if len(name) > 2]

    def find_option(self, option: str) -> argparse.Action | None:
        """The option of this name, or None."""
        return next((each for each in self._actions if option in each.option_strings), None)

    def find_offers(self, words: Sequence[str], names: Mapping[str, Any]) -> list[Offer] | None:
        """What may stand behind *words*, for Tab; None where nothing is known of it, and an option may follow, too."""
        place = max((n for n, word in enumerate(words) if word.startswith("--")), default=-1)
        since = words[place + 1 :]
        option = self.find_option(words[place]) if place >= 0 else None
        if option is not None and option.nargs != 0 and (not since or option.nargs == "+"):
            if words[place] in self.offers:
                return list(self.offers[words[place]](since, names))
            return [(str(choice), "value") for choice in option.choices or ()]
        if "" not in self.offers:
            return None
        return list(self.offers[""](list(self._without_option(words)), names)) or None

    def describe(self, word: str) -> str | None:
        """What the option *word* is, in Twilio's spelling or in ours; None for another word."""
        action = self.find_option(self.spellings.get(word, word))
        if action is None:
            return None
        names = ", ".join(action.option_strings)
        value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
        choices = f"One of: {', '.join(map(str, action.choices))}." if action.choices else ""
        return f"{names}{value}\n\n{sentence((action.help or '').replace('%%', '%'))} {choices}".strip()

    def _without_option(self, words: Sequence[str]) -> Iterator[str]:
        """The words that belong to no option."""
        is_value = False
        for word in words:
            option = self.find_option(word)
            if not is_value and option is None and "=" not in word:
                yield word
            is_value = option is not None and option.nargs != 0

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
