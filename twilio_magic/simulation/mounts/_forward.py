"""Hands requests for a public address to a web server that runs on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from ...display import visible_line
from ...errors import SimulatorError
from ...secret import mask_user_info
from ._socket import web_address
from ._wsgi import header_text

if TYPE_CHECKING:
    from requests import PreparedRequest


class Forward:
    """The server at *address* answers, and sees the public address as behind a proxy: in Host and ``X-Forwarded-…``."""

    def __init__(self, address: str) -> None:
        parts = _split(address)
        if parts is None:
            raise SimulatorError(
                f"{mask_user_info(address)!r} is not the address of a server.",
                hint="Write it as http://127.0.0.1:5050.",
            )
        self._base = f"{parts.scheme}://{parts.netloc}"
        self._path = parts.path.rstrip("/")

    def redirect(self, request: PreparedRequest, mounted_at: str) -> PreparedRequest:
        """The same request for the server. An address with a path takes the place of the path *mounted_at*."""
        public = urlsplit(request.url or "")
        forwarded = request.copy()
        forwarded.url = self.locate(request.url or "", mounted_at)
        forwarded.headers.setdefault("Host", public.netloc.rpartition("@")[2])
        forwarded.headers.update(_forwarding(header_text(forwarded.headers["Host"]), public.scheme))
        return forwarded

    def locate(self, url: str, mounted_at: str) -> str:
        """Where the server answers for *url*."""
        public = urlsplit(url)
        path = public.path
        if self._path:
            path = self._path + path.removeprefix(mounted_at)
        query = f"?{public.query}" if public.query else ""
        return f"{self._base}{path or '/'}{query}"

    def forward(
        self, url: str, headers: Mapping[str, str], mounted_at: str
    ) -> tuple[SplitResult, Mapping[str, str]]:
        """Where the server answers for the WebSocket *url*, and the headers of its handshake."""
        public = urlsplit(web_address(url))
        host = headers.get("Host", public.netloc.rpartition("@")[2])
        server = urlsplit(self.locate(public.geturl(), mounted_at))
        return server, {**headers, **_forwarding(host, public.scheme)}

    @property
    def address(self) -> str:
        """The address of the server."""
        return f"{self._base}{self._path}"

    def __repr__(self) -> str:
        return visible_line(f"the server at {self.address}")


def _forwarding(host: str, scheme: str) -> Mapping[str, str]:
    """The headers that a proxy adds."""
    return {
        "X-Forwarded-Host": host,
        "X-Forwarded-Proto": scheme,
        "X-Forwarded-For": "127.0.0.1",
    }


def _split(address: str) -> SplitResult | None:
    """The parts of *address*; ``None`` if no server can be there."""
    try:
        parts = urlsplit(address)
        is_one = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # no URL that can be read
        return None
    return parts if is_one and not parts.query else None
