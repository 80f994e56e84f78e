"""The parties of a dialog, each with what it does in one of its calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from ..errors import DialogError, PhoneScriptError
from ..records import dataclass
from ..suggestions import did_you_mean, nearest
from ._place import Place
from ._script import Script, script

if TYPE_CHECKING:
    from ._expectations import Expectation

#: Who calls, or is called, unless the dialog says otherwise.
PERSON = "+14155550100"


@dataclass(frozen=True)
class PartyText:
    """One party of a dialog: its *address*, empty for the first if nothing names it, what it does, and what it expects.

    It *calls* a number when the dialog begins, if that is not empty. It does this in the call with this *call_number*,
    from 1, of all that its phone has in the dialog. The text of its *script* has as many lines as that of the dialog,
    the first of which has the number *line*.
    """

    address: str
    script: Script
    expectations: tuple[Expectation, ...]
    place: Place = field(compare=False, repr=False)
    calls: str = ""
    call_number: int = 1

    @property
    def line(self) -> int:
        """The number of the line that the script's text begins with."""
        return self.place.line


@dataclass
class PartyLines:
    """The same while it is read, line by line. It *is_again* a party that stands above."""

    place: Place
    address: str
    calls: str = ""
    is_again: bool = False
    lines: dict[int, str] = field(default_factory=dict)
    expectations: list[Expectation] = field(default_factory=list)


def finish_parties(parties: Sequence[PartyLines], first: str) -> tuple[PartyText, ...]:
    """All *parties* of a dialog; the address of the first is *first* if it has none of its own."""
    finished: list[PartyText] = []
    counts: Counter[str] = Counter()
    known = {party.address for party in parties[:1]}
    for party in parties:
        address = party.address or first
        if party.is_again and not counts[address]:
            raise party.place.error(
                f"{address} is no party of this dialog yet.",
                "Leave again out: what it does in its first call stands first.",
            )
        if finished and not party.is_again and party.address in known:
            raise party.place.error(
                f"{address} is a party of this dialog already.",
                f"Write what it does in one place; or what it does in its next call: as {address} again.",
            )
        known.add(party.address)
        counts[address] += 1
        finished.append(_finish(party, counts[address]))
    return tuple(finished)


def _finish(party: PartyLines, call_number: int) -> PartyText:
    last = max(party.lines, default=party.place.line)
    source = "\n".join(party.lines.get(number, "") for number in range(party.place.line, last + 1))
    try:
        read = script(source)
    except PhoneScriptError as error:
        raise _in_dialog(error, party) from None
    expectations = tuple(party.expectations)
    return PartyText(party.address, read, expectations, party.place, party.calls, call_number)


def _in_dialog(error: PhoneScriptError, party: PartyLines) -> DialogError:
    """*error* where it stands in the whole text."""
    line = party.place.line + error.line - 1
    place = Place(party.lines.get(line, party.place.whole), line, error.column)
    said = error.message.replace("a step of a phone script", "a line of a dialog")
    meant = did_you_mean(
        nearest((place.text.split() or [""])[0], ("dialog", "as", "expect", "given"))
    )
    hint = error.hint or ""
    pointed = place.error(said, hint if hint.startswith("Did") else f"{meant} {hint}".strip())
    pointed.excerpt = error.excerpt
    return pointed
