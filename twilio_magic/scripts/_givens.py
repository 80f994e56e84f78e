"""What a dialog is given: headers, and the lines that begin with ``given``."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ..endpoints import NotAnEndpoint, phone_address
from ..errors import PhoneScriptError
from ..records import dataclass
from ..suggestions import did_you_mean, nearest
from ._phone_names import find_address, read_address, skip_name
from ._place import cut_long
from ._script import script
from ._table import statement_table

if TYPE_CHECKING:
    from ._place import Place

HEADER = re.compile(r"(?P<name>[A-Za-z][A-Za-z ]{0,30}):(?=\s|$)")
_ADDRESSED = re.compile(r"(?P<address>\S+):\s+(?P<rest>\S.*)")
_PHONE = re.compile(r"(?P<address>\S.*?)(?::\s+(?P<rest>\S.*)|:?)")
_MOUNTED = re.compile(r"(?P<target><.*>|\S+)\s+at\s+(?P<url>\S+)")
_TIMES = re.compile(r"\s+(?:(?P<once>once)|(?P<times>[0-9]{1,4})\s+times?)\s*$", re.IGNORECASE)
_WEB = re.compile(r"(?:https?|wss?)://\S+")
_URL = re.compile(r"(?:https?|wss?)://\S+|/\S*")
_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class GivenLine:
    """One ``given`` of a *kind*: *values* as they are used, and its *place*."""

    kind: str
    place: Place = field(compare=False, repr=False)
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Header:
    """One header: its *name*, its *value* as it is used, and its *place*."""

    name: str
    value: Any
    place: Place = field(compare=False, repr=False)


def read_header(place: Place) -> Header:
    """The header that stands at *place*; raises :class:`DialogError`."""
    match = HEADER.match(place.text)
    assert match is not None  # noqa: S101 - it was found by it
    name, value = match["name"].lower(), place.text[match.end() :].strip()
    if name not in _HEADERS:
        known = ", ".join(_HEADERS)
        meant = did_you_mean(nearest(name, _HEADERS), "{}:")
        raise place.error(
            f"There is no header {cut_long(match['name'])!r}.",
            f"{meant} The headers of dialogs: {known}.".strip(),
            len(match["name"]),
        )
    read = _HEADERS[name](value) if value else None
    if read is None:
        raise place.behind(match.end()).error(
            f"{name}: cannot be {cut_long(value)!r}.",
            f"Write {statement_table().statements[name].usage}.",
        )
    return Header(name, read, place)


def read_given(place: Place) -> GivenLine:
    """What is given at *place*; raises :class:`DialogError`."""
    behind = place.behind(len("given"))
    word = re.match(r"\w*", behind.text)
    kind = word[0].lower() if word else ""
    if kind not in _GIVENS:
        meant = did_you_mean(nearest(kind, _GIVENS), "given {}")
        raise behind.error(
            f"{cut_long(behind.text)!r} is nothing that can be given.",
            f"{meant} A dialog can be given: {', '.join(_GIVENS)}.".strip(),
            len(kind),
        )
    at = behind.behind(len(kind))
    values = _GIVENS[kind](at)
    if values is None:
        usage = statement_table().statements[f"given {kind}"].usage
        raise place.error(f"{cut_long(place.text)!r} cannot be read.", f"Write {usage}.")
    return GivenLine(kind, place, values)


def _read_caller(text: str) -> str | None:
    return text.lower() if text.lower() == "anonymous" else read_address(text)


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda text: text if pattern.fullmatch(text) else None


def _one_of(*words: str) -> Callable[[str], str | None]:
    return lambda text: text.lower() if text.lower() in words else None


def _read_pairs(text: str) -> dict[str, str] | None:
    try:
        pairs = [word.partition("=") for word in shlex.split(text)]
    except ValueError:
        return None
    if any(not name or not equals for name, equals, _ in pairs):
        return None
    return {name: value for name, _, value in pairs}


def _read_seed(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _read_markers(text: str) -> tuple[str, ...] | None:
    words = re.split(r"[\s,]+", text.strip(" ,"))
    return tuple(words) if all(word.isidentifier() for word in words) else None


_HEADERS: Mapping[str, Callable[[str], Any]] = {
    "app": lambda text: text,
    "mount": _matching(_WEB),
    "url": _matching(_URL),
    "method": _one_of("post", "get"),
    "twiml": lambda text: text,
    "to": read_address,
    "from": _read_caller,
    "direction": _one_of("inbound", "outbound"),
    "parameters": _read_pairs,
    "seed": _read_seed,
    "markers": _read_markers,
}


def _read_phone(place: Place) -> Mapping[str, Any] | None:
    named = skip_name(place)
    match = _PHONE.fullmatch(named.text)
    if match is None or (match["rest"] is None and named is place):
        return None
    try:
        address = phone_address(find_address(match["address"]))
    except NotAnEndpoint as error:
        raise named.error(error.message, error.hint or "") from None
    if match["rest"] is None:
        return {"address": address, "script": None}
    at = named.behind(match.start("rest"))
    try:
        return {"address": address, "script": script(match["rest"])}
    except PhoneScriptError as error:
        raise at.behind(error.column - 1).error(error.message, error.hint or "") from None


def _read_number(place: Place) -> Mapping[str, Any] | None:
    match = _ADDRESSED.fullmatch(place.text)
    address = read_address(match["address"]) if match else None
    if match is None or address is None or not _URL.fullmatch(match["rest"]):
        return None
    return {"address": address, "url": match["rest"]}


def _read_app(place: Place) -> Mapping[str, Any] | None:
    match = _MOUNTED.fullmatch(place.text)
    if match is None or not _WEB.fullmatch(match["url"]):
        return None
    return {"target": match["target"], "url": match["url"]}


def _read_fault(place: Place) -> Mapping[str, Any] | None:
    text = place.text
    times = _TIMES.search(text)
    count = None if times is None else 1 if times["once"] else int(times["times"])
    url, _, rest = text[: times.start() if times else None].partition(" ")
    effects = _read_pairs(rest)
    if not _URL.fullmatch(url) or not effects or count == 0:
        return None
    return {"url": url, "effects": effects, "times": count}


def _read_date(place: Place) -> Mapping[str, Any] | None:
    text = place.text.replace("T", " ").removesuffix("Z").removesuffix(" UTC").strip()
    for form in _FORMATS:
        try:
            date = datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
        return {"date": date} if 1900 <= date.year <= 2999 else None
    return None


_GIVENS: Mapping[str, Callable[[Place], Mapping[str, Any] | None]] = {
    "phone": _read_phone,
    "number": _read_number,
    "app": _read_app,
    "fault": _read_fault,
    "date": _read_date,
}
