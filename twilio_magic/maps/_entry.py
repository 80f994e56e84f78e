"""Where callers enter: the application, anew for each call, and the address that answers."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ..dialog import find_application
from ..simulation import Simulator, choose_path, has_routes

if TYPE_CHECKING:
    from ..api import Call
    from ..simulation import Person

MOUNT, NUMBER, PERSON = "https://ivr.example.com", "+12125551234", "+14155550100"
_WEB = ("http://", "https://")


class Entry(ABC):
    """Where callers enter an IVR. *name* is what a dialog may call the application; empty if nothing names it.

    *givens* are lines that a dialog has above it, so that the same answers.
    """

    name: str
    givens: tuple[str, ...] = ()

    @abstractmethod
    def make_world(self) -> Simulator:
        """A fresh world for one call."""

    @abstractmethod
    def place_call(self, simulator: Simulator, caller: Person) -> Call:
        """Let *caller* enter, in a world that was made for it."""


@dataclass(frozen=True)
class ApplicationEntry(Entry):
    """What *from_* reaches who calls *to*: what *make* makes is mounted, or hosted if *url* is empty."""

    make: Callable[[], Any]
    url: str
    mount: str = MOUNT
    to: str = NUMBER
    from_: str = PERSON
    name: str = ""

    def make_world(self) -> Simulator:
        return Simulator(network=False)

    def place_call(self, simulator: Simulator, caller: Person) -> Call:
        made = self.make()
        if self.url:
            simulator.mount(self.mount, made)
        address = self.url or simulator.host(made)
        simulator.numbers[self.to].voice_url = address
        return simulator.receive(self.from_, self.to, phone=caller)


def find_entry(
    target: Any,
    url: str | None = None,
    *,
    to: str = NUMBER,
    from_: str = PERSON,
    names: Mapping[str, Any] | None = None,
) -> ApplicationEntry:
    """Where callers enter *target*: an application, a function that makes one, a function that answers, a document, the
    address of a server, or what a dialog may name.
    """
    if isinstance(target, str) and not target.startswith(_WEB) and "<" not in target:
        return _find_named(target, url, to, from_, names)
    return _entry(_maker(target), url, to, from_)


def _find_named(
    name: str, url: str | None, to: str, from_: str, names: Mapping[str, Any] | None
) -> ApplicationEntry:
    """Where callers enter what *name* names; with parentheses it is made anew for each call."""

    def find() -> Any:
        return find_application(name, Path(), names)

    make = find if name.endswith("()") else _maker(find())
    return replace(_entry(make, url, to, from_), name=name)


def _entry(make: Callable[[], Any], url: str | None, to: str, from_: str) -> ApplicationEntry:
    target = make()
    if _is_document(target):
        return ApplicationEntry(make, "", to=to, from_=from_)
    path = url
    if isinstance(target, str):
        scheme, _, rest = target.partition("://")
        host, _, first = rest.partition("/")
        make, path = _maker(f"{scheme}://{host}"), f"/{first}" if url is None else url
    elif path is None:
        path = _path_of(target)
    return ApplicationEntry(
        make, path if path.startswith(_WEB) else f"{MOUNT}{path}", to=to, from_=from_
    )


def _is_document(target: Any) -> bool:
    return "<" in target if isinstance(target, str) else not callable(target)


def _path_of(app: Any) -> str:
    return choose_path(app) if has_routes(app) else "/"


def _maker(target: Any) -> Callable[[], Any]:
    """What gives the application: *target* itself, or what *target* makes if it is a function that makes one."""
    if not inspect.isfunction(target) or _takes_something(target):
        return lambda: target
    return cast("Callable[[], Any]", target) if callable(target()) else lambda: target


def _takes_something(function: Callable[..., Any]) -> bool:
    parameters = inspect.signature(function).parameters.values()
    return any(each.default is each.empty and each.kind != each.VAR_KEYWORD for each in parameters)
