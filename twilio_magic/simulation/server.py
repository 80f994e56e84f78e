"""A simulated world over loopback HTTP, for the SDK of any language.

The only module that opens a port. It listens on 127.0.0.1 and nowhere else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from selectors import EVENT_READ, DefaultSelector
from socket import SO_REUSEADDR, SOL_SOCKET, socket, socketpair
from threading import Event, Lock, Thread, current_thread
from typing import TYPE_CHECKING, Any

from ..errors import SimulatorError
from ._places import Places
from ._request_stream import RequestStream
from ._served_connection import SECONDS_TO_NOTICE, ServedConnection
from .clock._interrupts import interrupts
from .clock._pacer import Pacing

if TYPE_CHECKING:
    from .clock._clock import Clock
    from .mounts._wsgi import WsgiApp

_HOST = "127.0.0.1"
_MOST_CONNECTIONS = 256
_MOST_WAITING = 8  # threads that wait for a connection
_MOST_REFUSED = 32  # who are let notice that there is no place for them
_BACKLOG = 512  # more than there are places: whom the system turns away hears of it late
_BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_GLANCE = 0.1  # seconds until a file may be free again


def refuse_in_browser() -> None:
    """Raise `SimulatorError` in a page of a browser, where Python has neither threads nor ports."""
    if sys.platform == "emscripten":
        raise SimulatorError(
            "A simulator cannot be served in a browser: Python has no threads and no ports there.",
            hint="Mount the application (%mount, simulator.mount), or serve where Python is installed.",
        )


class _Server:
    """Answers with *app* whoever connects to *listener*, each connection on a thread, so that none holds up another.

    The world lets in one request at a time. Threads wait for connections one after the other, and some stay when theirs
    is over, for the next. Of so many connections at most an idle one gives way to a new one; if there is none, who
    comes is asked to come again.
    """

    def __init__(self, listener: socket, app: WsgiApp) -> None:
        self._listener, self._app = listener, app
        self.port: int = listener.getsockname()[1]
        self._places, self._refused = Places(_MOST_CONNECTIONS), Places(_MOST_REFUSED)
        self._turn, self._lock = Lock(), Lock()
        self._waiting = 0
        self._serving: dict[Thread, socket | None] = {}
        self._closing = Event()
        self._bell, self._ear = socketpair()
        self._selector = DefaultSelector()
        for each in (listener, self._ear):
            each.setblocking(False)
            self._selector.register(each, EVENT_READ)
        self._start_thread()

    def close(self) -> None:
        """End the threads, but for those that answer a request: they do so, and end then."""
        with self._lock:
            self._closing.set()
        self._bell.send(b".")
        self._refused.close()
        answering = self._places.close()
        with self._lock:
            threads = list(self._serving.items())
        for thread, connection in threads:
            if connection not in answering:
                thread.join()
        for each in (self._selector, self._listener, self._bell, self._ear):
            each.close()

    def _start_thread(self) -> None:
        """Start a thread that waits for a connection, unless the server closes."""
        thread = Thread(target=self._work, name="simulated Twilio", daemon=True)
        with self._lock:
            if self._closing.is_set():
                return
            self._serving[thread] = None
            self._waiting += 1
        try:
            thread.start()
        except (
            RuntimeError
        ):  # no thread is to be had: this one waits itself when its connection is over
            with self._lock:
                del self._serving[thread]
                self._waiting -= 1

    def _work(self) -> None:
        me = current_thread()
        try:
            while (connection := self._accept()) is not None:
                self._serving[me] = connection
                self._serve(connection)
                self._serving[me] = None
                if not self._wait_again():
                    return
        finally:
            with self._lock:
                del self._serving[me]

    def _wait_again(self) -> bool:
        """Be among those who wait for a connection, if they are few."""
        with self._lock:
            is_needed = self._waiting < _MOST_WAITING and not self._closing.is_set()
            self._waiting += is_needed
            return is_needed

    def _accept(self) -> socket | None:
        """The next connection, once it is this thread's turn; ``None`` when the server closes.

        Another thread waits for the one after it then.
        """
        with self._turn:
            connection = self._next_connection()
        with self._lock:
            self._waiting -= 1
            is_last = not self._waiting
        if is_last and connection is not None:
            self._start_thread()
        return connection

    def _next_connection(self) -> socket | None:
        while not self._closing.is_set():
            self._selector.select()
            try:
                return self._listener.accept()[0]
            except BlockingIOError:  # who came has gone again, or the bell rings
                continue
            except OSError:  # too many files are open
                self._closing.wait(_GLANCE)
        return None

    def _serve(self, connection: socket) -> None:
        with connection:
            if self._places.take(connection):
                try:
                    ServedConnection(connection, self._app, self.port, self._places).hold()
                finally:
                    self._places.leave(connection)
            elif not self._closing.is_set():
                self._refuse(connection)

    def _refuse(self, connection: socket) -> None:
        """Ask who comes to come again. Where few are refused, they are let notice before the connection breaks."""
        with suppress(OSError):
            connection.setblocking(False)
            connection.send(_BUSY)
            if self._refused.take(connection):
                try:
                    RequestStream(connection).drain(SECONDS_TO_NOTICE)
                finally:
                    self._refused.leave(connection)


class Pacemaker:
    """A thread that lets the time of *clock* pass, *speed* simulated seconds in a real one."""

    def __init__(self, clock: Callable[[], Clock], speed: float) -> None:
        self._woken = Event()
        self._stopped = False
        self.pacing = Pacing(clock, speed, self._woken.set)
        self._thread = Thread(target=self._keep, name="simulated time", daemon=True)

    @contextmanager
    def running(self, pacings: list[Pacing]) -> Iterator[None]:
        """Time passes while the block runs; its pacing is among *pacings* meanwhile."""
        pacings.append(self.pacing)
        self._thread.start()
        try:
            yield
        finally:
            pacings.remove(self.pacing)
            self._stopped = True
            self._woken.set()
            if (
                self.pacing.may_wait
            ):  # else its last step waits for the thread that leaves the block
                self._thread.join()

    def _keep(self) -> None:
        while not self._stopped:
            with interrupts.log_errors():
                pause = self.pacing.step()
            self._woken.wait(pause)
            self._woken.clear()


@contextmanager
def passing_time(
    clock: Callable[[], Clock], speed: float | None, pacings: list[Pacing]
) -> Iterator[None]:
    """Let the time of *clock* pass while the block runs, if *speed* says how fast."""
    if speed is None:
        yield
        return
    clock().refuse_waiting()
    with Pacemaker(clock, speed).running(pacings):
        yield


@contextmanager
def serving(app: WsgiApp, port: int) -> Iterator[str]:
    """Serve *app* while the block runs, on *port* or, for 0, a free one; gives the base URL.

    Raises :class:`SimulatorError` if the port cannot be had.
    """
    refuse_in_browser()
    try:
        listener = _listen(port)
    except (OSError, OverflowError) as error:
        why = error.strerror if isinstance(error, OSError) else "a port is a number up to 65535"
        raise SimulatorError(
            f"Port {port} cannot be used: {why}.", hint="Take another one; 0 is any free one."
        ) from None
    server = _Server(listener, _log_errors(app))
    try:
        yield f"http://{_HOST}:{server.port}"
    finally:
        server.close()


def _listen(port: int) -> socket:
    listener = socket()
    try:
        if os.name == "posix":  # elsewhere two programs could have the port then
            listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        listener.bind((_HOST, port))
        listener.listen(_BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


def _log_errors(app: WsgiApp) -> WsgiApp:
    """Wrap *app*, which may move time: what an application here raises then does not concern its client."""

    def run(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with interrupts.log_errors():
            return app(environ, start_response)

    return run
