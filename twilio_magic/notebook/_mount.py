"""``%mount``: applications, functions and documents of the notebook answer the webhooks of simulated calls."""

from __future__ import annotations

import inspect
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
of a web application (Flask, Django, any WSGI), which answers for all addresses below it, too; of a function, which may
take the request and returns TwiML; or of a document. Without anything behind it, %mount lists what answers.
"""
_EXAMPLE = """\
examples:
  %mount https://ivr.example.com app
  %mount https://ivr.example.com/menu menu
  %mount https://ivr.example.com off
"""

_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
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
            _mount(url, name, used.names)
        case _:
            raise MagicLineError(
                f"%mount {used.line.strip()} does not say what answers.", hint=_USAGE
            )
    return simulator().mounts


def _mount(url: str, name: str, names: Mapping[str, Any]) -> None:
    from ..twiml import Document

    found = _look_up(name, names)
    if isinstance(found, Document):
        simulator().host(found, at=url)
    elif isinstance(found, type) or not callable(found):
        kind = "a class" if isinstance(found, type) else f"of the type {type(found).__name__}"
        raise MagicLineError(
            f"{name} is {kind}, and cannot answer for {url}.",
            hint="Give a web application, a function or a document, made by %%twiml or tm.parse.",
        )
    elif _is_application(found):
        simulator().mount(url, found)
    else:
        simulator().webhook(url)(found)


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


def _is_application(found: Any) -> bool:
    """Return whether *found* is a WSGI application: it has two parameters, where a webhook has one or none."""
    parameters = inspect.signature(found).parameters.values()
    return sum(each.default is each.empty and each.kind in _POSITIONAL for each in parameters) > 1
