"""A server on this machine in the place of Twilio's: the same requests, another address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from requests.adapters import HTTPAdapter

from ._loopback import refuse_other_machines

if TYPE_CHECKING:
    from requests import PreparedRequest, Response


class StandIn(HTTPAdapter):
    """Sends what is meant for Twilio to *base*, which must be on this machine."""

    def __init__(self, base: str) -> None:
        refuse_other_machines(base)
        super().__init__()
        self._to = urlsplit(base)

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """The stand-in's answer."""
        meant = urlsplit(request.url or "")
        request.url = urlunsplit((self._to.scheme, self._to.netloc, meant.path, meant.query, ""))
        return super().send(request, *args, **kwargs)
