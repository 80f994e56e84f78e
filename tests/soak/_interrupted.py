"""A main loop that somebody interrupts at any moment: the call is waited for again, or hung up."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from threading import Thread

from ._callers import CALLS_A_WORLD, Caller, hostile_world
from ._soak import Soak

#: Seconds until somebody presses Ctrl-C: a short wait is interrupted in its middle, or not at all.
_SOON = 0.05


class MainLoop:
    """What the main thread does: it alone gets signals."""

    def __init__(self, soak: Soak) -> None:
        self._soak = soak
        self._random = Random(soak.seed)  # noqa: S311 - nothing is secret
        self._simulator = hostile_world(soak.seed)
        self._caller = Caller(soak, lambda: self._simulator, soak.seed)
        self._is_waiting = False
        self._turns = 0

    @contextmanager
    def interrupted(self) -> Iterator[None]:
        """In the block, signals come at random moments; they count while the loop waits for a call."""
        before = signal.signal(signal.SIGINT, self._on_signal)
        sender = Thread(target=self._send)
        sender.start()
        try:
            yield
        finally:
            self._soak.stop()
            sender.join()
            signal.signal(signal.SIGINT, before)

    def turn(self) -> None:
        """One call, which is interrupted or not."""
        self._turns += 1
        if self._turns % CALLS_A_WORLD == 0:
            self._simulator.reset()
        call = self._caller.place()
        try:
            self._is_waiting = True
            call.wait()
        except KeyboardInterrupt:
            self._is_waiting = False
            self._soak.done("interrupts")
            with self._soak.blaming("hanging up after an interrupt"):
                if self._random.random() < 0.5:
                    call.hang_up()
        finally:
            self._is_waiting = False
        self._caller.finish(call)

    def _on_signal(self, *_: object) -> None:
        if self._is_waiting:
            raise KeyboardInterrupt

    def _send(self) -> None:
        random = Random(self._soak.seed + 1)  # noqa: S311 - nothing is secret
        while self._soak.goes_on:
            self._soak.rest(random.random() * _SOON)
            os.kill(os.getpid(), signal.SIGINT)
