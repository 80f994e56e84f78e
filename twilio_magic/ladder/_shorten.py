"""A ladder as long as somebody can follow."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..excerpt import Gap, excerpt
from ._records import Arrow, Lifeline, Note

if TYPE_CHECKING:
    from ._model import Ladder
    from ._records import Step


def shorten(ladder: Ladder) -> Ladder:
    """*ladder*, if it is short; else with notes at Twilio for the steps that are left out."""
    twilio = ladder.lifelines.index(Lifeline("Twilio", "twilio"))
    return replace(ladder, steps=tuple(_steps(ladder, twilio)))


def _steps(ladder: Ladder, twilio: int) -> Iterator[Step]:
    for part in excerpt(ladder.steps, _what_is_drawn):
        yield _describe(part, twilio) if isinstance(part, Gap) else part


def _describe(gap: Gap[Step], twilio: int) -> Note:
    webhooks = sum(_is_request(step) for step in gap.items)
    more = f" ({webhooks:,} webhooks)" if webhooks else ""
    return Note(gap.items[0].at, twilio, gap.describe("steps", more))


def _is_request(step: Step) -> bool:
    return isinstance(step, Arrow) and step.exchange is not None and not step.is_reply


def _what_is_drawn(step: Step) -> Hashable:
    """*step* without its time."""
    if isinstance(step, Note):
        return step.on, step.text, step.tone
    return step.source, step.target, step.text, step.is_reply, step.goes_both_ways
