"""What a party hears of others ends when it is no longer joined with them, or when they hang up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._leg import Leg


def stop_hearing(leg: Leg, speaker: str | None = None) -> None:
    """What *leg* hears of the leg with the sid *speaker*, or of all others, ends now, in its recordings, too."""
    now = leg.clock.now
    for place, end in leg.overheard:
        event = leg.timeline[place]
        if end > now and speaker in (None, event.data["from_leg"]):
            heard = round(now - leg.created - event.at, 3)
            leg.update_event(place, event.text, seconds=max(heard, 0.0))
