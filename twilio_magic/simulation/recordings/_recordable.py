"""What a recording needs to know of the leg or conference that it records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ...timeline import Timeline
    from ..audio._ear import Ear
    from ..audio._line_sound import LineSounds
    from ..clock._clock import Clock
    from ._recording import Recording


class Recordable(Protocol):
    """What can be recorded: a leg, or the sum of the legs in a conference."""

    sid: str
    account_sid: str
    created: float
    clock: Clock

    @property
    def timeline(self) -> Timeline:
        """What happens on it, its sounds among it."""

    @property
    def ear(self) -> Ear:
        """What Twilio hears on it."""

    @property
    def line_sounds(self) -> LineSounds:
        """What its events sound like."""

    def stop_recording(self, recording: Recording) -> None:
        """End *recording* now, and report it."""
