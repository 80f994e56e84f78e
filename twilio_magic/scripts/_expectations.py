"""What a dialog expects in the end: how each ``expect`` is read."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ..records import dataclass
from ..suggestions import did_you_mean, nearest
from ._phone_names import read_address
from ._phrase import QUOTED, plain_words, unquote
from ._place import cut_long
from ._table import statement_table

if TYPE_CHECKING:
    from ._place import Place

#: What an expectation says, by name.
Values = Mapping[str, Any]

_STATUSES = (
    "completed",
    "busy",
    "failed",
    "no-answer",
    "canceled",
    "in-progress",
    "ringing",
    "queued",
)
_SECONDS = r"(\d{1,6}(?:\.\d+)?)\s*(?:s|sec|seconds?)?"
_RANGE = re.compile(
    rf"(?:(?P<bound>at\s+(?:most|least))\s+)?{_SECONDS}(?:\s+to\s+{_SECONDS})?", re.IGNORECASE
)
_MESSAGE = re.compile(rf"(?:(?P<words>{QUOTED.pattern}))?(?:\s*\bto\s+(?P<to>\S.*))?", re.DOTALL)
_WITHIN = re.compile(r"(?:^|\s+)within\s+([0-9]{1,6})$", re.IGNORECASE)
_METHOD = re.compile(r"(GET|POST)\s+", re.IGNORECASE)
_KINDS_WITHOUT_DENIAL = ("status", "duration")


@dataclass(frozen=True, slots=True)
class Expectation:
    """One ``expect``: its *kind* and *values*, whether it *is_denial*, as in ``expect no error``, and its *place*."""

    kind: str
    is_denial: bool
    place: Place = field(compare=False, repr=False)
    values: Values = field(default_factory=dict)


def read_expectation(place: Place) -> Expectation:
    """The expectation that stands at *place*; raises :class:`DialogError`."""
    behind = place.behind(len("expect"))
    denial = re.match(r"no[t]?\b\s*", behind.text, re.IGNORECASE)
    kind_place = behind.behind(denial.end()) if denial else behind
    for kind, read in _READERS.items():
        match = re.match(kind.replace(" ", r"\s+") + r"(?!\w)\s*", kind_place.text, re.IGNORECASE)
        if match is None:
            continue
        values = read(kind_place.text[match.end() :].strip())
        is_odd = (denial is not None) if kind in _KINDS_WITHOUT_DENIAL else False
        if values is None or is_odd or (kind == "errors" and denial is None):
            usage = statement_table().statements[f"expect {kind}"].usage
            raise place.error(
                f"{cut_long(place.text)!r} expects nothing that can be checked.", usage
            )
        return Expectation(kind, denial is not None, place, values)
    known = list(_READERS)
    meant = did_you_mean(nearest(" ".join(kind_place.text.split()[:1]), known), "expect {}")
    raise kind_place.error(
        f"{cut_long(kind_place.text)!r} is nothing that can be expected.",
        f"{meant} A dialog can expect: {', '.join(known)}.".strip(),
    )


def _read_status(rest: str) -> Values | None:
    word = rest.casefold().replace(" ", "-")
    return {"status": word} if word in _STATUSES else None


def _read_range(rest: str) -> Values | None:
    match = _RANGE.fullmatch(rest)
    if match is None or (match["bound"] and match[3]):
        return None
    low, high = float(match[2]), float(match[3] or match[2])
    if match["bound"]:
        is_most = match["bound"].lower().endswith("most")
        low, high = (0.0, low) if is_most else (low, float("inf"))
    return {"low": low, "high": high} if low <= high else None


def _read_webhook(rest: str) -> Values | None:
    method = _METHOD.match(rest)
    try:
        words = shlex.split(rest[method.end() if method else 0 :])
    except ValueError:
        return None
    pairs = [word.partition("=") for word in words[1:]]
    if not words or not words[0].startswith(("/", "http://", "https://")):
        return None
    if any(not name or not equals for name, equals, _ in pairs):
        return None
    return {
        "method": method[1].upper() if method else "",
        "path": words[0],
        "parameters": {name: value for name, _, value in pairs},
    }


def _read_code(rest: str) -> Values | None:
    if rest and not re.fullmatch(r"[0-9]{5}", rest):
        return None
    return {"code": int(rest) if rest else None}


def _read_nothing(rest: str) -> Values | None:
    return None if rest else {}


def _read_recording(rest: str) -> Values | None:
    if not rest:
        return {"low": 0.0, "high": float("inf")}
    return _read_range(re.sub(r"^of\s+", "", rest))


def _read_text_message(rest: str) -> Values | None:
    until = _WITHIN.search(rest)
    match = _MESSAGE.fullmatch(rest[: until.start() if until else None])
    if match is None:
        return None
    quoted = QUOTED.fullmatch(match["words"]) if match["words"] else None
    words = unquote(quoted) if quoted else ""
    if quoted and not plain_words(words):
        return None
    to = _read_address(match["to"]) if match["to"] else {"address": ""}
    if to is None:
        return None
    return {"words": words, "to": to["address"], "within": int(until[1]) if until else 0}


def _read_address(rest: str) -> Values | None:
    address = read_address(rest)
    return None if address is None else {"address": address}


def _read_interruption(rest: str) -> Values | None:
    match = re.fullmatch(rf"after\s+({QUOTED.pattern})", rest, re.IGNORECASE | re.DOTALL)
    if not match:
        return None if rest else {"words": ""}
    quoted = QUOTED.fullmatch(match[1])
    words = unquote(quoted) if quoted else ""
    return {"words": words} if plain_words(words) else None


def _read_session(rest: str) -> Values | None:
    return (
        {"status": rest.lower()} if rest.lower() in ("", "completed", "ended", "failed") else None
    )


_READERS: Mapping[str, Callable[[str], Values | None]] = {
    "status": _read_status,
    "duration": _read_range,
    "webhook": _read_webhook,
    "errors": _read_nothing,
    "error": _read_code,
    "recording": _read_recording,
    "text message": _read_text_message,
    "dialed": _read_address,
    "interrupted": _read_interruption,
    "session": _read_session,
}
