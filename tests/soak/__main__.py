"""``python -m tests.soak``: everything at once, and figures at the end. Exit status 1 if something was wrong."""

from __future__ import annotations

import argparse
import faulthandler
import io
import logging
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack, redirect_stderr
from threading import Thread

from ._callers import Caller, Worlds, hostile_world
from ._dripping import dripping_calls
from ._interrupted import MainLoop
from ._served import loading
from ._soak import ON_PURPOSE, Soak
from ._vitals import Vitals, find_growth, take_vitals

_USUAL, _QUICK = 600.0, 40.0  # seconds
_CALLERS, _CLIENTS = 3, 3
#: Who does nothing for so many seconds hangs. Nothing here takes so long, on whatever machine.
_HANGS = 120
#: After this part of the time every kind of call was made, and what is kept once is kept.
_WARM = 0.4


def main() -> int:
    options = _options()
    soak = Soak(options.seconds, options.seed)
    stderr = io.StringIO()
    with redirect_stderr(stderr):
        before, warm, after = _run(soak)
    _judge(soak, before, warm, after, stderr.getvalue())
    _print_figures(soak, options.seconds, before, warm, after)
    return 1 if soak.wrong else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=_USUAL, help="how long it lasts")
    parser.add_argument(
        "--quick", dest="seconds", action="store_const", const=_QUICK, default=_USUAL
    )
    parser.add_argument("--seed", type=int, default=0, help="another order of everything")
    return parser.parse_args()


def _run(soak: Soak) -> tuple[Vitals, Vitals, Vitals]:
    """The soak; gives the vitals before, when warm, and when everything has come to its end."""
    _watch_logs(soak)
    before = take_vitals()
    warm: list[Vitals] = []
    with ExitStack() as stack:
        main_loop = MainLoop(soak)
        turns = _strands(soak, stack)
        threads = [Thread(target=soak.run_strand, args=each) for each in turns.items()]
        threads.append(Thread(target=_watch, args=(soak, [*turns, "the main loop"], warm)))
        for thread in threads:
            thread.start()
        with main_loop.interrupted():
            soak.run_strand("the main loop", main_loop.turn)
        for thread in threads:
            thread.join()
    faulthandler.cancel_dump_traceback_later()
    return before, warm[0] if warm else before, take_vitals()


def _strands(soak: Soak, stack: ExitStack) -> Mapping[str, Callable[[], None]]:
    """What every thread does, by name."""
    worlds, served = Worlds(soak.seed), hostile_world(soak.seed + 1)
    callers = {
        f"caller {number}": Caller(soak, worlds.find, number).turn
        for number in range(1, _CALLERS + 1)
    }
    clients = stack.enter_context(loading(soak, served, _CLIENTS))
    dripping = stack.enter_context(dripping_calls(soak))
    return {**callers, **clients, "calls to a dripping server": dripping}


def _watch(soak: Soak, strands: list[str], warm: list[Vitals]) -> None:
    """Let the process die, with the place where each thread stands, if a strand does nothing for long."""
    while soak.goes_on:
        longest = max(map(soak.silent_for, strands))
        faulthandler.dump_traceback_later(max(_HANGS - longest, 1), exit=True, file=2)
        if not warm and soak.share_done > _WARM:
            warm.append(take_vitals())
        soak.rest(1)
    faulthandler.dump_traceback_later(_HANGS, exit=True, file=2)


def _watch_logs(soak: Soak) -> None:
    """An error that is logged, or that ends a thread, is ours."""

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if ON_PURPOSE not in (text := self.format(record)):
                soak.complain(text)

    logging.getLogger("twilio_magic").addHandler(Listener(logging.ERROR))

    def complain(args: threading.ExceptHookArgs) -> None:
        name = args.thread.name if args.thread else "a thread"
        soak.complain(f"{name} ended with {args.exc_type.__name__}: {args.exc_value}")

    threading.excepthook = complain


def _judge(soak: Soak, before: Vitals, warm: Vitals, after: Vitals, printed: str) -> None:
    for what in find_growth(before, warm, after):
        soak.complain(what)
    if "Traceback" in printed:
        soak.complain(f"a traceback was printed:\n{printed[:5000]}")


def _print_figures(soak: Soak, seconds: float, before: Vitals, warm: Vitals, after: Vitals) -> None:
    for what, number in sorted(soak.counts.items()):
        print(f"{number:>9,}  {what}")
    print(f"before: {before}\nwarm:   {warm}\nend:    {after}")
    outcome = f"{len(soak.wrong)} things were wrong" if soak.wrong else "nothing was wrong"
    print(f"{seconds:g} seconds, seed {soak.seed}: {outcome}")


if __name__ == "__main__":
    sys.exit(main())
