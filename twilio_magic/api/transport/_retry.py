"""How long a live client waits, and how often it asks again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """All in seconds: *connect* to reach the API, *answer* for it to say something, then *pauses* between tries.

    Only what has no effect a second time is tried again: reading and deleting. While a call runs its status is asked
    for after *first_poll* seconds, then ever less often, down to once in *slowest_poll*.
    """

    connect: float = 5.0
    answer: float = 30.0
    pauses: tuple[float, ...] = (0.5, 1.0, 2.0)
    first_poll: float = 0.5
    slowest_poll: float = 5.0
