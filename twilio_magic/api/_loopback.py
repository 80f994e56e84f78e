"""Which addresses are on this machine."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from ..errors import CredentialsError


def is_loopback(url: str) -> bool:
    """Whether *url* names this machine itself, by number or as ``localhost``."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_other_machines(url: str) -> None:
    """Raise :class:`CredentialsError` unless *url* is an HTTP address on this machine."""
    if not url.startswith("http://") or not is_loopback(url):
        raise CredentialsError(
            f"{url!r} cannot stand in for Twilio: it is not on this machine.",
            hint="Only http://127.0.0.1:PORT can; your token goes to Twilio alone, over HTTPS.",
        )
