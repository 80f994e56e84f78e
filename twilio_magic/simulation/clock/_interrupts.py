"""Interrupts: Ctrl-C, the stop button, and whatever else ends a program. They take effect between steps of the clock.

While a thread is inside a world, SIGINT is held back, so that no lock stays taken and no call half-way through a step.
What users wrote, or wait for, is broken at once: a web application, a phone's function, a request over the network.
To the call that is a webhook or a phone that failed, and the exception goes on to the caller when the step is over. The
same becomes of every exception of theirs that is no :class:`Exception`, such as ``SystemExit``.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock, get_ident, local, main_thread
from types import FrameType
from typing import Any, ParamSpec, TypeVar

from ._log import log_error

P = ParamSpec("P")
T = TypeVar("T")

_GLANCE = 0.1  # seconds until somebody who waits for a lock notices an interrupt
_Handler = Callable[[int, FrameType | None], Any]


class _Interrupts(local):
    """What this thread holds back while it is in a ``with`` block of it; the blocks may be nested.

    Only the main thread gets signals. Its handler of SIGINT is replaced in the outermost block, and put back behind it.
    """

    def __init__(self) -> None:
        self.depth = 0
        self._is_logging = False
        self._is_pressed = False
        self._error: BaseException | None = None
        self._of_signal: BaseException | None = None  # what the handler raised last
        self._handler: _Handler | None = None  # the one that was there before
        self._is_changing = False  # from one handler to the other

    @property
    def is_due(self) -> bool:
        """Whether something is held back now."""
        return self._is_pressed or self._error is not None

    def __enter__(self) -> None:
        self._hold()

    def __exit__(self, *_: object) -> None:
        self._is_changing = self.depth == 1
        self.depth -= 1
        if not self.depth:
            self._restore_handler()
            self._is_changing = False
        if self.is_due and (not self.depth or _is_foreign(sys._getframe(), self.depth)):
            self._take_effect()

    @contextmanager
    def log_errors(self, *, for_caller: bool = False) -> Iterator[None]:
        """Let time pass by itself in the block: what an application raises is logged, because nobody waits for it.

        A signal that breaks an application is such an exception, too, unless time passes *for_caller*, who is told.
        """
        self._hold(though_ignored=True)
        was, before = self._is_logging, self._take_error()
        self._is_logging = True
        try:
            yield
        finally:
            error = self._take_error()
            self._is_logging, self._error = was, before
            if error is not None and for_caller and error is self._of_signal:
                self.keep(error)
            elif error is not None:
                log_error(f"A webhook or phone {describe_end(error)}; time goes on.", error)
            self.__exit__()

    def keep(self, error: BaseException) -> None:
        """Raise *error* when the thread leaves the outermost block; at once if it is in none.

        The first one counts, but one of a signal more.
        """
        if not self.depth:
            raise error
        if self._error is None or error is self._of_signal:
            self._error = error

    def pass_on(self) -> None:
        """Pass a signal on now that was held back."""
        is_pressed, self._is_pressed = self._is_pressed, False
        if is_pressed and self._handler is not None:
            self._handler(signal.SIGINT, sys._getframe())

    def _take_error(self) -> BaseException | None:
        error, self._error = self._error, None
        return error

    def _take_effect(self) -> None:
        error = self._take_error()
        try:
            self.pass_on()
        finally:
            if error is not None:
                raise error

    def _hold(self, *, though_ignored: bool = False) -> None:
        """Enter a block. Signals that the program ignores are handled if *though_ignored*."""
        if not self.depth:
            self._is_pressed, self._error, self._of_signal = False, None, None
            self._is_logging = False
            if get_ident() == main_thread().ident:
                self._replace_handler(though_ignored)
        self.depth += 1
        self._is_changing = False

    def _replace_handler(self, though_ignored: bool) -> None:
        handler = signal.getsignal(signal.SIGINT)
        if handler == self._on_signal:  # a debugger in a webhook saved it, and put it back later
            return
        self._handler = handler if callable(handler) else None
        if self._handler is None and (handler is not signal.SIG_IGN or not though_ignored):
            return  # nothing is raised, or it cannot be put back
        self._is_changing = True
        with suppress(ValueError):  # the main thread of another interpreter
            signal.signal(signal.SIGINT, self._on_signal)

    def _restore_handler(self) -> None:
        self._of_signal = None
        if get_ident() != main_thread().ident:
            return
        if signal.getsignal(signal.SIGINT) == self._on_signal:  # nobody has set another one inside
            signal.signal(signal.SIGINT, self._handler or signal.SIG_IGN)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        """Pass the signal on if it breaks what users wrote; else hold it back."""
        if self._is_changing or (self.depth and not _is_foreign(frame, self.depth)):
            self._is_pressed = True
            return
        try:
            if self._handler is not None:
                self._handler(number, frame)
        except BaseException as error:
            self._of_signal = error
            raise
        # a kernel that runs no cell ignores the signal, and one that runs a coroutine notes it for later
        if self._is_logging:
            raise KeyboardInterrupt


interrupts = _Interrupts()


def run_foreign(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call *function*, which runs what users wrote or waits for it: an interrupt breaks it at once."""
    depth = interrupts.depth  # noqa: F841 - _is_foreign() looks at it
    return function(*args, **kwargs)


def _is_foreign(frame: FrameType | None, depth: int) -> bool:
    """Whether *frame* belongs to what :func:`run_foreign` called, and has entered no block of its own since."""
    if frame is not None and frame.f_code is run_foreign.__code__:
        return False
    while frame is not None and frame.f_code is not run_foreign.__code__:
        frame = frame.f_back
    return frame is not None and frame.f_locals.get("depth") == depth


def acquire(lock: Lock) -> None:
    """Acquire *lock*; an interrupt ends the waiting for it. To be called in a block of *interrupts*."""
    while not lock.acquire(timeout=_GLANCE):
        interrupts.pass_on()


def describe_end(error: BaseException) -> str:
    """How code ended that raised *error*, to be put behind its name: ``raised SystemExit: 3``."""
    if isinstance(error, KeyboardInterrupt):
        return "was interrupted"
    return f"raised {type(error).__name__}: {error}".removesuffix(": ")
