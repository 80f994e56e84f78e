"""Before a dialog begins: its application is mounted, and phones, numbers, faults and the date are as it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..errors import DialogError, TwilioMagicError

if TYPE_CHECKING:
    from ..scripts import DialogText, GivenLine, Script
    from ..simulation import Simulator, SuccessiveScripts

#: Where an application is mounted, and its number, unless the dialog says otherwise.
MOUNT, NUMBER = "https://ivr.example.com", "+12125551234"

#: Finds an application by what names it.
Find = Callable[[str], Any]


@contextmanager
def arrange(text: DialogText, simulator: Simulator, find: Find) -> Iterator[str]:
    """Let everything be in *simulator* as *text* says; phones and faults only while the block runs.

    Gives the address that the call requests first; it is empty if the number that is called knows it.
    Phones keep their names.
    """
    for given in text.givens:
        if given.kind == "date":
            simulator.date = given.values["date"]
    path: str | None = ""
    if "app" in text.headers:
        with _at(text.headers["app"]):
            path = _mount_own(text, simulator, find(text.header("app")))
    for address, name in text.names.items():
        simulator.phones.name(address, name)
    with ExitStack() as stack:
        for given in text.givens:
            with _at(given):
                _give(given, text, simulator, find, stack)
        for address, player in _players_of(text):
            stack.enter_context(simulator.phones.during(address, player))
        yield _first_url(text, simulator, path)


def _players_of(text: DialogText) -> Iterator[tuple[str, Script | SuccessiveScripts]]:
    """What plays at the phones of the parties, by their addresses.

    The first party's is given to its call alone, unless it stands again.
    """
    from ..simulation import SuccessiveScripts

    for address in dict.fromkeys(map(text.address_of, text.parties)):
        scripts = tuple(party.script for party in text.calls_of(address))
        if len(scripts) > 1:
            yield address, SuccessiveScripts(scripts)
        elif address != text.first_address:
            yield address, scripts[0]


def method_of(text: DialogText) -> str:
    """The method of the first request."""
    return str(text.header("method", "post")).upper()


def _mount_own(text: DialogText, simulator: Simulator, app: Any) -> str | None:
    """Mount the application of the dialog; returns the path at which it probably answers calls.

    It is ``None`` where *app* is a simulator, in which everything has its address already: the same answers then.
    """
    from ..simulation import Simulator, choose_path, copy_world, list_routes

    if isinstance(app, Simulator):
        copy_world(app, simulator)
        return None
    url = str(text.header("mount", MOUNT))
    simulator.mount(url, app)
    is_whole = bool(urlsplit(url).path.strip("/")) or isinstance(app, str)
    method = method_of(text)
    return "" if is_whole or not list_routes(app, method) else choose_path(app, method)


def _first_url(text: DialogText, simulator: Simulator, path: str | None) -> str:
    """The address that the call requests first; without the header ``url`` the application's own *path*."""
    from ..simulation import find_mounted_address

    if "twiml" in text.headers:
        with _at(text.headers["twiml"]):
            return simulator.host(text.header("twiml"))
    if "url" in text.headers:
        url = str(text.header("url"))
        is_world = path is None and "mount" not in text.headers
        found = find_mounted_address(simulator, url) if is_world else None
        return found or _complete(url, text)
    if path is None:
        return ""
    is_mounted = bool({"app", "mount"} & text.headers.keys())
    mount = str(text.header("mount", MOUNT))
    return mount.rstrip("/") + path if is_mounted and path else mount if is_mounted else ""


def _complete(url: str, text: DialogText) -> str:
    """*url*, with the address of the application before it if it is a path."""
    return str(text.header("mount", MOUNT)).rstrip("/") + url if url.startswith("/") else url


def _give(
    given: GivenLine, text: DialogText, simulator: Simulator, find: Find, stack: ExitStack
) -> None:
    values = given.values
    match given.kind:
        case "phone" if values["script"] is not None:
            stack.enter_context(simulator.phones.during(values["address"], values["script"]))
        case "number":
            simulator.numbers[values["address"]].voice_url = _complete(values["url"], text)
        case "app":
            _mount(values["url"], find(values["target"]), simulator, stack)
        case "fault":
            url = _complete(values["url"], text)
            fault = simulator.faults.add(url, times=values["times"], **values["effects"])
            stack.callback(_end_fault, simulator, fault.pattern)


def _end_fault(simulator: Simulator, url: str) -> None:
    """Remove the fault of *url*, unless it has happened as often as it should."""
    with suppress(KeyError):
        simulator.faults.remove(url)


def _mount(url: str, app: Any, simulator: Simulator, stack: ExitStack) -> None:
    """Mount *app*; at the address of a WebSocket a plain function is a voice agent.

    What was mounted there before, in the world of a notebook, is mounted again when *stack* is closed.
    """
    from ..simulation import web_address

    address = web_address(url)
    before = simulator.mounts.at(address)
    if before is not None:
        stack.callback(simulator.mounts.put_back, before)
    is_agent = url.startswith("ws") and getattr(app, "__code__", None) is not None
    if is_agent and app.__code__.co_argcount < 2:
        simulator.agent(url)(app)
    else:
        simulator.mount(address, app)


@contextmanager
def _at(line: Any) -> Iterator[None]:
    """Let what is wrong in the block be an error that points at *line*, a header or what is given."""
    try:
        yield
    except TwilioMagicError as error:
        place = line.place
        pointed: DialogError = place.error(error.message, error.hint or "")
        if isinstance(error, DialogError):
            pointed.excerpt += error.excerpt
        raise pointed from error.__cause__
