"""One conference of 250, in which some speak and all hear: what a participant costs, and whether that grows."""

from __future__ import annotations

from collections.abc import Iterator

import twilio_magic as tm

from .ratio import Ratio
from .timing import rounds, seconds

LARGEST, SMALL, SPEAKERS = 250, 25, 5
FROM = "+12125551234"
TWIML = "<Response><Dial><Conference beep='false'>Room</Conference></Dial></Response>"
SPEAKS = f"answer; wait {LARGEST + 10}; say 'Good morning to all of you'; wait 5; hang up"
LISTENS = f"answer; wait {LARGEST + 60}; hang up"


def measure() -> Iterator[Ratio]:
    large, small = _cost_of_one(LARGEST), _cost_of_one(SMALL)
    yield Ratio(
        f"a participant in a conference of {LARGEST} / of {SMALL}",
        large,
        small,
        aim=1.5,
        note=f"{SPEAKERS} of them speak, and everybody hears them",
    )


def _cost_of_one(participants: int) -> float:
    """The seconds that one of so many takes, from its creation to its end."""
    return min(seconds(lambda: _meet(participants)) / participants for _ in range(rounds(3)))


def _meet(participants: int) -> None:
    simulator = tm.Simulator()
    client = tm.Client(simulator=simulator)
    for number in range(participants):
        to = f"client:guest-{number}"
        simulator.phones[to] = SPEAKS if number < SPEAKERS else LISTENS
        client.calls.create(to=to, from_=FROM, twiml=TWIML)
    simulator.run()
