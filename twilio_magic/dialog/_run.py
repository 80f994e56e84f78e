"""Running a dialog: its calls are placed, time passes until they are over, and every line is looked at."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from ..api import Client
from ..errors import DialogError, TwilioMagicError
from ._arrange import NUMBER, PERSON, arrange
from ._expect import check_expectations
from ._lines import Begun, lines_of
from ._result import DialogResult

if TYPE_CHECKING:
    from ..api import Call
    from ..scripts import PartyText
    from ..simulation import Simulator
    from ._dialog import Dialog


def run_dialog(dialog: Dialog, simulator: Simulator) -> DialogResult:
    """Run *dialog* in *simulator*. What keeps it from being run is told in the result."""
    from ..simulation import mock_twilio

    result = DialogResult(dialog, simulator)
    begun = Begun(simulator.now, len(simulator.phones.script_runs), len(_calls_of(simulator)))
    with mock_twilio(simulator):
        try:
            with arrange(dialog.text, simulator, dialog.find_application) as url:
                _call(dialog, result, url)
                simulator.run()
        except TwilioMagicError as error:
            result.error = error
            return result
    result.calls = _calls_of(simulator)[begun.calls :]
    placed = result.call
    if placed is not None:
        result.call = next((call for call in result.calls if call.sid == placed.sid), placed)
    lines = [*lines_of(result, begun), *check_expectations(result)]
    result.lines = sorted(lines, key=lambda line: line.number)
    return result


def _call(dialog: Dialog, result: DialogResult, url: str) -> None:
    """Place the calls that the dialog begins with; the first is that of its first party."""
    text, simulator = dialog.text, result.simulator
    first, *others = text.parties
    if text.header("direction") == "outbound":
        result.call = _place(dialog, simulator, first, url)
    else:
        result.call = _receive(dialog, simulator, first, url)
    for party in others:
        if party.calls:
            simulator.receive(party.address, party.calls, phone=party.script)


def _receive(dialog: Dialog, simulator: Simulator, party: PartyText, url: str) -> Call:
    text = dialog.text
    caller = party.address or text.header("from", PERSON)
    number = text.header("to", NUMBER)
    if url:
        simulator.numbers[number].voice_url = url
    return simulator.receive(
        caller, number, phone=party.script, parameters=text.header("parameters", {})
    )


def _place(dialog: Dialog, simulator: Simulator, party: PartyText, url: str) -> Call:
    text = dialog.text
    called = party.address or text.header("to", PERSON)
    if not url:
        raise DialogError(
            f"Nothing answers the call of {dialog.name!r}.",
            hint="Write app: and url: above it, or twiml:.",
            line=text.line,
            place=f"line {text.line}, column 1",
        )
    client = Client(simulator=simulator)
    is_played = bool(party.script.nodes)
    with simulator.phones.during(called, party.script) if is_played else nullcontext():
        return client.calls.create(
            to=called, from_=text.header("from", NUMBER), url=url, **text.header("parameters", {})
        )


def _calls_of(simulator: Simulator) -> list[Call]:
    """The calls that were placed or came in, the first one first; not the legs that they dialed."""
    if not simulator.call_count:
        return []
    made = Client(simulator=simulator).calls.list()
    return [call for call in reversed(list(made)) if not call.parent_call_sid]
