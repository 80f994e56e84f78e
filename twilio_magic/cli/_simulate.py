"""``twilio-magic simulate``: a call that runs a document, or an application, with a script for the phone.

It is a test in one line of shell.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..applications import load_application, names_application
from ..display import visible_line
from ..errors import TwilioMagicError
from ._check import find_notes, print_notes
from ._command_parser import add_command
from ._documents import STDIN, explain_unreadable, read_text, refuse_python
from ._interactive import TerminalPhone
from ._simulate_folder import simulate_folder
from ._simulated_call import FORMATS, NUMBER, PHONE, begin_call, exit_status
from ._terminal import print_text, write

if TYPE_CHECKING:
    from ..api import Call
    from ..simulation import Entrance, Simulator

_NOT_THERE = (404, 405)
_WEB = ("http://", "https://")
_BASE = "https://agent.example.com"
_SAYS = f"""\
Place a call in the simulator and show what happens. Nobody is called. Exit status: 0 if all went well, 1 if the call
failed, an application error was heard, or the phone never heard what it waited for, 2 if a file cannot be read.
Of a folder each document gets a call. An application answers at {_BASE}, in this process; so do its WebSockets, if it
is a voice agent. Where the name is that of a simulator, its mounts, numbers and phones are those of the call."""
_EXAMPLES = (
    "simulate menu.twiml --phone \"hear 'press 1'; press 1\"",
    "simulate menu.twiml -i",
    "simulate menus/",
    "simulate app.py:app --inbound --url /voice",
    "simulate ivr.py:simulator --inbound --phone \"hear 'press 1'; press 1\"",
    "simulate agent:app --phone \"hear 'help you'; say 'Are you open?'; hear 'nine'\"",
)


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = add_command(
        commands,
        "simulate",
        "run TwiML or an application in a simulated call",
        usage="FILE|FOLDER|URL|APP [options]",
        says=_SAYS,
        examples=_EXAMPLES,
    )
    command.add_argument(
        "document",
        metavar="FILE|FOLDER|URL|APP",
        help="""a TwiML file, - for standard input, a folder of .twiml and .xml files, a web address, or a WSGI or ASGI
        application as file.py:app or package.module:app, or a simulator in a file of functions, as ivr.py:simulator""",
    )
    _add_phone_options(command.add_argument_group("the phone"))
    _add_other_options(command.add_argument_group("the rest"))
    command.set_defaults(run=run_simulate)


def _add_phone_options(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add(
        "--phone",
        metavar="SCRIPT",
        help="""what the phone does, such as "answer; hear 'press 1'; press 1" (default: answer)""",
    )
    add(
        "--interactive",
        "-i",
        action="store_true",
        help="be the phone yourself: read what is said, press keys and speak by typing",
    )
    add(
        "--inbound",
        action="store_true",
        help="the phone calls a number of the account; otherwise the account calls the phone",
    )
    add("--from", dest="from_", metavar="ADDRESS", help=f"default: {NUMBER}; inbound: {PHONE}")
    add("--to", metavar="ADDRESS", help=f"default: {PHONE}; inbound: {NUMBER}")


def _add_other_options(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add(
        "--url",
        metavar="URL|PATH",
        help=f"""which address of an application answers the call: a path, or a web address, where it is mounted then
        (default: {_BASE}/voice, or what it has in its place; of a simulator, what the number says)""",
    )
    add("--format", choices=sorted(FORMATS), default="text", help="default: text")
    add("--seed", type=int, default=0, help="the same seed gives the same sids (default: 0)")
    add(
        "--no-network",
        dest="network",
        action="store_false",
        help="the document requests nothing over the network: what it asks for is out of reach",
    )


def run_simulate(options: argparse.Namespace) -> int:
    """Place the call and show it; returns the exit status."""
    _refuse_contradictions(options)
    if os.path.isdir(options.document):  # noqa: PTH112 - Path.is_dir() raises for a name that is too long
        return simulate_folder(options)
    from ..simulation import Entrance, Simulator, mock_twilio

    simulator = Simulator(options.seed, network=options.network)
    if names_application(options.document):
        with mock_twilio(simulator):
            return _run_application(simulator, options)
    try:
        text = _read(options.document)
    except (OSError, UnicodeDecodeError) as error:
        print_text(visible_line(explain_unreadable(options.document, error)), file=sys.stderr)
        return 2
    refuse_python(options.document, text, with_worlds=True)
    url = options.document if text is None else simulator.host(text)
    call = _place(simulator, Entrance(NUMBER, url), options)
    if text is not None and options.format == "text":
        print_notes([*find_notes(options.document, text)])
    return exit_status(call)


def _refuse_contradictions(options: argparse.Namespace) -> None:
    """Raise :class:`TwilioMagicError` for options that do not go together."""
    document = options.document
    if options.url is not None and not names_application(document):
        raise TwilioMagicError(
            f"--url {options.url} is for an application, and {document} is none.",
            hint="Write agent.py:app, the file and the name in it.",
        )
    if not options.interactive:
        return
    if options.phone is not None:
        raise TwilioMagicError(
            "With -i you are the phone, and --phone is another.", hint="Leave one out."
        )
    if options.format != "text":
        raise TwilioMagicError(
            "-i is for people, and --format json for programs.", hint="Leave one out."
        )
    if document == STDIN or os.path.isdir(document):  # noqa: PTH112 - as above
        raise TwilioMagicError(
            f"-i is for one call, and reads what you type: {document} cannot be read then.",
            hint="Name one file.",
        )


def _run_application(simulator: Simulator, options: argparse.Namespace) -> int:
    """Mount the application, and let it answer the call; returns the exit status."""
    from ..simulation import Entrance, Simulator

    app = load_application(options.document)
    if isinstance(app, Simulator):
        return _run_world(app, simulator, options)
    base, url = _addresses(app, options.url)
    simulator.mount(base, app)
    call = _place(simulator, Entrance(NUMBER, url), options)
    if call.webhooks and call.webhooks[0].status in _NOT_THERE:
        print_text(visible_line(_explain_missing(app, options, url)), file=sys.stderr)
    status = exit_status(call)
    simulator.reset()  # which lets the application end
    return status


def _run_world(world: Simulator, simulator: Simulator, options: argparse.Namespace) -> int:
    """Let the same answer as in *world*, and place the call; returns the exit status."""
    from ..simulation import copy_world, find_entrance

    copy_world(world, simulator)
    number = options.to if options.inbound else options.from_
    is_owned = options.inbound or number in simulator.numbers
    entrance = find_entrance(simulator, options.url, number if is_owned else None)
    if options.url is not None:  # it answers, and no application that the number names
        simulator.numbers[entrance.number].voice_application_sid = None
    return exit_status(_place(simulator, entrance, options))


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


def _place(simulator: Simulator, entrance: Entrance, options: argparse.Namespace) -> Call:
    """Place the call, and show it when it is over, or while a person is at the phone."""
    if options.interactive:
        phone = TerminalPhone(simulator)
        call = phone.take_part(lambda person: begin_call(simulator, entrance, options, person))
        print_text(visible_line(f"Again: {_command(options, phone.person.script)}"))
        return call
    call = begin_call(simulator, entrance, options).wait()
    write(FORMATS[options.format](call) + "\n")
    return call


def _command(options: argparse.Namespace, script: str) -> str:
    """The command that repeats a call, with *script* in the place of the person at the phone."""
    words = ["twilio-magic", "simulate", options.document]
    words += ["--inbound"] if options.inbound else []
    words += ["--url", options.url] if options.url is not None else []
    for name, value in (("--from", options.from_), ("--to", options.to)):
        words += [name, value] if value is not None else []
    return shlex.join([*words, "--phone", "; ".join(script.splitlines())])


def _read(document: str) -> str | None:
    """Read the text of *document*; None for one that is at a web address."""
    if document.lower().startswith(_WEB):
        return None
    return read_text(document)
