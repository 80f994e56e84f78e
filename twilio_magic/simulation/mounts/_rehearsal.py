"""Keeps a rehearsal away from Twilio: an application that is called in process cannot open a connection to it.

Python tells an audit hook of each host name that is resolved and of each HTTP connection, whatever library opens it and
on whatever thread. Behind a proxy the proxy resolves the name: it is read from what is sent to it, and from the request
for encryption, which names the host inside. A connection that was open before the rehearsal is stopped when something
is sent over it. Source: Python's page "Audit events table"; RFC 9112, 3.2.
"""

from __future__ import annotations

import inspect
import re
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from threading import Lock
from typing import Any

from ...api import is_sending
from ...errors import TwilioOutOfReach
from ...hosts import is_at_twilio
from ..clock._noted import Noted, note_in

_RESOLVING = ("socket.getaddrinfo", "socket.gethostbyname")
_CONNECTING, _SENDING = "http.client.connect", "http.client.send"
_REFUSED = frozenset((*_RESOLVING, _CONNECTING, _SENDING))
#: The begin of a request to a proxy.
_TO_PROXY = re.compile(rb"[A-Z]+ (?:https?://(?:[^\s/?#]*@)?)?([^\s/?#:@]+)[^\s]* HTTP/")

#: The hosts that the applications of the rehearsals under way tried to reach, a list for each rehearsal.
_rehearsals: list[list[str]] = []
_lock = Lock()
#: Whether this thread or task is what is rehearsed.
_IS_REHEARSED: ContextVar[bool] = ContextVar("is_rehearsed", default=False)
#: Where the hosts go that were tried for one webhook.
_NOTED: Noted = ContextVar("noted", default=None)


@contextmanager
def rehearse() -> Iterator[None]:
    """Run the block without Twilio: who opens a connection to it gets :class:`TwilioOutOfReach`.

    That holds for the block and for what other threads do meanwhile, but for a live client that sends on one of them.
    """
    _install()
    tried: list[str] = []
    with _lock:
        _rehearsals.append(tried)
    was_rehearsed = _IS_REHEARSED.get()
    _IS_REHEARSED.set(True)
    try:
        yield
    finally:
        _IS_REHEARSED.set(was_rehearsed)  # not by its token, for a block may end in another context
        with _lock:
            _rehearsals[:] = [each for each in _rehearsals if each is not tried]
        noted = _NOTED.get()
        if noted is not None:
            noted.extend(tried)


def note_attempts() -> AbstractContextManager[list[str]]:
    """Collect the hosts of Twilio that applications try to reach inside the block."""
    return note_in(_NOTED)


def attempts_noted() -> list[str]:
    """Where the hosts go that are tried now."""
    noted = _NOTED.get()
    return [] if noted is None else noted


@cache
def _install() -> None:
    sys.addaudithook(_on_event)  # there is no way to take one away
    for name in ("wrap_socket", "wrap_bio"):
        setattr(ssl.SSLContext, name, _with_refusal(getattr(ssl.SSLContext, name)))
    for kind, name in ((ssl.SSLSocket, "send"), (ssl.SSLSocket, "write"), (ssl.SSLObject, "write")):
        setattr(kind, name, _with_refusal_to_send(getattr(kind, name)))


def _with_refusal(wrap: Callable[..., Any]) -> Callable[..., Any]:
    """A method of :class:`ssl.SSLContext` that encrypts, but not for a host of Twilio's."""
    signature = inspect.signature(wrap)

    @wraps(wrap)
    def wrap_or_refuse(*args: Any, **kwargs: Any) -> Any:
        if _rehearsals:
            given = signature.bind(*args, **kwargs).arguments
            _refuse(_as_text(given.get("server_hostname")))
        return wrap(*args, **kwargs)

    return wrap_or_refuse


def _with_refusal_to_send(send: Callable[..., Any]) -> Callable[..., Any]:
    """A method that sends over an encrypted connection, but not over one to a host of Twilio's."""

    @wraps(send)
    def send_or_refuse(self: ssl.SSLSocket | ssl.SSLObject, *args: Any, **kwargs: Any) -> Any:
        if _rehearsals:
            _refuse(_as_text(self.server_hostname))
        return send(self, *args, **kwargs)

    return send_or_refuse


def _on_event(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _REFUSED and _rehearsals:
        _refuse(_host(event, arguments))


def _refuse(host: str) -> None:
    """Raise :class:`TwilioOutOfReach` if *host* is Twilio's, and a rehearsal asks for it."""
    if not is_at_twilio(host) or (is_sending() and not _IS_REHEARSED.get()):
        return
    for tried in tuple(_rehearsals):  # other threads may begin and end theirs meanwhile
        if host not in tried:
            tried.append(host)
    raise TwilioOutOfReach(
        f"A simulated call does not reach Twilio: the application tried to connect to {host}.",
        hint="Its client speaks with the simulator inside “with tm.mock_twilio(simulator):”.",
    )


def _host(event: str, arguments: tuple[Any, ...]) -> str:
    """The host that is looked up or connected to; behind a proxy, the host that the proxy is asked for."""
    if event == _CONNECTING:
        return _as_text(getattr(arguments[0], "_tunnel_host", None) or arguments[1])
    if event == _SENDING:
        data = arguments[1]
        found = _TO_PROXY.match(data) if isinstance(data, bytes) else None
        return _as_text(found[1] if found else arguments[0].host)
    return _as_text(arguments[0])


def _as_text(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
