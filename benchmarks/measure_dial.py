"""A thousand callers who talk with a thousand others at the same moment: what a leg costs, and whether that grows."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator

import twilio_magic as tm

from .ratio import Ratio
from .timing import side_by_side

LARGEST, SMALL = 1_000, 100
NUMBER, VOICE = "+12125551234", "https://ivr.example.com/voice"
CALLER = "answer; wait 5; say 'Is that the right number?'; wait 60; hang up"
AGENT = "ring 3; answer; wait 9; say 'It is indeed. How can I help?'"
_BYTES = 30_000  # the most that a leg should hold on to when its call is over


def measure() -> Iterator[Ratio]:
    all_at_once, few = side_by_side(lambda: _talk(LARGEST), lambda: _talk(SMALL), 3)
    large, small = all_at_once / (2 * LARGEST), few / (2 * SMALL)
    yield Ratio(
        f"a leg of {LARGEST:,} two-leg calls at once / of {SMALL}",
        large,
        small,
        aim=1.3,
        note=f"{1 / large:,.0f} legs a second, on one core",
    )
    held = _held()
    note = f"{held:,.0f} bytes (in the columns: millionths of a byte)"
    yield Ratio("bytes that a finished leg holds / 30,000", held / 1e6, _BYTES / 1e6, 1, note)


def _talk(calls: int) -> tm.Simulator:
    """All call in at the same moment, are connected, and hang up."""
    simulator = tm.Simulator()
    simulator.phones["+1415*"], simulator.phones["client:*"] = CALLER, AGENT
    simulator.numbers[NUMBER].voice_url = VOICE

    @simulator.webhook(VOICE)
    def voice(asked: dict[str, str]) -> str:
        return f"<Response><Dial><Client>agent{asked['From'][-4:]}</Client></Dial></Response>"

    for place in range(calls):
        simulator.receive(f"+1415555{place:04}", NUMBER)
    simulator.run()
    return simulator


def _held() -> float:
    _talk(1)  # what is loaded once is nobody's
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    world = _talk(SMALL)
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del world
    return (after - before) / (2 * SMALL)
