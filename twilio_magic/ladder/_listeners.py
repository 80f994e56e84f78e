"""Who heard what a phone said: the lifelines that an arrow of speech leads to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ._records import Lifeline

if TYPE_CHECKING:
    from ._build import LegRecord

#: The numbers of lifelines, by the moment at which something was heard, and its words.
Listeners = Mapping[tuple[float, str], list[int]]


def find_listeners(
    speaking: LegRecord, legs: Mapping[str, LegRecord], columns: Mapping[Lifeline, int]
) -> Listeners:
    """The phones that were bridged with that of the leg *speaking*, and heard what it said and which keys it pressed.

    In a conference, where everybody hears everybody, what is said goes to Twilio.
    """
    found: dict[tuple[float, str], list[int]] = {}
    bridged = {event.data.get("call") for event in speaking.events if event.kind == "bridged"}
    for leg in (legs[sid] for sid in legs if sid in bridged):
        for event in leg.events:
            if event.kind == "heard" and event.data.get("from_leg") == speaking.sid:
                what = round(leg.start + event.at, 3), str(event.data.get("words", ""))
                found.setdefault(what, []).append(columns[Lifeline(leg.far_end, "phone")])
    return found
