"""The web that a simulated call can reach: mounted applications, functions, TwiML Bins, the demo, and the network.

Mounts answer in process; requests to all other URLs go over the network, where that is allowed.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from requests import ConnectionError as NotConnected
from requests.structures import CaseInsensitiveDict

from ...deadlines import DeadlineAdapter
from ...hosts import reach
from ...secret import mask_user_info
from ...twiml import Twiml, to_markup, to_text
from ..clock._interrupts import run_foreign
from ._demo import DEMO_HOSTS, demo
from ._mounts import Mounts, describe_mounted
from ._rehearsal import rehearse
from ._wsgi import WsgiAdapter, WsgiApp

if TYPE_CHECKING:
    from requests import PreparedRequest, Response
    from werkzeug import Request

_BIN_HOST = "https://handler.twilio.com/"
_BIN = f"{_BIN_HOST}twiml/"
_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")


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


class OutOfReach(NotConnected):
    """A request that was not made, because its URL is out of reach by the rules of the simulated world."""


class Web(DeadlineAdapter):
    """A transport adapter that hands requests to the application mounted at their URL; others go over the network.

    With *public_only* there is no way to local URLs, as there is none for Twilio, whatever is mounted there. Without
    *network* only mounts answer.
    """

    def __init__(self, *, public_only: bool = False, network: bool = True) -> None:
        super().__init__()
        self.public_only = public_only
        self.network = network
        self.mounts = Mounts()
        self._in_process = WsgiAdapter(self._choose)
        for host in DEMO_HOSTS:
            self.mounts.add(host, demo)

    def mount(self, base_url: str, app: WsgiApp) -> None:
        """Let *app* answer for every URL at or below *base_url*."""
        self.mounts.add(base_url, app, describe_mounted(app))

    def answer_at(self, url: str, webhook: Webhook) -> None:
        """Let a plain function answer for *url*; it may take a :class:`WebhookRequest` and returns TwiML."""
        self.mounts.add(url, _application(webhook), describe_mounted(webhook))

    def host(self, twiml: Twiml, sid: str) -> str:
        """Host *twiml* at the URL of a TwiML Bin, which is returned."""
        text = to_text(twiml)
        self.mounts.add(_BIN + sid, _application(_bin(text)), text=text)
        return _BIN + sid

    def host_at(self, url: str, twiml: Twiml) -> None:
        """Host *twiml* at *url*, as in a TwiML Bin."""
        text = to_text(twiml)
        self.mounts.add(url, _application(_bin(text)), "TwiML", text=text)

    def text_at(self, url: str) -> str | None:
        """The TwiML that is hosted at *url*; ``None`` if there is none."""
        mount = self.mounts.find(url)
        return mount.text if mount and mount.base_url == url else None

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """The response of the mounted application, or of the network.

        Raises :class:`OutOfReach` if neither may answer.
        """
        url = request.url or ""
        if self.public_only and reach(url) != "public":
            raise OutOfReach("Twilio could not reach this address from outside: it is not public")
        if self.mounts.find(url):
            with rehearse():
                return self._in_process.send(request)
        if url.startswith(_BIN_HOST):
            raise OutOfReach("a document that is hosted here has no server that could answer")
        if not self.network:
            raise OutOfReach(
                f"nothing is mounted at {mask_user_info(url)}, and this simulator has no network"
            )
        return run_foreign(super().send, request, *args, **kwargs)

    def _choose(self, url: str) -> tuple[WsgiApp, str]:
        mount = self.mounts.find(url)
        assert mount is not None  # noqa: S101 - send() asked before
        return mount.app, mount.path


def _bin(text: str) -> Webhook:
    """A webhook function that answers with *text*, with placeholders such as ``{{From}}`` replaced from the request."""

    def handler(request: WebhookRequest) -> str:
        return _PLACEHOLDER.sub(lambda match: escape(request.get(match[1], "")), text)

    return handler


def _write(body: object) -> str | bytes:
    """What a webhook function returned, as it goes over the wire; what is no document is told as it reads."""
    if body is None or isinstance(body, (str, bytes)):
        return body or ""
    return to_markup(body) if hasattr(body, "to_xml") else str(body)


def _application(webhook: Webhook) -> WsgiApp:
    """A WSGI application that calls the function *webhook*."""
    from werkzeug import Request, Response

    wants_request = bool(inspect.signature(webhook).parameters)

    def app(environ: Any, start_response: Any) -> Any:
        request = WebhookRequest(Request(environ))
        result = webhook(request) if wants_request else webhook()
        body, status = result if isinstance(result, tuple) else (result, 200)
        return Response(_write(body), status=status, mimetype="text/xml")(environ, start_response)

    return app
