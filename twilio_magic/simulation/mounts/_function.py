"""Plain functions and TwiML Bins as web applications."""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from requests.structures import CaseInsensitiveDict

from ...twiml import to_markup
from ._signature import list_positional

if TYPE_CHECKING:
    from werkzeug import Request

    from ._wsgi import WsgiApp

_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")

#: Runs a coroutine to its end, and returns its result.
Run = Callable[[Awaitable[Any]], Any]


class WebhookRequest(dict[str, str]):
    """The request that a webhook function receives: Twilio's parameters by name, and *method*, *url* and *headers*.

    ``request["Digits"]``, or ``request.form["Digits"]`` as in Flask, for a POST and for a GET alike.
    """

    def __init__(self, request: Request) -> None:
        super().__init__(request.values.items())
        self.method = request.method
        self.url = request.url
        self.headers: Mapping[str, str] = CaseInsensitiveDict(request.headers)

    @property
    def form(self) -> Mapping[str, str]:
        """The parameters, under the name that Flask gives them."""
        return self


Webhook = Callable[..., Any]


def bin_webhook(text: str) -> Webhook:
    """A webhook function that answers with *text*, with placeholders such as ``{{From}}`` replaced from the request."""

    def handler(request: WebhookRequest) -> str:
        return _PLACEHOLDER.sub(lambda match: escape(request.get(match[1], "")), text)

    return handler


def _write(body: object) -> str | bytes:
    """What a webhook function returned, as it is sent; what is no document is told as it reads."""
    if body is None or isinstance(body, (str, bytes)):
        return body or ""
    if hasattr(body, "to_xml"):
        return to_markup(body)
    if callable(body):
        raise TypeError(
            f"a function that answers returns TwiML, not {body!r}: mount what it returns"
        )
    return str(body)


def function_application(webhook: Webhook, run: Run) -> WsgiApp:
    """A WSGI application that calls the function *webhook*; *run* runs it if it is an ``async`` one."""
    from werkzeug import Request, Response

    wants_request = list_positional(webhook) != []

    def app(environ: Any, start_response: Any) -> Any:
        request = WebhookRequest(Request(environ))
        result = webhook(request) if wants_request else webhook()
        if inspect.isawaitable(result):
            result = run(result)
        if isinstance(result, Response):
            return result(environ, start_response)
        body, status = result if isinstance(result, tuple) else (result, 200)
        return Response(_write(body), status=status, mimetype="text/xml")(environ, start_response)

    return app
