"""Docstrings of what is public: what you get, in which units, which errors, and where a rule of Twilio's comes from."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

import twilio_magic as tm
from twilio_magic.api.resources._collection import Resources
from twilio_magic.api.resources._context import InstanceContext
from twilio_magic.simulation import Faults, Phones

PACKAGE = Path(tm.__file__ or "").parent


def below(kind: type[Any]) -> Iterator[type[Any]]:
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


def public_classes() -> list[type[Any]]:
    """The classes that are public by name, and those whose objects one gets from them."""
    named = [thing for name in tm.__all__ if isinstance(thing := getattr(tm, name), type)]
    return [*named, *below(Resources), *below(InstanceContext), Faults, Phones]


def functions() -> dict[str, Callable[..., Any]]:
    """Every public function, method and property of this package, by its name."""
    plain = [getattr(tm, name) for name in tm.__all__]
    found = {thing.__name__: thing for thing in plain if not isinstance(thing, type)}
    for kind in public_classes():
        for name, member in inspect.getmembers_static(kind):
            function = unwrapped(member)
            if not name.startswith("_") and is_ours(function):
                found[f"{kind.__name__}.{name}"] = function
    return found


def unwrapped(member: Any) -> Any:
    if isinstance(member, property):
        return member.fget
    if isinstance(member, cached_property):
        return member.func
    return getattr(member, "__func__", member)


def is_ours(function: Any) -> bool:
    return inspect.isfunction(function) and function.__module__.startswith("twilio_magic")


FUNCTIONS = functions()
every_function = pytest.mark.parametrize("name", sorted(FUNCTIONS))


def tree(function: Callable[..., Any]) -> ast.FunctionDef:
    [found] = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(found, ast.FunctionDef)
    return found


def test_there_is_something_to_look_at() -> None:
    assert {"check", "Simulator.receive", "Call.wait", "Phones.check"} <= FUNCTIONS.keys()
    assert len(FUNCTIONS) > 100


@pytest.mark.parametrize(
    "kind",
    sorted(public_classes(), key=attrgetter("__qualname__")),
    ids=lambda kind: kind.__name__,
)
def test_a_public_class_says_what_it_is(kind: type[Any]) -> None:
    assert (kind.__dict__.get("__doc__") or "").strip()


@every_function
def test_a_public_function_says_what_one_gets(name: str) -> None:
    first = (FUNCTIONS[name].__doc__ or "").strip().partition("\n")[0]

    assert first
    assert first[0].isupper() or not first[0].isalpha()


@every_function
def test_errors_that_a_public_function_raises_itself_are_named(name: str) -> None:
    said = FUNCTIONS[name].__doc__ or ""
    raised = {
        node.exc.func.id
        for node in ast.walk(tree(FUNCTIONS[name]))
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
        and node.exc.func.id[0].isupper()
    }

    assert not {error for error in raised if error not in said}


@every_function
def test_a_number_that_is_not_whole_has_a_unit(name: str) -> None:
    """Every ``float`` that is taken or given is a time, but for a confidence; its docstring says in what."""
    function = tree(FUNCTIONS[name])
    taken = [*function.args.args, *function.args.kwonlyargs]
    types = [each.annotation for each in taken if each.arg != "confidence"] + [function.returns]

    if any("float" in ast.unparse(each) for each in types if each is not None):
        assert "second" in (FUNCTIONS[name].__doc__ or "")


def rules_of_twilio() -> list[Path]:
    """The modules that do what one of Twilio's pages says: verbs, and resources of the client and of the REST API."""
    verbs = PACKAGE.glob("simulation/verbs/[a-z]*.py")
    collections = (
        path
        for path in PACKAGE.glob("api/resources/_*.py")
        if "(Collection[" in path.read_text("utf-8") and path.stem != "_listable"
    )
    routes = (
        path
        for path in PACKAGE.glob("simulation/rest/_*.py")
        if "def add_routes(" in path.read_text("utf-8")
    )
    return sorted([*verbs, *collections, *routes])


@pytest.mark.parametrize("path", rules_of_twilio(), ids=lambda path: path.stem)
def test_a_rule_of_twilios_names_its_page(path: Path) -> None:
    """``Source: Twilio's page "..."``, or that Twilio has none."""
    text = path.read_text("utf-8")

    assert "Source: Twilio's page" in text or "Twilio has no page" in text
