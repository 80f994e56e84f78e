"""``twilio-magic simulate``: run a document in a call, with a script for the phone: a test in one line of shell."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..display import visible_line
from ._check import print_notes
from ._documents import explain_unreadable, read_text
from ._terminal import dump_json, print_text, without_commands, write

if TYPE_CHECKING:
    from ..api import Call

_TO, _FROM = "+13105555555", "+12125551234"
_WEB = ("http://", "https://")
_DESCRIPTION = """\
Place a call in the simulator and show what happens. Nobody is called. Exit status: 0 if all went well, 1 if the call
failed, an application error was heard, or the phone never heard what it waited for, 2 if the file cannot be read.
"""


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "simulate", help="run TwiML in a simulated call", description=_DESCRIPTION
    )
    add = command.add_argument
    add("document", metavar="FILE|URL", help="a TwiML file, - for standard input, or a web address")
    add(
        "--phone",
        metavar="SCRIPT",
        default="answer",
        help="""what the called phone does, such as "answer; hear 'press 1'; press 1" (default: answer)""",
    )
    add("--from", dest="from_", metavar="ADDRESS", default=_FROM, help=f"default: {_FROM}")
    add("--to", metavar="ADDRESS", default=_TO, help=f"default: {_TO}")
    add("--format", choices=sorted(_FORMATS), default="text", help="default: text")
    add("--seed", type=int, default=0, help="the same seed gives the same sids (default: 0)")
    add(
        "--no-network",
        dest="network",
        action="store_false",
        help="the document requests nothing over the network: what it asks for is out of reach",
    )
    command.set_defaults(run=run_simulate)


def run_simulate(options: argparse.Namespace) -> int:
    """Place the call and show it; returns the exit status."""
    from ..api import Client
    from ..simulation import Simulator

    simulator = Simulator(options.seed, network=options.network)
    try:
        text = _read(options.document)
    except (OSError, UnicodeDecodeError) as error:
        print_text(visible_line(explain_unreadable(options.document, error)), file=sys.stderr)
        return 2
    url = options.document if text is None else simulator.host(text)
    calls = Client(simulator=simulator).calls
    simulator.phones[options.to] = options.phone
    call = calls.create(to=options.to, from_=options.from_, url=url).wait()
    write(_FORMATS[options.format](call) + "\n")
    if text is not None and options.format == "text":
        print_notes([(options.document, text)])
    return int(call.status == "failed" or bool(_failures(call)))


def _read(document: str) -> str | None:
    """Read the text of *document*; None for one that is at a web address."""
    if document.lower().startswith(_WEB):
        return None
    return read_text(document)


def _failures(call: Call) -> list[str]:
    return [event.text for event in call.timeline if event.kind == "failed"]


def _text(call: Call) -> str:
    from ..views import call_text

    return without_commands(call_text(call))


def _json(call: Call) -> str:
    """Write the call with its timeline, transcript, webhooks and failures as JSON."""
    from ..control import call_record

    return dump_json(call_record(call))


_FORMATS: Mapping[str, Callable[[Call], str]] = {"text": _text, "json": _json}
