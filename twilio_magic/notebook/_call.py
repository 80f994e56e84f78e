"""``%call`` and ``%%call``: place a call and show what happened."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import MagicLineError, RequestError
from ..secret import MASK
from ._line import LineParser, unknown_name
from ._magic import Invocation, magic
from ._offers import offer_callee, offer_callers, offer_instances
from ._progress import keep_card_current
from ._session import session, simulator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..api import Call, Code, Request

_FIRST_LINE = 2  # of the document in a cell; the magic stands in the first line

_DESCRIPTION = """\
Place a call with a POST to Twilio's Calls API and show what happens. It goes to the simulator of this notebook, where
nobody is called and nothing is charged, until %twilio live says otherwise. Parameters may also be given in Twilio's own
spelling: StatusCallback=https://example.com/status. As a cell, %%call takes the TwiML, or a curl script, below it.
"""
_EXAMPLE = """\
examples:
  %call +13105555555 --from +12125551234 --url https://demo.twilio.com/welcome/voice/
  %call +13105555555 --from +12125551234 --twiml greeting --phone "answer; press 1; hang up"
  %call +13105555555 --from +12125551234 --say "Hello there" --as curl
"""


def _add_options(parser: LineParser) -> None:
    """Add the options of ``%call``, which are made from the parameter table."""
    from ..api import add_call_options, operation

    add_call_options(
        parser,
        twiml=("NAME", "a document of this notebook, or TwiML itself"),
        application=("APP", "a TwiML application, by its sid or its name here"),
    )
    parser.add_out("the call")
    parser.offer_values(operation("calls.create"))
    parser.offers |= {
        "": offer_callee,
        "--from": offer_callers,
        "--twiml": offer_instances("Document"),
        "--app": offer_instances("Application"),
    }


@magic(
    "%call",
    usage="%call TO --from NUMBER [options]",
    description=_DESCRIPTION,
    examples=_EXAMPLE,
    options=_add_options,
)
def call_magic(used: Invocation) -> Call | Request | Code | None:
    """Place a call and run it to its end, unless ``--no-wait`` is given; or show the request."""
    request = _prepare(_parameters(used))
    instead = _shown_instead(used.options, request)
    if instead is not None:
        return used.show_or_keep(instead, "What would be sent is")
    return used.show_or_keep_call(_place(used.options, request))


def _prepare(parameters: dict[str, Any]) -> Request:
    """The request for a call with *parameters*. An error that misses a number says where to type one."""
    from ..api import explain_missing

    try:
        return session().client.calls.prepare(**parameters)
    except RequestError as error:
        is_live = session().client.is_live
        caller = "NUMBER" if is_live else next(iter(simulator().numbers), "NUMBER")
        also = f", or say it once for all calls: %twilio set from {caller}"
        explain_missing(error, "%call", caller, also)
        raise


def _shown_instead(options: argparse.Namespace, request: Request) -> Request | Code | None:
    """The request, or a program that sends it, if *options* ask for that and not for a call."""
    from ..api import code

    if options.language:
        return code(request, options.language)
    return request if options.dry_run else None


def _place(options: argparse.Namespace, request: Request) -> Call:
    if request.is_live:
        from . import _live

        return _live.place_live_call(
            request, yes=options.yes, phone=options.phone, wait=not options.no_wait
        )
    return keep_card_current(simulate_call(request, options.phone, wait=not options.no_wait))


def simulate_call(request: Request, phone: str | None, *, wait: bool = True) -> Call:
    """Place *request* in the simulator, and run the call to its end if *wait*; *phone* is the script for this call."""
    from ..endpoints import endpoint

    now = session()
    phones, to = now.simulator.phones, endpoint(request.first("To")).address
    with nullcontext() if phone is None else phones.during(to, phone):
        call = now.simulated_client.calls.place(request)
    now.placed.append(call)
    is_played = now.simulator.profile != "test-credentials"  # with which no call ever begins
    return call.wait() if is_played and wait else call


def _parameters(used: Invocation) -> dict[str, Any]:
    """The parameters of the call, in the order of the table; the session's defaults fill the gaps."""
    from ..api import call_parameters, operation

    given = call_parameters(
        used.options,
        "%call",
        read_twiml=partial(_document, names=used.names),
        read_application=partial(_application, names=used.names),
    )
    if "To" in given and not session().client.is_live:
        given["To"] = simulator().phones.address_of(given["To"])
    of_cell = _cell_parameters(used.cell, used.names)
    parameters = operation("calls.create").in_order({**session().defaults, **of_cell, **given})
    _refuse_masked(parameters)
    return parameters


def _refuse_masked(parameters: Mapping[str, Any]) -> None:
    """Raise if a parameter that the call would have looked like a secret, and was masked in its cell."""
    for name, value in parameters.items():
        if MASK in str(value):
            raise MagicLineError(
                f"{name} held what looks like a secret, so the call is not placed.",
                hint="Keep it in a variable: %call takes $name for a value, and a document {{name}}.",
            )


def _cell_parameters(cell: str | None, names: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters in the body of a cell: its TwiML, or those of a curl script."""
    if cell is None:
        return {}
    from ..api import is_curl

    if is_curl(cell):
        from ._curl import parameters_of_script

        return parameters_of_script(cell)
    from ..twiml import fill, parse

    filled = fill(cell.removesuffix("\n"), names, first_line=_FIRST_LINE)
    return {"Twiml": parse(filled, first_line=_FIRST_LINE)}


def _document(name: str, names: Mapping[str, Any]) -> Any:
    if name.lstrip().startswith("<"):
        return name
    if name not in names:
        if Path(name).suffix in (".twiml", ".xml"):
            raise MagicLineError(
                f"--twiml takes the name of a document in this notebook, and {name!r} is a file.",
                hint=f"menu = open({name!r}).read(), and then --twiml menu.",
            )
        raise unknown_name(name, names, "--twiml takes the name of a document")
    return names[name]


def _application(name: str, names: Mapping[str, Any]) -> str:
    if name in names:
        sid = getattr(names[name], "sid", names[name])
        if not isinstance(sid, str):
            raise MagicLineError(f"{name!r} is no application, but a {type(sid).__name__}.")
        return sid
    if name.isidentifier() and not name.startswith("AP"):
        raise unknown_name(name, names, "--app takes a sid, or the name of an application")
    return name
