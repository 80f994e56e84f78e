"""The part of the web that a simulated call can reach: mounted applications, functions, TwiML Bins, the demo, the rest.

What is mounted answers in process; everything else is a real request over the network.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from requests.adapters import HTTPAdapter

from ...errors import SimulatorError
from .._demo import DEMO_HOST, demo
from ._wsgi import Wsgi, WsgiAdapter, guarded

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


@dataclass(frozen=True, slots=True)
class _Mount:
    base: str
    path: str
    app: Wsgi


class Web(HTTPAdapter):
    """A transport adapter that finds the mounted application for a URL, and else goes out over the network."""

    def __init__(self) -> None:
        super().__init__()
        self._mounts: list[_Mount] = []
        self._hosted: dict[str, str] = {}
        self._in_process = WsgiAdapter(self._choose)
        self.mount(DEMO_HOST, demo)

    def mount(self, base_url: str, app: Wsgi) -> None:
        """Let *app* answer for every URL at or below *base_url*. The longest base wins, then the newest mount."""
        parts = _split(base_url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise SimulatorError(
                f"{base_url!r} is no web address, so nothing can answer there.",
                hint="Write it whole: https://ivr.example.com.",
            )
        base = f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"
        self._mounts = [mount for mount in self._mounts if mount.base != base]
        self._mounts.append(_Mount(base, parts.path.rstrip("/"), guarded(app)))
        self._mounts.sort(key=lambda mount: len(mount.base), reverse=True)

    def answer_at(self, url: str, webhook: Webhook) -> None:
        """Let a plain function answer for *url*; it may take a :class:`WebhookRequest` and returns TwiML."""
        self.mount(url, _application(webhook))

    def host(self, text: str, sid: str) -> str:
        """Put *text* at a URL like that of a TwiML Bin: ``{{From}}`` is filled from each request. Returns the URL."""

        def handler(request: WebhookRequest) -> str:
            return _PLACEHOLDER.sub(lambda match: escape(request.get(match[1], "")), text)

        self._hosted[_BIN + sid] = text
        self.answer_at(_BIN + sid, handler)
        return _BIN + sid

    def hosted(self, url: str) -> str | None:
        """The text that was put at *url*, if it is the address of such a Bin."""
        return self._hosted.get(url)

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """The answer of the mounted application, or of the network."""
        if self._mounted_for(request.url or ""):
            return self._in_process.send(request)
        return super().send(request, *args, **kwargs)

    def _choose(self, url: str) -> tuple[Wsgi, str]:
        mount = self._mounted_for(url)
        assert mount is not None  # noqa: S101 - send() asked before
        return mount.app, mount.path

    def _mounted_for(self, url: str) -> _Mount | None:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2].lower()
        wanted = f"{parts.scheme}://{host}{parts.path}"
        for mount in self._mounts:
            if wanted == mount.base or wanted.startswith(mount.base + "/"):
                return mount
        return None


def _split(url: str) -> SplitResult:
    """The parts of *url*; none of what cannot be read."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _application(webhook: Webhook) -> Wsgi:
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
