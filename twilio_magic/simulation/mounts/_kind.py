"""What kind of application is mounted, told by what it is and never by trying. What cannot answer is refused."""

from __future__ import annotations

import inspect
import re
from functools import partial
from inspect import Parameter
from typing import Literal

from ...display import visible_line
from ...errors import SimulatorError
from ...secret import mask_user_info
from ...twiml import Document, HasXml
from ._signature import list_positional

Kind = Literal["server", "document", "asgi", "webhook", "wsgi"]

_HINT = "Mount a web application, a function, a document, or the address of a server."
_WORLD_HINT = (
    "Name a function or an application that it has mounted. In a dialog, app: may be a simulator."
)
#: Frameworks whose applications are neither WSGI nor ASGI, with what runs one as a server.
_WITH_OWN_SERVER = {"aiohttp": "aiohttp.web.run_app(app, port=5050)", "tornado": "app.listen(5050)"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_HOST = re.compile(
    r"(localhost|[\w-]+(\.[\w-]+)+|[\w.-]+(?=:\d)|\[[0-9a-f:]+\])(:\d+)?(/\S*)?", re.IGNORECASE
)
_MOST = 60  # characters of a text that are shown


def kind_of(app: object) -> Kind:
    """What *app* is. Raises :class:`SimulatorError`, which says what to do, for what cannot answer a request."""
    if isinstance(app, str | bytes):
        return _kind_of_text(app)
    if isinstance(app, Document | HasXml):
        return "document"
    if not callable(app) or isinstance(app, type):
        raise _refusal(app, "", _WORLD_HINT if hasattr(app, "mounts") else _HINT)
    for module in (each.__module__.partition(".")[0] for each in type(app).__mro__):
        if module in _WITH_OWN_SERVER:
            raise _refusal(
                app,
                f"an application of {module} has a server of its own",
                f"Run it in another process, with {_WITH_OWN_SERVER[module]}, and mount http://127.0.0.1:5050.",
            )
    return _kind_of_callable(app)


def describe_mounted(mounted: object) -> str:
    """The type and name of a mounted object, for people: ``Flask ivr``, ``function menu``."""
    kind = type(mounted).__name__
    name = getattr(mounted, "__name__", None) or getattr(mounted, "name", None)
    return f"{kind} {name}" if isinstance(name, str) else kind


def refuse_unless_webhook(function: object) -> None:
    """Raise :class:`SimulatorError` unless *function* is one that takes a request or nothing."""
    kind = kind_of(function)
    if kind != "webhook" and list_positional(function) is not None:
        raise _refusal(
            function,
            "a function that answers takes the request, or nothing",
            "Mount a WSGI or ASGI application with simulator.mount(url, app).",
        )


def _kind_of_text(text: str | bytes) -> Kind:
    if isinstance(text, str) and text.lower().startswith(("http://", "https://")):
        return "server"
    if ("<" if isinstance(text, str) else b"<") in text:  # type: ignore[operator]
        return "document"
    raise _refusal(text, "it is no TwiML, and no address of a server", _hint_for(text))


def _hint_for(text: str | bytes) -> str:
    """What to write in the place of *text*."""
    written = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    scheme = _SCHEME.match(written)
    if scheme:
        rest = written[scheme.end() :]
        return f"Write the address of a web server: {_show_text(f'http://{rest}')}."
    if _HOST.fullmatch(written):
        return f"Write the address of a server with its scheme: {_show_text(f'http://{written}')}."
    if written.isidentifier():
        return f"Mount the document or application itself, {written}, and not its name."
    return "A document is TwiML: <Response>…</Response>."


def _kind_of_callable(app: object) -> Kind:
    function = app
    while isinstance(function, partial):
        function = function.func
    call = function if inspect.isroutine(function) else getattr(function, "__call__", None)  # noqa: B004 - it is looked at
    positional = list_positional(app if isinstance(app, partial) else call)
    required = sum(each.default is each.empty for each in positional or ())
    is_async = inspect.iscoroutinefunction(call)
    if inspect.isasyncgenfunction(call) or (
        inspect.isgeneratorfunction(call) and positional is not None and required < 2
    ):
        raise _refusal(app, "it yields", "A function that answers returns its TwiML.")
    if positional is None:
        return "asgi" if is_async else "wsgi"
    if (
        # a plain function may return what another one awaits
        (is_async or _is_like_asgi(positional))
        and required <= 3
        and len(positional) >= 3
        and (required >= 2 or _is_like_asgi(positional))
    ):
        return "asgi"
    if required < 2:
        return "webhook"
    if required == 2 and not is_async:
        return "wsgi"
    raise _refusal(app, *_explain_parameters(positional, is_async=is_async))


def _is_like_asgi(positional: list[Parameter]) -> bool:
    """Whether the first parameters are called as those of an ASGI application are."""
    names = [each.name.lstrip("_") for each in positional[:3]]
    return names == ["scope", "receive", "send"]


def _explain_parameters(positional: list[Parameter], *, is_async: bool) -> tuple[str, str]:
    """Why a function with these parameters cannot answer, and what to do."""
    names = f"({', '.join(each.name for each in positional)})"
    takes = f"it is async and takes {names}" if is_async else f"it takes {names}"
    return takes, (
        "A function takes the request, or nothing; a WSGI application (environ, start_response), an ASGI application"
        " (scope, receive, send)."
    )


def _refusal(app: object, why: str, hint: str) -> SimulatorError:
    shown = _show_text(app) if isinstance(app, str | bytes) else _show(app)
    return SimulatorError(
        f"{shown} cannot answer for a web address{f': {why}' if why else ''}.", hint=hint
    )


def _show(app: object) -> str:
    if app is None or isinstance(app, int | float | complex):
        return repr(app)
    if isinstance(app, type):
        return f"The class {app.__name__}"
    shown = describe_mounted(app)
    return visible_line(shown if callable(app) else f"A value of the type {shown}")


def _show_text(text: str | bytes) -> str:
    """*text* in quotes, cut where it is long, without passwords."""
    cut = text if len(text) <= _MOST else text[:_MOST]
    shown = repr(cut) if isinstance(cut, bytes) else repr(mask_user_info(cut))
    return visible_line(shown if cut is text else f"{shown}…")
