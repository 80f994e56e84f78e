"""The page that shows a served world: three files, sent as they are. What is in the world they ask for themselves."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING

from flask import Flask, Response, redirect

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

_FILES = {
    "": ("page.html", "text/html"),
    "page.css": ("page.css", "text/css"),
    "page.js": ("page.js", "text/javascript"),
    "calls.js": ("calls.js", "text/javascript"),
    "server.js": ("server.js", "text/javascript"),
    "icon.svg": ("icon.svg", "image/svg+xml"),
}
#: Scripts and styles are files of this server, and nothing else is loaded. Cards have their styles in attributes, and
#: their pictures and recordings in their own text.
_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "media-src data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)


def add_page(app: Flask) -> None:
    """Let *app* answer with the page at ``/simulator/``, and with its files beside it."""

    @app.get("/simulator", strict_slashes=True)
    def go_to_page() -> AnyResponse:
        return redirect("/simulator/", 308)

    for path, (name, kind) in _FILES.items():
        content = files(__package__).joinpath("page", name).read_bytes()
        app.add_url_rule(f"/simulator/{path}", name, _sender(content, kind))


def _sender(content: bytes, kind: str) -> Callable[[], Response]:
    def send() -> Response:
        response = Response(content, mimetype=kind)
        response.headers["Content-Security-Policy"] = _POLICY
        return response

    return send
