"""Days and moments in requests: ``2026-01-06``, or ISO 8601 with a time, which is in UTC unless it says otherwise."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OFFSET = re.compile(r"[+-]\d{1,5}days?")


def read_moment(text: str) -> datetime | None:
    """The moment that *text* names, in UTC; of a day its beginning, and ``None`` for what names none."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def is_day(text: str) -> bool:
    """Whether *text* has the form of a day, without a time."""
    return _DAY.fullmatch(text) is not None


def is_offset(text: str) -> bool:
    """Whether *text* counts days from today, such as ``-30days``."""
    return _OFFSET.fullmatch(text) is not None
