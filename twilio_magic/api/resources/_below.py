"""What leads to collections of resources: an account, a collection, a resource, fetched or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ...errors import UnknownName
from ...suggestions import did_you_mean, nearest
from ..requests._resources import ACCOUNTS, ResourceType, children
from ._asynchronous import asynchronous, asynchronous_names

if TYPE_CHECKING:
    from ..transport._transport import Transport

#: Methods of Twilio's library that return HTTP's status and headers beside what they return otherwise.
_WITH_RESPONSE = "_with_http_info"


class Below:
    """Has the collections below it as attributes, by the names that Twilio's libraries give them."""

    def _children(self) -> Mapping[str, ResourceType]:
        """What is below, by attribute."""
        raise NotImplementedError

    def _ground(self) -> tuple[Transport, tuple[str, ...]]:
        """What sends the requests of what is below, and the sids in its paths."""
        raise NotImplementedError

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)  # what Python and notebooks look for, and seldom find
        method = asynchronous(self, name)
        if method is not None:
            return method
        kind = self._children().get(name)
        if kind is None:
            raise self._unknown(name)
        from ._kinds import collection

        return collection(kind, *self._ground())

    def __dir__(self) -> Iterable[str]:
        return sorted({*super().__dir__(), *self._children(), *asynchronous_names(type(self))})

    def _unknown(self, name: str) -> AttributeError:
        """The error for an attribute that is not there, with the one that was probably meant."""
        plain = name.removesuffix("_async").removesuffix(_WITH_RESPONSE)
        if plain != name and callable(getattr(type(self), plain, None)):
            said = f"{type(self).__name__} has no {name!r}: write {plain}()."
            return UnknownName(said, hint="What is refused raises ApiError, with status and code.")
        known = [each for each in dir(self) if not each.startswith("_")]
        meant = did_you_mean(nearest(name, known))
        hint = None if meant else f"There are: {', '.join(known)}."
        return UnknownName(f"{type(self).__name__} has no {name!r}. {meant}".rstrip(), hint=hint)


def children_of_member(kind: ResourceType) -> Mapping[str, ResourceType]:
    """What is below one resource of *kind*; below an account is all that has no other place."""
    return children("", 0) if kind.name == ACCOUNTS else children(kind.name, kind.depth + 1)


def ground_of_member(
    kind: ResourceType, transport: Transport, place: tuple[str, ...]
) -> tuple[Transport, tuple[str, ...]]:
    """What sends the requests of what is below the resource of *kind* at *place*, and the sids in its paths."""
    return (transport.of_account(place[-1]), ()) if kind.name == ACCOUNTS else (transport, place)
