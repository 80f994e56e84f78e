"""Calls whose webhooks go to a server that drips, breaks off or never answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.raw_server import writing

from ._hostile import write_badly
from ._soak import LONGEST, Soak

#: How long a webhook may take here, in milliseconds.
_LIMITS = "#ct=300&rt=300&tt=600"


@contextmanager
def dripping_calls(soak: Soak) -> Iterator[Callable[[], None]]:
    """Gives the turn of a strand: one call."""
    random = Random(soak.seed)  # noqa: S311 - nothing is secret
    simulator = tm.Simulator(soak.seed, network=True)
    calls = tm.Client(simulator=simulator).calls
    with writing(lambda: write_badly(random)) as (server, _):

        def turn() -> None:
            call = calls.create(
                to=TO,
                from_=FROM,
                url=f"{server}/voice{_LIMITS}",
                fallback_url=f"{server}/fallback{_LIMITS}",
                status_callback=f"{server}/status{_LIMITS}",
                time_limit=LONGEST,
            ).wait()
            soak.inspect(call)
            call.delete()
            soak.done("calls with a dripping server")

        yield turn
