"""What a party hears of others ends when it is no longer joined with them, or when they hang up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ._leg import Leg


def stop_hearing(leg: Leg, speaker: str | None = None) -> None:
    """What *leg* hears of the leg with the sid *speaker*, or of all others, ends now, in its recordings, too."""
    stop_all_hearing([leg], leg.clock.now, speaker)


def stop_all_hearing(legs: Iterable[Leg], now: float, speaker: str | None) -> None:
    """The same for all *legs*, *now*: where many are joined, this runs for each pair of them."""
    for leg in legs:
        for place, end in leg.overheard:
            if end > now and speaker in (None, (event := leg.timeline[place]).data["from_leg"]):
                heard = round(now - leg.created - event.at, 3)
                leg.update_event(place, event.text, seconds=max(heard, 0.0))
