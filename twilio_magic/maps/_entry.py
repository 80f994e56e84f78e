"""Where callers enter: the application, anew for each call, and the address that answers."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from ..dialog import find_application
from ..display import visible_line
from ..errors import SimulatorError
from ..records import dataclass
from ..simulation import Simulator, choose_path, has_routes
from ._no_route import explain_no_route

if TYPE_CHECKING:
    from ..api import Call
    from ..simulation import Person

MOUNT, NUMBER, PERSON = "https://ivr.example.com", "+12125551234", "+14155550100"
_WEB = ("http://", "https://")
_METHODS = ("GET", "POST")


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

    def explain(self, error: str) -> str:
        """What to do about an *error* at the very beginning, to be put behind it; empty if nothing is known."""
        del error
        return ""


@dataclass(frozen=True)
class Beside:
    """What *make* makes is mounted at *url* beside an application; *name* is what a dialog may call it, or empty."""

    url: str
    make: Callable[[], Any]
    name: str = ""


@dataclass(frozen=True)
class ApplicationEntry(Entry):
    """What *from_* reaches who calls *to*: what *make* makes is mounted, or hosted if *url* is empty.

    Its first request is made with *method*; others are mounted *beside* it.
    """

    make: Callable[[], Any]
    url: str
    mount: str = MOUNT
    to: str = NUMBER
    from_: str = PERSON
    name: str = ""
    method: str = "POST"
    beside: tuple[Beside, ...] = ()

    @property
    def givens(self) -> tuple[str, ...]:  # type: ignore[override]
        """What is mounted beside it, where a text names that."""
        return tuple(
            f"given app {each.name} at {each.url}" if each.name else f"# given app … at {each.url}"
            for each in self.beside
        )

    def make_world(self) -> Simulator:
        return Simulator(network=False)

    def place_call(self, simulator: Simulator, caller: Person) -> Call:
        address = self.mount_in(simulator)
        for each in self.beside:
            simulator.mount(each.url, each.make())
        number = simulator.numbers[self.to]
        number.voice_url, number.voice_method = address, self.method
        number.voice_application_sid = None  # which would answer in its place
        return simulator.receive(self.from_, self.to, phone=caller)

    def explain(self, error: str) -> str:
        below = urlsplit(self.mount).path.rstrip("/") if self.url else ""
        return explain_no_route(error, self.make(), urlsplit(self.url).path, self.method, below)

    def mount_in(self, simulator: Simulator) -> str:
        """Let the application answer in the world of *simulator*; returns the address that a call requests first."""
        made = self.make()
        if not self.url:
            return simulator.host(made)
        simulator.mount(self.mount, made)
        return self.url


def find_entry(
    target: Any,
    url: str | None = None,
    *,
    to: str = NUMBER,
    from_: str = PERSON,
    method: str = "POST",
    mounts: Mapping[str, Any] | None = None,
    names: Mapping[str, Any] | None = None,
) -> ApplicationEntry:
    """Where callers enter *target*: an application, a function that makes one, a function that answers, a document, the
    address of a server, or what a dialog may name. *mounts* has what stands beside it, by its address.
    """
    verb = read_method(method)
    name, make = find_maker(target, names)
    entry = _entry(make, url, to, from_, verb)
    return replace(entry, name=name, method=verb, beside=list_beside(mounts, names))


def read_method(method: str) -> str:
    """The *method* of the first request, in capitals; raises :class:`SimulatorError` for another than GET and POST."""
    if method.upper() not in _METHODS:
        raise SimulatorError(
            visible_line(f"The first request cannot be made with the method {method!r}."),
            hint="Write GET or POST.",
        )
    return method.upper()


def list_beside(
    mounts: Mapping[str, Any] | None, names: Mapping[str, Any] | None
) -> tuple[Beside, ...]:
    """What *mounts* have, by its address, as what stands beside an application."""
    found = ((at, *find_maker(each, names)) for at, each in (mounts or {}).items())
    return tuple(Beside(at, make, name) for at, name, make in found)


def find_maker(target: Any, names: Mapping[str, Any] | None) -> tuple[str, Callable[[], Any]]:
    """The name of *target*, empty if nothing names it, and what makes it, anew for each call if it is to be."""
    if not isinstance(target, str) or target.startswith(_WEB) or "<" in target:
        return "", _maker(target)

    def find() -> Any:
        return find_application(target, Path(), names)

    return target, find if target.endswith("()") else _maker(find())


def _entry(
    make: Callable[[], Any], url: str | None, to: str, from_: str, method: str
) -> ApplicationEntry:
    target = make()
    if _is_document(target):
        return ApplicationEntry(make, "", to=to, from_=from_)
    path = url
    if isinstance(target, str):
        scheme, _, rest = target.partition("://")
        host, _, first = rest.partition("/")
        make, path = _maker(f"{scheme}://{host}"), f"/{first}" if url is None else url
    elif path is None:
        path = path_of(target, method)
    base = make() if isinstance(target, str) else MOUNT
    address = path if path.startswith(_WEB) else f"{base}{path}"
    parts = urlsplit(address)
    return ApplicationEntry(make, address, f"{parts.scheme}://{parts.netloc}", to=to, from_=from_)


def _is_document(target: Any) -> bool:
    return "<" in target if isinstance(target, str) else not callable(target)


def path_of(app: Any, method: str) -> str:
    """The path at which *app* probably answers calls."""
    return choose_path(app, method) if has_routes(app) else "/"


def _maker(target: Any) -> Callable[[], Any]:
    """What gives the application: *target* itself, or what *target* makes if it is a function that makes one."""
    if not inspect.isfunction(target) or _takes_something(target):
        return lambda: target
    return cast("Callable[[], Any]", target) if callable(target()) else lambda: target


def _takes_something(function: Callable[..., Any]) -> bool:
    parameters = inspect.signature(function).parameters.values()
    return any(each.default is each.empty and each.kind != each.VAR_KEYWORD for each in parameters)
