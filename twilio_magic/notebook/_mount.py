"""``%mount``: applications, functions and documents of the notebook answer the webhooks of simulated calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import MagicLineError
from ._magic import Invocation, magic
from ._offers import offer_for_mount
from ._session import simulator

if TYPE_CHECKING:
    from ..simulation import Mounts
    from ._line import LineParser

_DESCRIPTION = """\
Let something of this notebook answer for a web address in simulated calls, with no server and no tunnel. NAME is that
of a web application (Flask, FastAPI, Django, any WSGI or ASGI), which answers for all addresses below it, too; of a
function, which may take the request and returns TwiML; or of a document. When a cell gives the name to something new,
that answers; while nothing has it, calls fail and say so. NAME may also be the address of a server that runs. Without
anything behind it, %mount lists what answers.
"""
_EXAMPLE = """\
examples:
  %mount https://ivr.example.com app
  %mount https://ivr.example.com/menu menu
  %mount https://agent.example.com http://127.0.0.1:5050
  %mount https://ivr.example.com off
"""

_USAGE = "Write %mount URL NAME, such as: %mount https://ivr.example.com app"


def _add_options(parser: LineParser) -> None:
    parser.add_argument("words", metavar="URL NAME", nargs="*", help="where, and what; or off")
    parser.offers[""] = offer_for_mount


@magic(
    "%mount",
    usage="%mount [URL NAME]",
    description=_DESCRIPTION,
    examples=_EXAMPLE,
    options=_add_options,
)
def mount_magic(used: Invocation) -> Mounts:
    """Mount or unmount something at a web address; returns all that is mounted."""
    match used.options.words:
        case []:
            pass
        case [url, "off"]:
            simulator().unmount(url)
        case [url, name]:
            simulator().mount(url, name)
        case _:
            raise MagicLineError(
                f"%mount {used.line.strip()} does not say what answers.", hint=_USAGE
            )
    return simulator().mounts
