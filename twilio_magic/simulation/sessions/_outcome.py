"""How a ConversationRelay session ended, as its action callback is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...tracebacks import Raised


class Outcome:
    """The *status* of a session, ``completed`` unless something else happens, and what is told with it."""

    def __init__(self) -> None:
        self.status = "completed"
        self._told: dict[str, str] = {}

    def end(self, handoff: str | None) -> None:
        """The application ended the session, and hands *handoff* over."""
        self.status, self._told = "ended", {}
        if handoff is not None:
            self._told["HandoffData"] = handoff

    def fail(self, code: int, message: str) -> None:
        """The session failed with *code*."""
        self.status = "failed"
        self._told = {"ErrorCode": str(code), "ErrorMessage": message}

    def parameters(self, sid: str, seconds: float) -> Mapping[str, str]:
        """The parameters of the action callback, for the session *sid* of so many *seconds*."""
        return {
            "SessionId": sid,
            "SessionDuration": str(round(seconds)),
            "SessionStatus": self.status,
            **self._told,
        }


def describe_loss(code: int, reason: str, raised: Raised | None) -> str:
    """How the application closed the socket, and which exception it *raised* if it did."""
    said = f" “{reason}”" if reason else ""
    why = f": the application raised {raised.line}" if raised else ""
    return f"the application closed the WebSocket ({code}{said}){why}"
