"""How the work for something grows with its size, counted and not timed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def count_calls(act: Callable[[], object]) -> int:
    """How many functions run while *act* runs, those of C among them."""
    counted = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    gc.collect()
    gc.disable()  # what it calls, such as the end of objects that are long gone, is nobody's work
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
        gc.enable()
    return counted


def growth(prepare: Callable[[int], Callable[[], object]], size: int) -> float:
    """How many times as much is to be done for four times *size*: about 4 where it is linear, 16 where quadratic.

    What *prepare* does for a size is not counted, but what it returns is. That runs once before, for what is kept.
    """
    small, large = prepare(size), prepare(4 * size)
    small()
    return count_calls(large) / count_calls(small)


#: The largest growth of what is linear.
LINEAR = 5.0
