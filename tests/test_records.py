"""Records are dataclasses in all that one can see of them."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import sys
from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError, field
from importlib import import_module
from itertools import product
from typing import Any

import pytest

from twilio_magic import records

from .architecture import modules


def make(decorate: Any, options: dict[str, bool]) -> Any:
    """A class with every kind of field, made by *decorate* with *options*."""

    class Shape:
        """A shape."""

        name: str
        size: int = 1
        notes: list[str] = field(default_factory=list)
        hidden: str = field(default="", repr=False)
        unlike: float = field(default=0.0, compare=False)
        own: dict[str, int] = field(init=False, default_factory=dict)
        fixed: int = field(init=False, default=7)
        _private: tuple[int, ...] = ()
        loud: bool = field(default=False, kw_only=True)

        @property
        def area(self) -> int:
            return self.size**2

    Shape.__qualname__ = "Shape"
    made = decorate(**options)(Shape)
    setattr(sys.modules[__name__], "Shape", made)  # noqa: B010 - where pickle looks for it
    return made


OPTIONS = [
    dict(zip(("frozen", "slots", "eq", "repr"), chosen, strict=True))
    for chosen in product((False, True), repeat=4)
]
ARGUMENTS: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
    (("a",), {}),
    (("a", 2), {"unlike": 3.0}),
    (("a", 2, ["x"]), {"hidden": "h", "loud": True}),
    ((), {"name": "b", "_private": (1,)}),
    ((), {}),
    (("a", 1, [], "", 0.0, (), True), {}),
    (("a",), {"own": {}}),
    (("a",), {"name": "b"}),
)


def outcome(act: Callable[[], Any]) -> Any:
    """What *act* gives, or how it fails."""
    try:
        return act()
    except Exception as error:
        return type(error), str(error)


def look(kind: Any) -> Iterator[Any]:
    """All that can be seen of a class and of its objects."""
    yield str(inspect.signature(kind))
    yield inspect.get_annotations(kind.__init__)
    yield kind.__match_args__, kind.__doc__, [each.name for each in dataclasses.fields(kind)]
    yield str(kind.__dataclass_params__)
    for positional, named in ARGUMENTS:
        yield outcome(lambda: look_at(kind, kind(*positional, **named)))  # noqa: B023 - at once


def look_at(kind: Any, thing: Any) -> list[Any]:
    same = kind(thing.name)
    changed = dataclasses.replace(thing, size=9)
    return [
        dataclasses.asdict(thing),
        thing == same,
        thing == changed,
        thing != object(),
        thing.area,
        changed.size,
        outcome(lambda: hash(thing) == hash(same)),
        "object at" in repr(thing) or repr(thing),
        outcome(lambda: setattr(thing, "size", 3)),
        outcome(lambda: setattr(thing, "size", 1)),
        outcome(lambda: delattr(thing, "hidden")),
        dataclasses.asdict(copy.deepcopy(same)),
        dataclasses.asdict(pickle.loads(pickle.dumps(same))),  # noqa: S301 - our own
        same.notes is not kind("other").notes,
        hasattr(thing, "__dict__"),
    ]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_record_is_what_a_dataclass_is(options: dict[str, bool]) -> None:
    theirs = list(look(make(dataclasses.dataclass, options)))

    assert list(look(make(records.dataclass, options))) == theirs


def test_a_record_that_holds_itself_is_shown_once() -> None:
    kind = make(records.dataclass, {})
    thing = kind("a")
    thing.notes.append(thing)

    assert "notes=[...]" in repr(thing)


@pytest.mark.parametrize("decorate", [dataclasses.dataclass, records.dataclass])
def test_a_record_is_inherited_as_a_dataclass_is(decorate: Any) -> None:
    base = make(records.dataclass, {"frozen": True})
    kind = dataclasses.make_dataclass("Kind", [("more", int, 0)], bases=(base,), frozen=True)

    class Plain(base):  # type: ignore[misc,valid-type] # made as the test runs
        unlike: float = 2.0
        size: int

    inheriting = decorate(frozen=True)(Plain)

    assert kind("a", more=2).more == 2
    assert inheriting("a").unlike == 2.0
    assert inheriting("a") != base("a")
    with pytest.raises(TypeError, match="frozen"):
        decorate(type("Loose", (base,), {"__annotations__": {"more": int}}))
    with pytest.raises(FrozenInstanceError):
        inheriting("a").size = 2


def test_a_method_of_its_own_is_kept() -> None:
    @records.dataclass(frozen=True)
    class Own:
        size: int

        def __post_init__(self) -> None:
            object.__setattr__(self, "size", self.size + 1)

        def __eq__(self, other: object) -> bool:
            return isinstance(other, int)

        def __hash__(self) -> int:
            return 1

        def __repr__(self) -> str:
            return "own"

    assert Own(1).size == 2
    assert Own(1) == 5
    assert repr(Own(1)) == "own"
    assert hash(Own(1)) == 1


def kinds() -> Iterator[Any]:
    """Every record of the package, but for those that Locust is needed for."""
    for module in modules().values():
        if "records import dataclass" in module.source and not module.name.startswith("load."):
            loaded = import_module(f"twilio_magic.{module.name}")
            yield from (
                kind
                for kind in vars(loaded).values()
                if isinstance(kind, type)
                and dataclasses.is_dataclass(kind)
                and kind.__module__ == loaded.__name__
            )


def test_every_record_of_the_package_has_the_signature_of_its_fields() -> None:
    found = list(kinds())

    assert len(found) > 200
    for kind in found:
        parameters = inspect.signature(kind).parameters
        assert [*parameters] == [each.name for each in dataclasses.fields(kind) if each.init]
        assert kind.__doc__
