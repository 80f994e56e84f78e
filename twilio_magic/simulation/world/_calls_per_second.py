"""How fast an account's calls leave the queue. Source: Twilio's page "Call resource", calls per second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

if TYPE_CHECKING:
    from ..clock._clock import Clock, Process

_SECONDS_BETWEEN = 1.0
_LONGEST_WAIT = 24 * 60 * 60  # seconds of calls that may wait before another is refused


class Pace:
    """The way out of the queue of calls: one call a second, in the order in which they came.

    It holds for calls that the API places, not for those that come in. A call that is canceled while it waits gives up
    its place.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._door = simpy.Resource(clock.env)

    @property
    def is_full(self) -> bool:
        """Whether so many calls wait that Twilio would refuse another (22005)."""
        return len(self._door.queue) >= _LONGEST_WAIT / _SECONDS_BETWEEN

    def wait_for_turn(self) -> Process[None]:
        """Wait until it is this call's turn."""
        request = self._door.request()
        try:
            yield request
        except Exception:  # the call is canceled, or ends in another way
            request.cancel()
            self._door.release(request)
            raise
        self._clock.start(self._close_behind(request))

    def _close_behind(self, request: simpy.resources.resource.Request) -> Process[None]:
        yield self._clock.seconds(_SECONDS_BETWEEN)
        self._door.release(request)
