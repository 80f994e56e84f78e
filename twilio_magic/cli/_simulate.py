"""``twilio-magic simulate``: a call that runs a document, or an application, with a script for the phone.

It is a test in one line of shell.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..applications import load_application, names_application
from ..display import visible_line
from ..errors import TwilioMagicError
from ._check import print_notes
from ._documents import explain_unreadable, read_text, refuse_python
from ._terminal import dump_json, print_text, without_commands, write

if TYPE_CHECKING:
    from ..api import Call
    from ..simulation import Simulator

_NOT_THERE = (404, 405)
_TO, _FROM = "+13105555555", "+12125551234"
_WEB = ("http://", "https://")
_DESCRIPTION = """\
Place a call in the simulator and show what happens. Nobody is called. Exit status: 0 if all went well, 1 if the call
failed, an application error was heard, or the phone never heard what it waited for, 2 if the file cannot be read.
An application answers at https://agent.example.com, in this process; so do its WebSockets, if it is a voice agent.
"""
_BASE = "https://agent.example.com"


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "simulate", help="run TwiML in a simulated call", description=_DESCRIPTION
    )
    add = command.add_argument
    add(
        "document",
        metavar="FILE|URL|APP",
        help="""a TwiML file, - for standard input, a web address, or a WSGI or ASGI application as file.py:app or
        package.module:app""",
    )
    add(
        "--url",
        metavar="URL|PATH",
        help=f"""which address of an application answers the call: a path, or a web address, where it is mounted then
        (default: {_BASE}/voice, or what it has in its place)""",
    )
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
    from ..simulation import Simulator, mock_twilio

    simulator = Simulator(options.seed, network=options.network)
    if names_application(options.document):
        with mock_twilio(simulator):
            return _run_application(simulator, options)
    if options.url is not None:
        raise TwilioMagicError(
            f"--url {options.url} is for an application, and {options.document} is none.",
            hint="Write agent.py:app, the file and the name in it.",
        )
    try:
        text = _read(options.document)
    except (OSError, UnicodeDecodeError) as error:
        print_text(visible_line(explain_unreadable(options.document, error)), file=sys.stderr)
        return 2
    refuse_python(options.document, text)
    url = options.document if text is None else simulator.host(text)
    call = _place(simulator, url, options)
    if text is not None and options.format == "text":
        print_notes([(options.document, text)])
    return _exit_status(call)


def _run_application(simulator: Simulator, options: argparse.Namespace) -> int:
    """Mount the application, and let it answer the call; returns the exit status."""
    app = load_application(options.document)
    base, url = _addresses(app, options.url)
    simulator.mount(base, app)
    call = _place(simulator, url, options)
    if call.webhooks and call.webhooks[0].status in _NOT_THERE:
        print_text(visible_line(_explain_missing(app, options, url)), file=sys.stderr)
    status = _exit_status(call)
    simulator.reset()  # which lets the application end
    return status


def _addresses(app: Any, url: str | None) -> tuple[str, str]:
    """Where *app* is mounted, and the address that answers the call."""
    from ..simulation import choose_path

    if url is None:
        return _BASE, _BASE + choose_path(app)
    if url.lower().startswith(_WEB):
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}", url
    return _BASE, f"{_BASE}/{url.removeprefix('/')}"


def _explain_missing(app: Any, options: argparse.Namespace, url: str) -> str:
    from ..simulation import list_routes

    routes = list_routes(app)
    has = f", such as {', '.join(routes[:5])}" if routes else ""
    path = urlsplit(url).path
    return f"{options.document} answers no call at {path}: say which path does with --url{has}"


def _place(simulator: Simulator, url: str, options: argparse.Namespace) -> Call:
    """Place the call, and show it when it is over."""
    from ..api import Client

    simulator.phones[options.to] = options.phone
    calls = Client(simulator=simulator).calls
    call = calls.create(to=options.to, from_=options.from_, url=url).wait()
    write(_FORMATS[options.format](call) + "\n")
    return call


def _exit_status(call: Call) -> int:
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
