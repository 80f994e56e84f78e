"""A record of a saved world, of which each value is checked when it is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import isfinite
from typing import Any, NoReturn

from ..display import visible_line
from ..errors import SimulatorError
from ..records import dataclass

_LONGEST = 100 * 366 * 86400.0


@dataclass(frozen=True, slots=True)
class Saved:
    """A JSON object at *place* in the file. Every method raises :class:`SimulatorError` for what is not as it says."""

    data: dict[str, Any]
    place: str

    def __post_init__(self) -> None:
        if not isinstance(self.data, dict):
            raise _refusal(self.place, "an object")

    def refuse(self, name: str, wanted: str) -> NoReturn:
        """Raise the error about the value called *name*, which is not what is *wanted*."""
        raise _refusal(f"{self.place}, {name}", wanted)

    def text(self, name: str) -> str:
        """The text called *name*."""
        value = self.data.get(name)
        return value if isinstance(value, str) else self.refuse(name, "a text")

    def text_or_none(self, name: str) -> str | None:
        """The text called *name*, or ``None``."""
        return None if self.data.get(name) is None else self.text(name)

    def texts(self) -> dict[str, str]:
        """All values, which are texts."""
        return {name: self.text(name) for name in self.data}

    def whole(self, name: str, most: int = 10**9) -> int:
        """The whole number called *name*, from 0 to *most*."""
        value = self.data.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            self.refuse(name, "a whole number")
        return int(value)

    def seconds(self, name: str) -> float:
        """The seconds called *name*."""
        value = self.data.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(name, "seconds")
        if not isfinite(value) or not 0 <= value <= _LONGEST:
            self.refuse(name, "seconds, a hundred years at most")
        return float(value)

    def seconds_or_none(self, name: str) -> float | None:
        """The seconds called *name*, or ``None``."""
        return None if self.data.get(name) is None else self.seconds(name)

    def one_of(self, name: str, known: Collection[str]) -> Any:
        """The text called *name*, which is one of those *known*."""
        value = self.text(name)
        return value if value in known else self.refuse(name, f"one of {', '.join(known)}")

    def mapping(self, name: str) -> Saved:
        """The object called *name*."""
        return Saved(self.data.get(name, {}), f"{self.place}, {name}")

    def each_mapping(self, name: str) -> Iterator[tuple[str, Saved]]:
        """The objects in the object called *name*, by their names."""
        for key in self.mapping(name).data:
            yield key, self.mapping(name).mapping(key)

    def list_of(self, name: str) -> list[Any]:
        """The list called *name*."""
        value = self.data.get(name, [])
        return value if isinstance(value, list) else self.refuse(name, "a list")

    def each_text(self, name: str) -> Iterator[str]:
        """The texts in the list called *name*."""
        for value in self.list_of(name):
            yield value if isinstance(value, str) else self.refuse(name, "a list of texts")

    def each_record(self, name: str) -> Iterator[Saved]:
        """The objects in the list called *name*."""
        for number, value in enumerate(self.list_of(name), 1):
            yield Saved(value, f"{self.place}, {name} {number}")


def _refusal(place: str, wanted: str) -> SimulatorError:
    return SimulatorError(
        visible_line(f"The saved world is not right: {place[:200]} is not {wanted}."),
        hint="simulator.save(path) writes one that is.",
    )
