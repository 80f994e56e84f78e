"""A WebSocket to a WSGI application, in process: a pair of sockets, and a thread that runs the application's function.

PEP 3333 knows no WebSockets: the application finds the socket of the connection in its environment, where Werkzeug's
server puts it (``werkzeug.socket``), as simple-websocket and Flask-Sock do.
"""

from __future__ import annotations

import ctypes
import socket
import sys
from collections.abc import Callable, Mapping
from io import StringIO
from threading import Thread
from threading import enumerate as all_threads
from types import FrameType
from typing import TYPE_CHECKING, Any

from requests import Request

from ...deadlines import Deadline
from ..clock._interrupts import run_foreign
from ..clock._lock import session_context
from ..clock._log import log_warning
from ._raised import note_raised
from ._server_socket import await_handshake
from ._socket import SocketRefused, web_address
from ._stream_socket import StreamSocket
from ._websocket import WebSocketConnection
from ._wsgi import WsgiApp, build_environ

if TYPE_CHECKING:
    from ...tracebacks import Raised
    from ._socket import SocketListener

#: Real seconds that the thread of a session may take to end when its world does, and again after it was told to.
_LAST_PATIENCE = 1.0
_LIBRARY = "simple_websocket"
_NAME = "WebSocket "


def open_wsgi_socket(
    app: WsgiApp,
    url: str,
    headers: Mapping[str, str],
    mounted_at: str,
    listener: SocketListener,
    seconds: float,
    keep: Callable[[WsgiSession], None],
) -> StreamSocket:
    """A WebSocket to *app*, mounted at *mounted_at*; *keep* gets the session that runs it.

    Raises :class:`SocketRefused` if it is not open in *seconds*.
    """
    near, far = socket.socketpair()
    connection = WebSocketConnection(near, url)
    asked = connection.build_request(headers)
    request = Request("GET", web_address(url), dict(asked.headers.raw_items())).prepare()
    session = WsgiSession(app, build_environ(request, mounted_at, StringIO()), far)
    keep(session)
    try:
        session.begin()
        run_foreign(await_handshake, connection, Deadline.within(seconds), session.has_returned)
    except SocketRefused as refused:
        connection.release()
        raise (session.explain() or refused) from None
    except BaseException:
        connection.release()
        raise
    return StreamSocket(connection, listener, session.is_idle, session.find_raised)


class WsgiSession:
    """The thread that runs *app* in *environ*, with *stream* as the socket of its connection."""

    def __init__(self, app: WsgiApp, environ: dict[str, Any], stream: socket.socket) -> None:
        self._app = app
        self._stream = stream
        self._environ = {**environ, "wsgi.multithread": True, "werkzeug.socket": stream}
        self._status, self._has_ended = "", False
        self._raised: Raised | None = None
        self._others: set[Thread] | None = None
        path = environ["PATH_INFO"]
        run = session_context().run
        self._thread = Thread(target=run, args=(self._run,), name=f"{_NAME}{path}", daemon=True)

    def begin(self) -> None:
        """Let the application run."""
        self._thread.start()

    def has_returned(self) -> bool:
        """Whether the application has returned, or raised an exception."""
        return not self._thread.is_alive()

    def find_raised(self) -> Raised | None:
        """The exception that it raised."""
        return self._raised

    def explain(self) -> SocketRefused | None:
        """Why it opened no WebSocket, where it answered something else."""
        if not (self._status and self._has_ended):
            return None
        why = f": it raised {self._raised.line}" if self._raised else ""
        text = f"the application answered HTTP {self._status}{why}"
        return SocketRefused(text, "status", int(self._status[:3]))

    def is_idle(self, owes: bool) -> bool:
        """Whether the application waits for the next message; if it *owes* an answer, no thread of its own works on it.

        Threads that were there when it waited for its first message are not its own.
        """
        frame = sys._current_frames().get(self._thread.ident or 0)
        if frame is None:
            return True  # it has returned
        if not _waits_for_message(frame):
            return False
        if self._others is None:
            self._others = set(all_threads())
        return not owes or not any(map(_is_at_work, set(all_threads()) - self._others))

    def stop(self) -> None:
        """End the thread, whose socket is closed by now; told in the log if it does not end by itself."""
        self._thread.join(_LAST_PATIENCE)
        if not self._thread.is_alive():
            return
        ident = ctypes.c_ulong(self._thread.ident or 0)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, ctypes.py_object(SystemExit))
        self._thread.join(_LAST_PATIENCE)
        ended = not self._thread.is_alive()
        how = "it was ended" if ended else "it cannot be ended, and is left"
        log_warning(f"A mounted application left the thread {self._thread.name} running; {how}.")

    def _run(self) -> None:
        with note_raised() as raised:
            try:
                for _ in self._app(self._environ, self._start_response):
                    pass
            except SystemExit:
                pass
            finally:
                self._raised, self._has_ended = raised.first, True
                self._shut_down()

    def _start_response(self, status: str, *_: Any) -> Any:
        self._status = status
        return lambda _: None

    def _shut_down(self) -> None:
        """End the connection, also for the thread of the library that reads from it."""
        try:
            self._stream.shutdown(socket.SHUT_RDWR)
        except OSError:  # it is closed
            return
        self._stream.close()


def _is_at_work(thread: Thread) -> bool:
    """Whether *thread* may work for an application, and is not that of another session or its reader."""
    is_reader = thread.name.endswith(("(_thread)", "Base._thread)"))
    return thread.is_alive() and not is_reader and not thread.name.startswith(_NAME)


def _waits_for_message(frame: FrameType) -> bool:
    """Whether the thread at *frame* is inside ``receive()`` of simple-websocket, and nothing is there to receive."""
    if frame.f_code.co_name != "wait":
        return False
    above: FrameType | None = frame
    while above is not None and above.f_globals.get("__name__") != f"{_LIBRARY}.ws":
        above = above.f_back
    if above is None or above.f_code.co_name != "receive":
        return False
    connection = above.f_locals["self"]
    return not (connection.input_buffer or connection.event.is_set())
