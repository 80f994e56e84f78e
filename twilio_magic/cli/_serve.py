"""``twilio-magic serve``: the simulated Twilio over HTTP on this machine, for the SDK of any language."""

from __future__ import annotations

import argparse
import threading
from typing import Any

from ..secret import MASK
from ._terminal import print_text

_PORT = 8010
_TEXT = """\
Twilio Voice, simulated, at {base_url}
  account {account}
  token   {token}
Point your SDK there instead of at https://api.twilio.com. Phones answer after two seconds. Ctrl-C ends it."""


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "serve",
        help="serve the simulated Twilio over HTTP, on this machine only",
        description="Serve the simulated Twilio on 127.0.0.1 until it is interrupted. Nobody is called.",
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
    command.set_defaults(run=run_serve)


def run_serve(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C; returns the exit status."""
    from ..simulation import Simulator

    simulator = Simulator(options.seed, network=options.network)
    with simulator.serve(options.port, speed=options.speed, token=options.token) as base_url:
        given = simulator.credentials
        is_typed = isinstance(options.token, str)
        token = MASK if is_typed else given.password.reveal()  # shown here once, and nowhere else
        _show_until_interrupted(
            _TEXT.format(base_url=base_url, account=given.account_sid, token=token)
        )
    return 0


def _show_until_interrupted(text: str) -> None:
    try:
        print_text(text)
        threading.Event().wait()
    except KeyboardInterrupt:
        print_text("")
