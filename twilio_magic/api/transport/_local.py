"""Requests to a server on this machine instead of Twilio's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from ...deadlines import DeadlineAdapter
from ...errors import CredentialsError
from ...hosts import reach

if TYPE_CHECKING:
    from requests import PreparedRequest, Response


def refuse_other_machines(url: str) -> None:
    """Raise :class:`CredentialsError` unless *url* is an HTTP address on this machine."""
    if not url.startswith("http://") or reach(url) != "loopback":
        raise CredentialsError(
            f"{url!r} cannot stand in for Twilio: it is not on this machine.",
            hint="Only http://127.0.0.1:PORT can; your token goes to Twilio alone, over HTTPS.",
        )


class LoopbackAdapter(DeadlineAdapter):
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
