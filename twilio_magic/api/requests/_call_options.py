"""The options of a call, which ``%call`` and ``twilio-magic call`` share; most are made from the parameter table."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from html import escape
from typing import Any

from ...errors import MagicLineError, RequestError
from ._operations import operation
from ._options import add_options, help_text, options_given, raw_pairs
from ._snippets import LANGUAGES

#: Parameters whose option has another form than the table gives it.
_SPECIAL = ("To", "From", "Twiml", "ApplicationSid")


def add_call_options(
    parser: argparse.ArgumentParser, *, twiml: tuple[str, str], application: tuple[str, str]
) -> argparse._ArgumentGroup:
    """Give *parser* every option of a call, and return the group of the usual ones.

    *twiml* and *application* are the metavar and the help of ``--twiml`` and ``--app``, whose values mean different
    things in a notebook and in a terminal.
    """
    create = operation("calls.create")
    parser.add_argument("words", metavar="TO", nargs="*", help=create.parameter("To").help)
    usual = parser.add_argument_group("the usual")
    add = usual.add_argument
    add("--from", dest="from_", metavar="ENDPOINT", help=help_text(create.parameter("From")))
    add("--twiml", metavar=twiml[0], help=twiml[1])
    add("--say", metavar="TEXT", help="a call that says this and hangs up")
    add("--app", "--application-sid", metavar=application[0], help=application[1])
    add("--phone", metavar="SCRIPT", help="what the called phone does, in this simulated call")
    add("--no-wait", action="store_true", help="return at once, with the call queued")
    add("--dry-run", action="store_true", help="show the request and do not send it")
    add(
        "--as",
        dest="language",
        choices=LANGUAGES,
        help="show the request as a program and do not send it",
    )
    add(
        "--yes",
        action="count",
        default=0,
        help="answer the question before a live call; twice: also the one about costly calls",
    )
    add_options(parser, create, leave_out=_SPECIAL)
    return usual


def call_parameters(
    options: argparse.Namespace,
    command: str,
    *,
    read_twiml: Callable[[str], Any],
    read_application: Callable[[str], str],
) -> dict[str, Any]:
    """The parameters that *options* ask for, by Twilio's names.

    *read_twiml* and *read_application* turn the values of ``--twiml`` and ``--app`` into the parameters' own. *command*
    is what errors call the command. Raises :class:`MagicLineError` and :class:`RequestError`.
    """
    create = operation("calls.create")
    pairs, others = raw_pairs(options.words, create)
    given = {**options_given(options, create), **pairs}
    if options.say is not None and options.twiml is not None:
        raise MagicLineError("--say and --twiml are both given.", hint="Leave one of them out.")
    if options.twiml is not None:
        given["Twiml"] = read_twiml(options.twiml)
    if options.say is not None:
        given["Twiml"] = f"<Response><Say>{escape(options.say, quote=False)}</Say></Response>"
    if options.app is not None:
        given["ApplicationSid"] = read_application(options.app)
    if len(others) > 1:
        word = others[1]
        raise MagicLineError(f"{command}: {word!r} is one word too many.", hint=_extra_word(word))
    return given | ({"To": others[0]} if others else {})


def explain_missing(error: RequestError, command: str, caller: str, also: str = "") -> None:
    """Let the hint of *error* say what to type behind *command*, if who is called or who calls is missing.

    *caller* is a number that may call. *also* is said of another way to say who calls.
    """
    if error.parameter == "To" and error.reason == "missing":
        error.hint = f"Type the number that is called: {command} +13105555555 --from {caller}"
    elif error.parameter == "From" and error.reason == "missing":
        error.hint = f"Give --from {caller}{also}"


def _extra_word(word: str) -> str:
    """What to do about one word too many."""
    if re.match(r"\+\d", word):
        return f"Who calls is given with --from {word}."
    return "Put quotes around what holds blanks; a parameter is --name value or Name=value."
