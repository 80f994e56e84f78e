"""What the thinking of a voice agent costs in simulated time."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ...errors import SimulatorError

#: Seconds for each answer, nothing, or the real time that it takes.
ReplyTime: TypeAlias = float | Literal["free", "measured"]


def read_reply_time(cost: ReplyTime) -> ReplyTime:
    """*cost* as it is; raises :class:`SimulatorError` for what is none."""
    if cost in ("free", "measured"):
        return cost
    if isinstance(cost, int | float) and not isinstance(cost, bool) and 0 <= cost <= 3600:
        return float(cost)
    raise SimulatorError(f"{cost!r} is no reply time.", hint='Give seconds, "free", or "measured".')


def read_seconds(seconds: float) -> float:
    """*seconds* as they are; raises :class:`SimulatorError` for what is no time that anybody waits."""
    if isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 <= seconds <= 3600:
        return float(seconds)
    raise SimulatorError(f"{seconds!r} is no patience.", hint="Give seconds, at most 3600.")
