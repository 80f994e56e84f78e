"""The text messages that came to one phone, in the order in which they came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...scripts import plain_words

if TYPE_CHECKING:
    import simpy

    from ..clock._clock import Clock, Process


class Inbox:
    """The text messages that a phone has, each of which its scripts read once, also if it came before the call."""

    def __init__(self) -> None:
        self._unread: list[str] = []
        self._waiting: list[simpy.Event] = []

    def deliver(self, text: str) -> None:
        """Take in a message with this *text*."""
        self._unread.append(text)
        waiting, self._waiting = self._waiting, []
        for event in waiting:
            event.succeed()

    def text_comes(self, clock: Clock, words: str, deadline: simpy.Event) -> Process[str | None]:
        """Wait for a message with these *words*, or for any; gives its text, and ``None`` after *deadline*.

        Those that came before it count as read then.
        """
        while (found := self._find(words)) is None:
            if deadline.processed:
                return None
            news = clock.event()
            self._waiting.append(news)
            yield news | deadline
        text = self._unread[found]
        del self._unread[: found + 1]
        return text

    @property
    def last_text(self) -> str:
        """The message that came last and was not read; empty without one."""
        return self._unread[-1] if self._unread else ""

    def _find(self, words: str) -> int | None:
        wanted = plain_words(words)
        for place, text in enumerate(self._unread):
            found = plain_words(text)
            starts = range(len(found) - len(wanted) + 1)
            if any(found[start : start + len(wanted)] == wanted for start in starts):
                return place
        return None
