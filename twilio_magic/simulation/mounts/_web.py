"""The part of the web that a simulated call can reach: mounted applications, functions, TwiML Bins, the demo, the rest.

What is mounted answers in process; everything else is a real request over the network.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter

from ._demo import DEMO_HOST, demo
from ._mounts import Mounts, describe
from ._wsgi import WsgiAdapter, WsgiApp

if TYPE_CHECKING:
    from requests import PreparedRequest, Response
    from werkzeug import Request

_BIN = "https://handler.twilio.com/twiml/"
_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class WebhookRequest(dict[str, str]):
    """What a function used as a webhook receives: Twilio's parameters by name, and *method*, *url* and *headers*.

    ``request["Digits"]``, or ``request.form["Digits"]`` as in Flask, whether they came in a form or in the query.
    """

    def __init__(self, request: Request) -> None:
        super().__init__(request.values.items())
        self.method = request.method
        self.url = request.url
        self.headers: Mapping[str, str] = dict(request.headers)

    @property
    def form(self) -> Mapping[str, str]:
        """The parameters, by Flask's name for them."""
        return self


Webhook = Callable[..., Any]


class Web(HTTPAdapter):
    """A transport adapter that finds the mounted application for a URL, and else goes out over the network."""

    def __init__(self) -> None:
        super().__init__()
        self.mounts = Mounts()
        self._in_process = WsgiAdapter(self._choose)
        self.mounts.add(DEMO_HOST, demo)

    def mount(self, base_url: str, app: WsgiApp) -> None:
        """Let *app* answer for every URL at or below *base_url*."""
        self.mounts.add(base_url, app, describe(app))

    def answer_at(self, url: str, webhook: Webhook) -> None:
        """Let a plain function answer for *url*; it may take a :class:`WebhookRequest` and returns TwiML."""
        self.mounts.add(url, _application(webhook), describe(webhook))

    def host(self, text: str, sid: str) -> str:
        """Put *text* at a URL like that of a TwiML Bin. Returns the URL."""
        self.mounts.add(_BIN + sid, _application(_fill_in(text)), text=text)
        return _BIN + sid

    def host_at(self, url: str, text: str) -> None:
        """Put *text* at *url*, as into a TwiML Bin."""
        self.mounts.add(url, _application(_fill_in(text)), "TwiML", text=text)

    def text_at(self, url: str) -> str | None:
        """The text that was put at *url*, if there is one."""
        mount = self.mounts.find(url)
        return mount.text if mount and mount.base_url == url else None

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """The answer of the mounted application, or of the network."""
        if self.mounts.find(request.url or ""):
            return self._in_process.send(request)
        return super().send(request, *args, **kwargs)

    def _choose(self, url: str) -> tuple[WsgiApp, str]:
        mount = self.mounts.find(url)
        assert mount is not None  # noqa: S101 - send() asked before
        return mount.app, mount.path


def _fill_in(text: str) -> Webhook:
    """A webhook that answers with *text*, in which ``{{From}}`` is filled from each request."""

    def handler(request: WebhookRequest) -> str:
        return _PLACEHOLDER.sub(lambda match: escape(request.get(match[1], "")), text)

    return handler


def _application(webhook: Webhook) -> WsgiApp:
    """A web application around a plain function."""
    from werkzeug import Request, Response

    wants_request = bool(inspect.signature(webhook).parameters)

    def app(environ: Any, start_response: Any) -> Any:
        request = WebhookRequest(Request(environ))
        said = webhook(request) if wants_request else webhook()
        body, status = said if isinstance(said, tuple) else (said, 200)
        to_xml = getattr(body, "to_xml", None)  # the official SDK's VoiceResponse
        content = to_xml() if callable(to_xml) else "" if body is None else body
        text = content if isinstance(content, bytes) else str(content)
        return Response(text, status=status, mimetype="text/xml")(environ, start_response)

    return app
