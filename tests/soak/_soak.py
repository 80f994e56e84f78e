"""What all strands of a soak share: when to stop, what was done, and what went wrong."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock
from time import monotonic
from traceback import format_exception

import twilio_magic as tm

#: The mark of an exception that an application of the soak raises on purpose.
ON_PURPOSE = "on purpose, by the soak"
#: A call of a strand ends after so many simulated seconds at most.
LONGEST = 90
_FAULT = "fault of the simulator"
_MOST_SHOWN = 10


class Soak:
    """One soak of so many *seconds*: strands ask whether it *goes on*, and tell what they did."""

    def __init__(self, seconds: float, seed: int) -> None:
        self.seed = seed
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._begin, self._seconds = monotonic(), seconds
        self._stopped = Event()
        self._lock = Lock()
        self._last: dict[str, float] = {}

    @property
    def goes_on(self) -> bool:
        """Whether there is time left, and nobody stopped it."""
        return not self._stopped.is_set() and self.share_done < 1

    @property
    def share_done(self) -> float:
        """Which part of the time has passed."""
        return (monotonic() - self._begin) / self._seconds

    def stop(self) -> None:
        """Let every strand come to its end."""
        self._stopped.set()

    def rest(self, seconds: float) -> None:
        """Wait so long, or until somebody stops the soak."""
        self._stopped.wait(seconds)

    def done(self, what: str, strand: str = "") -> None:
        """Count one more of *what*; the *strand* that did it is alive."""
        with self._lock:
            self.counts[what] += 1
            if strand:
                self._last[strand] = monotonic()

    def silent_for(self, strand: str) -> float:
        """How many seconds ago *strand* did something for the last time."""
        return monotonic() - self._last.setdefault(strand, monotonic())

    def complain(self, what: str) -> None:
        """Something of ours went wrong."""
        with self._lock:
            self.wrong.append(what)
            if len(self.wrong) <= _MOST_SHOWN:
                print(f"✗ {what}", file=sys.__stderr__, flush=True)
            if len(self.wrong) == _MOST_SHOWN:
                self._stopped.set()

    @contextmanager
    def blaming(self, what: str) -> Iterator[None]:
        """Whatever leaves the block is ours, unless an application of the soak raised it on purpose."""
        try:
            yield
        except BaseException as error:  # whatever it is
            if is_on_purpose(error):
                self.done("exceptions of applications that reached the caller")
            else:
                self.complain(f"{what}: {''.join(format_exception(error))}")

    def run_strand(self, name: str, turn: Callable[[], None]) -> None:
        """Do *turn* again and again."""
        self.silent_for(name)
        while self.goes_on:
            with self.blaming(name):
                turn()
            self.done(f"turns of {name}", name)

    def inspect(self, call: tm.Call) -> None:
        """A call that was waited for is over, and nothing in it is a fault of ours. All its views can be drawn."""
        if not call.is_over:
            self.complain(f"{call!r} is not over after wait()")
        for event in call.timeline:
            if _FAULT in event.text:
                self.complain(f"{call!r}: {event.text}\n{event.data.get('traceback', '')}")
        call._bundle()
        self.done(f"calls that ended {call.status}")


def is_on_purpose(error: BaseException | None) -> bool:
    """Whether an application of the soak raised *error*, or what it came from."""
    while error is not None:
        if ON_PURPOSE in error.args:
            return True
        error = error.__cause__ or error.__context__
    return False
