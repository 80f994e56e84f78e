"""``twilio-magic call``: place a call from the terminal, in the simulator or with ``--live`` for real."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from ..errors import MagicLineError, RequestError
from ._command_parser import Parser
from ._documents import explain_unreadable, read_text
from ._live import ask, is_attended, live_client
from ._terminal import print_text

if TYPE_CHECKING:
    from ..api import Call, Client, Guard, Request

_COMMAND = "twilio-magic call"
_DESCRIPTION = """\
Place a call with a POST to Twilio's Calls API and show what happens. It goes to the simulator, where nobody is called
and nothing is charged, unless --live is given. Parameters may also be given in Twilio's spelling: StatusCallback=https://...
Exit status: 0 if the call was placed (or shown), 1 if not.

  twilio-magic call +13105555555 --from +12125551234 --say "Hello there"
  twilio-magic call +13105555555 --from +12125551234 --twiml menu.twiml --phone "hear 'press 1'; press 1"
  twilio-magic call +13105555555 --from +12125551234 --say "Hello there" --as curl
"""


def add_to(commands: Any) -> None:
    """Add the command to the command line.

    The parser of its options is made when the command runs, because the table of parameters takes a while to load.
    Until then all of them are words: no option begins with the null character.
    """
    command = commands.add_parser(
        "call", help="place a call, simulated or real", add_help=False, prefix_chars="\0"
    )
    command.add_argument("words", nargs="*")
    command.set_defaults(
        run=lambda outer: run_call(call_parser().parse_intermixed_args(outer.words))
    )


def call_parser() -> Parser:
    """The arguments and options of ``twilio-magic call``."""
    from ..api import add_call_options, operation

    parser = Parser(
        prog=_COMMAND,
        usage=f"{_COMMAND} TO --from NUMBER [options]",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    usual = add_call_options(
        parser,
        twiml=("FILE", "a file with TwiML, - for standard input, or TwiML itself"),
        application=("SID", operation("calls.create").parameter("ApplicationSid").help),
    )
    add = usual.add_argument
    add("--live", action="store_true", help="place a real call: it asks first")
    add(
        "--profile", metavar="NAME", help="with --live: sign in with this profile of the twilio-cli"
    )
    return parser


def run_call(options: argparse.Namespace) -> int:
    """Place the call, or show what would be sent."""
    from ..api import code
    from ..views import call_text, request_text

    client, guard = _client(options)
    request = _prepare(client, options)
    if options.language:
        print_text(str(code(request, options.language)))
    elif options.dry_run:
        print_text(request_text(request))
    else:
        with guard.assume_yes(options.yes):
            call = client.calls.place(request)
        print_text(call_text(_follow(call, options)))
    return 0


def _prepare(client: Client, options: argparse.Namespace) -> Request:
    """The request for the call. An error that misses a number says where to type one."""
    from ..api import explain_missing

    parameters = _parameters(options)
    try:
        return client.calls.prepare(**parameters)
    except RequestError as error:
        own = () if options.live else client.incoming_phone_numbers.list(limit=1)
        explain_missing(error, _COMMAND, next((each.phone_number for each in own), "NUMBER"))
        raise


def _client(options: argparse.Namespace) -> tuple[Client, Guard]:
    from ..api import Client, Credentials, Guard

    guard = Guard(ask=ask, is_attended=is_attended, limit=lambda: 1)
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
    return live_client(Credentials.find(profile=options.profile), guard), guard


def _parameters(options: argparse.Namespace) -> dict[str, Any]:
    from ..api import call_parameters, operation

    given = call_parameters(options, _COMMAND, read_twiml=_document, read_application=str)
    return operation("calls.create").in_order(given)


def _document(name: str) -> str:
    if name.lstrip().startswith("<"):
        return name
    try:
        return read_text(name)
    except (OSError, UnicodeDecodeError) as error:
        raise MagicLineError(f"The file {explain_unreadable(name, error)}.") from None


def _follow(call: Call, options: argparse.Namespace) -> Call:
    if options.no_wait:
        return call
    try:
        shown = ""
        for _ in call.watch():
            if options.live and call.status != shown:
                print_text(f"{call.to}: {call.status} ({call.sid})", file=sys.stderr)
            shown = call.status
    except KeyboardInterrupt:
        print_text("The call goes on without you; it ends when a party hangs up.", file=sys.stderr)
    return call
