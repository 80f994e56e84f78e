"""Who may use a simulated world: clients of Twilio's API, and, where it is served, programs of this machine.

A page that somebody visits can send requests to this machine with the visitor's browser. So the name by which the
server was asked for, and what browsers say of where a request comes from, are checked: the account's sid and token are
well known, and prove nothing. Source: RFC 9110, 15.5.20 (421); RFC 6454 (Origin); W3C's "Fetch Metadata".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from secrets import token_hex
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..api import API_HOST
from ..errors import SimulatorError, UnknownHost
from ..hosts import is_twilio, reach
from ..secret import Secret

if TYPE_CHECKING:
    from .mounts._wsgi import WsgiApp

#: Typed by the person at the browser, or from an answer of this very server.
_OWN_SITES = ("none", "same-origin")


def guard_requests(app: WsgiApp) -> WsgiApp:
    """Wrap *app* so that it sees no request for another host than this machine, and none of a web page."""

    def run_guarded(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        own = f"http://127.0.0.1:{environ['SERVER_PORT']}"
        host = environ.get("HTTP_HOST", "")
        if not _is_own_host(host, environ["SERVER_PORT"]):
            sentence = (
                f"{host!r} is not this machine and port. Ask for the simulated Twilio as {own}."
            )
            return _refuse(start_response, "421 Misdirected Request", sentence)
        if not _is_of_a_program(environ, host):
            page = environ.get("HTTP_ORIGIN", "another site")
            sentence = (
                f"A web page ({page}) may not use the simulated Twilio. "
                f"Send the request from a program of this machine to {own}."
            )
            return _refuse(start_response, "403 Forbidden", sentence)
        return app(environ, start_response)

    return run_guarded


@lru_cache(maxsize=16)
def _is_own_host(host: str, port: str) -> bool:
    """Whether *host*, the header of a request, names this machine and *port*, by a name that is nobody else's."""
    try:
        parts = urlsplit(f"http://{host}")
        is_plain = parts.netloc == host and "@" not in host
        return is_plain and str(parts.port or 80) == port and reach(parts.geturl()) == "loopback"
    except ValueError:
        return False


def _is_of_a_program(environ: dict[str, Any], host: str) -> bool:
    """Whether no other site's page is behind the request. Browsers say so in headers that pages cannot change."""
    site = environ.get("HTTP_SEC_FETCH_SITE", "none")
    return site in _OWN_SITES and environ.get("HTTP_ORIGIN") in (None, f"http://{host}")


def _refuse(start_response: Any, status: str, sentence: str) -> Iterable[bytes]:
    """Answer with *sentence*, in the form of Twilio's errors, so that SDKs show it."""
    body = json.dumps({"status": int(status[:3]), "message": sentence}).encode()
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start_response(status, headers)
    return [body]


def refuse_other_hosts(url: str) -> None:
    """Raise :class:`UnknownHost` unless *url* is an address of Twilio's, of whatever product and region."""
    host = urlsplit(url).hostname or ""
    if not is_twilio(host):
        raise UnknownHost(
            f"The simulator does not play {host!r}; nothing was sent.",
            hint=f"A simulated client reaches Twilio only, such as {API_HOST}.",
        )


@contextmanager
def own_token(
    token: str | bool | None, current: Secret | None, use: Callable[[Secret | None], None]
) -> Iterator[None]:
    """Let a world *use* an auth token of its own while the block runs, then the *current* one again.

    ``True`` makes one by chance, ``None`` changes nothing. Raises :class:`SimulatorError` for what cannot be a token.
    """
    if token is None or token is False:
        yield
        return
    secret = Secret(token_hex(16) if token is True else token)
    if not secret.is_plain:
        raise SimulatorError(
            "This token cannot be sent.", hint="A token is printable ASCII, and has no blanks."
        )
    use(secret)
    try:
        yield
    finally:
        use(current)
