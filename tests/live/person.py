"""Somebody who is asked before a real phone rings."""

from __future__ import annotations

import twilio_magic as tm
from twilio_magic.api import Guard

from .conftest import ENVIRON, UNPAUSED
from .server import Server


class Person:
    """Answers questions, and remembers them."""

    def __init__(self, *answers: bool, is_there: bool = True, limit: int = 10) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.guard = Guard(ask=self.ask, is_attended=lambda: is_there, limit=lambda: limit)

    def ask(self, question: str) -> bool:
        self.asked.append(question)
        return self.answers.pop(0)

    def client_of(self, server: Server) -> tm.Client:
        """A live client of *server* that asks this person."""
        return tm.Client(
            credentials=tm.Credentials.find(ENVIRON),
            timeouts=UNPAUSED,
            base_url=server.base,
            permit=self.guard,
        )
