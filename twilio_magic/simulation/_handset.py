"""A phone in a call: it plays its script, hears what is said on the line, presses keys and speaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..twiml import Speech, speak_text
from ._script import Action, Script, Step

if TYPE_CHECKING:
    from ._clock import Clock, Process
    from ._leg import Leg

#: How long a phone rings before somebody answers it, unless its script says otherwise.
ANSWER_SECONDS = 2.0
_KEY_SECONDS = 0.3  # a tone and the gap behind it
_REACTION_SECONDS = 0.5
_PAUSES = {"w": 0.5, "W": 1.0}
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_MACHINE_GREETING = "Please leave a message after the tone."


class Handset:
    """Plays one script on one leg. It stops where it is when the leg ends."""

    def __init__(self, leg: Leg, script: Script, clock: Clock) -> None:
        self.waiting_for: Step | None = None
        self._leg = leg
        self._script = script
        self._clock = clock
        self._heard: list[tuple[str, float]] = []
        self._matched = 0
        self._beeps = 0
        self._changed = clock.event()

    def ring(self) -> Process:
        """Let the phone ring until its script says what becomes of it, then play the rest."""
        steps = list(self._script.steps)
        while steps and steps[0].action == "ring":
            yield self._clock.seconds(steps.pop(0).seconds)
        if steps and steps[0].ends_ringing:
            decision = steps.pop(0)
        else:
            decision = Step("answer")
            if len(steps) == len(self._script.steps):
                yield self._clock.seconds(ANSWER_SECONDS)
        self._leg.decide(decision.action)
        if decision.picks_up:
            yield self._leg.in_progress
            yield from self._play(_greeting(decision) + steps)

    def hear(self, speech: Speech, started: float) -> None:
        """Take in *speech*, which began at the moment *started*."""
        for word in speech.words:
            self._heard += [(part, started + word.end) for part in _plain(word.text)]
        self._notice()

    def hear_no_more(self, since: float) -> None:
        """Forget the words that would have come after the moment *since*: the speaker was cut off."""
        self._heard = [(word, at) for word, at in self._heard if at <= since]
        self._notice()

    def hear_beep(self) -> None:
        """A beep has sounded."""
        self._beeps += 1
        self._notice()

    def _notice(self) -> None:
        changed, self._changed = self._changed, self._clock.event()
        changed.succeed()

    def _play(self, steps: list[Step]) -> Process:
        before: Action = "answer"
        for step in steps:
            self.waiting_for = step
            yield from _PLAYERS[step.action](self, step, before)
            self.waiting_for, before = None, step.action

    def _wait(self, step: Step, _: Action) -> Process:
        yield self._clock.seconds(step.seconds)

    def _hang_up(self, _: Step, __: Action) -> Process:
        self._leg.hang_up(by=self._leg.far_end)
        yield self._leg.over

    def _press(self, step: Step, before: Action) -> Process:
        """Press the keys. A person who was not told when to press waits until Twilio listens."""
        if before not in ("wait", "hear"):
            yield from self._asked()
        for key in step.text:
            if key in _PAUSES:
                yield self._clock.seconds(_PAUSES[key])
                continue
            yield self._clock.seconds(_KEY_SECONDS / 2)
            self._leg.press(key)
            yield self._clock.seconds(_KEY_SECONDS / 2)

    def _asked(self) -> Process:
        """Wait until Twilio listens for keys, and still does when the person has understood it."""
        while True:
            opened = self._leg.ear.open
            yield opened
            yield self._clock.seconds(_REACTION_SECONDS)
            if self._leg.ear.open is opened:
                return

    def _say(self, step: Step, _: Action) -> Process:
        speech = speak_text(step.text)
        self._leg.hear_phone(speech, step.confidence)
        yield self._clock.seconds(speech.seconds)

    def _listen(self, step: Step, _: Action) -> Process:
        """Wait until the words of *step* have been heard, in what was not matched before."""
        wanted = _plain(step.text)
        while True:
            changed = self._changed
            found = self._find(wanted)
            if found is None:
                yield changed
                continue
            end, at = found
            if at <= self._clock.now:
                self._matched = end
                return
            yield self._clock.seconds(at - self._clock.now) | changed

    def _listen_for_beep(self, _: Step, __: Action) -> Process:
        """Wait for a beep, unless one has sounded that nothing was made of."""
        while not self._beeps:
            yield self._changed
        self._beeps = 0

    def _find(self, wanted: list[str]) -> tuple[int, float] | None:
        """Where *wanted* ends among the words heard, and when."""
        words = [word for word, _ in self._heard]
        for start in range(self._matched, len(words) - len(wanted) + 1):
            if words[start : start + len(wanted)] == wanted:
                end = start + len(wanted)
                return end, self._heard[end - 1][1]
        return None


def _greeting(decision: Step) -> list[Step]:
    if decision.action != "machine":
        return []
    return [Step("say", decision.text or _MACHINE_GREETING)]


def _plain(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


_PLAYERS: Mapping[Action, Callable[[Handset, Step, Action], Process]] = {
    "wait": Handset._wait,
    "hear": Handset._listen,
    "hear beep": Handset._listen_for_beep,
    "press": Handset._press,
    "say": Handset._say,
    "hang up": Handset._hang_up,
}
