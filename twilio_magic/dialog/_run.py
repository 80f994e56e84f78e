"""Running a dialog: its calls are placed, time passes until they are over, and every line is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..api import Client
from ..errors import TwilioMagicError
from ._arrange import arrange
from ._expect import check_expectations, seconds_afterwards
from ._lines import Begun, lines_of
from ._place import place_first_call
from ._result import DialogResult

if TYPE_CHECKING:
    from ..api import Call
    from ..scripts import DialogText, PartyText
    from ..simulation import Simulator
    from ._dialog import Dialog


def run_dialog(dialog: Dialog, simulator: Simulator, *, is_own: bool = False) -> DialogResult:
    """Run *dialog* in *simulator*, which *is_own* if it was made for it. What keeps it from being run is told in the
    result.
    """
    from ..simulation import mock_twilio

    result = DialogResult(dialog, simulator, is_in_own_world=is_own)
    made = frozenset(call.sid for call in _calls_of(simulator))
    begun = Begun(simulator.now, len(simulator.phones.script_runs), made)
    with mock_twilio(simulator):
        try:
            with arrange(dialog.text, simulator, dialog.find_application) as url:
                _call(dialog, result, url)
                simulator.run()
                ended = simulator.now
                simulator.advance(seconds_afterwards(dialog.text))
        except TwilioMagicError as error:
            result.error = error
            return result
    result.calls = [call for call in _calls_of(simulator) if call.sid not in begun.calls]
    placed = result.call
    if placed is not None:
        result.call = next((call for call in result.calls if call.sid == placed.sid), None)
    result.ended_at = ended
    lines = [*lines_of(result, begun), *check_expectations(result)]
    result.lines = sorted(lines, key=lambda line: line.number)
    return result


def _call(dialog: Dialog, result: DialogResult, url: str) -> None:
    """Place the calls that the dialog begins with; the first is that of its first party."""
    text = dialog.text
    first, *others = text.parties
    is_called = text.header("direction") == "outbound"
    plays = (first.script.nodes or not is_called) and not _has_more_calls(first, text)
    result.call = place_first_call(dialog, result.simulator, url, first.script if plays else None)
    for party in others:
        if party.calls:
            player = None if _has_more_calls(party, text) else party.script
            result.simulator.receive(party.address, party.calls, phone=player)


def _has_more_calls(party: PartyText, text: DialogText) -> bool:
    """Whether *text* says what *party* does call by call; its phone knows that then."""
    return len(text.calls_of(text.address_of(party))) > 1


def _calls_of(simulator: Simulator) -> list[Call]:
    """The calls that were placed or came in, the first one first; not the legs that they dialed."""
    if not simulator.call_count:
        return []
    made = Client(simulator=simulator).calls.list()
    return [call for call in reversed(list(made)) if not call.parent_call_sid]
