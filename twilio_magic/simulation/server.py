"""A simulated world over loopback HTTP, for the SDK of any language.

The only module that opens a port. It listens on 127.0.0.1 and nowhere else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from socketserver import TCPServer, ThreadingMixIn
from threading import BoundedSemaphore, Event, Thread
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIServer

from ..errors import SimulatorError
from ._request_handler import RequestHandler
from .clock._interrupts import interrupts
from .clock._pacer import Pacing

if TYPE_CHECKING:
    from .clock._clock import Clock
    from .mounts._wsgi import WsgiApp

_HOST = "127.0.0.1"
_MOST_CONNECTIONS = 256
_BUSY = b"HTTP/1.0 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"
_GLANCE = 0.1  # seconds until a server notices that it should stop


def refuse_in_browser() -> None:
    """Raise `SimulatorError` in a page of a browser, where Python has neither threads nor ports."""
    if sys.platform == "emscripten":
        raise SimulatorError(
            "A simulator cannot be served in a browser: Python has no threads and no ports there.",
            hint="Mount the application (%mount, simulator.mount), or serve where Python is installed.",
        )


class _Server(ThreadingMixIn, WSGIServer):
    """One thread a connection, so that an idle one does not hold up the others; the world lets in one at a time.

    There are so many at most: who comes then is asked to come again.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, *args: Any) -> None:
        self._places = BoundedSemaphore(_MOST_CONNECTIONS)
        super().__init__(*args)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve *request* on a thread of its own, if there is a place for it."""
        if not self._places.acquire(blocking=False):
            with suppress(OSError):
                request.setblocking(False)
                request.send(_BUSY)
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:  # no thread was to be had
            self._places.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve *request*, and give its place to another."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def server_bind(self) -> None:
        """Take the port, without asking a name server what this machine is called."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = _HOST, self.server_address[1]
        self.setup_environ()

    def handle_error(self, *address: Any) -> None:
        """Say nothing of a client that went away."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(*address)


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
        server = _Server((_HOST, port), RequestHandler)
    except (OSError, OverflowError) as error:
        why = error.strerror if isinstance(error, OSError) else "a port is a number up to 65535"
        raise SimulatorError(
            f"Port {port} cannot be used: {why}.", hint="Take another one; 0 is any free one."
        ) from None
    server.set_app(_log_errors(app))
    thread = Thread(
        target=server.serve_forever, args=(_GLANCE,), name="simulated Twilio", daemon=True
    )
    thread.start()
    try:
        yield f"http://{_HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _log_errors(app: WsgiApp) -> WsgiApp:
    """Wrap *app*, which may move time: what an application here raises then does not concern its client."""

    def run(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with interrupts.log_errors():
            return app(environ, start_response)

    return run
