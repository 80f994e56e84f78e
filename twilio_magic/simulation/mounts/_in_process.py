"""Applications that answer in process, in the simulated time of one world."""

from __future__ import annotations

import atexit
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any
from weakref import finalize

from requests import ReadTimeout

from ..clock._log import log_warning
from ..clock._virtual_loop import VirtualLoop
from ._asgi import AsgiServer
from ._asgi_socket import AsgiSocket, socket_scope
from ._lifespan import NotStarted
from ._open_sockets import OpenSockets
from ._raised import note_raised
from ._rehearsal import rehearse
from ._socket import SocketRefused
from ._wsgi import WsgiApp, call_app

if TYPE_CHECKING:
    from requests import PreparedRequest

    from ..clock._open_work import WaitingTime
    from ._app_answer import AppAnswer
    from ._socket import Socket, SocketListener

#: The loops that are open, with their applications, and those of them whose worlds are gone.
_open: dict[VirtualLoop, list[AsgiServer]] = {}
_forgotten: list[VirtualLoop] = []
#: How long an application may take where whoever asks has no limit, in seconds.
_LONGEST = 60.0
_CANCELED = "it was canceled (until then, simulator.advance(60) lets it go on)"


class InProcess:
    """Calls applications, and carries the event loop of those that are asynchronous.

    *now* is the world's moment, and *patience* how many real seconds applications are waited for.
    """

    def __init__(self, now: Callable[[], float], patience: WaitingTime) -> None:
        self._now = now
        self._patience = patience
        self._loop: VirtualLoop | None = None
        self._servers: list[AsgiServer] = []
        self._limit = _LONGEST
        self.sockets = OpenSockets(now)
        self._stops: list[BaseException] = []

    def answer(
        self, app: WsgiApp | AsgiServer, request: PreparedRequest, path: str, timeout: Any
    ) -> AppAnswer:
        """The answer of *app*, mounted at *path*, with the simulated time that it took.

        Raises :class:`requests.ReadTimeout` if an asynchronous one takes longer than *timeout*, as ``requests`` has it.
        """
        self._limit = _seconds(timeout)
        self.run_due(self._now())
        begun = self._time()
        with rehearse(), note_raised() as raised:
            if isinstance(app, AsgiServer):
                if app not in self._servers:
                    self._servers.append(app)
                answer = app.answer(self.loop(), request, path, self._limit)
            else:
                answer = call_app(app, request, path)
        answer.raised = raised.first
        answer.took = round(self._time() - begun, 6)  # else a difference of floats
        return answer

    def connect(
        self,
        server: AsgiServer,
        url: str,
        headers: Mapping[str, str],
        path: str,
        listener: SocketListener,
        seconds: float,
    ) -> Socket:
        """A WebSocket to *server*, mounted at *path*; raises :class:`SocketRefused` if it is not open in *seconds*."""
        self.run_due(self._now())
        loop = self.loop()
        with rehearse():
            if server not in self._servers:
                self._servers.append(server)
            try:
                lifespan = server.begin(loop, seconds)
            except NotStarted as error:
                raise SocketRefused(str(error)) from None
            if lifespan.failure:
                raise SocketRefused(lifespan.failure)
            scope = socket_scope(url, headers, path, lifespan.state)
            stop = self._stops.append
            socket = AsgiSocket(server.app, loop, scope, listener, self._drive, stop)
            try:
                socket.open(seconds)
            finally:
                self._raise_stop()
        return socket

    def _raise_stop(self) -> None:
        """Raise what an agent has raised to end the program."""
        if self._stops:
            raise self._stops.pop(0)

    def _drive(self) -> None:
        self.run_due(self._now())

    def run(self, work: Awaitable[Any]) -> Any:
        """The result of *work*, for which an application waits."""
        loop = self.loop()
        task = loop.create_task(_wait_for(work))
        if not loop.run_for(task, loop.time() + self._limit, self._limit):
            task.cancel()
            raise ReadTimeout(f"no answer within {self._limit:g} s")
        return task.result()

    def loop(self) -> VirtualLoop:
        """The event loop, made when it is first needed."""
        if self._loop is None:
            end_forgotten()
            self._loop = VirtualLoop(self._now(), self._patience)
            _open[self._loop] = self._servers
            finalize(self, _forgotten.append, self._loop).atexit = False
        return self._loop

    @property
    def next_at(self) -> float:
        """The moment of the next timer of an application, or of what came from a server; infinity without any."""
        if self._loop is None:
            return self.sockets.next_at
        at = self._now() if self._loop.has_news else self._loop.next_at
        return min(at, self.sockets.next_at)

    @property
    def is_connected(self) -> bool:
        """Whether something may come from outside at any time."""
        return self.sockets.are_there or (self._loop is not None and self._loop.has_sockets)

    def run_due(self, moment: float) -> None:
        """Let applications do what they do in the background until *moment*."""
        loop = self._loop
        if loop is not None and not self.is_at_work and not loop.rest_until(moment):
            with rehearse():
                loop.run_due(moment)
            self._raise_stop()
        if self.sockets.are_there:
            with rehearse():
                self.sockets.look()

    @property
    def is_at_work(self) -> bool:
        """Whether an asynchronous application is at work, on this thread or another one."""
        return self._loop is not None and self._loop.is_running()

    def end(self) -> None:
        """End the applications, and close their sockets. What they leave running is canceled, and told in the log."""
        self.sockets.end()
        if self._loop is not None:
            _end(self._loop)

    def _time(self) -> float:
        return self._now() if self._loop is None else max(self._loop.time(), self._now())


def end_forgotten() -> None:
    """End the applications of worlds that nobody has any more; not while the garbage collector is at work."""
    while _forgotten:
        _end_for_nobody(_forgotten.pop())


@atexit.register
def _end_all() -> None:
    """End all applications, because the program ends."""
    for loop in tuple(_open):
        _end_for_nobody(loop)


def _end_for_nobody(loop: VirtualLoop) -> None:
    """End the applications on *loop*. What goes wrong is told in the log: nobody waits for it."""
    try:
        _end(loop)
    except BaseException as error:  # also of an application that ends the program again
        log_warning("A mounted application could not be ended.", error)


def _end(loop: VirtualLoop) -> None:
    servers = _open.pop(loop, None)
    if servers is None:
        return
    with rehearse():
        try:
            has_threads = loop.settle_threads()
            for server in servers:
                server.end(loop)
        finally:
            for name, has_ended in loop.end():
                how = _CANCELED if has_ended else "it refuses to be canceled, and is left"
                log_warning(f"A mounted application left {name} running; {how}.")
    if has_threads:
        log_warning("A thread of a mounted application cannot be canceled, and still works.")


async def _wait_for(work: Awaitable[Any]) -> Any:
    return await work


def _seconds(timeout: Any) -> float:
    """How long an answer may take by *timeout*: a number, a pair of numbers for connecting and reading, or nothing."""
    if isinstance(timeout, tuple):
        timeout = timeout[1]
    return _LONGEST if timeout is None else float(timeout)
