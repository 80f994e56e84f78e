"""``%call`` and ``%%call``: place a call and show what happened."""

from __future__ import annotations

import argparse
import re
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import MagicLineError
from ._line import LineParser, check_variable_name, unknown_name
from ._progress import keep_card_current
from ._session import session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from IPython.core.interactiveshell import InteractiveShell

    from ..api import Call, Code, Request

_DESCRIPTION = """\
Place a call with a POST to Twilio's Calls API and show what happens. It goes to the simulator of this notebook, where
nobody is called and nothing is charged, until %twilio live says otherwise. Parameters may also be given in Twilio's own
spelling: StatusCallback=https://example.com/status. As a cell, %%call takes the TwiML, or a curl script, below it.
"""
_EXAMPLE = """\
examples:
  %call +13105555555 --from +12125551234 --url https://demo.twilio.com/welcome/voice/
  %call +13105555555 --from +12125551234 --twiml greeting --phone "answer; press 1; hang up"
  %call +13105555555 --from +12125551234 --say "Hello there" --as curl
"""
HELP = f"%call TO --from NUMBER [options]\n\n{_DESCRIPTION}\n{_EXAMPLE}\n%call --help lists the options."

#: Parameters whose option has another form than the table gives it.
_SPECIAL = ("To", "Twiml", "ApplicationSid")


@cache
def parser() -> LineParser:
    """The options of ``%call``, made from the parameter table."""
    from ..api import LANGUAGES, add_options, operation

    create = operation("calls.create")
    made = LineParser("%call", description=_DESCRIPTION, epilog=_EXAMPLE)
    add = made.add_argument
    add("words", metavar="TO", nargs="*", help=create.parameter("To").help)
    add("--twiml", metavar="NAME", help="a document of this notebook, or TwiML itself")
    add("--say", metavar="TEXT", help="a call that says this and hangs up")
    add(
        "--app",
        "--application-sid",
        metavar="APP",
        help="a TwiML application, by its sid or its name here",
    )
    add_options(made, create, leave_out=_SPECIAL)
    add("--phone", metavar="SCRIPT", help="what the called phone does, in this simulated call")
    add("--no-wait", action="store_true", help="return at once, with the call queued")
    add("--dry-run", action="store_true", help="show the request and do not send it")
    add(
        "--as",
        dest="language",
        choices=LANGUAGES,
        help="show the request as a program and do not send it",
    )
    add("--out", metavar="NAME", help="keep the call in a variable and show nothing")
    add(
        "--yes",
        action="count",
        default=0,
        help="answer the question before a live call; twice: also the one about costly calls",
    )
    made.words = {row.option: row.values for row in create.parameters if row.values}
    made.classes["--twiml"] = "Document"
    made.classes["--app"] = "Application"
    return made


def run(
    line: str, cell: str | None, names: dict[str, Any], shell: InteractiveShell
) -> Call | Request | Code | None:
    """The call that *line* and *cell* place, run to its end unless they say ``--no-wait``; or what they would send."""
    if cell is not None:
        cell = _mask_token(cell, shell)
    options = parser().read(line, names)
    if options.help:
        print(parser().format_help())  # noqa: T201 - help is text for the person at the keyboard
        return None
    if options.out is not None:
        check_variable_name(options.out)  # before anybody is called
    request = session().client.calls.prepare(**_parameters(options, cell, names))
    shown = _shown_instead(options, request) or _place(options, request)
    if options.out:
        shell.user_ns[options.out] = shown
        return None
    return shown


def _shown_instead(options: argparse.Namespace, request: Request) -> Request | Code | None:
    """What is shown in the place of a call, if that is what *options* ask for."""
    from ..api import code

    if options.language:
        return code(request, options.language)
    return request if options.dry_run else None


def _place(options: argparse.Namespace, request: Request) -> Call:
    if request.is_live:
        from . import _live

        return _live.place_live_call(
            request, yes=options.yes, phone=options.phone, wait=not options.no_wait
        )
    return keep_card_current(simulate_call(request, options.phone, wait=not options.no_wait))


def simulate_call(request: Request, phone: str | None, *, wait: bool = True) -> Call:
    """The call that *request* places in the simulator, run to its end if *wait*; *phone* is the script of this call."""
    from ..endpoints import endpoint

    now = session()
    phones, to = now.simulator.phones, endpoint(request.first("To")).address
    with now.lock:
        with nullcontext() if phone is None else phones.during(to, phone):
            call = now.simulated_client.calls.place(request)
        now.placed.append(call)
    is_played = now.simulator.profile != "test-credentials"  # where no call ever begins
    return call.wait() if is_played and wait else call


def _parameters(
    options: argparse.Namespace, cell: str | None, names: Mapping[str, Any]
) -> dict[str, Any]:
    """What *options* and *cell* ask for, by the names of the Calls API; the session's defaults fill the gaps."""
    from ..api import operation, options_given, raw_pairs

    create = operation("calls.create")
    pairs, others = raw_pairs(options.words, create)
    given = {**_cell_parameters(cell, names), **options_given(options, create), **pairs}
    given |= _instructions(options, names)
    if len(others) > 1:
        raise MagicLineError(
            f"%call: {others[1]!r} is one word too many.",
            hint=_explain_extra_word(others[1]),
        )
    if others:
        given["To"] = others[0]
    given = {**session().defaults, **given}
    in_order = [row.name for row in create.parameters if row.name in given]
    return {name: given[name] for name in dict.fromkeys([*in_order, *given])}


def _instructions(options: argparse.Namespace, names: Mapping[str, Any]) -> dict[str, Any]:
    """What the call runs, as far as the options of ``%call`` alone say it."""
    if options.say is not None and options.twiml is not None:
        raise MagicLineError("--say and --twiml are both given.", hint="Leave one of them out.")
    given: dict[str, Any] = {}
    if options.twiml is not None:
        given["Twiml"] = _document(options.twiml, names)
    if options.say is not None:
        from xml.sax.saxutils import escape

        given["Twiml"] = f"<Response><Say>{escape(options.say)}</Say></Response>"
    if options.app is not None:
        given["ApplicationSid"] = _application(options.app, names)
    return given


def _mask_token(cell: str, shell: InteractiveShell) -> str:
    """*cell* without the token that a pasted script may hold."""
    from ..api import is_curl

    if not is_curl(cell):
        return cell
    from ._curl import mask_token

    return mask_token(cell, shell)


def _cell_parameters(cell: str | None, names: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that a cell's body gives: TwiML, or those of a curl script."""
    if cell is None:
        return {}
    from ..api import is_curl

    if is_curl(cell):
        from ._curl import parameters_of_script

        return parameters_of_script(cell)
    from ..twiml import fill

    return {"Twiml": fill(cell.removesuffix("\n"), names)}


def _explain_extra_word(word: str) -> str:
    """What to do about one word too many."""
    if re.match(r"\+\d", word):
        return f"Who calls is given with --from {word}."
    return "Put quotes around what holds blanks; a parameter is --name value or Name=value."


def _document(name: str, names: Mapping[str, Any]) -> Any:
    if name.lstrip().startswith("<"):
        return name
    if name not in names:
        if Path(name).suffix in (".twiml", ".xml"):
            raise MagicLineError(
                f"--twiml takes the name of a document in this notebook, and {name!r} is a file.",
                hint=f"menu = open({name!r}).read(), and then --twiml menu.",
            )
        raise unknown_name(name, names, "--twiml takes the name of a document")
    return names[name]


def _application(name: str, names: Mapping[str, Any]) -> str:
    if name in names:
        sid = getattr(names[name], "sid", names[name])
        if not isinstance(sid, str):
            raise MagicLineError(f"{name!r} is no application, but a {type(sid).__name__}.")
        return sid
    if name.isidentifier() and not name.startswith("AP"):
        raise unknown_name(name, names, "--app takes a sid, or the name of an application")
    return name
