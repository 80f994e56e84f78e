"""``%number``: what answers at a number of the account, without Python."""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..errors import MagicLineError
from ._line import unknown_name
from ._magic import Invocation, magic
from ._offers import offer_for_number
from ._session import simulator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..simulation import Numbers
    from ._line import LineParser

_DESCRIPTION = """\
Say what answers when a number of the simulated account is called; a new number belongs to the account from then on.
NAME is that of a document, of a function that returns TwiML, of a web application (its usual path is asked: /voice,
/twiml, /incoming …; --url names another), or of a TwiML application. When a cell gives the name to something new, that
answers. A function or document that is mounted is asked at its address. In its place may stand a URL, or the sid of a
TwiML application. Without anything behind it, %number lists the numbers.
"""
_EXAMPLE = """\
examples:
  %number +12125551234 menu
  %number +12125551234 app --url /begin
  %number +12125551234 https://ivr.example.com/voice
  %number +12125551234 off
"""

_USAGE = "Write %number NUMBER NAME, such as: %number +12125551234 menu"
#: Where what has a name in the notebook answers for a number.
_BASE = "https://notebook.example.com"
_APPLICATION_SID = re.compile("AP[0-9a-f]{32}")


def _add_options(parser: LineParser) -> None:
    parser.add_argument(
        "words", metavar="NUMBER NAME", nargs="*", help="which number, and what answers; or off"
    )
    parser.add_argument(
        "--url", metavar="PATH", help="the path of the application that answers, if not a usual one"
    )
    parser.offers[""] = offer_for_number


@magic(
    "%number",
    usage="%number [NUMBER NAME]",
    description=_DESCRIPTION,
    examples=_EXAMPLE,
    options=_add_options,
)
def number_magic(used: Invocation) -> Numbers:
    """Let a document, a function, an application, or an address answer at a number; returns the account's numbers."""
    match used.options.words:
        case []:
            pass
        case [number, "off"]:
            _answer(number, url=None)
        case [number, what]:
            _let_answer(number, what, used.names, used.options.url)
        case _:
            raise MagicLineError(
                f"%number {used.line.strip()} does not say what answers.", hint=_USAGE
            )
    return simulator().numbers


def _let_answer(number: str, what: str, names: Mapping[str, Any], path: str | None) -> None:
    found = names.get(what, what)
    application = getattr(found, "sid", found)
    if isinstance(application, str) and _APPLICATION_SID.fullmatch(application):
        _answer(number, application_sid=application)
    elif isinstance(found, str) and found.startswith(("http://", "https://")):
        _answer(number, url=found)
    elif what.partition(".")[0] in names:
        _answer(number, url=_mount(what, names, path))
    else:
        raise unknown_name(what, names, "%number takes the name of what answers, or a URL")


def _mount(name: str, names: Mapping[str, Any], path: str | None) -> str:
    """Mount what is called *name*, and return the address that a number requests of it, at *path* or a usual one."""
    from ..simulation import has_routes

    first, *rest = name.split(".")
    app = reduce(lambda found, part: getattr(found, part, None), rest, names[first])
    if not has_routes(app):
        return _address_of_page(app) or _mount_page(name)
    base = f"https://{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-') or 'app'}.example.com"
    address = f"{base}{_path_of(app, name, path)}"
    simulator().mount(base, name)
    return address


def _address_of_page(page: Any) -> str:
    """Where a function or document answers that a cell gave an address, or nothing: its paths are meant from there."""
    given = simulator().mounts.addresses_of(page)
    return next((url for url in given if not url.startswith(f"{_BASE}/")), "")


def _mount_page(name: str) -> str:
    url = f"{_BASE}/{quote(name)}"
    simulator().mount(url, name)
    return url


def _path_of(app: Any, name: str, path: str | None) -> str:
    """The path of *app* that answers calls; raises :class:`MagicLineError` if it has none of the usual ones."""
    from ..simulation import choose_path, list_routes

    if path is not None:
        return f"/{path.removeprefix('/')}"
    chosen, routes = choose_path(app), list_routes(app)
    if routes and chosen not in routes:
        raise MagicLineError(
            f"{name} has no route at {chosen}, nor at another usual path; it answers at {', '.join(routes[:5])}.",
            hint=f"Say which one begins a call: --url {routes[0]}",
        )
    return chosen


def _answer(number: str, *, url: str | None = None, application_sid: str | None = None) -> None:
    owned = simulator().numbers[number]
    owned.voice_url, owned.voice_application_sid = url, application_sid
