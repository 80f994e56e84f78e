"""Why no WebSocket is opened for a stream: each reason has its code, in the timeline and at the status callback."""

from __future__ import annotations

import socket
import ssl
from contextlib import closing, suppress
from threading import Thread

import pytest
import trustme

from twilio_magic.api import Call

from .streams import EVENTS, call_stream, codes, one_way, reports

OBSERVED = one_way(f"statusCallback='{EVENTS}'")


def stream_at(server: str) -> Call:
    """A call with a stream to *server*, by its address."""
    return call_stream(None, "wait 2; hang up", OBSERVED, app=server)


def test_a_port_where_nobody_listens_is_31902() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
    call = stream_at(f"http://127.0.0.1:{port}")

    assert codes(call) == [31902]
    assert "no server listens there" in reports(call)[0]["StreamError"]


@pytest.mark.parametrize("host", ["127.0.0.1", "elsewhere.example.com", ""])
def test_a_certificate_that_nobody_trusts_is_31910(host: str) -> None:
    """... and so is a server without any, where *host* is empty."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert(host or "a.example.com").configure_cert(context)

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with closing(connection), suppress(OSError):  # who asks goes away
            if host:
                context.wrap_socket(connection, server_side=True).close()
            else:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        thread = Thread(target=serve, args=(listener,))
        thread.start()
        call = stream_at(f"https://127.0.0.1:{listener.getsockname()[1]}")
        thread.join()

    assert codes(call) == [31910]
    assert "the TLS handshake failed" in reports(call)[0]["StreamError"]
