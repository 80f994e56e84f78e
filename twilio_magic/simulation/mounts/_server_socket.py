"""Opens a WebSocket to a server over the network, as on loopback to one that runs on this machine."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from ...deadlines import Deadline, connect_to_any, look_up, refuse_unless_public
from ..clock._interrupts import interrupts, run_foreign
from ._socket import RefusalKind, SocketRefused
from ._stream_socket import StreamSocket
from ._websocket import WebSocketConnection
from ._wsgi import DEFAULT_PORT

if TYPE_CHECKING:
    from ._socket import SocketListener

_GLANCE = 0.05
_OPTIONS = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
#: Why there is no connection, by the exceptions that say so: the first that fits.
_KINDS: tuple[tuple[type[Exception], RefusalKind, str], ...] = (
    (TimeoutError, "timeout", "no answer in time"),
    (ssl.SSLError, "tls", "the TLS handshake failed"),
    (ConnectionRefusedError, "refused", "no server listens there"),
    (ConnectionError, "broken", "the connection broke"),
    (socket.gaierror, "unreachable", "its name is not known"),
    (OSError, "unreachable", "there is no way to it"),
)


def open_server_socket(
    url: str,
    server: SplitResult,
    headers: Mapping[str, str],
    listener: SocketListener,
    seconds: float,
) -> StreamSocket:
    """A WebSocket to *url*, at the address of a *server*.

    Raises :class:`SocketRefused` if it is not open in *seconds*.
    """
    deadline = Deadline.within(seconds)
    host = urlsplit(url).netloc.rpartition("@")[2]
    target = server.path or "/"
    connection = WebSocketConnection(_reach(server, deadline), url)
    try:
        query = f"?{server.query}" if server.query else ""
        connection.send_request(connection.build_request({"Host": host, **headers}, target + query))
        run_foreign(await_handshake, connection, deadline)
    except BaseException:
        connection.release()
        raise
    return StreamSocket(connection, listener)


def await_handshake(
    connection: WebSocketConnection,
    deadline: Deadline,
    has_returned: Callable[[], bool] = lambda: False,
) -> None:
    """Wait for the answer to the handshake; raises :class:`SocketRefused` unless it opens the WebSocket.

    Nothing is waited for any more when the application *has_returned*.
    """
    while connection.response is None and not connection.problem and not connection.is_over:
        interrupts.pass_on()
        if deadline.is_over:
            raise SocketRefused("no answer to the handshake in time", "timeout")
        is_late = has_returned()  # before the last look, so that nothing is missed
        if not connection.pump(_GLANCE) and is_late:
            break
    if connection.response is not None and connection.response.status_code != 101:
        status = connection.response.status_code
        raise SocketRefused(f"the server answered HTTP {status}", "status", status)
    if connection.problem:
        raise SocketRefused(f"the handshake is wrong: {connection.problem}", "protocol")
    if connection.response is None:
        raise SocketRefused("the connection broke before the handshake was answered", "broken")


def _reach(server: SplitResult, deadline: Deadline) -> socket.socket:
    """A stream to *server*; raises :class:`SocketRefused` if there is none before the *deadline*."""
    try:
        return run_foreign(_connect, server, deadline)
    except (OSError, ValueError) as error:
        for kind, name, text in _KINDS:
            if isinstance(error, kind):
                raise SocketRefused(_explain(text, error), name) from None
        raise SocketRefused(f"its address is wrong: {error}", "unreachable") from None


def _explain(text: str, error: Exception) -> str:
    said = getattr(error, "verify_message", "")
    return f"{text}: {said}" if said else text


def _connect(server: SplitResult, deadline: Deadline) -> socket.socket:
    host = server.hostname or ""
    port = server.port or DEFAULT_PORT[server.scheme]
    found = refuse_unless_public(look_up(host, port, deadline))
    stream = connect_to_any(found, deadline, _OPTIONS)
    if server.scheme != "https":
        return stream
    try:
        return _tls().wrap_socket(stream, server_hostname=host)
    except BaseException:
        stream.close()
        raise


def _tls() -> ssl.SSLContext:
    """What is trusted where requests of webhooks are sent is trusted here."""
    given = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    return ssl.create_default_context(cafile=given or DEFAULT_CA_BUNDLE_PATH)
