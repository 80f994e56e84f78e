"""``twilio-magic call``: place a call from the terminal, in the simulator or, when asked for, for real."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import MagicLineError
from ._command_parser import Parser

if TYPE_CHECKING:
    from ..api import Call, Client, Guard

_SPECIAL = ("To", "Twiml", "ApplicationSid")
_DESCRIPTION = """\
Place a call with a POST to Twilio's Calls API and show what happens. It goes to the simulator, where nobody is called
and nothing is charged, unless --live is given. Parameters may also be given in Twilio's spelling: StatusCallback=https://...
Exit status: 0 if the call was placed (or shown), 1 if not.
"""


def add_to(commands: Any) -> None:
    """Add the command to the command line.

    Its own words are left to a parser that is made when it is called for, because the table of parameters takes a while
    to load; with no prefix, options count as words until then.
    """
    command = commands.add_parser(
        "call", help="place a call, simulated or real", add_help=False, prefix_chars="\0"
    )
    command.add_argument("words", nargs="*")
    command.set_defaults(
        run=lambda outer: run_call(call_parser().parse_intermixed_args(outer.words))
    )


def call_parser() -> Parser:
    """What may stand behind ``twilio-magic call``."""
    from ..api import LANGUAGES, add_options, operation

    create = operation("calls.create")
    made = Parser(
        prog="twilio-magic call",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = made.add_argument
    add("words", metavar="TO", nargs="*", help=create.parameter("To").help)
    add("--twiml", metavar="FILE", help="a file with TwiML, - for standard input, or TwiML itself")
    add("--say", metavar="TEXT", help="a call that says this and hangs up")
    add("--app", "--application-sid", metavar="SID", help=create.parameter("ApplicationSid").help)
    add_options(made, create, leave_out=_SPECIAL)
    add("--phone", metavar="SCRIPT", help="what the called phone does, in a simulated call")
    add("--no-wait", action="store_true", help="do not wait until the call is over")
    add("--dry-run", action="store_true", help="show the request and do not send it")
    add("--as", dest="language", choices=LANGUAGES, help="show the request as a program")
    add("--live", action="store_true", help="place a real call: it asks first")
    add(
        "--profile", metavar="NAME", help="with --live: sign in with this profile of the twilio-cli"
    )
    add("--yes", action="count", default=0, help="with --live: answer the question; twice: both")
    return made


def run_call(options: argparse.Namespace) -> int:
    """Place the call, or show what would be sent."""
    from ..api import code
    from ..views import call_text, request_text

    client, guard = _client(options)
    request = client.calls.prepare(**_parameters(options))
    if options.language:
        print(code(request, options.language))
    elif options.dry_run:
        print(request_text(request))
    else:
        with guard.assume_yes(options.yes):
            call = client.calls.place(request)
        print(call_text(_follow(call, options)))
    return 0


def _client(options: argparse.Namespace) -> tuple[Client, Guard]:
    from ..api import Client, Credentials, Guard

    guard = Guard(ask=_ask, is_attended=_is_attended, limit=lambda: 1)
    if not options.live:
        if options.profile is not None:
            raise MagicLineError("--profile is for calls that are real.", hint="Add --live.")
        from ..simulation import Simulator

        simulator = Simulator()
        if options.phone is not None:
            simulator.phones["*"] = options.phone
        return Client(simulator=simulator), guard
    if options.phone is not None:
        raise MagicLineError("--phone is for simulated calls: a real phone does what it likes.")
    credentials = Credentials.find(profile=options.profile)
    base_url = os.environ.get("TWILIO_MAGIC_STAND_IN", "")
    return Client(credentials=credentials, permit=guard, base_url=base_url), guard


def _parameters(options: argparse.Namespace) -> dict[str, Any]:
    from xml.sax.saxutils import escape

    from ..api import operation, options_given, raw_pairs

    create = operation("calls.create")
    pairs, others = raw_pairs(options.words, create)
    if len(others) > 1:
        raise MagicLineError(
            f"{others[1]!r} is one word too many.", hint="Quote what holds blanks."
        )
    given = {**({"To": others[0]} if others else {}), **options_given(options, create), **pairs}
    if options.say is not None and options.twiml is not None:
        raise MagicLineError("--say and --twiml are both given.", hint="Leave one of them out.")
    if options.twiml is not None:
        given["Twiml"] = _document(options.twiml)
    if options.say is not None:
        given["Twiml"] = f"<Response><Say>{escape(options.say)}</Say></Response>"
    if options.app is not None:
        given["ApplicationSid"] = options.app
    return given


def _document(name: str) -> str:
    if name.lstrip().startswith("<"):
        return name
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise MagicLineError(f"The file {name} cannot be read: {reason}.") from None


def _follow(call: Call, options: argparse.Namespace) -> Call:
    if options.no_wait:
        return call
    try:
        shown = ""
        for _ in call.watch():
            if options.live and call.status != shown:
                print(f"{call.to}: {call.status} ({call.sid})", file=sys.stderr)
            shown = call.status
    except KeyboardInterrupt:
        print("The call goes on without you; it ends when a party hangs up.", file=sys.stderr)
    return call


def _is_attended() -> bool:
    in_ci = os.environ.get("CI", "").lower() not in ("", "0", "false", "no")
    return not in_ci and sys.stdin.isatty()


def _ask(question: str) -> bool:
    try:
        return input(f"{question} [yes/no] ").strip().lower() in ("yes", "y")
    except (EOFError, KeyboardInterrupt):
        return False
