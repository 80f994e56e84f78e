"""Several processes that simulate callers: begun, given their parts, and ended whatever happens.

They are begun anew, not copied: a copy of a process with threads, such as a kernel, may stand still. So a scenario must
be one that another process can import.
"""

from __future__ import annotations

import pickle
import signal
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any

from ..errors import SimulatorError
from ..records import dataclass
from ..tracebacks import describe_raised

if TYPE_CHECKING:
    from ._population import Population

#: Simulates the callers of a range.
Simulate = Callable[[range], "Population"]

_ENDING = 2.0  # seconds that a process is given to end
_GUARD = (
    'If this is a script, put the call of simulate() under: if __name__ == "__main__":. '
    "What the process said is above."
)


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    part: range | None = None

    def give(self, part: range | None) -> None:
        self.part = part
        with suppress(OSError):  # it has ended, which is seen when its pipe is read
            self.pipe.send(part)


def simulate_in_processes(
    payload: bytes, parts: Iterator[range], count: int
) -> Generator[Population, None, None]:
    """What became of the callers of each of *parts*, in whatever order, simulated in so many processes.

    *payload* is the pickled function that simulates a part. Raises :class:`SimulatorError` where a process ends.
    """
    with _running(payload, count) as workers:
        by_pipe: dict[object, _Worker] = {worker.pipe: worker for worker in workers}
        while by_pipe:
            for ready in wait([worker.pipe for worker in by_pipe.values()]):
                worker = by_pipe[ready]
                said = _receive(worker)
                if said is not None:
                    yield said
                worker.give(part := next(parts, None))
                if part is None:
                    del by_pipe[worker.pipe]


@contextmanager
def _running(payload: bytes, count: int) -> Iterator[list[_Worker]]:
    """So many processes, which have ended behind the block."""
    workers: list[_Worker] = []
    try:
        workers.extend(_begin(payload) for _ in range(count))
        yield workers
        for worker in workers:
            worker.process.join(_ENDING)
    finally:
        for worker in workers:
            _end(worker)


def _begin(payload: bytes) -> _Worker:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, payload), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    if worker.process.is_alive():
        worker.process.terminate()
        worker.process.join(_ENDING)
    if worker.process.is_alive():
        worker.process.kill()
    worker.process.join()
    worker.process.close()


def _receive(worker: _Worker) -> Population | None:
    try:
        said: Any = worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join(_ENDING)
        raise _ended_error(worker) from None
    if isinstance(said, SimulatorError):
        raise said
    result: Population | None = said
    return result


def _ended_error(worker: _Worker) -> SimulatorError:
    code = worker.process.exitcode
    if worker.part is None:
        return SimulatorError(f"A process ended with status {code} before it began.", hint=_GUARD)
    first, last = worker.part[0], worker.part[-1]
    return SimulatorError(
        f"A process ended with status {code} in one of the callers {first} to {last}.",
        hint="Something in the scenario or in its application ends the process. With processes=1 you see where.",
    )


def work(pipe: Connection, payload: bytes) -> None:
    """The work of one process: it simulates the parts that come through *pipe*, until there is no other.

    Ctrl-C in a terminal reaches all processes; the first one ends the others.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):  # the first process has ended
        simulate = _load(payload)
        if isinstance(simulate, SimulatorError):
            pipe.send(simulate)
            return
        pipe.send(None)
        while (part := pipe.recv()) is not None:
            pipe.send(simulate(part))


def _load(payload: bytes) -> Simulate | SimulatorError:
    try:
        loaded: Simulate = pickle.loads(payload)  # noqa: S301 - it comes from the process that began this one
    except BaseException as error:
        return SimulatorError(
            f"The scenario cannot be imported in another process: {describe_raised(error).line}.",
            excerpt=describe_raised(error).traceback.splitlines(),
            hint="Put it into a module that can be imported, or give processes=1.",
        )
    return loaded
