"""A process beside the tests, in which a deadlock fails instead of hanging."""

from __future__ import annotations

import faulthandler
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from tests.waiting import SECONDS

P = ParamSpec("P")
T = TypeVar("T")


def ends(scenario: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What *scenario*, a function of a test module, returns in that process; fails if it never does."""
    return ends_within(SECONDS, scenario, *args, **kwargs)


def ends_within(seconds: float, scenario: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same with a limit of its own. Where each thread stands then is in the captured output."""
    try:
        return _process().submit(_watched, seconds, partial(scenario, *args, **kwargs)).result()
    except BrokenProcessPool:
        _process.cache_clear()  # the process is gone; the next test gets another
        raise AssertionError(f"{scenario.__name__} never ends: a deadlock") from None


@cache
def _process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def _watched(seconds: float, scenario: Callable[[], T]) -> T:
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        return scenario()
    finally:
        faulthandler.cancel_dump_traceback_later()
