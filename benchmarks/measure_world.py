"""What every test with a world pays: a fresh world with one call, and a create and a fetch in process."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import twilio_magic as tm

from .ratio import Ratio
from .timing import rounds, seconds

_TWIML = "<Response><Say>Hello!</Say></Response>"
_MILLI, _MICRO = 1e-3, 1e-6


def measure() -> Iterator[Ratio]:
    client = tm.Client(simulator=tm.Simulator(seed=0))
    call = _place(client)
    call.wait()
    yield _against("a fresh world and one call / 2 ms", _run_fresh_world, 2 * _MILLI)
    yield _against("a create in process / 430 µs", lambda: _place(client), 430 * _MICRO)
    yield _against("a fetch in process / 220 µs", call.fetch, 220 * _MICRO)


def _against(name: str, act: Callable[[], object], budget: float) -> Ratio:
    act()
    return Ratio(name, min(seconds(act) for _ in range(rounds(200))), budget, aim=1)


def _run_fresh_world() -> None:
    _place(tm.Client(simulator=tm.Simulator(seed=0))).wait()


def _place(client: tm.Client) -> tm.Call:
    return client.calls.create(to="+13105555555", from_="+12125551234", twiml=_TWIML)
