"""The messages of a phone in one call: text messages, and user-defined messages of a Voice SDK client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._inbox import Inbox

if TYPE_CHECKING:
    from ...scripts import Step
    from ..clock._clock import Process
    from ._line import PhoneLine

#: The actions of the steps that wait for a message.
MESSAGES = ("hear text", "hear message")


class Mail:
    """What the steps of a script about messages do on *line*. Text messages belong to the phone, others to the call."""

    def __init__(self, line: PhoneLine) -> None:
        self._line = line
        self._of_call = Inbox()

    def take(self, content: str) -> None:
        """Take in a user-defined message with this *content*."""
        self._of_call.deliver(content)

    def send(self, step: Step) -> None:
        """Send what *step* says."""
        if step.action == "text":
            self._line.send_text(step.text, step.to)
        else:
            self._line.send_message(step.text)

    def read(self, step: Step) -> Process[str | None]:
        """Wait for the message that *step* waits for, and read it; ``None`` if it does not come in time."""
        clock = self._line.clock
        text = yield from self._box(step).text_comes(clock, step.text, clock.seconds(step.seconds))
        if text is not None:
            shown = " ".join(text.split())
            self._line.record_event("texted", f"{self._line.far_end} reads “{shown}”", read=text)
        return text

    def last_news(self, step: Step) -> str:
        """A sentence about the last message of the kind that *step* waits for."""
        text = self._box(step).last_text
        return f"“{text}” came last." if text else "No message came."

    def _box(self, step: Step) -> Inbox:
        if step.action == "hear message":
            return self._of_call
        return self._line.world.phones.inbox(self._line.far_end)
