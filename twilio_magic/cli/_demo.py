"""``twilio-magic demo``: the first call of Twilio's documentation, in the terminal."""

from __future__ import annotations

import argparse
from typing import Any

from ._command_parser import add_command
from ._terminal import print_text

_TEXT = """\
The support article's first call, placed in the embedded simulator: no account, no network, nobody called.

  POST https://api.twilio.com/2010-04-01/Accounts/{account}/Calls.json
       To={to}  From={from_}  Url={url}

{card}

Open the tutorials with `twilio-magic learn` (in a clone with `make lab`). In any notebook of your own:
  %load_ext twilio_magic
  %call {to} --from {from_} --url {url}
"""
_TO, _FROM, _URL = "+13105555555", "+12125551234", "https://demo.twilio.com/welcome/voice/"


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = add_command(
        commands,
        "demo",
        "place the first call and show what happens",
        says="Place the first call of Twilio's documentation in the simulator and show what happens.",
        examples=("demo",),
    )
    command.set_defaults(run=run_demo)


def run_demo(_: argparse.Namespace) -> int:
    """Place the call and print what happened."""
    from ..api import Client
    from ..simulation import Simulator
    from ..views import call_text

    client = Client(simulator=Simulator())
    call = client.calls.create(to=_TO, from_=_FROM, url=_URL).wait()
    card = "\n".join(f"  {line}".rstrip() for line in call_text(call).splitlines())
    print_text(_TEXT.format(account=call.account_sid, to=_TO, from_=_FROM, url=_URL, card=card))
    return 0
