"""A resource of the API as an object: its fields as attributes, with dates, numbers and money as Python has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from inspect import get_annotations
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, ClassVar, Self

from ...display import Shown
from ...secret import Secret
from ..requests._positional import name_positional
from ..requests._resources import ResourceType, resource_type
from ._below import Below, children_of_member, ground_of_member
from ._field_types import reader_of

if TYPE_CHECKING:
    from ..transport._transport import Transport


#: Fields that are no value, but addresses of other resources.
_NO_COLUMNS = ("subresource_uris", "links")
#: Fields never shown: the Account resource carries the account's auth token, a new key its secret.
_SECRET = ("auth_token", "password", "secret")


class Resource(Below, Shown):
    """What the API knows of one thing. Every field of the answer is an attribute; *fields* has them as they travelled.

    A field that the class declares is read as its type says, and empty where it cannot be; a field that Twilio added
    since is there as it is. A field whose name is a word of Python has an underscore behind it: ``call.from_``.
    """

    view: ClassVar[str] = "twilio_magic.views.resource:bundle"
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
        if "family" in cls.__dict__ and cls.keys is Resource.keys:
            Mapping.register(cls)  # a table is made of many: pandas.DataFrame(client.calls.list())

    def __init__(self, transport: Transport, fields: Mapping[str, Any]) -> None:
        self._transport = transport
        self._above: tuple[str, ...] = ()
        self.fields = _mask_secrets(fields)

    @classmethod
    def as_given(cls, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        """*parameters* of a create or an update, as the API takes them."""
        return parameters

    @classmethod
    def columns(cls) -> Sequence[str]:
        """The fields that matter most, where several are shown in a table."""
        return ("sid",)

    def put(self, above: tuple[str, ...]) -> Self:
        """Let the sids *above* begin the resource's own path."""
        self._above = above
        return self

    @property
    def place(self) -> tuple[str, ...]:
        """The sids in the resource's own path."""
        return (self.sid,)

    def __getattr__(self, name: str) -> Any:
        fields = self.__dict__.get("fields", {})
        wire_name = name.removesuffix("_")
        read = self._readers.get(name)
        if read is not None:
            return read(
                fields.get(wire_name)
            )  # Twilio leaves out, or has not got, what others have
        return fields[wire_name] if wire_name in fields else super().__getattr__(name)

    def keys(self) -> list[str]:
        """The names of the fields, which make the columns of a table of several."""
        return [
            name
            for name, value in self.fields.items()
            if name not in _NO_COLUMNS and not isinstance(value, Secret)
        ]

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __getitem__(self, name: str) -> Any:
        if name not in self.keys():
            raise KeyError(name)
        attribute = f"{name}_" if iskeyword(name) else name
        read = self._readers.get(attribute)
        return self.fields[name] if read is None else read(self.fields[name])

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.fields, *self._readers})

    @property
    def _row(self) -> ResourceType:
        return resource_type(self.family)

    def _children(self) -> Mapping[str, ResourceType]:
        return children_of_member(self._row)

    def _ground(self) -> tuple[Transport, tuple[str, ...]]:
        return ground_of_member(self._row, self._transport, self.place)

    def _ask(self, verb: str, given: Mapping[str, Any]) -> dict[str, Any]:
        return self._transport.ask(f"{self.family}.{verb}", given, place=self.place)


class Fetchable(Resource):
    """A resource that can be fetched again."""

    def fetch(self, *values: Any, **parameters: Any) -> Self:
        """The same object with every field as the API has it now."""
        given = name_positional(f"{self.family}.fetch", values, parameters)
        self.fields = _mask_secrets(self._ask("fetch", given))
        return self


class Updatable(Resource):
    """A resource that can be changed."""

    def update(self, *values: Any, **parameters: Any) -> Self:
        """Change the resource; the same object with every field as it is then."""
        given = name_positional(f"{self.family}.update", values, parameters)
        self.fields = _mask_secrets(self._ask("update", self.as_given(given)))
        return self


class Deletable(Resource):
    """A resource that can be removed."""

    def delete(self) -> bool:
        """Remove the resource; true, because it raises :class:`ApiError` if it cannot."""
        self._ask("delete", {})
        return True


def _mask_secrets(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: Secret(value) if name in _SECRET and isinstance(value, str) else value
        for name, value in fields.items()
    }
