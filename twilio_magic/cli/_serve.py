"""``twilio-magic serve``: the simulated Twilio over HTTP on this machine, for the SDK of any language."""

from __future__ import annotations

import argparse
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ..display import visible_line
from ..secret import MASK
from ..timeline import clock
from ._command_parser import add_command
from ._terminal import print_text

if TYPE_CHECKING:
    from ..simulation import Simulator
    from ..timeline import Event

_PORT = 8010
_TEXT = """\
Twilio Voice, simulated, at {base_url}
  account {account}
  token   {token}
  page    {base_url}/simulator/
Point your SDK there instead of at https://api.twilio.com. Phones answer after two seconds. Ctrl-C ends it."""


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = add_command(
        commands,
        "serve",
        "serve the simulated Twilio over HTTP, on this machine only",
        usage="[FILE.py:SIMULATOR] [options]",
        says="Serve the simulated Twilio on 127.0.0.1 until it is interrupted. Nobody is called.",
        examples=(
            "serve",
            "serve --number +12125551234=http://127.0.0.1:5000/voice --log",
            "serve --mount https://ivr.example.com=app.py:app --speed 10",
            "serve ivr.py:simulator",
        ),
    )
    command.add_argument(
        "world",
        nargs="?",
        metavar="FILE.py:SIMULATOR",
        help="a simulator in a file of functions: the same answers, at the same numbers, and phones do the same",
    )
    command.add_argument(
        "--port", type=int, default=_PORT, help=f"0 is any free one (default: {_PORT})"
    )
    command.add_argument(
        "--speed", type=float, default=1, help="simulated seconds in a real one (default: 1)"
    )
    command.add_argument(
        "--seed", type=int, default=0, help="the same seed gives the same sids (default: 0)"
    )
    command.add_argument(
        "--token",
        nargs="?",
        const=True,
        metavar="VALUE",
        help="""an auth token of its own instead of the one that everybody knows; without a value a random one. Other
        people on this machine may see a value that is typed here""",
    )
    command.add_argument(
        "--no-network",
        dest="network",
        action="store_false",
        help="calls request nothing over the network, so applications are out of reach",
    )
    command.add_argument(
        "--phones",
        metavar="FILE",
        help="the scripts of phones, as %%%%phone takes them: lines such as “+13105555555: ring 3; answer”",
    )
    command.add_argument(
        "--number",
        metavar="NUMBER=URL",
        action="append",
        default=[],
        dest="numbers",
        help="a number of the account, and the web address or the file of TwiML that answers it; may be repeated",
    )
    command.add_argument(
        "--mount",
        metavar="URL=TARGET",
        action="append",
        default=[],
        dest="mounts",
        help="""what answers for a web address and below it: an application as file.py:app or module:app, a file of
        TwiML, or a server such as http://127.0.0.1:5050; may be repeated""",
    )
    command.add_argument(
        "--log", action="store_true", help="write a line for each event of each call, as it happens"
    )
    command.set_defaults(run=run_serve)


def run_serve(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C; returns the exit status."""
    from ._check import print_errors
    from ._served_world import ServedWorld

    simulator = ServedWorld(
        options.seed,
        network=options.network,
        world=options.world,
        phones=options.phones,
        numbers=options.numbers,
        mounts=options.mounts,
    )
    print_errors(simulator.files)
    with simulator.serve(options.port, speed=options.speed, token=options.token) as base_url:
        given = simulator.credentials
        is_typed = isinstance(options.token, str)
        token = MASK if is_typed else given.password.reveal()  # shown here once, and nowhere else
        with suppress(KeyboardInterrupt):
            print_text(_TEXT.format(base_url=base_url, account=given.account_sid, token=token))
            if options.log:
                _print_events(simulator)
            threading.Event().wait()
        print_text("")
    return 0


def _print_events(simulator: Simulator) -> None:
    """Print each event when it happens, for ever."""
    with simulator.watch_events() as events:
        while True:
            print_text(_line(*events.get()))


def _line(event: Event, phone: str) -> str:
    """One line: the simulated moment, the call and the phone at its leg, and what happened."""
    return visible_line(
        f"{clock(event.at):>8}  {event.leg[:10]}  {phone:<13}  {event.kind:<13}  {event.text}"
    ).rstrip()
