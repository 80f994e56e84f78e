"""What a Twimlet is asked: parameters of an address and of a form, with PHP's lists in square brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from werkzeug import Request

_INDEXED = re.compile(r"(\w+)\[([^\]]*)\]")


class TwimletRequest:
    """A request to a Twimlet. Parameters of the form, such as Twilio's own, come after those of the address."""

    def __init__(self, request: Request) -> None:
        self.path = request.path
        self._texts: dict[str, str] = {}
        self._tables: dict[str, dict[str, str]] = {}
        for source in (request.args, request.form):
            for name, value in source.items(multi=True):
                self._add(name, value)

    def _add(self, name: str, value: str) -> None:
        indexed = _INDEXED.fullmatch(name)
        if indexed is None:
            self._texts[name] = value
        else:
            table = self._tables.setdefault(indexed[1], {})
            table[indexed[2] or str(len(table))] = value

    def text(self, name: str, default: str = "") -> str:
        """The value of a parameter; *default* for one that is missing or empty."""
        return self._texts.get(name, "").strip() or default

    def has(self, name: str) -> bool:
        """Whether there is such a parameter, be it empty."""
        return name in self._texts

    def table(self, name: str) -> dict[str, str]:
        """The values of ``name[key]``, by their keys, without the empty ones."""
        return {key: value for key, value in self._tables.get(name, {}).items() if value.strip()}

    def texts(self, name: str) -> list[str]:
        """The values of ``name[]`` or ``name[0]`` in their order; of ``name`` alone, if there is no list."""
        alone = self.text(name)
        return list(self.table(name).values()) or ([alone] if alone else [])

    @property
    def caller(self) -> str:
        """Who calls, in the words of the call's own webhook."""
        return self.text("From") or self.text("Caller")

    @property
    def callee(self) -> str:
        """Who is called."""
        return self.text("To") or self.text("Called")

    @property
    def was_answered(self) -> bool:
        """Whether this is the action of a Dial in which somebody answered, and accepted if asked to."""
        is_bridged = self.text("DialBridged", "true") == "true"
        return is_bridged and self.text("DialCallStatus") in ("completed", "answered")


def digits_of(number: str) -> str:
    """The digits of *number*, as callers are compared: without the 1 of North America."""
    digits = "".join(filter(str.isdecimal, number))
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
