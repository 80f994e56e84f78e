"""What a phone does at each step of its script, once the call is answered: a process for each kind of step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ...scripts import PATIENCE, REACTION_SECONDS, Action, Phrase, Step
from ...twiml import speak_text
from ..audio._dtmf import PAUSES
from ..audio._ear import BEEP, BEEP_AFTER, FAX, PhoneSound, play_clip
from ._awaited import awaited_by
from ._clip import read_clip

if TYPE_CHECKING:
    import simpy

    from ..clock._clock import Process
    from ._hearing import Hearing
    from ._line import PhoneLine
    from ._mail import Mail

_KEY_SECONDS = 0.3  # a tone and the gap behind it
_MACHINE_GREETING = "Please leave a message after the tone."
#: Steps after which a person acts: at once, or as soon as they are listened to, while they react.
_HEARING = ("hear", "hear beep", "hear sound", "hear text", "hear message", "silence")
#: Steps after which a person acts at once; before all others but hearing they wait until it is their turn.
_TIMED = ("wait", "not", "machine")


class InVain(Exception):  # noqa: N818 - says what happened
    """What a step waits for, *awaited*, has not come in so many *seconds*."""

    def __init__(self, awaited: str, seconds: float) -> None:
        super().__init__(awaited, seconds)
        self.awaited, self.seconds = awaited, seconds


class Unwanted(Exception):  # noqa: N818 - says what happened
    """Words were said that *step* forbids."""

    def __init__(self, step: Step) -> None:
        super().__init__(step)
        self.step = step


class Performance:
    """Does the steps of a script on *line*. It *finishes* a step when it has come true, which may end the call."""

    def __init__(
        self,
        line: PhoneLine,
        hearing: Hearing,
        mail: Mail,
        finishes: Callable[[Step], None],
    ) -> None:
        self._line, self._clock = line, line.clock
        self._hearing, self._mail = hearing, mail
        self._finishes = finishes
        self._forbidden: list[tuple[Step, int]] = []
        #: What is being said: the words, how sure Twilio is to understand them, and when they are over.
        self.unfinished: tuple[str, float, float] | None = None
        self.news = ""  # the text message that was read last

    def perform(self, step: Step, before: Action) -> Process[None]:
        """Do *step*, which follows one of the kind *before*.

        Raises :class:`InVain`, :class:`Unwanted` and :class:`NotPlayable`.
        """
        return _PROCESSES[step.action](self, step, before)

    def greet(self, decision: Step) -> Process[None]:
        """Play the greeting of a machine, or the tones of a fax."""
        if decision.action == "fax":
            yield from self._sound(PhoneSound("fax", FAX, self._clock.now))
        if decision.action == "machine":
            yield from self._speak(decision.text or _MACHINE_GREETING, 0.9)
            if decision.beeps:
                yield self._clock.seconds(BEEP_AFTER)
                yield from self._sound(PhoneSound("beep", BEEP, self._clock.now))

    def check_forbidden(self, end: int | None = None) -> None:
        """Raise :class:`Unwanted` if a step before forbids what was heard, to the word at *end*; it is done then."""
        while self._forbidden:
            step, begin = self._forbidden.pop(0)
            if _is_said(step.phrases, self._hearing.between(begin, end)):
                self._forbidden.clear()
                raise Unwanted(step)
            self._finishes(step)

    def _wait(self, step: Step, _: Action) -> Process[None]:
        yield self._clock.seconds(step.seconds)

    def _hang_up(self, step: Step, _: Action) -> Process[None]:
        self._finishes(step)
        self._line.hang_up(by=self._line.far_end)
        yield self._line.over

    def _press(self, step: Step, before: Action) -> Process[None]:
        """Press the keys. Unless the script says when, wait until Twilio listens for keys."""
        if before in _HEARING:
            opened = self._line.asking.open
            if not opened.triggered:
                yield opened | self._clock.seconds(REACTION_SECONDS)
        elif before not in _TIMED:
            deadline = self._clock.seconds(PATIENCE)
            if not (yield from self._wait_for_prompt(deadline)):
                raise InVain("to be asked for keys", PATIENCE)
        for key in step.text:
            if key in PAUSES:
                yield self._clock.seconds(PAUSES[key])
                continue
            yield self._clock.seconds(_KEY_SECONDS / 2)
            self._finishes(step)  # it was pressed, even if that ends the call
            self._hearing.act()
            self._line.press(key)
            yield self._clock.seconds(_KEY_SECONDS / 2)

    def _wait_for_prompt(self, deadline: simpy.Event) -> Process[bool]:
        """Wait until Twilio listens for keys, and still does when the person has understood it.

        False if it does not by *deadline*.
        """
        while not deadline.processed:
            opened = self._line.asking.open
            yield opened | deadline
            if opened.triggered:
                yield self._clock.seconds(REACTION_SECONDS)
                if self._line.asking.open is opened:
                    return True
        return False

    def _say(self, step: Step, before: Action) -> Process[None]:
        """Speak, or play a file. Unless the script says when, wait until Twilio is silent."""
        clip = read_clip(step.text) if step.action == "say file" else b""
        if before in _HEARING:
            ear = self._line.asking
            is_heard = ear.open.triggered or ear.open_for_speech.triggered or self._line.talks
            if not is_heard:
                yield ear.open | ear.open_for_speech | self._clock.seconds(REACTION_SECONDS)
        elif before not in _TIMED:
            deadline = self._clock.seconds(PATIENCE)
            if not (yield from self._hearing.silence(REACTION_SECONDS, deadline)):
                raise InVain("for silence", PATIENCE)
        self._finishes(step)
        if clip:
            yield from self._sound(play_clip(step.text, clip, self._clock.now))
        else:
            yield from self._speak(step.text, step.confidence)

    def _speak(self, words: str, confidence: float) -> Process[None]:
        speech = speak_text(words)
        self.unfinished = speech.text, confidence, self._clock.now + speech.seconds
        yield from self._sound(PhoneSound("speech", speech, self._clock.now, confidence))
        self.unfinished = None
        self._line.finish_speaking(speech.text, confidence)

    def _sound(self, sound: PhoneSound) -> Process[None]:
        self._hearing.act()
        self._line.make_sound(sound)
        yield self._clock.seconds(sound.speech.seconds)

    def _listen(self, step: Step, _: Action) -> Process[None]:
        deadline = self._clock.seconds(step.seconds)
        if not (yield from self._hearing.words_come(step.phrases, deadline)):
            raise InVain(awaited_by(step), step.seconds)
        self.check_forbidden(self._hearing.matched_from)

    def _forbid(self, step: Step, _: Action) -> Process[None]:
        begin = self._hearing.matched_count
        if not step.seconds:
            self._forbidden.append((step, begin))
            return
        yield self._clock.seconds(step.seconds)
        if _is_said(step.phrases, self._hearing.between(begin)):
            raise Unwanted(step)

    def _listen_for_silence(self, step: Step, _: Action) -> Process[None]:
        deadline = self._clock.seconds(step.patience)
        if not (yield from self._hearing.silence(step.seconds, deadline)):
            raise InVain(awaited_by(step), step.patience)

    def _listen_for_beep(self, step: Step, _: Action) -> Process[None]:
        deadline = self._clock.seconds(step.seconds)
        if not (yield from self._hearing.beep_comes(deadline)):
            raise InVain(awaited_by(step), step.seconds)

    def _listen_for_sound(self, step: Step, _: Action) -> Process[None]:
        deadline = self._clock.seconds(step.seconds)
        if not (yield from self._hearing.sound_comes(deadline)):
            raise InVain(awaited_by(step), step.seconds)

    def _send(self, step: Step, _: Action) -> Process[None]:
        yield self._clock.seconds(REACTION_SECONDS)
        self._finishes(step)
        self._mail.send(step)

    def _read(self, step: Step, _: Action) -> Process[None]:
        text = yield from self._mail.read(step)
        if text is None:
            raise InVain(awaited_by(step), step.seconds)
        self.news = text


def _is_said(phrases: tuple[Phrase, ...], text: str) -> bool:
    words = text.split()
    return any(phrase.find(words, 0) is not None for phrase in phrases)


_PROCESSES: Mapping[Action, Callable[[Performance, Step, Action], Process[None]]] = {
    "wait": Performance._wait,
    "hear": Performance._listen,
    "not": Performance._forbid,
    "silence": Performance._listen_for_silence,
    "hear beep": Performance._listen_for_beep,
    "hear sound": Performance._listen_for_sound,
    "hear text": Performance._read,
    "hear message": Performance._read,
    "press": Performance._press,
    "say": Performance._say,
    "say file": Performance._say,
    "text": Performance._send,
    "message": Performance._send,
    "hang up": Performance._hang_up,
}
