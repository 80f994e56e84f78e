"""How time grows with size: the exponent, 1 where it is linear and 2 where it is quadratic."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from math import log

from .timing import QUICK, seconds

#: Each size is so many times the one before.
_STEP = 4
_REPEAT = 3


@dataclass(frozen=True, slots=True)
class Exponent:
    """The *seconds* that something took in each of the *sizes*; *aim* is the largest exponent that we want."""

    name: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]
    aim: float
    note: str = ""

    @property
    def value(self) -> float:
        """The slope of the logarithm of time over that of size, by least squares."""
        across, up = [*map(log, self.sizes)], [*map(log, self.seconds)]
        middle, height = sum(across) / len(across), sum(up) / len(up)
        pairs = zip(across, up, strict=True)
        slope = sum((x - middle) * (y - height) for x, y in pairs)
        return slope / sum((x - middle) ** 2 for x in across)

    @property
    def is_within_aim(self) -> bool:
        """Whether the aim is met."""
        return self.value <= self.aim

    @property
    def ours(self) -> float:
        """The seconds for the largest size."""
        return self.seconds[-1]

    @property
    def theirs(self) -> float:
        """The seconds for the smallest size."""
        return self.seconds[0]


def measure_exponent(
    name: str,
    prepare: Callable[[int], Callable[[], object]],
    size: int,
    *,
    aim: float = 1.1,
    repeat: int = _REPEAT,
) -> Exponent:
    """Time what *prepare* returns for *size*, and for 4 and 16 times as much; a quarter of each in a quick run.

    It is the time of the processor, the least of several turns: what else the machine does changes little.
    """
    first = size // 4 if QUICK.get() else size
    prepare(first)()
    sizes = (first, first * _STEP, first * _STEP**2)
    seconds = tuple(_least(prepare(each), repeat) for each in sizes)
    shown = ", ".join(
        f"{each:,}: {_milli(spent)}" for each, spent in zip(sizes, seconds, strict=True)
    )
    return Exponent(name, sizes, seconds, aim, shown)


def _least(act: Callable[[], object], repeat: int) -> float:
    spent = []
    for _ in range(repeat):
        gc.collect()
        gc.freeze()  # what lives already is not searched again and again for this
        spent.append(seconds(act))
        gc.unfreeze()
    return min(spent)


def _milli(seconds: float) -> str:
    return f"{seconds * 1e3:,.1f} ms"
