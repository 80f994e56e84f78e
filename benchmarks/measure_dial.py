"""A thousand callers who talk with a thousand others at the same moment: what a leg costs, and whether that grows."""

from __future__ import annotations

from collections.abc import Iterator

import twilio_magic as tm

from .ratio import Ratio
from .timing import QUICK, bytes_held, side_by_side

LARGEST, SMALL = 1_000, 100
NUMBER, VOICE = "+12125551234", "https://ivr.example.com/voice"
CALLER = "answer; wait 5; say 'Is that the right number?'; wait 60; hang up"
AGENT = "ring 3; answer; wait 9; say 'It is indeed. How can I help?'"
_BYTES = 30_000  # the most that a leg should hold on to when its call is over


def measure() -> Iterator[Ratio]:
    many = LARGEST // 4 if QUICK.get() else LARGEST
    all_at_once, few = side_by_side(lambda: _talk(many), lambda: _talk(SMALL), 3)
    large, small = all_at_once / (2 * many), few / (2 * SMALL)
    yield Ratio(
        f"a leg of {many:,} two-leg calls at once / of {SMALL}",
        large,
        small,
        aim=1.3,
        note=f"{1 / large:,.0f} legs a second, on one core",
    )
    worlds: list[tm.Simulator] = []
    held = bytes_held(lambda: worlds.append(_talk(SMALL)), 2) / (2 * SMALL)
    yield Ratio("bytes that a finished leg holds / 30 kB", held, _BYTES, 1, unit="bytes")


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
