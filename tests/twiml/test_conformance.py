"""The official SDK, whatever version is installed: all that it can write is known here, with
no exception.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pytest
import twilio
from twilio.twiml import TwiML, voice_response

from twilio_magic.twiml import check, vocabulary

UNKNOWN = {"unknown-element", "unknown-attribute", "nesting", "wrong-case", "root", "stray-text"}


class Method(NamedTuple):
    """A method of the SDK that adds a child to an element."""

    parent: type[TwiML]
    name: str

    @property
    def keywords(self) -> list[str]:
        parameters = inspect.signature(getattr(self.parent, self.name)).parameters
        return [name for name in parameters if name not in {"self", "kwargs"}]

    def __str__(self) -> str:
        return f"{self.parent.__name__}.{self.name}"


def classes() -> Iterator[type[TwiML]]:
    for _, found in inspect.getmembers(voice_response, inspect.isclass):
        if issubclass(found, TwiML) and found is not TwiML:
            yield found


def methods() -> list[Method]:
    return [method for found in classes() for method in methods_of(found)]


def methods_of(found: type[TwiML]) -> list[Method]:
    general = {name for name, _ in inspect.getmembers(TwiML, inspect.isfunction)}
    return [
        Method(found, name)
        for name, _ in inspect.getmembers(found, inspect.isfunction)
        if name not in general and not name.startswith("_")
    ]


def made(found: type[TwiML]) -> Any:
    """An element of a class of the SDK, with something for every argument that it needs."""
    needed = inspect.signature(found.__init__).parameters.values()
    names = [p.name for p in needed if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD]
    return found(**{name: "x" for name in names if name != "self"})


def path_to(name: str) -> list[str]:
    """The elements from the root down to one called *name*."""
    row = vocabulary().elements[name]
    return [*path_to(row.parents[0]), name] if row.parents else [name]


def wrapped(element: TwiML, name: str) -> str:
    """A document with *element* at a place where it may stand."""
    *outer, _ = path_to(name)
    xml = str(element.to_xml(xml_declaration=False))
    return "".join(f"<{o}>" for o in outer) + xml + "".join(f"</{o}>" for o in reversed(outer))


def unknown(text: str) -> list[str]:
    return [str(problem) for problem in check(text) if problem.name in UNKNOWN]


def ahead(known: Iterable[type[TwiML]]) -> list[str]:
    """What classes of an SDK can write, and the table does not know: elements, children, attributes."""
    elements = vocabulary().elements
    found: set[str] = set()
    for each in known:
        name = made(each).name
        if name not in elements:
            found.add(f"<{name}>")
            continue
        for method in methods_of(each):
            child = added_by(method)
            if child.name not in elements[name].children:
                found.add(f"<{child.name}> inside <{name}>")
                continue
            attributes = {*elements[child.name].attributes, *elements[child.name].refused}
            found |= {f"{a} of <{child.name}>" for a in child.attrs if a not in attributes}
    return sorted(found)


def added_by(method: Method) -> TwiML:
    """The element that a method adds, with something for every keyword that becomes an attribute."""
    parent = made(method.parent)
    getattr(parent, method.name)(**dict.fromkeys(method.keywords, "x"))
    child: TwiML = parent.verbs[-1]
    return child


def test_the_sdk_is_not_ahead_of_the_table() -> None:
    """All that is unknown at once, for when a newest release brings news: add it to vocabulary.json."""
    assert ahead(classes()) == [], f"twilio {twilio.__version__} has what the table does not"


def test_news_of_an_sdk_would_be_told() -> None:
    class Hologram(TwiML):  # type: ignore[misc]  # the SDK has no types
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.name = "Hologram"

    class Gather(voice_response.Gather):  # type: ignore[misc]  # the SDK has no types
        def hologram(self, depth: Any = None, **kwargs: Any) -> Any:
            return self.nest(Hologram(depth=depth, **kwargs))

        def say(self, message: Any = None, mood: Any = None, **kwargs: Any) -> Any:
            return self.nest(voice_response.Say(message=message, mood=mood, **kwargs))

    news = ahead([Hologram, Gather])

    assert news == ["<Hologram>", "<Hologram> inside <Gather>", "mood of <Say>"]


def test_the_sdk_was_found() -> None:
    assert len(list(classes())) >= 59
    assert len(methods()) >= 131
    assert sum(len(method.keywords) for method in methods()) >= 530


@pytest.mark.parametrize("found", list(classes()), ids=lambda found: found.__name__)
def test_every_element_of_the_sdk_is_known(found: type[TwiML]) -> None:
    element = made(found)

    assert element.name in vocabulary().elements
    assert unknown(wrapped(element, element.name)) == []


@pytest.mark.parametrize("method", methods(), ids=str)
def test_every_method_and_keyword_of_the_sdk_is_known(method: Method) -> None:
    for keyword in method.keywords:
        parent = made(method.parent)
        arguments = dict.fromkeys(required(method), "x") | {keyword: "x"}
        getattr(parent, method.name)(**arguments)
        text = wrapped(parent, parent.name)

        assert unknown(text) == []


def required(method: Method) -> list[str]:
    parameters = inspect.signature(getattr(method.parent, method.name)).parameters.values()
    return [
        p.name
        for p in parameters
        if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD and p.name != "self"
    ]
