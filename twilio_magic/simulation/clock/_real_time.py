"""Simulated time that passes by itself, in the event loop of a notebook's kernel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from ...errors import SimulatorError
from ._interrupts import interrupts
from ._pacer import Pacing

if TYPE_CHECKING:
    from ._clock import Clock


class RealTime:
    """Simulated time passes by itself until :meth:`stop`, or until the end of a ``with`` block.

    It passes while no cell runs, and while a cell awaits something. Webhooks over the network make the kernel wait. Its
    pacing is among *pacings* meanwhile.
    """

    def __init__(self, clock: Callable[[], Clock], speed: float, pacings: list[Pacing]) -> None:
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            raise SimulatorError(
                "real_time() needs a running event loop, as a notebook has.",
                hint="In a plain program, use advance(), wait(), or serve(speed=1).",
            ) from None
        self._woken = asyncio.Event()
        self.pacing = Pacing(clock, speed, self._wake)
        pacings.append(self.pacing)
        self._task = self._loop.create_task(self._keep())
        self._task.add_done_callback(lambda _: pacings.remove(self.pacing))

    def stop(self) -> None:
        """Let time stand still again, except while a call or the clock is waited for."""
        self._task.cancel()

    @property
    def is_running(self) -> bool:
        """Whether time passes by itself."""
        return not (self._task.done() or self._task.cancelling())

    def _wake(self) -> None:
        self._loop.call_soon_threadsafe(self._woken.set)

    async def _keep(self) -> None:
        while True:
            self._woken.clear()
            with interrupts.log_errors():
                pause = self.pacing.step()
            # an alarm, and not wait_for(), which loses a cancellation now and then in Python 3.11
            alarm = None if pause is None else self._loop.call_later(pause, self._woken.set)
            try:
                await self._woken.wait()
            finally:
                if alarm is not None:
                    alarm.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def __repr__(self) -> str:
        return (
            f"<RealTime speed={self.pacing.speed:g}, {'running' if self.is_running else 'stopped'}>"
        )
