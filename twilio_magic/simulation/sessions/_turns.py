"""The turns of a conversation: how long a caller who has stopped speaking waits for the agent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...sessions import Turn

if TYPE_CHECKING:
    from ...sessions import WebSocketSession
    from ..legs._leg import Leg


class TurnLog:
    """Notes the turns of *session* on *leg*. One begins with what a caller said, and ends with the agent's sound."""

    def __init__(self, leg: Leg, session: WebSocketSession) -> None:
        self._leg = leg
        self._session = session
        self._open: tuple[str, float] | None = None

    def begin(self, prompt: str, since: float) -> None:
        """A turn begins: the caller, who said *prompt*, has stopped speaking at the moment *since*."""
        self._open = (prompt, since)

    def end(self) -> None:
        """The caller hears the agent after a silence: the turn ends, if one has begun."""
        if self._open is None:
            return
        (prompt, since), self._open = self._open, None
        at, now = round(since - self._leg.created, 3), self._leg.clock.now
        self._session.turns.append(Turn(at, prompt, round(now - since, 3)))
