"""One call of ``twilio-magic simulate``: it is begun with a phone, shown when it is over, and judged."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ._terminal import dump_json, without_commands

if TYPE_CHECKING:
    from ..api import Call
    from ..simulation import Person, Simulator

#: The phone, and the number of the account: who is called and who calls, and the other way round in an inbound call.
PHONE, NUMBER = "+13105555555", "+12125551234"


def begin_call(
    simulator: Simulator, url: str, options: argparse.Namespace, phone: str | Person | None = None
) -> Call:
    """Begin the call that *options* ask for, which *url* answers; *phone* is at it, else the script of the options."""
    from ..api import Client

    player = phone or options.phone or "answer"
    if options.inbound:
        to = options.to or NUMBER
        simulator.numbers[to].voice_url = url
        return simulator.receive(options.from_ or PHONE, to, phone=player)
    to = options.to or PHONE
    simulator.phones[to] = player
    return Client(simulator=simulator).calls.create(to=to, from_=options.from_ or NUMBER, url=url)


def failures(call: Call) -> list[str]:
    """What failed in *call*, in words."""
    return [event.text for event in call.timeline if event.kind == "failed"]


def exit_status(call: Call) -> int:
    """0 for a call that went well, 1 for another."""
    return int(call.status == "failed" or bool(failures(call)))


def call_data(call: Call) -> dict[str, Any]:
    """The call with its timeline, transcript, webhooks and failures, for JSON."""
    from ..control import call_record

    return call_record(call)


def _text(call: Call) -> str:
    from ..views import call_text

    return without_commands(call_text(call))


FORMATS: Mapping[str, Callable[[Call], str]] = {
    "text": _text,
    "json": lambda call: dump_json(call_data(call)),
}
