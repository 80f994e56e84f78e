"""A resource of the API as an object: its fields as attributes, with dates, numbers and money as Python has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from inspect import get_annotations
from typing import TYPE_CHECKING, Any, ClassVar, Self

from ...secret import Secret
from ._field_types import reader_of

if TYPE_CHECKING:
    from ..transport._transport import Transport


#: Fields never shown: the Account resource carries the account's auth token.
_SECRET = ("auth_token",)


class Resource:
    """What the API knows of one thing. Every field of the answer is an attribute; *fields* has them as they travelled.

    A field that the class declares is read as its type says, and empty where it cannot be; a field that Twilio added
    since is there as it is. A field whose name is a word of Python has an underscore behind it: ``call.from_``.
    """

    family: ClassVar[str]
    _readers: ClassVar[Mapping[str, Callable[[str], Any]]] = {}

    sid: str
    account_sid: str
    date_created: datetime | None
    date_updated: datetime | None
    uri: str

    def __init_subclass__(cls) -> None:
        declared = {
            name: kind
            for each in reversed(cls.__mro__)
            for name, kind in get_annotations(each).items()
            if not str(kind).startswith("ClassVar")
        }
        cls._readers = {name: reader_of(str(kind)) for name, kind in declared.items()}

    def __init__(self, transport: Transport, fields: Mapping[str, Any]) -> None:
        self._transport = transport
        self.fields = _mask_secrets(fields)

    @property
    def place(self) -> tuple[str, ...]:
        """The sids in the resource's own path."""
        return (self.sid,)

    def fetch(self) -> Self:
        """The same object with every field as the API has it now."""
        self.fields = _mask_secrets(self._ask("fetch", {}))
        return self

    def __getattr__(self, name: str) -> Any:
        fields = self.__dict__.get("fields", {})
        wire_name = name.removesuffix("_")
        read = self._readers.get(name)
        if read is not None:
            return read(
                fields.get(wire_name)
            )  # Twilio leaves out, or has not got, what others have
        if wire_name not in fields:
            raise AttributeError(f"{type(self).__name__} has no field {name!r}")
        return fields[wire_name]

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.fields})

    def _ask(self, verb: str, given: Mapping[str, Any]) -> dict[str, Any]:
        return self._transport.ask(f"{self.family}.{verb}", given, place=self.place)


class Updatable(Resource):
    """A resource that can be changed."""

    def update(self, **parameters: Any) -> Self:
        """Change the resource; the same object with every field as it is then."""
        self.fields = _mask_secrets(self._ask("update", parameters))
        return self


class Deletable(Resource):
    """A resource that can be removed."""

    def delete(self) -> None:
        """Remove the resource."""
        self._ask("delete", {})


def _mask_secrets(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: Secret(value) if name in _SECRET and isinstance(value, str) else value
        for name, value in fields.items()
    }
