"""The command line: ``twilio-magic``, or ``python -m twilio_magic``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from . import __version__
from .errors import TwilioMagicError

_DEMO = """\
The support article's first call, placed in the embedded simulator: no account, no network, nobody called.

  POST https://api.twilio.com/2010-04-01/Accounts/{account}/Calls.json
       To={to}  From={from_}  Url={url}

{card}

Open the notebooks with `make lab` (or `jupyter lab notebooks/00-first-call.ipynb`). In any notebook of your own:
  %load_ext twilio_magic
  %call {to} --from {from_} --url {url}
"""
_TO, _FROM, _URL = "+13105555555", "+12125551234", "https://demo.twilio.com/welcome/voice/"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status: 0 for success, 1 for an error that was told."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except TwilioMagicError as error:
        print("\n".join(error.box()), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="twilio-magic", description="Twilio Programmable Voice, simulated."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    demo = commands.add_parser("demo", help="place the first call and show what happens")
    demo.set_defaults(run=_demo)
    return parser


def _demo(_: argparse.Namespace) -> int:
    from .api import Client
    from .simulation import Simulator
    from .views import call_text

    client = Client(simulator=Simulator())
    call = client.calls.create(to=_TO, from_=_FROM, url=_URL).wait()
    card = "\n".join(f"  {line}".rstrip() for line in call_text(call).splitlines())
    print(_DEMO.format(account=call.account_sid, to=_TO, from_=_FROM, url=_URL, card=card))
    return 0
