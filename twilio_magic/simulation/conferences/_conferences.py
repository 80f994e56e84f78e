"""The conferences of an account, running and past, by their sids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._conference import Conference

if TYPE_CHECKING:
    from ..legs._leg import Leg
    from ._participant import Manner


class Conferences(dict[str, Conference]):
    """Conferences by sid; a name belongs to one that is not over, and may be used again afterwards."""

    def running(self, name: str) -> Conference | None:
        """The one called *name* that is not over, or ``None``."""
        found = (each for each in reversed(self.values()) if each.name == name and not each.is_over)
        return next(found, None)

    def called(self, name: str, opener: Leg, manner: Manner) -> Conference:
        """The one called *name*; if there is none, the call on *opener* opens it."""
        conference = self.running(name)
        if conference is None:
            conference = Conference(name, opener, manner)
            self[conference.sid] = conference
        return conference
