"""Connection overrides: timeouts and retries of one webhook, written after the ``#`` of its URL.

``https://ivr.example.com/voice#rc=2&rp=all`` is tried three times. The fragment is never sent and never signed.
Source: Twilio's page "Webhooks: Connection overrides".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import parse_qsl

from ...records import dataclass
from ._spec import ChoiceRow, NumberRow, code_of, webhook_spec


class BadOverride(ValueError):  # noqa: N818 - the name says what is wrong
    """An override has a value that Twilio refuses; *code* is Twilio's error code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class Overrides:
    """Timeouts in seconds, to *connect*, to *read* the answer and in *total*; number and policy of *retries*."""

    connect: float
    read: float
    total: float
    retries: int
    policy: tuple[str, ...]

    def retry_after(self, failure: str) -> bool:
        """Whether the policy allows another attempt after this kind of *failure*, such as ``5xx``, ``ct`` or ``rt``."""
        return "all" in self.policy or failure in self.policy


@lru_cache(maxsize=256)
def parse_overrides(fragment: str) -> Overrides:
    """The overrides in *fragment*, the part of a URL behind its ``#``.

    Unknown names are ignored, and so are numbers out of their range (Twilio does not say what it does with them).
    Raises :class:`BadOverride` for an edge or a retry policy that does not exist.
    """
    rows, given = webhook_spec().overrides, dict(parse_qsl(fragment))
    _check_edges(_split(given.get("e", "")), rows.e)
    policy = _split(given.get("rp", "")) or [rows.rp.default]
    for name in policy:
        if name not in rows.rp.values:
            known = ", ".join(rows.rp.values)
            raise BadOverride(code_of("policy"), f"rp={name} is none of {known}")
    return Overrides(
        connect=_number(given.get("ct", ""), rows.ct) / 1000,
        read=_number(given.get("rt", ""), rows.rt) / 1000,
        total=_number(given.get("tt", ""), rows.tt) / 1000,
        retries=_number(given.get("rc", ""), rows.rc),
        policy=tuple(policy),
    )


def _number(text: str, row: NumberRow) -> int:
    plain = len(text) < 10 and text.isascii() and text.isdigit()
    return int(text) if plain and row.least <= int(text) <= row.most else row.default


def _check_edges(names: Sequence[str], row: ChoiceRow) -> None:
    for name in names:
        edge = name.removesuffix(row.interconnect_suffix)
        if edge not in row.values:
            raise BadOverride(code_of("edge"), f"e={name} is none of {', '.join(row.values)}")
        if edge != name:
            reason = f"e={name} needs Twilio Interconnect, which this account does not have"
            raise BadOverride(code_of("interconnect"), reason)


def _split(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]
