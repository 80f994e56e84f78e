"""What an account used on each day, counted from its calls, recordings, transcriptions, messages and numbers.

The categories are in ``usage.json``. Source: Twilio's page "Usage Records resource".
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ...records import dataclass
from ..legs._leg import Leg
from ..messages._message import Message
from ..recordings._recording import Recording
from ..recordings._transcription import Transcription
from ._numbers import type_of

if TYPE_CHECKING:
    from ..clock._clock import Clock
    from ..world._account import Account


@dataclass(frozen=True, slots=True)
class Category:
    """What is counted together: uses of one *kind* that have all of these *facts*."""

    category: str
    kind: str
    description: str
    count_unit: str
    usage_unit: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """How often something was used, and how much of it."""

    count: int = 0
    usage: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.count + other.count, self.usage + other.usage)


@dataclass(frozen=True, slots=True)
class _Use:
    """One use of a *kind* at a moment, in seconds of the clock."""

    kind: str
    at: float
    usage: int
    facts: frozenset[str] = frozenset()


#: What was used on each day on which something was.
Days = Mapping[date, Amount]


@cache
def categories() -> Mapping[str, Category]:
    """Every category by its name."""
    rows = json.loads(files(__package__).joinpath("usage.json").read_text("utf-8"))
    return {
        row["category"]: Category(**{**row, "facts": tuple(row.get("facts", ()))}) for row in rows
    }


def count_days(accounts: Iterable[Account], clock: Clock) -> Mapping[str, Days]:
    """What *accounts* used together: by category, and by day."""
    found: dict[str, dict[date, Amount]] = {name: defaultdict(Amount) for name in categories()}
    for account in accounts:
        for use in _uses(account):
            for name, each in categories().items():
                if each.kind == use.kind and use.facts.issuperset(each.facts):
                    found[name][clock.date(use.at).date()] += Amount(1, use.usage)
    return found


def _uses(account: Account) -> Iterator[_Use]:
    for leg in account.resources(Leg).values():
        if leg.progress.duration is not None:
            minutes = _minutes(leg.progress.duration)
            yield _Use("calls", leg.created, minutes, frozenset(_facts_of_call(leg)))
    for recording in account.resources(Recording).values():
        if recording.status == "completed":
            yield _Use("recordings", recording.started, _minutes(recording.duration))
    for text in account.resources(Transcription).values():
        yield _Use("transcriptions", text.created, _minutes(text.recording.duration))
    for message in account.resources(Message).values():
        facts = {_way(message.direction), "mms" if message.media else "sms"}
        yield _Use("messages", message.created, 1, frozenset(facts))
    for number in account.numbers.values():
        yield _Use("numbers", number.created, 1, frozenset([type_of(number.phone_number)]))


def _facts_of_call(leg: Leg) -> Iterator[str]:
    way = _way(leg.direction)
    yield way
    scheme = leg.far_end.partition(":")[0]
    if scheme in ("client", "sip"):
        yield scheme
    elif way == "inbound" and leg.to.startswith("+"):
        yield type_of(leg.to)


def _way(direction: str) -> str:
    return direction.partition("-")[0]


def _minutes(seconds: float) -> int:
    """The minutes that are counted: each that began."""
    return -int(-seconds // 60)
