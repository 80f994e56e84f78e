"""The messages of a page in the order in which it sent them: a kernel may take them in several threads."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import field
from threading import RLock
from typing import Any

from ..records import dataclass

#: Seconds for a message that comes after its successor; one that was lost never comes.
_PATIENCE = 1.0

Message = Mapping[str, Any]


@dataclass(slots=True)
class _Sender:
    """A page: the *number* of the message that is to come, and those that came before their time."""

    number: int = 1
    early: dict[int, Message] = field(default_factory=dict)


class PageMessages:
    """Hands messages on to *receive*, on any thread, one at a time.

    A page counts what it sends: its messages have its name as ``page`` and a ``number``, from 1. Messages without a
    number are handed on as they come.
    """

    def __init__(self, receive: Callable[[Message], None]) -> None:
        self._receive = receive
        self._lock = RLock()
        self._senders: defaultdict[str, _Sender] = defaultdict(_Sender)

    def take(self, message: Message) -> None:
        """Hand *message* on, and those that waited for it; one that comes early waits for a second at most."""
        number = message.get("number")
        with self._lock:
            sender = self._senders[str(message.get("page"))]
            if not isinstance(number, int) or number < sender.number:
                self._receive(message)
                return
            sender.early[number] = message
            if number == sender.number:
                self._hand_on(sender)
            else:
                self._limit_wait(sender, number)

    def _hand_on(self, sender: _Sender) -> None:
        while sender.number in sender.early:
            message = sender.early.pop(sender.number)
            sender.number += 1
            self._receive(message)

    def _limit_wait(self, sender: _Sender, number: int) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # a program without pages
            self._skip(sender, number)
        else:
            loop.call_later(_PATIENCE, self._skip, sender, number)

    def _skip(self, sender: _Sender, number: int) -> None:
        """Go on with the first message that there is, if *number* still waits."""
        with self._lock:
            if number in sender.early:
                sender.number = min(sender.early)
                self._hand_on(sender)
