"""Runs an ASGI application on a request of ``requests``, in process: no socket and no thread of ours.

Source: the ASGI specification, "HTTP & WebSocket ASGI Message Format" 2.4 and "Lifespan Protocol" 2.0.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

from requests import ReadTimeout

from ...secret import mask_user_info
from ..clock._log import log_warning
from ._app_answer import AppAnswer
from ._lifespan import VERSIONS, AsgiApp, Lifespan, Message, NotStarted
from ._raised import note_unhandled
from ._wsgi import (
    DEFAULT_PORT,
    MOST_BYTES,
    SEEN_AS,
    content,
    header_text,
)

if TYPE_CHECKING:
    from requests import PreparedRequest

    from ..clock._virtual_loop import VirtualLoop


class AsgiServer:
    """Serves one ASGI application as a web server does: its lifespan begins with the first request."""

    def __init__(self, app: AsgiApp) -> None:
        self.app = app
        self._lifespan: Lifespan | None = None

    def answer(
        self, loop: VirtualLoop, request: PreparedRequest, mounted_at: str, seconds: float
    ) -> AppAnswer:
        """The response to *request* on *loop*, which may take so many *seconds*.

        Raises :class:`requests.ReadTimeout` if it takes longer, simulated or real. An exception of the application is a
        response 500 with its traceback, as in a web server.
        """
        lifespan = self.begin(loop, seconds)
        if lifespan.failure:
            if lifespan.raised is not None:
                note_unhandled(lifespan.raised)
            return _error_page(lifespan.failure)
        exchange = _Exchange(loop, request, mounted_at, lifespan.state)
        return exchange.run(self.app, seconds)

    def begin(self, loop: VirtualLoop, seconds: float) -> Lifespan:
        """The lifespan of the application, which is started unless it was before.

        Raises :class:`NotStarted` if it takes longer to start; the next request finds it further on.
        """
        if self._lifespan is None:
            self._lifespan = Lifespan(self.app)
            self._lifespan.begin(loop)
        if not self._lifespan.wait(loop, seconds):
            raise NotStarted(f"the application's lifespan did not start within {seconds:g} s")
        return self._lifespan

    def end(self, loop: VirtualLoop) -> None:
        """Tell the application that the server ends."""
        if self._lifespan is not None:
            self._lifespan.end(loop)


class _Exchange:
    """One request to an application, and its response."""

    def __init__(
        self,
        loop: VirtualLoop,
        request: PreparedRequest,
        mounted_at: str,
        state: dict[str, Any],
    ) -> None:
        self._loop = loop
        self._scope = {**_scope(request, mounted_at), "state": state.copy()}
        self._shown = f"{request.method} {mask_user_info(request.url or '').partition('?')[0]}"
        self._body = content(request.body)
        self._is_read = False
        self._gone = asyncio.Event()
        #: Done when nothing more comes, with whether the response is whole.
        self._complete: asyncio.Future[bool] = loop.create_future()
        self._ended = ""  # when the task ends, if that is after all
        self._size = 0
        self._status = 0
        self._headers: list[tuple[str, str]] = []
        self._chunks: list[bytes] = []

    def run(self, app: AsgiApp, seconds: float) -> AppAnswer:
        """The response of *app*; what it does in the background after it has answered has happened as far as it can."""
        loop = self._loop
        task = loop.create_task(self._call(app), name=f"its request {self._shown}")
        task.add_done_callback(self._note_end)
        is_complete = loop.run_for(self._complete, loop.time() + seconds, seconds)
        self._gone.set()
        if not is_complete:
            self._ended = "after its request had been given up"
            loop.give_up_threads()
            loop.run_ready()
            raise ReadTimeout(f"no answer within {seconds:g} s")
        task.set_name(f"its background work behind the answer to {self._shown}")
        loop.answered.add(task)
        task.add_done_callback(loop.answered.discard)
        loop.run_due(loop.time())
        self._ended = "after it had answered"
        _note_exception(task)
        if not self._complete.result():
            return _error_page("The application sent no whole response.")
        return AppAnswer(f"{self._status} ", self._headers, b"".join(self._chunks))

    def _note_end(self, task: asyncio.Task[None]) -> None:
        """Tell an exception to the log if nobody waits for the response any more; else the response has it."""
        error = None if task.cancelled() else task.exception()
        if error is not None and self._ended:
            log_warning(f"An application failed {self._ended}.", error)

    async def _call(self, app: AsgiApp) -> None:
        loop = self._loop
        loop.work.requests += 1
        count_threads_of_anyio(loop)
        try:
            await app(self._scope, self._receive, self._send)
        finally:
            loop.work.requests -= 1
            self._end(is_whole=False)

    def _end(self, *, is_whole: bool) -> None:
        if not self._complete.done():
            self._complete.set_result(is_whole)

    async def _receive(self) -> Message:
        if not self._is_read:
            self._is_read = True
            return {"type": "http.request", "body": self._body, "more_body": False}
        await asyncio.sleep(0)  # so that whoever asks again and again lets others run
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        await asyncio.sleep(0)  # so that whoever sends for ever lets others run
        if self._gone.is_set():
            raise OSError("Nobody waits for the response any more.")
        kind = message["type"]
        if kind == "http.response.start" and not self._status:
            self._headers = [_decode(pair) for pair in message.get("headers", ())]
            self._status = _status(message["status"])
        elif kind == "http.response.body" and self._status:
            self._chunks.append(_bytes(message.get("body", b"")))
            self._size += len(self._chunks[-1])
            if not message.get("more_body", False) or self._size > MOST_BYTES:
                self._end(is_whole=True)
        elif kind == "http.response.body":
            raise RuntimeError("http.response.body was sent before http.response.start")


def _scope(request: PreparedRequest, mounted_at: str) -> Message:
    parts = urlsplit(getattr(request, SEEN_AS, None) or request.url or "")
    headers = [
        (name.lower().encode("latin-1"), header_text(value).encode("latin-1"))
        for name, value in request.headers.items()
        if name.lower() not in ("host", "transfer-encoding")
    ]
    host = parts.netloc.rpartition("@")[2]
    return {
        "type": "http",
        "asgi": VERSIONS,
        "http_version": "1.1",
        "method": request.method or "GET",
        "scheme": parts.scheme,
        "path": unquote_to_bytes(parts.path or "/").decode("utf-8", "replace"),
        "raw_path": (parts.path or "/").encode("ascii", "replace"),
        "query_string": parts.query.encode("ascii", "replace"),
        "root_path": unquote_to_bytes(mounted_at).decode("utf-8", "replace"),
        "headers": [
            (b"host", header_text(request.headers.get("Host", host)).encode("latin-1")),
            *headers,
        ],
        "server": (parts.hostname or "", parts.port or DEFAULT_PORT.get(parts.scheme, 80)),
        "client": ("127.0.0.1", 0),
        "extensions": {},
    }


def _decode(pair: tuple[bytes, bytes]) -> tuple[str, str]:
    name, value = pair
    return _bytes(name).decode("latin-1"), _bytes(value).decode("latin-1")


def _bytes(part: object) -> bytes:
    """*part* of a response; raises :class:`TypeError` for what is no bytes, as a text is none."""
    if not isinstance(part, bytes | bytearray | memoryview):
        raise TypeError(f"{part!r} is not bytes")
    return bytes(part)


def _status(status: object) -> int:
    if not isinstance(status, int) or not 100 <= status <= 599:
        raise ValueError(f"{status!r} is no HTTP status")
    return status


def _error_page(log: str) -> AppAnswer:
    page = b"The application raised an exception."
    headers = [("Content-Type", "text/plain")]
    return AppAnswer("500 Internal Server Error", headers, page, log)


def _note_exception(task: asyncio.Task[None]) -> None:
    """Note the exception that ended *task*, if one did. One that is no :class:`Exception` is raised."""
    exception = task.exception() if task.done() and not task.cancelled() else None
    if exception is None:
        return
    if not isinstance(exception, Exception):
        raise exception
    note_unhandled(exception)


def count_threads_of_anyio(loop: VirtualLoop) -> None:
    """Let *loop* wait for the threads of anyio, in which Starlette and FastAPI run plain functions."""
    anyio = sys.modules.get("anyio.to_thread")
    if anyio is not None:
        limiter = anyio.current_default_thread_limiter()
        loop.threads_at_work = lambda: int(limiter.borrowed_tokens)
