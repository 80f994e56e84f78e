"""The resources of one kind that an account, or another resource, has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from ..requests._positional import name_positional
from ..requests._resources import ResourceType, children, resource_type
from ._below import Below
from ._resource import Resource

if TYPE_CHECKING:
    from ..transport._transport import Transport
    from ._context import InstanceContext

R = TypeVar("R", bound=Resource)


class Resources(Below, Generic[R]):
    """Resources of the kind *kind*, below *place*; in an answer they stand under *key*."""

    kind: type[R]
    key: ClassVar[str]

    def __init__(self, transport: Transport, place: tuple[str, ...] = ()) -> None:
        self._transport = transport
        self._place = place

    @property
    def _row(self) -> ResourceType:
        return resource_type(self.kind.family)

    def _children(self) -> Mapping[str, ResourceType]:
        return children(self._row.name, self._row.depth)

    def _ground(self) -> tuple[Transport, tuple[str, ...]]:
        return self._transport, self._place

    def __repr__(self) -> str:
        ways = [f"{verb}()" for verb in ("create", "list", "fetch") if hasattr(type(self), verb)]
        ways += [f"{self._row.attribute}(…)"] if callable(self) else []
        return f"<{type(self).__name__}: {', '.join([*ways, *self._children()])}>"

    def _build(self, fields: Mapping[str, Any]) -> R:
        return self.kind(self._transport, fields).put(self._place)

    def _name_values(
        self, verb: str, values: Sequence[Any], given: Mapping[str, Any], own: Sequence[str] = ()
    ) -> dict[str, Any]:
        """The parameters *given*, and the *values* that stand before them without a name."""
        return name_positional(f"{self.kind.family}.{verb}", values, given, own)

    def _ask(self, verb: str, given: Mapping[str, Any], *sid: str) -> dict[str, Any]:
        name = f"{self.kind.family}.{verb}"
        return self._transport.ask(name, given, place=(*self._place, *sid))


class Creatable(Resources[R]):
    """Resources that can be made."""

    def create(self, *values: Any, **parameters: Any) -> R:
        """Make one. Raises :class:`RequestError` for a parameter that Twilio does not have or would refuse."""
        given = self._name_values("create", values, parameters)
        return self._build(self._ask("create", self.kind.as_given(given)))


class Single(Resources[R]):
    """What there is only one of, such as the balance of an account."""

    def __call__(self) -> Single[R]:
        return self

    def fetch(self, *values: Any, **parameters: Any) -> R:
        """It, as the API has it now."""
        return self._build(self._ask("fetch", self._name_values("fetch", values, parameters)))


class Keyed(Resources[R]):
    """Resources that are told apart by a sid, or a name: ``collection(sid)`` is one of them, not fetched yet."""

    def __call__(self, sid: str) -> InstanceContext[R]:
        from ._kinds import context

        return context(self._row, self.kind, self._transport, (*self._place, sid))

    def get(self, sid: str) -> InstanceContext[R]:
        """The same as ``collection(sid)``."""
        return self(sid)
