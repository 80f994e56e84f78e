"""One call of ``twilio-magic simulate``: it is begun with a phone, shown when it is over, and judged."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ._terminal import dump_json, without_commands

if TYPE_CHECKING:
    from ..api import Call
    from ..simulation import Entrance, Person, Simulator

#: The phone, and the number of the account: who is called and who calls, and the other way round in an inbound call.
PHONE, NUMBER = "+13105555555", "+12125551234"


def begin_call(
    simulator: Simulator,
    entrance: Entrance,
    options: argparse.Namespace,
    phone: str | Person | None = None,
) -> Call:
    """Begin the call that *options* ask for, which enters at *entrance*.

    *phone* is at it, else the script of the options, else what the phone does in the world of *simulator*.
    """
    from ..api import Client

    person = (options.from_ if options.inbound else options.to) or PHONE
    player = phone or options.phone or simulator.phones.players.get(person) or "answer"
    if options.inbound:
        number = simulator.numbers[options.to or entrance.number]
        number.voice_url, number.voice_method = entrance.url, entrance.method
        return simulator.receive(person, number.phone_number, phone=player)
    simulator.phones[person] = player
    from_, method = options.from_ or entrance.number, entrance.method
    calls = Client(simulator=simulator).calls
    return calls.create(to=person, from_=from_, url=entrance.url, method=method)


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
