"""The first call of a dialog, as its headers say: it comes in, or is placed."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from ..api import Client
from ..errors import DialogError
from ._arrange import NUMBER, arrange, method_of

if TYPE_CHECKING:
    from ..api import Call
    from ..simulation import Given, Simulator
    from ._dialog import Dialog

#: What is given for one conversation, and not for the application.
_FOR_ONE = ("phone", "fault")


def place_first_call(dialog: Dialog, simulator: Simulator, url: str, player: Given | None) -> Call:
    """Place the first call of *dialog*, which *url* answers if it is not empty; *player* is at the first party's phone.

    Without a player a phone that is called has the one that it has in *simulator*.
    """
    is_outbound = dialog.text.header("direction") == "outbound"
    return (_call_out if is_outbound else _receive)(dialog, simulator, url, player)


def place_call_alone(dialog: Dialog, simulator: Simulator, player: Given) -> Call:
    """Place the first call of *dialog* with *player*, in a *simulator* whose application answers as the dialog says.

    Other parties have no scripts, nothing fails on purpose, and what the dialog expects does not matter.
    """
    text = dialog.text
    givens = tuple(each for each in text.givens if each.kind not in _FOR_ONE)
    bare = replace(text, givens=givens, parties=text.parties[:1])
    with arrange(bare, simulator, dialog.find_application) as url:
        return place_first_call(dialog, simulator, url, player)


def _receive(dialog: Dialog, simulator: Simulator, url: str, player: Given | None) -> Call:
    text = dialog.text
    caller = text.first_address
    number = text.header("to", "") or (NUMBER if url else _answered_number(simulator))
    if url:
        simulator.numbers[number].voice_url = url
        simulator.numbers[number].voice_method = method_of(text)
    return simulator.receive(caller, number, phone=player, parameters=text.header("parameters", {}))


def _answered_number(simulator: Simulator) -> str:
    """The number that is called if the dialog names none: the first one that something answers."""
    numbers = simulator.numbers
    answered = [each for each, owned in numbers.items() if owned.voice_url]
    return NUMBER if NUMBER in answered or not answered else answered[0]


def _call_out(dialog: Dialog, simulator: Simulator, url: str, player: Given | None) -> Call:
    text = dialog.text
    called = text.first_address
    if not url:
        raise DialogError(
            f"Nothing answers the call of {dialog.name!r}.",
            hint="Write app: and url: above it, or twiml:.",
            line=text.line,
            place=f"line {text.line}, column 1",
        )
    client = Client(simulator=simulator)
    parameters = {"method": method_of(text), **text.header("parameters", {})}
    if "Method" in parameters:
        del parameters["method"]
    with nullcontext() if player is None else simulator.phones.during(called, player):
        return client.calls.create(
            to=called, from_=text.header("from", NUMBER), url=url, **parameters
        )
