"""What the applications on a loop owe, and how long simulated time stands still for it, in real seconds."""

from __future__ import annotations

from collections.abc import MutableMapping
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Protocol
from weakref import WeakKeyDictionary

from ...records import dataclass
from ._log import log_warning
from ._noted import Noted, note_in

#: Where it is told what was given up while a webhook was answered; else the log has it.
_NOTED: Noted = ContextVar("noted", default=None)
#: How many real seconds applications are waited for, unless the simulator is set to another time.
PATIENCE = 10.0
#: How long a socket is looked at for a session that waits for nothing.
_SILENCE = 0.02


class OwingSession(Protocol):
    """A WebSocket session of an application."""

    @property
    def patience(self) -> float:
        """How many real seconds the application has for an answer; 0 if it owes none."""

    def give_up(self, why: str) -> None:
        """Time goes on without what the application owes."""


@dataclass(slots=True)
class WaitingTime:
    """How many real *seconds* applications of a world are waited for. It is no part of the world, which a loop must not
    keep.
    """

    seconds: float = PATIENCE


@dataclass
class _State:
    """What is known of a session: whether its application listens, and the real seconds that were *waited* in vain."""

    is_listening: bool = False
    waited: float = 0.0
    is_told: bool = False

    def wait_anew(self) -> None:
        """Something came."""
        self.waited, self.is_told = 0.0, False


class OpenWork:
    """The requests and sessions that applications work on, and whether time stands still for them.

    *patience* is how many real seconds they are waited for in all, until something comes of them.
    """

    def __init__(self, patience: WaitingTime) -> None:
        self.patience = patience
        self.requests = 0
        self._waited, self._is_told = 0.0, False
        #: A session whose application listens may be forgotten with its world.
        self._sessions: MutableMapping[OwingSession, _State] = WeakKeyDictionary()

    def begin(self, session: OwingSession) -> None:
        """The application works for *session* from now on."""
        self._sessions[session] = _State()

    def end(self, session: OwingSession) -> None:
        """*session* is over."""
        self._sessions.pop(session, None)

    def note_listening(self, session: OwingSession, *, is_listening: bool) -> None:
        """Note whether the application of *session* waits for its next message; else it owes something."""
        state = self._sessions.get(session)
        if state is not None:  # a task of its own may listen when it is over
            state.is_listening = is_listening
            state.wait_anew()

    def note_progress_of(self, session: OwingSession) -> None:
        """Something came for *session*: what it owes is waited for anew."""
        state = self._sessions.get(session)
        if state is not None:
            state.wait_anew()

    def note_progress(self) -> None:
        """Something came: all that is owed is waited for anew."""
        for state in tuple(self._sessions.values()):
            state.wait_anew()
        self._waited, self._is_told = 0.0, False

    def left(self, *, has_sockets: bool, is_asleep: bool) -> float:
        """How many real seconds more are waited for what no timer and no known thread brings; 0 for nothing.

        *has_sockets* says whether applications have sockets open, and *is_asleep* whether a task of theirs sleeps.
        """
        left = self.patience.seconds - self._waited if has_sockets and self.requests else 0.0
        for session, state in tuple(self._sessions.items()):
            limit = self._limit(session, state, has_sockets=has_sockets, is_asleep=is_asleep)
            left = max(left, limit - state.waited)
        return left

    def spend(self, seconds: float) -> None:
        """So many real *seconds* were waited in vain."""
        self._waited += seconds
        for each in tuple(self._sessions.values()):
            each.waited += seconds

    def give_up_late(self, *, has_sockets: bool, is_asleep: bool) -> None:
        """Tell once of each session, and of requests, that they were waited for long enough."""
        most = self.patience.seconds
        if has_sockets and self.requests and self._waited >= most and not self._is_told:
            self._is_told = True
            self._note("the application still waits for a socket")
        for session, state in tuple(self._sessions.items()):
            limit = self._limit(session, state, has_sockets=has_sockets, is_asleep=is_asleep)
            if limit > _SILENCE and state.waited >= limit and not state.is_told:
                state.is_told = True
                session.give_up(
                    "" if state.is_listening else self._after("the application is still at work")
                )

    def give_up(self, why: str) -> None:
        """Tell those who are waited for that time goes on without them, or the webhook that is answered, or the log."""
        owing = [each for each, state in self._sessions.items() if not state.is_listening]
        owing += [each for each in self._sessions if each.patience and each not in owing]
        for session in owing or tuple(self._sessions):
            state = self._sessions[session]
            state.waited, state.is_told = max(state.waited, self.patience.seconds), True
            session.give_up(self._after(why))
        if not self._sessions:
            self._note(why)

    def _limit(
        self, session: OwingSession, state: _State, *, has_sockets: bool, is_asleep: bool
    ) -> float:
        if not state.is_listening and not is_asleep:
            return self.patience.seconds
        return max(session.patience, _SILENCE) if has_sockets else 0.0

    def _after(self, why: str) -> str:
        return f"{why} after {self.patience.seconds:g} real seconds"

    def _note(self, why: str) -> None:
        told, noted = f"{self._after(why)}; time goes on", _NOTED.get()
        if noted is None:
            log_warning(f"A mounted application is not waited for any more: {told}.")
        else:
            noted.append(told)


def note_given_up() -> AbstractContextManager[list[str]]:
    """Collect what is given up inside the block, in which a webhook is answered."""
    return note_in(_NOTED)
