"""A route: where an endpoint is, what it takes, and what answers there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal

from ..records import dataclass
from ..suggestions import did_you_mean, nearest
from ._refusal import Refused

if TYPE_CHECKING:
    from ..simulation import Simulator

#: ``setting`` is a text, or null for none. ``texts`` is an object of texts, ``scripts`` is one that is the whole body.
Kind = Literal["text", "setting", "seconds", "flag", "count", "texts", "scripts"]
Answer = Callable[..., Any]

#: Characters of a text: a document of TwiML has 64 kB, a script far less.
LONGEST = 2**16
#: Seconds that one request may move the clock: a week.
_MOST_SECONDS = 7 * 24 * 3600
_MOST_COUNT = 1000
_MOST_SCRIPTS = 1000


@dataclass(frozen=True, slots=True)
class RouteField:
    """One value that a route takes, and what it says."""

    name: str
    kind: Kind
    summary: str
    required: bool = False

    def read(self, value: Any) -> Any:
        """*value*, if the field can be that; raises :class:`Refused`, which names the field."""
        return _READERS[self.kind](self.name, value)


@dataclass(frozen=True, slots=True)
class Route:
    """An endpoint: *answer* takes the simulator, the values of *fields*, and what stands in the *path*.

    The *path* is below ``/simulator``, in the words of Werkzeug. The fields of a GET stand in its query.
    """

    method: str
    path: str
    summary: str
    answer: Answer
    fields: tuple[RouteField, ...] = ()
    status: int = 200

    @property
    def shown_path(self) -> str:
        """The whole path as people write it: ``/simulator/calls/{sid}``."""
        below = self.path.replace("path:", "").replace("<", "{").replace(">", "}")
        return f"/simulator{below}"

    def respond(self, simulator: Simulator, given: Mapping[str, Any], path: dict[str, Any]) -> Any:
        """What the route answers to the values that were *given*; raises :class:`Refused`."""
        return self.answer(simulator, self._check(given), **path)

    def _check(self, given: Mapping[str, Any]) -> dict[str, Any]:
        if self.fields and self.fields[0].kind == "scripts":
            return {self.fields[0].name: self.fields[0].read(given)}
        known = {field.name: field for field in self.fields}
        for name in given:
            if name not in known:
                raise _unknown(name, list(known))
        for field in self.fields:
            if field.required and field.name not in given:
                raise Refused(
                    400, f"{field.name} is missing.", field=field.name, hint=field.summary
                )
        return {name: known[name].read(value) for name, value in given.items()}


def _unknown(name: str, known: list[str]) -> Refused:
    there = f"It takes {', '.join(known)}." if known else "It takes nothing."
    meant = did_you_mean(nearest(name, known))
    return Refused(400, f"{name!r} is no field here.", field=name, hint=f"{meant} {there}".strip())


def check_text(name: str, value: Any) -> str:
    """*value*, if it is a text that has something in it and can be written in UTF-8."""
    if not isinstance(value, str):
        raise _not(name, value, "a text")
    if not value.strip():
        raise Refused(400, f"{name} is empty.", field=name)
    if len(value) > LONGEST:
        raise Refused(400, f"{name} is longer than {LONGEST:,} characters.", field=name)
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Refused(400, f"{name} has half a character in it (a lone surrogate).", field=name)
    return value


def _read_setting(name: str, value: Any) -> str | None:
    return None if value is None else check_text(name, value)


def _read_seconds(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise _not(name, value, "a number of seconds")
    if not 0 <= value <= _MOST_SECONDS:
        raise Refused(400, f"{name} is a number from 0 to {_MOST_SECONDS:,}.", field=name)
    return float(value)


def _read_flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _not(name, value, "true or false")
    return value


def _read_count(name: str, value: Any) -> int:
    is_number = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10
    if not is_number or not 1 <= int(value) <= _MOST_COUNT:
        raise _not(name, value, f"a number from 1 to {_MOST_COUNT:,}")
    return int(value)


def _read_scripts(_: str, value: Mapping[str, Any]) -> dict[str, str]:
    if len(value) > _MOST_SCRIPTS:
        raise Refused(400, f"These are more than {_MOST_SCRIPTS:,} phones.")
    return {check_text("address", name): check_text(name, each) for name, each in value.items()}


def _read_texts(name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > _MOST_SCRIPTS:
        raise _not(name, value, "an object of texts")
    return {each: check_text(f"{name}.{each}", text) for each, text in value.items()}


def _not(name: str, value: Any, wanted: str) -> Refused:
    return Refused(400, f"{name} is {_describe(value)}, and not {wanted}.", field=name)


def _describe(value: Any) -> str:
    """*value* as JSON calls it, and short."""
    kinds = {dict: "an object", list: "a list", type(None): "null", bool: str(value).lower()}
    written = kinds.get(type(value)) or repr(value)
    return written if len(written) <= 60 else f"{written[:60]}…"


_READERS: Mapping[Kind, Callable[[str, Any], Any]] = {
    "text": check_text,
    "setting": _read_setting,
    "seconds": _read_seconds,
    "flag": _read_flag,
    "count": _read_count,
    "texts": _read_texts,
    "scripts": _read_scripts,
}
