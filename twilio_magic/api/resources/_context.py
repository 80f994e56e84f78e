"""One resource that is not fetched yet: what can be done with it, by its sid alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ...display import visible_line
from ...errors import UnknownName
from ..requests._positional import name_positional
from ._below import Below, children_of_member, ground_of_member
from ._resource import Resource

if TYPE_CHECKING:
    from ..requests._resources import ResourceType
    from ..transport._transport import Transport

R = TypeVar("R", bound=Resource)


class InstanceContext(Below, Generic[R]):
    """The resource of *kind* at *place*. Nothing is requested before something is done with it."""

    def __init__(
        self, row: ResourceType, kind: type[R], transport: Transport, place: tuple[str, ...]
    ) -> None:
        self._row = row
        self._kind = kind
        self._transport = transport
        self._place = place

    @property
    def sid(self) -> str:
        """The sid, or the name, that was given."""
        return self._place[-1]

    def _children(self) -> Mapping[str, ResourceType]:
        return children_of_member(self._row)

    def _ground(self) -> tuple[Transport, tuple[str, ...]]:
        return ground_of_member(self._row, self._transport, self._place)

    def _name_values(
        self, verb: str, values: Sequence[Any], given: Mapping[str, Any]
    ) -> dict[str, Any]:
        return name_positional(f"{self._kind.family}.{verb}", values, given)

    def _ask(self, verb: str, given: Mapping[str, Any]) -> dict[str, Any]:
        return self._transport.ask(f"{self._kind.family}.{verb}", given, place=self._place)

    def _build(self, fields: Mapping[str, Any]) -> R:
        return self._kind(self._transport, fields).put(self._place[:-1])

    def __repr__(self) -> str:
        return visible_line(f"<{self._kind.__name__} {self.sid}, not fetched>")

    def _unknown(self, name: str) -> AttributeError:
        if hasattr(self, "fetch") and name.removesuffix("_") in self._row.fields:
            hint = f"Write {self._row.attribute}(…).fetch().{name}."
            return UnknownName(
                f"{name!r} of {self!r} is not known before it is fetched.", hint=hint
            )
        return super()._unknown(name)


class FetchableContext(InstanceContext[R]):
    """One that can be fetched."""

    def fetch(self, *values: Any, **parameters: Any) -> R:
        """The resource as the API has it now; raises :class:`ApiError` (20404) if there is none."""
        return self._build(self._ask("fetch", self._name_values("fetch", values, parameters)))


class UpdatableContext(InstanceContext[R]):
    """One that can be changed."""

    def update(self, *values: Any, **parameters: Any) -> R:
        """Change the resource; returns it as it is then."""
        given = self._name_values("update", values, parameters)
        return self._build(self._ask("update", self._kind.as_given(given)))


class DeletableContext(InstanceContext[R]):
    """One that can be removed."""

    def delete(self) -> bool:
        """Remove the resource; true, because it raises :class:`ApiError` if it cannot."""
        self._ask("delete", {})
        return True
