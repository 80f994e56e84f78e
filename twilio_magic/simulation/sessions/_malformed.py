"""What Twilio answers to messages that it does not take. Source: captures of real calls that were published."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ._spec import relay_spec

if TYPE_CHECKING:
    from ..legs._verb import Verb
    from ._agenda import Agenda
    from ._frames import FrameLine


class MalformedMessages:
    """Answers malformed messages with errors. *count* is how many came in a row; after ten it will *give_up*."""

    def __init__(self, noun: Verb, agenda: Agenda, give_up: Callable[[], None]) -> None:
        self.count = 0
        self._noun = noun
        self._agenda = agenda
        self._give_up = give_up

    def answer(self, frames: FrameLine, frame: str | bytes, reason: str) -> None:
        """Answer *frame*, which is malformed for this *reason*; the tenth in a row is the last."""
        spec, text = relay_spec(), frame if isinstance(frame, str) else repr(frame)
        frames.keep(text)
        self.count += 1
        code = self._noun.code("message")
        self._noun.record_event("failed", f"{code}: {reason}: {text[:200]}", code=code)
        told = f"Invalid message received, code: {code}, {text}"
        error = {"type": "error", "description": told}
        self._agenda.after(spec.timing.error, lambda: frames.send(error))
        if self.count == spec.most_malformed:
            seconds = spec.timing.error + spec.timing.give_up
            self._agenda.after(seconds, self._give_up)
