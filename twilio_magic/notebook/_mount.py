"""``%mount``: applications, functions and documents of the notebook answer the webhooks of simulated calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import MagicLineError
from ._line import LineParser, unknown_name
from ._magic import Invocation, magic
from ._session import simulator

if TYPE_CHECKING:
    from ..simulation import Mounts

_DESCRIPTION = """\
Let something of this notebook answer for a web address in simulated calls, with no server and no tunnel. NAME is that
of a web application (Flask, FastAPI, Django, any WSGI or ASGI), which answers for all addresses below it, too; of a
function, which may take the request and returns TwiML; or of a document. When a cell gives the name to something new,
that answers. NAME may also be the address of a server that runs. Without anything behind it, %mount lists what answers.
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
            _mount(url, name, used)
        case _:
            raise MagicLineError(
                f"%mount {used.line.strip()} does not say what answers.", hint=_USAGE
            )
    return simulator().mounts


def _mount(url: str, name: str, used: Invocation) -> None:
    """Let *name* answer for *url*: the address of a server, or whatever the notebook means by it at each request."""
    from ..simulation import Following

    if name.startswith(("http://", "https://")):
        simulator().mount(url, name)
        return
    found = _look_up(name, used.names)
    if isinstance(found, type | str) or not _can_answer(found):
        kind = "a class" if isinstance(found, type) else f"of the type {type(found).__name__}"
        raise MagicLineError(
            f"{name} is {kind}, and cannot answer for {url}.",
            hint="Give a web application, a function or a document, made by %%twiml or tm.parse.",
        )

    def look_up() -> Any:
        """What has the name now; while nothing has it that can answer, what had it last."""
        nonlocal found
        try:
            now = _look_up(name, used.shell.user_ns)
        except MagicLineError:
            return found
        found = now if _can_answer(now) and not isinstance(now, type) else found
        return found

    simulator().mount(url, Following(look_up))


def _can_answer(found: Any) -> bool:
    from ..twiml import Document

    return isinstance(found, Document) or callable(found)


def _look_up(name: str, names: Mapping[str, Any]) -> Any:
    """Return the object called *name* in the notebook; ``ivr.app`` is the attribute ``app`` of ``ivr``."""
    first, *rest = name.split(".")
    if first not in names:
        raise unknown_name(first, names, "%mount takes a URL and a name")
    found = names[first]
    for attribute in rest:
        if not hasattr(found, attribute):
            raise MagicLineError(f"There is no {attribute!r} in {first}.", hint=_USAGE)
        found = getattr(found, attribute)
    return found
