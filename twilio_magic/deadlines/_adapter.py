"""A transport adapter for ``requests`` that keeps its timeouts as limits of the whole: to connect, and to answer."""

from __future__ import annotations

import http.client
import io
import socket
import sys
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from ._connect import connect_to_any
from ._deadline import Deadline, DeadlineReader
from ._lookup import look_up, refuse_unless_public


class _Answer(http.client.HTTPResponse):
    """A response whose first line, headers and body are read until one *deadline*."""

    def __init__(self, sock: socket.socket, *args: Any, deadline: Deadline, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(DeadlineReader(sock, deadline, self.fp))


class _DeadlineConnection(HTTPConnection):
    """A connection whose ``timeout`` is that of each step as a whole.

    The steps are: to connect, from the name of the host to the TLS handshake; and to get the whole answer.
    """

    _connecting = Deadline(None)

    def connect(self) -> None:
        """Connect before the timeout, whatever the steps take; the request is sent with the whole of it again."""
        self._connecting = Deadline.within(self.timeout)
        try:
            super().connect()
        except TimeoutError as error:
            raise self._late() from error
        if self.sock is not None:
            self.sock.settimeout(self.timeout)

    def response_class(  # type: ignore[override] # it is called as the class would be
        self, sock: socket.socket, *args: Any, **kwargs: Any
    ) -> _Answer:
        """The answer that will come over *sock*, to the request or to that for a tunnel through a proxy."""
        return _Answer(sock, *args, deadline=Deadline.within(self.timeout), **kwargs)

    def _new_conn(self) -> socket.socket:
        try:
            found = look_up(self._dns_host, self.port, self._connecting)
            if not self.proxy:  # who looks the name up itself
                refuse_unless_public(found)
            connected = connect_to_any(found, self._connecting, self.socket_options or ())
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise self._late() from error
        except OSError as error:
            raise NewConnectionError(self, f"No connection: {error}") from error
        sys.audit("http.client.connect", self, self.host, self.port)
        return connected

    def _late(self) -> ConnectTimeoutError:
        return ConnectTimeoutError(self, f"No connection to {self.host} in time")


class _DeadlineTlsConnection(_DeadlineConnection, HTTPSConnection):
    """The same with TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _DeadlineConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _DeadlineTlsConnection


_POOLS = {"http": _Pool, "https": _TlsPool}


class DeadlineAdapter(HTTPAdapter):
    """Sends requests over the network. ``timeout=(connect, answer)`` are limits of the whole, and so is the
    :class:`Deadline` of the block around.
    """

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the connections those that keep deadlines."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any:
        """The same for connections through a *proxy*, unless it speaks SOCKS, which has connections of its own."""
        manager = super().proxy_manager_for(proxy, **proxy_kwargs)
        if isinstance(manager, ProxyManager):
            manager.pool_classes_by_scheme = _POOLS
        return manager
