"""The process of a leg, and what interrupts it: the end of the call, or other instructions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import simpy

    from ..clock._clock import Clock, Process
    from ._page import Instructions


class CallEnded(Exception):  # noqa: N818 - no fault
    """Ends a call with a final *status*; *by* says who or what ended it."""

    def __init__(self, status: str, by: str) -> None:
        super().__init__(status, by)
        self.status = status
        self.by = by


class CallRedirected(Exception):  # noqa: N818 - no fault
    """Replaces what a call runs by other *instructions*."""

    def __init__(self, instructions: Instructions) -> None:
        super().__init__(instructions)
        self.instructions = instructions


class DocumentFailed(Exception):  # noqa: N818 - no fault of ours
    """A verb cannot do what it says, for Twilio's reason *code*, and its document fails as if it had not come."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class LegProcess:
    """The process that a leg goes through, from its beginning to its end, on *clock*.

    *ending* is the status in which it ends as soon as the clock moves, if something asked for that.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._process: simpy.Process | None = None
        self._pending: CallEnded | CallRedirected | None = None
        self.ending: str | None = None

    def start(self, process: Process[None]) -> None:
        """Go through *process*, from now on; it handles its own exceptions."""
        self._process = self._clock.start(process)

    def interrupt(self, cause: CallEnded | CallRedirected) -> None:
        """Raise *cause* in the process, wherever it is. What its own webhook asks for waits until that has answered."""
        if self._process is None or not self._process.is_alive:
            return
        if isinstance(cause, CallEnded):
            self.ending = cause.status
        if self._is_active:
            self._pending = cause
        else:
            self._process.interrupt(cause)

    def end(self) -> None:
        """Forget the process, which has nothing left to do."""
        self._process = None

    @property
    def is_running_elsewhere(self) -> bool:
        """Whether the process goes on, and it is not the one whose step is taken now."""
        process = self._process
        return process is not None and process.is_alive and not self._is_active

    @property
    def has_pending(self) -> bool:
        """Whether a webhook of this leg asked for an interruption that has not happened yet."""
        return self._pending is not None

    def raise_pending(self) -> None:
        """Raise in the process what a webhook of this leg asked for while it ran."""
        if self._pending is not None:
            cause, self._pending = self._pending, None
            if self._is_active:
                raise cause
            self.interrupt(cause)

    @property
    def _is_active(self) -> bool:
        """Whether the clock runs this very process now."""
        return self._clock.env.active_process is self._process
