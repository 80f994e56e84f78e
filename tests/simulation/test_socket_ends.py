"""How a WebSocket to a voice agent is refused, and how it ends: the same over loopback and in process."""

from __future__ import annotations

import json
import socket
import ssl
import sys
import threading
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
import trustme

import twilio_magic as tm
from tests.waiting import until
from twilio_magic.api import Call

from .agents import CALLER, NUMBER, document, says_nothing
from .raw_sockets import BINARY, PING, PONG, TEXT, Peer, serving
from .socket_applications import application

HELLO = b'{"type": "text", "token": "Hello.", "last": true}'


def talk(agent: Any, phone: str = "wait 2; hang up", *, simulator: Any = None) -> Call:
    """An inbound call that talks with *agent*, when it is over."""
    simulator = simulator or tm.Simulator()
    simulator.mount("https://agent.example.com", agent)
    action = " action='https://ivr.example.com/done'"
    simulator.host(document(action=action), at="https://ivr.example.com/voice")
    simulator.host("<Response><Say>Done</Say></Response>", at="https://ivr.example.com/done")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    call: Call = simulator.receive(CALLER, NUMBER, phone=phone).wait()
    return call


def why(call: Call) -> str:
    """Why the session failed, with the code."""
    return next(event.text for event in call.timeline if event.kind == "failed")


def answers(status: str) -> Callable[[Peer], None]:
    head = f"HTTP/1.1 {status}\r\nContent-Length: 2\r\nLocation: /elsewhere\r\n\r\nno"
    return lambda peer: peer.connection.sendall(head.encode())


def accepts_another_key(peer: Peer) -> None:
    peer.request = b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
    peer.accept()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (answers("401 Unauthorized"), "the server answered HTTP 401"),
        (answers("403 Forbidden"), "the server answered HTTP 403"),
        (answers("404 Not Found"), "the server answered HTTP 404"),
        (answers("302 Found"), "the server answered HTTP 302"),
        (answers("200 OK"), "the server answered HTTP 200"),
        (answers("503 Busy"), "the server answered HTTP 503"),
        (lambda peer: peer.connection.sendall(b"SSH-2.0\r\n\r\n"), "its answer is not HTTP"),
        (accepts_another_key, "Sec-WebSocket-Accept"),
        (lambda peer: peer.accept("Sec-WebSocket-Protocol: chat\r\n"), "the handshake is wrong"),
        (lambda peer: peer.accept("Sec-WebSocket-Extensions: x\r\n"), "the handshake is wrong"),
        (lambda _: None, "the connection broke before the handshake was answered"),
    ],
)
def test_what_is_no_right_handshake_is_64102(answer: Callable[[Peer], None], told: str) -> None:
    with serving(answer) as address:
        call = talk(address)

    assert call.status == "busy"
    assert why(call).startswith("64102: wss://agent.example.com/ws cannot be reached: ")
    assert told in why(call)


def test_a_server_that_never_answers_the_handshake_is_64102() -> None:
    def waits(peer: Peer) -> None:
        peer.connection.recv(1)

    with serving(waits) as address:
        call = talk(address)

    assert why(call).startswith("64102: ")
    assert "no answer to the handshake in time" in why(call)


def test_a_port_that_nobody_listens_at_is_64102() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    assert "no server listens there" in why(talk(f"http://127.0.0.1:{port}"))


def test_an_address_without_a_mount_is_looked_for_on_the_network() -> None:
    simulator = tm.Simulator()
    simulator.host(document(), at="https://ivr.example.com/voice")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"

    assert "its name is not known" in why(simulator.receive(CALLER, NUMBER).wait())
    simulator.network = False
    assert "this simulator has no network" in why(simulator.receive(CALLER, NUMBER).wait())


@pytest.mark.parametrize("is_trusted", [False, True])
def test_a_certificate_is_checked(
    is_trusted: bool, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    if is_trusted:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)

    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        try:
            with context.wrap_socket(connection, server_side=True) as encrypted:
                peer = Peer(encrypted)
                peer.accept()
                peer.send(TEXT, HELLO)
                peer.serve()
        except OSError:
            connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=serve, args=(listener,))
        thread.start()
        call = talk(f"https://127.0.0.1:{listener.getsockname()[1]}", "hear 'Hello'; hang up")
        thread.join()

    if is_trusted:
        assert call.sessions[0].close_code == 1000
    else:
        assert "64102: " in why(call)
        assert "TLS" in why(call)


def refusing_asgi(*messages: dict[str, Any]) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError
        await receive()
        for message in messages:
            await send(message)

    return app


def fails_asgi() -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise ZeroDivisionError("at once")

    return app


def flask_with(path: str, work: Callable[[], Any] = lambda: "") -> Any:
    from flask import Flask
    from flask_sock import Sock

    app = Flask("refuses")
    app.before_request(work)

    @Sock(app).route(path)  # type: ignore[untyped-decorator]
    def talk(_: Any) -> None:
        pass

    return app


def abort_401() -> None:
    from flask import abort

    abort(401)


DENIED = {"type": "websocket.http.response.start", "status": 401, "headers": []}


@pytest.mark.parametrize(
    ("app", "told"),
    [
        (refusing_asgi({"type": "websocket.close", "code": 1008}), "(HTTP 403)"),
        (
            refusing_asgi(DENIED, {"type": "websocket.http.response.body", "body": b"no"}),
            "HTTP 401",
        ),
        (refusing_asgi({"type": "websocket.accept", "subprotocol": "chat"}), "subprotocol 'chat'"),
        (refusing_asgi(), "(HTTP 500)"),
        (fails_asgi(), "ZeroDivisionError: at once"),
        (flask_with("/elsewhere", lambda: None), "HTTP 404"),
        (flask_with("/ws", abort_401), "HTTP 401"),
        (flask_with("/ws", lambda: 1 / 0), "ZeroDivisionError: division by zero"),
        (lambda: "<Response/>", "HTTP 200"),
    ],
)
def test_an_application_in_process_refuses_with_64102(app: Any, told: str) -> None:
    call = talk(app)

    assert call.status == "busy"
    assert why(call).startswith("64102: ")
    assert told in why(call)


@pytest.mark.parametrize(
    ("end", "code", "reason"),
    [
        (lambda peer: peer.close(1000, b"bye"), 1000, "bye"),
        (lambda peer: peer.close(1001), 1001, ""),
        (lambda peer: peer.close(1011, b"oh"), 1011, "oh"),
        (lambda peer: peer.close(4321, b"mine"), 4321, "mine"),
        (lambda peer: peer.send(8, b""), 1005, ""),
        (lambda _: None, 1006, ""),
        (lambda peer: peer.send(TEXT, b"\xff\xfe"), 1007, "a text that is no UTF-8"),
        (lambda peer: peer.send(3, b"no such frame"), 1002, "invalid opcode"),
        (lambda peer: peer.connection.sendall(b"\x81\x85masked"), 1002, "incorrect masking"),
        (lambda peer: peer.connection.sendall(b"\x82\x7f" + (2**25).to_bytes(8)), 1009, None),
    ],
)
def test_an_application_that_closes_or_breaks_the_socket_is_64105(
    end: Callable[[Peer], None], code: int, reason: str | None
) -> None:
    def agent(peer: Peer) -> None:
        peer.accept()
        peer.receive()
        end(peer)

    with serving(agent) as address:
        call = talk(address, "hear 'Done'")

    session, action = call.sessions[0], call.webhooks[1].parameters
    assert session.close_code == code
    assert reason in (None, session.close_reason)
    assert (action["SessionStatus"], action["ErrorCode"]) == ("failed", "64105")
    assert (action["ErrorMessage"], action["CallStatus"]) == ("Websocket ended", "in-progress")


@pytest.mark.parametrize(
    ("phone", "sent", "told"),
    [
        ("wait 2; hang up", b"", (1000, b"Closing websocket session")),
        ("hear 'Done'", b'{"type": "end"}', (1000, b"Closing websocket session")),
        ("hear 'Done'", b"{}" * 9, (1007, b"Too many consecutive malformed messages.")),
    ],
)
def test_twilio_closes_with_the_codes_of_real_calls(
    phone: str, sent: bytes, told: tuple[int, bytes]
) -> None:
    seen: list[tuple[int, bytes]] = []

    def agent(peer: Peer) -> None:
        peer.accept()
        for _ in range(10 if sent.startswith(b"{}") else 1):
            if sent:
                peer.send(TEXT, sent)
        _, payload = peer.serve()
        seen.append((int.from_bytes(payload[:2]), payload[2:]))
        peer.send(8, payload)

    with serving(agent) as address:
        talk(address, phone)

    assert seen == [told]


def test_a_message_of_several_frames_is_one_and_a_large_one_is_taken() -> None:
    words = "x" * 2**20

    def agent(peer: Peer) -> None:
        peer.accept()
        peer.send(TEXT, HELLO[:20], is_last=False)
        peer.send(PING, b"between")
        peer.send(0, HELLO[20:])
        peer.send(TEXT, f'{{"type": "text", "token": "{words}", "last": true}}'.encode())
        peer.send(BINARY, b"\x00")
        peer.serve()

    with serving(agent) as address:
        call = talk(address, "hear 'Hello'; hang up")

    first, second, third = call.sessions[0].messages("received")
    assert first["token"] == "Hello."
    assert second["token"] == words
    assert third == r"b'\x00'"


def test_an_application_in_process_finds_the_headers_that_a_server_finds() -> None:
    found: list[list[str]] = []
    seen: list[dict[str, str]] = []

    def agent(peer: Peer) -> None:
        _, *lines = peer.request.decode().strip().split("\r\n")
        found.append([line.partition(":")[0].lower() for line in lines])
        peer.accept()
        peer.serve()

    with serving(agent) as address:
        talk(address)
    talk(application(says_nothing, headers=seen))

    names = {name for name in found[0] if not name.startswith("x-forwarded-")}
    assert names == {name for name in seen[0] if not name.startswith("x-forwarded-")}


def test_a_ping_of_the_server_is_answered() -> None:
    pongs: list[bytes] = []

    def agent(peer: Peer) -> None:
        peer.accept()
        peer.send(PING, b"are you there?")
        while True:
            kind, payload = peer.receive()
            if kind == PONG:
                pongs.append(payload)
            elif kind == PING:
                peer.send(PONG, payload)
            elif kind == 8:
                return

    with serving(agent) as address:
        talk(address)

    assert pongs == [b"are you there?"]


def test_a_server_that_answers_no_ping_is_told_once_and_talked_with() -> None:
    def agent(peer: Peer) -> None:
        peer.accept()
        peer.send(TEXT, HELLO)
        peer.serve(pongs=False)

    simulator = tm.Simulator()
    simulator.patience = 1
    with serving(agent) as address:
        phone = "hear 'Hello'; say 'one'; wait 1; hang up"
        call = talk(address, phone, simulator=simulator)

    assert call.sessions[0].close_code == 1000
    warned = [event.text for event in call.timeline if event.kind == "warned"]
    assert warned[0] == (
        "the application has not answered a ping within 1 real seconds; time goes on without it"
    )
    assert str(warned).count("has not answered a ping") == 1


def test_a_server_that_is_silent_does_not_send_without_a_pause_however_late_one_looks() -> None:
    def agent(peer: Peer) -> None:
        peer.accept()
        peer.serve(pongs=False)

    simulator = tm.Simulator()
    simulator.patience = 0.001  # on whatever machine, some looks come later than that
    with serving(agent) as address:
        call = talk(address, "say 'one'; wait 1; hang up", simulator=simulator)

    warned = [event.text for event in call.timeline if event.kind == "warned"]
    assert "has not answered a ping" in warned[0]
    assert "without a pause" not in str(warned)


def test_a_server_that_owes_an_answer_is_waited_for_until_the_patience_is_over() -> None:
    def agent(peer: Peer) -> None:
        peer.accept()
        peer.serve()

    simulator = tm.Simulator()
    simulator.patience = 2
    with serving(agent) as address:
        call = talk(address, "say 'Hello?'; wait 9; hang up", simulator=simulator)

    warned = [event.text for event in call.timeline if event.kind == "warned"]
    assert warned == ["no whole answer to the prompt “Hello?” within 2 real seconds; time goes on"]


@pytest.mark.parametrize("seconds", [-1, True, "long", 4000])
def test_what_is_no_patience_is_refused(seconds: Any) -> None:
    with pytest.raises(tm.errors.SimulatorError, match="is no patience"):
        tm.Simulator().patience = seconds


def test_without_the_library_the_call_says_which_extra_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [each for each in sys.modules if each.partition(".")[0] == "websockets"]:
        monkeypatch.setitem(sys.modules, name, None)
    for name in ("_server_socket", "_wsgi_socket", "_stream_socket", "_websocket"):
        monkeypatch.delitem(sys.modules, f"twilio_magic.simulation.mounts.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "websockets", None)

    for agent in ("http://127.0.0.1:9", flask_with("/ws", lambda: None)):
        call = talk(agent)
        assert "need the package websockets, which is not installed here" in why(call)
        assert 'pip install "twilio-magic[agents]"' in why(call)


def test_what_a_server_says_unasked_is_heard_in_real_time() -> None:
    def agent(peer: Peer) -> None:
        peer.accept()
        threading.Timer(1, lambda: peer.send(TEXT, HELLO)).start()
        peer.serve()

    simulator = tm.Simulator()
    simulator.host(document(), at="https://ivr.example.com/voice")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    with serving(agent) as address, simulator.serve(speed=5):
        simulator.mount("https://agent.example.com", address)
        call = simulator.receive(CALLER, NUMBER, phone="hear 'Hello'; hang up")
        until(lambda: call.fetch().status == "completed")

    assert [line.text for line in call.transcript] == ["Hello."]


def test_a_stream_of_media_goes_to_a_server_frame_by_frame() -> None:
    seen: list[str] = []

    def listener(peer: Peer) -> None:
        peer.accept()
        while True:
            kind, payload = peer.receive()
            if kind == TEXT:
                seen.append(json.loads(payload)["event"])
            elif kind == PING:
                peer.send(PONG, payload)
            else:
                return

    simulator = tm.Simulator()
    stream = "<Response><Connect><Stream url='wss://agent.example.com/media'/></Connect></Response>"
    simulator.host(stream, at="https://ivr.example.com/voice")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    with serving(listener) as address:
        simulator.mount("https://agent.example.com", address)
        call = simulator.receive(CALLER, NUMBER, phone="wait 2; hang up").wait()

    assert seen[:3] == ["connected", "start", "media"]
    assert seen.count("media") >= 90
    assert len(seen) == len(call.sessions[0].messages("sent"))
