"""A resource of the API as an object: its fields as attributes, with dates, numbers and money as Python has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._transport import Transport

# Numbers, money and dates all travel as strings. Source: Twilio's page "Call resource", properties.
_READERS: Mapping[str, Callable[[str], Any]] = {
    "date_created": parsedate_to_datetime,
    "date_updated": parsedate_to_datetime,
    "start_time": parsedate_to_datetime,
    "end_time": parsedate_to_datetime,
    "duration": int,
    "queue_time": int,
    "price": Decimal,
}


class Resource:
    """What the API knows of one thing. Every field of the answer is an attribute; *fields* has them as they travelled.

    A field whose name is a word of Python has an underscore behind it: ``call.from_``.
    """

    _family: str

    def __init__(self, transport: Transport, fields: Mapping[str, Any]) -> None:
        self._transport = transport
        self.fields = dict(fields)

    def __getattr__(self, name: str) -> Any:
        fields = self.__dict__.get("fields", {})
        wire_name = name.removesuffix("_")
        if wire_name not in fields:
            raise AttributeError(f"{type(self).__name__} has no field {name!r}")
        value = fields[wire_name]
        reader = _READERS.get(wire_name)
        return reader(value) if reader and value else value

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.fields})

    def _ask(self, verb: str, given: Mapping[str, Any]) -> dict[str, Any]:
        return self._transport.ask(f"{self._family}.{verb}", given, sid=self.fields["sid"])
