"""``%call``: place a call and show what happened."""

from __future__ import annotations

import argparse
from functools import cache
from typing import TYPE_CHECKING, Any

from ..errors import MagicLineError
from ._line import LineParser, unknown_name
from ._session import client, simulator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from IPython.core.interactiveshell import InteractiveShell

    from ..api import Call, Parameter

_DESCRIPTION = """\
Place a call with a POST to Twilio's Calls API, in the simulator of this notebook, and show what happens.
Nobody is called and nothing is charged.
"""
_EXAMPLE = """\
examples:
  %call +13105555555 --from +12125551234 --url https://demo.twilio.com/welcome/voice/
  %call +13105555555 --from +12125551234 --twiml greeting --phone "answer; press 1; hang up"
"""
HELP = f"%call TO --from NUMBER [options]\n\n{_DESCRIPTION}\n{_EXAMPLE}\n%call --help lists the options."

#: Parameters whose option has another form than the table gives it.
_SPECIAL = ("To", "Twiml", "ApplicationSid")


@cache
def parser() -> LineParser:
    """The options of ``%call``, made from the parameter table."""
    from ..api import operation

    made = LineParser("%call", description=_DESCRIPTION, epilog=_EXAMPLE)
    rows = {row.name: row for row in operation("calls.create").parameters}
    made.add_argument("to", metavar="TO", nargs="?", help=rows["To"].help)
    made.add_argument(
        "--twiml", metavar="NAME", help="a document of this notebook, or TwiML itself"
    )
    made.add_argument(
        "--app",
        "--application-sid",
        metavar="APP",
        help="a TwiML application, by its sid or its name here",
    )
    for name, row in rows.items():
        if name not in _SPECIAL:
            _add(made, row)
    made.classes |= {"--twiml": "Document", "--app": "Application"}
    made.add_argument("--phone", metavar="SCRIPT", help="what the called phone does, in this call")
    made.add_argument("--no-wait", action="store_true", help="return at once, with the call queued")
    made.add_argument("--out", metavar="NAME", help="keep the call in a variable and show nothing")
    return made


def run(line: str, names: dict[str, Any], shell: InteractiveShell) -> Call | None:
    """The call that *line* places, run to its end unless it says ``--no-wait``."""
    options = parser().read(line, names)
    if options.help:
        print(parser().format_help())  # noqa: T201 - help is text for the person at the keyboard
        return None
    call = _place(options, names)
    if not options.no_wait:
        call.wait()
    if options.out:
        shell.user_ns[options.out] = call
        return None
    return call


def _place(options: argparse.Namespace, names: Mapping[str, Any]) -> Call:
    parameters = _parameters(options, names)
    if options.phone is not None:
        with simulator().phones.during(options.to or "", options.phone):
            return client().calls.create(**parameters)
    return client().calls.create(**parameters)


def _parameters(options: argparse.Namespace, names: Mapping[str, Any]) -> dict[str, Any]:
    """What *options* ask for, by the names of the Calls API."""
    from ..api import operation

    given: dict[str, Any] = {"To": options.to or "", "From": options.from_ or ""}
    for row in operation("calls.create").parameters:
        value = None if row.name in _SPECIAL else getattr(options, row.keyword)
        if value not in (None, False):
            given[row.name] = value
    if options.twiml is not None:
        given["Twiml"] = _document(options.twiml, names)
    if options.app is not None:
        given["ApplicationSid"] = _application(options.app, names)
    return given


def _add(made: LineParser, row: Parameter) -> None:
    if row.type == "boolean":
        made.add_argument(row.option, dest=row.keyword, action="store_true", help=row.help)
        return
    made.words[row.option] = row.values
    made.add_argument(
        row.option,
        dest=row.keyword,
        metavar=row.type.upper().replace("-", "_"),
        help=_helped(row),
        action="append" if row.type == "enum-list" else "store",
    )


def _helped(row: Parameter) -> str:
    values = f" One of: {', '.join(row.values)}." if row.values else ""
    default = row.default if not isinstance(row.default, tuple) else ", ".join(row.default)
    return f"{row.help}{values}" + (f" Default: {default}." if default not in (None, False) else "")


def _document(name: str, names: Mapping[str, Any]) -> Any:
    if name.lstrip().startswith("<"):
        return name
    if name not in names:
        raise unknown_name(name, names, "--twiml takes the name of a document")
    return names[name]


def _application(name: str, names: Mapping[str, Any]) -> str:
    if name in names:
        sid = getattr(names[name], "sid", names[name])
        if not isinstance(sid, str):
            raise MagicLineError(f"{name} is no application, but a {type(sid).__name__}.")
        return sid
    if name.isidentifier() and not name.startswith("AP"):
        raise unknown_name(name, names, "--app takes a sid, or the name of an application")
    return name
