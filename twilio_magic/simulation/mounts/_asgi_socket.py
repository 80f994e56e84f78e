"""A WebSocket to an ASGI application, in process: no socket of the machine, and no thread of ours.

Source: the ASGI specification, "HTTP & WebSocket ASGI Message Format" 2.4, WebSocket.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

from ...tracebacks import describe_raised
from ..clock._log import log_warning
from ._asgi import count_threads_of_anyio
from ._lifespan import VERSIONS, AsgiApp, Message
from ._socket import ABNORMAL, FRAMES_HELD_UP, MOST_BYTES, MOST_FRAMES, TOO_BIG, SocketRefused
from ._wsgi import DEFAULT_PORT, header_text

if TYPE_CHECKING:
    from ...tracebacks import Raised
    from ..clock._virtual_loop import VirtualLoop
    from ._socket import RefusalKind, SocketListener


class AsgiSocket:
    """Twilio's end of a WebSocket whose other end is *app*, on *loop*. What comes from there is told to *listener*.

    *drive* lets the loop run until nothing is left to do at this moment; *end_program* is told what *app* raises that
    is no :class:`Exception`.
    """

    def __init__(
        self,
        app: AsgiApp,
        loop: VirtualLoop,
        scope: Message,
        listener: SocketListener,
        drive: Callable[[], None],
        end_program: Callable[[BaseException], None],
    ) -> None:
        self.took = 0.0
        self._app = app
        self._loop = loop
        self._scope = scope
        self._listener = listener
        self._drive = drive
        self._end_program = end_program
        self._inbox: asyncio.Queue[Message] = asyncio.Queue()
        self._answered: asyncio.Future[None] = loop.create_future()
        self._is_open = self._is_restless = False
        self._counted_from, self._sent = loop.time(), 0
        self._refusal: SocketRefused | None = None
        self._task: asyncio.Task[None] | None = None  # kept here, for nobody else may keep it

    def open(self, seconds: float) -> None:
        """Wait for the application to accept, so many *seconds* at most; raises :class:`SocketRefused`."""
        loop, began = self._loop, self._loop.time()
        self._inbox.put_nowait({"type": "websocket.connect"})
        task = self._task = loop.create_task(self._run(), name="a WebSocket")
        is_answered = loop.run_for(self._answered, loop.time() + seconds, seconds)
        self.took = loop.time() - began
        if not is_answered:
            task.cancel()
            loop.give_up_threads()
            loop.run_ready()
            self._refusal = SocketRefused(f"no answer within {seconds:g} s", "timeout")
        if self._refusal is not None:
            raise self._refusal

    def send(self, frame: str) -> None:
        """Send a text frame, and let the application do what it can do at this moment."""
        if self._is_open:
            self._tell({"type": "websocket.receive", "text": frame})

    def close(self, code: int, reason: str) -> None:
        """Close the socket, and let the application do what it does then."""
        if self._is_open:
            self._is_open = False
            self._tell({"type": "websocket.disconnect", "code": code, "reason": reason})

    @property
    def patience(self) -> float:
        """How many real seconds the application has for an answer now; 0 if it owes none."""
        return self._listener.patience

    def give_up(self, why: str) -> None:
        """Time goes on without what the application owes."""
        self._listener.give_up(why)

    def _tell(self, message: Message) -> None:
        self._drive()  # to the moment at which the message comes
        if self._listener.patience:
            self._loop.work.note_progress_of(self)
        self._inbox.put_nowait(message)
        self._drive()

    async def _run(self) -> None:
        loop = self._loop
        loop.work.begin(self)
        count_threads_of_anyio(loop)
        raised: Raised | None = None
        try:
            await self._app(self._scope, self._receive, self._send)
        except (asyncio.CancelledError, GeneratorExit):  # it is ended, and nobody's exception
            raise
        except BaseException as error:
            raised = describe_raised(error)
            if self._answered.done() and not self._is_open:
                log_warning("An application failed after its WebSocket was closed.", error)
            if not isinstance(error, Exception):
                self._end_program(error)
        finally:
            loop.work.end(self)
            self._finish(raised)

    def _finish(self, raised: Raised | None) -> None:
        """The application has returned, or raised an exception."""
        if not self._answered.done():
            said = f"raised {raised.line}" if raised else "returned"
            why = f"the application {said}, before it accepted the WebSocket (HTTP 500)"
            self._refuse(why, "status", 500)
        elif self._is_open:
            self._is_open = False
            self._listener.lose(ABNORMAL, "", raised)

    async def _receive(self) -> Message:
        self._loop.work.note_listening(self, is_listening=True)
        try:
            return await self._inbox.get()
        finally:
            self._loop.work.note_listening(self, is_listening=False)

    async def _send(self, message: Message) -> None:
        await self._let_others_run()
        kind = message["type"]
        if not self._answered.done():
            self._take_answer(kind, message)
        elif kind == "websocket.http.response.body" and self._refusal is not None:
            return  # the rest of the answer
        elif not self._is_open:
            raise OSError("The WebSocket is closed.")
        elif kind == "websocket.send":
            self._take_frame(_content(message))
        elif kind == "websocket.close":
            code, reason = int(message.get("code") or 1000), str(message.get("reason") or "")
            self._lose(code, reason)

    async def _let_others_run(self) -> None:
        """Hold up who sends without a pause, as a connection does whose other end reads more slowly."""
        now = self._loop.time()
        if now >= self._counted_from + 1:
            self._is_restless = self._is_restless and self._sent > FRAMES_HELD_UP
            self._counted_from, self._sent = now, 0
        self._sent += 1
        if self._sent <= (FRAMES_HELD_UP if self._is_restless else MOST_FRAMES):
            await asyncio.sleep(0)
            return
        if not self._is_restless:
            self._is_restless = True
            self._listener.give_up("the application sends without a pause")
        await asyncio.sleep(self._counted_from + 1 - now)

    def _take_answer(self, kind: str, message: Message) -> None:
        """Take in the answer to the handshake."""
        if kind == "websocket.accept" and (chosen := message.get("subprotocol")):
            self._refuse(
                f"the application chose the subprotocol {chosen!r}, and none was offered",
                "protocol",
            )
        elif kind == "websocket.accept":
            self._is_open = True
            self._answered.set_result(None)
        elif kind == "websocket.close":
            self._refuse("the application refused the WebSocket (HTTP 403)", "status", 403)
        elif kind == "websocket.http.response.start":
            status = int(message["status"])
            self._refuse(f"the application answered HTTP {status}", "status", status)

    def _take_frame(self, frame: str | bytes) -> None:
        if len(frame) <= MOST_BYTES:
            self._listener.receive(frame)
        else:
            self._lose(TOO_BIG, f"a message of more than {MOST_BYTES:,} bytes")

    def _lose(self, code: int, reason: str) -> None:
        self._is_open = False
        told = {"type": "websocket.disconnect", "code": code, "reason": reason}
        self._inbox.put_nowait(told)
        self._listener.lose(code, reason)

    def _refuse(self, reason: str, kind: RefusalKind, status: int | None = None) -> None:
        self._refusal = SocketRefused(reason, kind, status)
        self._answered.set_result(None)


def socket_scope(
    url: str, headers: Mapping[str, str], mounted_at: str, state: Mapping[str, Any]
) -> Message:
    """The ASGI scope of a WebSocket to *url*, an address that begins with ``wss://`` or ``ws://``."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    web = {"wss": "https", "ws": "http"}[parts.scheme]
    return {
        "type": "websocket",
        "asgi": VERSIONS,
        "http_version": "1.1",
        "scheme": parts.scheme,
        "path": unquote_to_bytes(parts.path or "/").decode("utf-8", "replace"),
        "raw_path": (parts.path or "/").encode("ascii", "replace"),
        "query_string": parts.query.encode("ascii", "replace"),
        "root_path": unquote_to_bytes(mounted_at).decode("utf-8", "replace"),
        "headers": [
            (name.lower().encode("latin-1"), header_text(value).encode("latin-1"))
            for name, value in {"host": host, **headers, **_handshake(url)}.items()
        ],
        "subprotocols": [],
        "server": (parts.hostname or "", parts.port or DEFAULT_PORT[web]),
        "client": ("127.0.0.1", 0),
        "state": dict(state),
        "extensions": {"websocket.http.response": {}},
    }


def _handshake(url: str) -> Mapping[str, str]:
    """The headers that a server finds in the handshake of any client; the key is the same in each run."""
    key = b64encode(sha256(url.encode()).digest()[:16]).decode("ascii")
    return {
        "upgrade": "websocket",
        "connection": "Upgrade",
        "sec-websocket-key": key,
        "sec-websocket-version": "13",
    }


def _content(message: Message) -> str | bytes:
    text = message.get("text")
    if text is not None:
        return str(text)
    return bytes(message.get("bytes") or b"")
