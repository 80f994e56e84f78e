"""How long a live client waits, and how often it asks again."""

from __future__ import annotations

from ...records import dataclass


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Timeouts and retries of a live client, in seconds.

    *connect* is the timeout to reach the API, *answer* the timeout for its whole response, *download* that for the file
    of a recording; they hold at whatever pace bytes arrive. *pauses* are the waits before each retry. Only what has no
    effect a second time is retried: reading and deleting. While a call runs its status is polled after *first_poll*
    seconds, then ever less often, down to once in *slowest_poll*.
    """

    connect: float = 5.0
    answer: float = 30.0
    download: float = 300.0
    pauses: tuple[float, ...] = (0.5, 1.0, 2.0)
    first_poll: float = 0.5
    slowest_poll: float = 5.0
