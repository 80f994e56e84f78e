"""The names of the client are those of Twilio's own library: collections, methods, and parameters."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from twilio.base.list_resource import ListResource
from twilio.rest import Client as OfficialClient

import twilio_magic as tm
from tests.api.test_conformance import parameters
from twilio_magic.api import ResourceType, operation, resource_types
from twilio_magic.api.resources._calls import Calls
from twilio_magic.api.resources._collection import Single
from twilio_magic.api.resources._conferences import Conferences
from twilio_magic.api.resources._listable import Collection
from twilio_magic.api.resources._numbers import CallerIds

ACCOUNT, SID = "AC" + "a" * 32, "XX" + "c" * 32

#: Endings of the library's names that have no counterpart here, and why.
ABSENT = {
    "_with_http_info_async": "as _with_http_info",
    "_with_http_info": "an error carries the HTTP status, and what was sent and answered is in the tools of requests",
}
#: Methods that are here, and not there, by their class, and why.
OWN_NAMES: dict[tuple[type, str], str] = {
    (Calls, "prepare"): "checks a call and does not place it; the magics are made of it",
    (Calls, "place"): "places what was prepared",
    (Collection, "fetch"): "the older spelling collection.fetch(sid)",
    (Calls, "update"): "the older spelling calls.update(sid, …)",
    (Collection, "update"): "the older spelling collection.update(sid, …)",
    (Collection, "delete"): "the older spelling collection.delete(sid)",
    (CallerIds, "create"): "the older spelling of validation_requests.create(…)",
    (Conferences, "participants"): "the older spelling of conferences(sid).participants",
}
OF_PAGES = {"limit", "page_size", "page_token", "page_number", "page"}


def api() -> Any:
    return OfficialClient(ACCOUNT, "t" * 32, environment={"_": ""}).api.v2010


def ours() -> tm.Client:
    return tm.Client(simulator=tm.Simulator())


def walk(
    theirs: Any, mine: Any, way: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Every collection, and every context, of the library that is here too, with its counterpart."""
    yield way, theirs, mine
    for name in sorted(collections(theirs)):
        if name in dir(mine):
            yield from walk(getattr(theirs, name), getattr(mine, name), (*way, name))
    is_keyed = callable(theirs) and callable(mine) and "data" not in way
    if isinstance(theirs, ListResource) and is_keyed:
        yield from walk(theirs(SID), mine(SID), (*way, "()"))


def collections(thing: Any) -> set[str]:
    return {name for name in public(thing) if isinstance(getattr(thing, name, None), ListResource)}


def public(thing: Any) -> Iterable[str]:
    return [name for name in dir(thing) if not name.startswith("_")]


def methods(thing: Any) -> set[str]:
    return {
        name
        for name in public(thing)
        if is_method(getattr(thing, name, None)) and not name.endswith(tuple(ABSENT))
    }


def is_method(member: Any) -> bool:
    return inspect.ismethod(member) or inspect.iscoroutinefunction(member)


STEPS = list(walk(api().account, ours()))
every_step = pytest.mark.parametrize(
    ("theirs", "mine"), [step[1:] for step in STEPS], ids=[".".join(step[0]) for step in STEPS]
)

every_collection = pytest.mark.parametrize(
    ("theirs", "mine"),
    [step[1:] for step in STEPS if isinstance(step[1], ListResource)],
    ids=[".".join(step[0]) for step in STEPS if isinstance(step[1], ListResource)],
)


def test_the_whole_of_the_library_is_walked() -> None:
    walked = {".".join(name for name in way if name != "()") for way, *_ in STEPS}

    assert set(resource_types()) - {"accounts"} <= walked
    assert len(STEPS) > 90


@every_step
def test_collections_have_the_names_of_the_library(theirs: Any, mine: Any) -> None:
    assert collections(theirs) == set(mine._children())
    assert collections(theirs) <= set(dir(mine))


@every_step
def test_methods_have_the_names_of_the_library(theirs: Any, mine: Any) -> None:
    if isinstance(mine, tm.Client):
        return  # theirs is the account, which client.account is here
    if isinstance(mine, Single) and callable(theirs):
        theirs = theirs()  # payloads(sid).data() is payloads(sid).data here
    more = {name for kind, name in OWN_NAMES if isinstance(mine, kind)}
    more |= {f"{name}_async" for name in more}

    assert methods(mine) - more == methods(theirs)


@every_collection
def test_resources_have_the_names_of_the_library(theirs: Any, mine: Any) -> None:
    """A resource that was fetched has what can be done with it, and what is below it."""
    title = type(theirs).__name__.removesuffix("List") + "Instance"
    instance = getattr(inspect.getmodule(type(theirs)), title, None)
    if instance is None:
        assert not mine._row.operations
        return
    members = inspect.getmembers_static(instance)
    names = {name for name, member in members if inspect.isfunction(member)}
    names |= {name for name, member in members if isinstance(member, property)}
    public = {
        name for name in names if not name.startswith("_") and not name.endswith(tuple(ABSENT))
    }

    assert public <= set(dir(mine.kind(None, {})))


def signature(theirs: Any, verb: str, kind: ResourceType) -> set[str]:
    """The parameters of the method *verb* of the library."""
    found = theirs
    if verb in ("fetch", "update", "delete") and kind.place:
        found = theirs(SID)
    elif kind.attribute == "data":
        found = theirs()
    return {*inspect.signature(getattr(found, verb)).parameters} - OF_PAGES


@every_collection
def test_parameters_have_the_names_of_the_library(theirs: Any, mine: Any) -> None:
    kind: ResourceType = mine._row
    for verb, name in kind.operations.items():
        named = {row.keyword for row in parameters(operation(name))}

        assert named - OF_PAGES == signature(theirs, verb, kind)
