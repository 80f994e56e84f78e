"""The startup and shutdown of an ASGI application.

Source: the ASGI specification, "Lifespan Protocol" 2.0.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from requests import ReadTimeout

from ..clock._log import log_warning

if TYPE_CHECKING:
    from ..clock._virtual_loop import VirtualLoop

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Message, Receive, Send], Awaitable[None]]

VERSIONS = {"version": "3.0", "spec_version": "2.4"}
#: How long, in real seconds, threads and sockets of an application in the background are waited for.
PATIENCE = 5.0


class NotStarted(ReadTimeout):
    """A request that was not answered in time, because the application has not started yet."""


class Lifespan:
    """The startup and shutdown of an application. *state* is what its requests share."""

    def __init__(self, app: AsgiApp) -> None:
        self.state: dict[str, Any] = {}
        self.failure = ""
        self.raised: Exception | None = None
        self._app = app
        self._messages: asyncio.Queue[Message] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._told: asyncio.Future[None] | None = None

    def begin(self, loop: VirtualLoop) -> None:
        """Let the application start. One without a lifespan raises an exception at once: it is served without."""
        scope = {"type": "lifespan", "asgi": VERSIONS, "state": self.state}
        self._messages.put_nowait({"type": "lifespan.startup"})
        self._told = loop.create_future()
        self._task = loop.create_task(self._run(scope), name="its lifespan")

    def wait(self, loop: VirtualLoop, seconds: float) -> bool:
        """Whether the application has started, or failed to, within so many *seconds*, simulated or real."""
        told = self._told
        return told is None or told.done() or loop.run_for(told, loop.time() + seconds, seconds)

    def end(self, loop: VirtualLoop) -> None:
        """Let the application clean up."""
        if self._task is None or self._task.done():
            return
        self._messages.put_nowait({"type": "lifespan.shutdown"})
        loop.run_for(self._task, loop.time() + PATIENCE, PATIENCE)

    async def _run(self, scope: Message) -> None:
        try:
            await self._app(scope, self._messages.get, self._send)
        except Exception as error:
            if self.failure:
                self.raised = error
            elif self._told is not None and self._told.done():
                log_warning("The lifespan of an application ended with an error.", error)
        finally:
            self._tell()

    async def _send(self, message: Message) -> None:
        if message["type"] == "lifespan.startup.failed":
            self.failure = str(
                message.get("message") or "The application's lifespan did not start."
            )
        if message["type"].startswith("lifespan.startup."):
            self._tell()

    def _tell(self) -> None:
        if self._told is not None and not self._told.done():
            self._told.set_result(None)
