"""Hands requests for a public address to a web server that runs on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...display import visible_line
from ...errors import SimulatorError

if TYPE_CHECKING:
    from requests import PreparedRequest


def is_address(text: str) -> bool:
    """Whether *text* is the address of a server, and no document."""
    return text.startswith(("http://", "https://"))


class Forward:
    """The server at *address* answers, and sees the public address as behind a proxy: in Host and ``X-Forwarded-…``."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
            raise SimulatorError(
                f"{address!r} is not the address of a server.",
                hint="Write it as http://127.0.0.1:5050.",
            )
        self._base = f"{parts.scheme}://{parts.netloc}"
        self._path = parts.path.rstrip("/")

    def redirect(self, request: PreparedRequest, mounted_at: str) -> PreparedRequest:
        """The same request for the server. An address with a path takes the place of the path *mounted_at*."""
        public = urlsplit(request.url or "")
        path = public.path
        if self._path:
            path = self._path + path.removeprefix(mounted_at)
        query = f"?{public.query}" if public.query else ""
        forwarded = request.copy()
        forwarded.url = f"{self._base}{path or '/'}{query}"
        host = public.netloc.rpartition("@")[2]
        forwarded.headers.setdefault("Host", host)
        forwarded.headers["X-Forwarded-Host"] = forwarded.headers["Host"]
        forwarded.headers["X-Forwarded-Proto"] = public.scheme
        forwarded.headers["X-Forwarded-For"] = "127.0.0.1"
        return forwarded

    def __repr__(self) -> str:
        return visible_line(f"the server at {self._base}{self._path}")
