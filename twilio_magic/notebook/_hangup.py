"""``%hangup``: end a call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..errors import ApiError, MagicLineError
from ._line import LineParser, unknown_name
from ._magic import Invocation, magic
from ._offers import offer_running_calls
from ._session import session

if TYPE_CHECKING:
    from ..api import Call

_DESCRIPTION = """\
End a call: the one in a variable, the one with a sid, or the last one of this notebook that is not over.
"""
_EXAMPLE = """\
examples:
  %hangup
  %hangup first_call
"""

_SID = "CA[0-9a-fA-F]{32}"
#: A sid that is too short or too long, has a wrong letter, or is of another kind: not the name of a variable.
_MEANT_AS_SID = "[A-Z]{2}[0-9A-Za-z]*[0-9][0-9A-Za-z]*"


def _add_options(parser: LineParser) -> None:
    parser.add_argument(
        "call", metavar="CALL", nargs="?", help="a variable that holds a call, or a call's sid"
    )
    parser.offers[""] = offer_running_calls


@magic(
    "%hangup",
    usage="%hangup [CALL]",
    description=_DESCRIPTION,
    examples=_EXAMPLE,
    options=_add_options,
)
def hangup_magic(used: Invocation) -> Call:
    """End the call that the line names, or the last one that runs."""
    name = used.options.call
    call = _last_running_call() if name is None else _find_call(name, used.names)
    call.hang_up()
    return call if session().client.is_live else call.wait()


def _find_call(name: str, names: dict[str, Any]) -> Call:
    from ..api import Call

    if re.fullmatch(_SID, name):
        return session().client.calls.fetch(name)
    if name not in names and re.fullmatch(_MEANT_AS_SID, name):
        hint = "That is CA and 32 hexadecimal digits; %calls lists the calls with theirs."
        raise MagicLineError(f"{name!r} is no sid of a call.", hint=hint)
    if name not in names:
        raise unknown_name(name, names, "%hangup takes a call or its sid")
    if not isinstance(names[name], Call):
        raise MagicLineError(f"{name!r} is no call, but a {type(names[name]).__name__}.")
    call: Call = names[name]
    return call


def _last_running_call() -> Call:
    for call in reversed(session().placed):
        if _is_running(call):
            return call
    raise MagicLineError(
        "No call of this notebook is running.", hint="%hangup SID ends another call; see %calls."
    )


def _is_running(call: Call) -> bool:
    from ..api import error_code

    try:
        return not call.fetch().is_over
    except ApiError as error:
        if error.code == error_code("not-found").code:
            return False  # it was deleted, or the simulator was reset
        raise
