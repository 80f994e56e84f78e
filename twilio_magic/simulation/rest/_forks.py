"""What live transcriptions of a call and copies of its sound have in common in the REST API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from flask import Response, jsonify

from ...api import API_VERSION
from ._calls import find_call
from ._parameters import Refusal, format_date
from ._responses import not_found, read_form

if TYPE_CHECKING:
    from flask import Flask

    from ..legs._leg import Leg
    from ..world._world import World


class Fork(Protocol):
    """Something that goes on beside a call until it is stopped, by its sid or its name."""

    sid_prefix: ClassVar[str]
    leg: Leg
    status: str
    updated: float

    @property
    def sid(self) -> str:
        """Its sid."""

    @property
    def name(self) -> str:
        """The name that it was given, if any."""


F = TypeVar("F", bound=Fork)

#: Begins what the parameters ask for, beside a call.
Begin = Callable[["Leg", Mapping[str, str]], Fork]

_NAME, _VALUE = ".Name", ".Value"


def add_fork_routes(
    api: Flask,
    account: str,
    collection: str,
    kind: type[F],
    begin: Begin,
    end: Callable[[F], None],
) -> None:
    """Add the paths of a *collection* to *api*: one of its *kind* is begun by POST, and ended by POST at its sid."""
    base, operations = f"{account}/Calls/<call>/{collection}", f"calls.{collection.lower()}"

    def create(world: World, call: str) -> Response:
        asked, leg = read_form(f"{operations}.create"), find_running_call(world, call)
        return jsonify(fork_to_json(world, begin(leg, asked), collection))

    def update(world: World, call: str, sid: str) -> Response:
        read_form(f"{operations}.update")
        found = find_running_fork(world, kind, call, sid)
        end(found)
        return jsonify(fork_to_json(world, found, collection))

    api.post(f"{base}.json", endpoint=f"{operations}.create")(create)
    api.post(f"{base}/<sid>.json", endpoint=f"{operations}.update")(update)


def read_custom_parameters(asked: Mapping[str, str]) -> dict[str, str]:
    """The custom parameters that are *asked* for: each is two, ``Parameter1.Name`` and ``Parameter1.Value``."""
    names = (name for name in asked if name.endswith(_NAME))
    return {asked[name]: asked.get(f"{name.removesuffix(_NAME)}{_VALUE}", "") for name in names}


def refuse_conflict(conflict: str, name: str) -> None:
    """Raise :class:`Refusal` for a *conflict* with what runs already, of a fork called *name*."""
    if conflict:
        raise Refusal("bad-parameter", name="Name" if name else "Track")


def find_running_call(world: World, sid: str) -> Leg:
    """The call with this sid; raises :class:`Refusal` for one that is not in progress."""
    leg = find_call(world, sid)
    if leg.status != "in-progress" or leg.process.ending:
        raise Refusal("not-in-progress")
    return leg


def find_running_fork(world: World, kind: type[F], call: str, sid: str) -> F:
    """What runs beside *call* and has this *sid*, or this name; raises :class:`Refusal` if nothing of this *kind* does.

    Of several that had one name, the last is meant.
    """
    leg = find_running_call(world, call)
    made = [each for each in world.account.resources(kind).values() if each.leg is leg]
    found = next((each for each in reversed(made) if sid in (each.sid, each.name)), None)
    if found is None:
        raise not_found()
    if found.status == "stopped":
        raise Refusal("not-in-progress")
    return found


def fork_to_json(world: World, fork: Fork, collection: str) -> dict[str, Any]:
    """The resource as JSON; *collection* is the last word of the path of all of its kind."""
    account, call = world.account.sid, fork.leg.sid
    return {
        "sid": fork.sid,
        "account_sid": account,
        "call_sid": call,
        "name": fork.name or None,
        "status": fork.status,
        "date_updated": format_date(world.clock, fork.updated),
        "uri": f"/{API_VERSION}/Accounts/{account}/Calls/{call}/{collection}/{fork.sid}.json",
    }
