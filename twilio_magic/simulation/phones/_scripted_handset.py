"""A phone in a call: it plays its script, hears what is said on the line, presses keys and speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from ...errors import PhoneScriptError, sentence
from ...twiml import speak_text
from ..audio._dtmf import PAUSES
from ..audio._ear import BEEP, BEEP_AFTER, FAX, Sound
from ._awaited import awaited_by, hint_for, is_awaiting
from ._handset import Handset
from ._hearing import Hearing
from ._mail import MESSAGES, Mail
from ._step import PATIENCE, REACTION_SECONDS, Action, Step

if TYPE_CHECKING:
    import simpy

    from ...twiml import Speech
    from ..clock._clock import Process
    from ._generator_script import Routine
    from ._line import PhoneLine
    from ._script import Script

#: How many seconds a phone rings before it is answered, unless its script says otherwise.
ANSWER_SECONDS = 2.0
_KEY_SECONDS = 0.3  # a tone and the gap behind it
_MACHINE_GREETING = "Please leave a message after the tone."
#: Steps after which a person acts at once; before all others they wait until it is their turn.
_TIMED = ("wait", "hear", "hear beep", "hear text", "hear message", "machine")


class ScriptedHandset(Handset):
    """Plays *script* on *line*."""

    def __init__(self, line: PhoneLine, script: Script | Routine) -> None:
        super().__init__(line)
        self._script = script
        self._waiting_for: Step | None = None
        self._hearing = Hearing(line.clock)
        self._clock = line.clock
        self._steps = script.play()
        self._heard: str | None = None
        self._mail = Mail(line)
        self._news = ""  # the text message that was read since the step before
        self._begun = 0  # steps
        self._is_finished = False
        self._takes_part = False
        self._has_failed = False

    def ring(self) -> Process[None]:
        """Ring until the script says what becomes of it, then play the rest: a phone that is called."""
        first = step = self._next()
        while step and step.action == "ring":
            yield self._clock.seconds(step.seconds)
            step = self._next()
        if step and step.ends_ringing:
            decision, step = step, None
        else:
            decision = Step("answer")
            if step is first:
                yield self._clock.seconds(ANSWER_SECONDS)
        if decision.action == "no answer":
            return  # it rings for as long as the caller waits
        self.line.decide(decision.action)
        if decision.picks_up:
            self._takes_part = True
            yield self.line.in_progress
            yield from self._greet(decision)
            yield from self._play(step, decision.action)

    def dial(self) -> Process[None]:
        """Wait for an answer, as long as the script says or people do, then play the rest: a phone that calls."""
        self._takes_part = True  # at once: the call may end before the process begins
        return self._dial()

    def _dial(self) -> Process[None]:
        step = self._next()
        says_when = step is not None and step.action == "ring"
        patience = step.seconds if step is not None and says_when else PATIENCE
        yield self.line.in_progress | self._clock.seconds(patience)
        if not self.line.in_progress.triggered:
            yield from self._give_up_calling(step, says_when=says_when)
            return
        while step and (step.action == "ring" or step.ends_ringing):
            step = self._next()  # a script for being called serves for calling, too
        yield from self._play(step, "answer")

    def _give_up_calling(self, step: Step | None, *, says_when: bool) -> Process[None]:
        """Hang up, because nobody has answered; a script that does not say when has failed at its first *step*."""
        if step is not None and not says_when:
            yield from self._give_up(step, "for an answer", PATIENCE)
        else:
            yield from self._hang_up(step, "ring")

    def hear(self, speech: Speech, started: float) -> None:
        self._hearing.words(speech, started)

    def hear_keys(self, keys: str, started: float) -> None:
        self._hearing.keys(keys, started)

    def hear_noise(self, seconds: float, started: float) -> None:
        self._hearing.noise(round(started + seconds, 3))

    def hear_beep(self, seconds: float, started: float) -> None:
        self._hearing.beep(round(started + seconds, 3))

    def hear_no_more(self, since: float) -> None:
        self._hearing.cut(since)

    def end(self) -> None:
        """Record what the script still waits for: words that never came are a failure, unpressed keys a warning."""
        step, line = self._waiting_for, self.line
        if step is not None and step.action == "hear" and self._hearing.has_heard(step.text):
            self._begun, step = self._begun + 1, None  # they were the last words of the call
        if step is not None and is_awaiting(step):
            text = f"{line.far_end} waited {awaited_by(step)}, but the call ended first"
            line.record_event("failed", text, script=step.text)
            self._fail(self._script.error_of(step, f"{text}.", hint_for(step)))
        elif step is not None and step.action == "press":
            keys = "its keys" if line.ear.is_secret else step.text
            text = f"{line.far_end} never pressed {keys}: nothing asked for keys"
            line.record_event("warned", text, script=keys)
        self._record_missed()

    def _record_missed(self) -> None:
        """Record the words that the script was to wait for, if the call ended before it came to them: a failure."""
        missed = next(self._unheard(), None)
        if missed is not None and self._takes_part and not self._has_failed:
            text = f"the call ended before {self.line.far_end} waited {awaited_by(missed)}"
            self.line.record_event("failed", text, script=missed.text)
            hint = "Compare the script with what happened: call.timeline."
            self._fail(self._script.error_of(missed, sentence(text), hint))

    def pending(self) -> PhoneScriptError | None:
        step = next(self._unheard(), None)
        if step is None or self._has_failed:
            return None
        text = f"{self.line.far_end} still waits {awaited_by(step)}: its call is not over."
        hint = "Wait for the call: call.wait(), or simulator.run() for all."
        error = self._script.error_of(step, text, hint)
        error.call_sid = self.line.sid
        return error

    def _unheard(self) -> Iterator[Step]:
        """The steps that wait for what the other side does, and that have not come to their end."""
        if not self._is_finished:
            yield from filter(is_awaiting, self._script.steps[max(0, self._begun - 1) :])

    def _fail(self, error: PhoneScriptError) -> None:
        """Keep *error*: the script has not come true."""
        self._has_failed = True
        error.call_sid = self.line.sid
        self.line.world.phones.failures.append(error)

    def _next(self) -> Step | None:
        """The next step, or ``None`` at the end, which is also where a routine fails."""
        try:
            step = self._steps.send(self._heard)
        except StopIteration:
            self._is_finished = True
            return None
        except PhoneScriptError as error:
            self.line.record_event("failed", f"{self.line.far_end}: {error}", place=error.place)
            self._fail(error)
            return None
        self._begun += 1
        return step

    def _play(self, step: Step | None, before: Action) -> Process[None]:
        if step is None:
            self._heard = self._take_news()
            step = self._next()
        while step is not None:
            self._waiting_for = step
            yield from _PLAYERS[step.action](self, step, before)
            self._waiting_for, before = None, step.action
            self._heard = self._take_news()
            step = self._next()

    def _take_news(self) -> str:
        """What was heard and read since the step before."""
        text, self._news = self._news, ""
        return " ".join(filter(None, (self._hearing.news(), text)))

    def _greet(self, decision: Step) -> Process[None]:
        """Play the greeting of a machine, or the tones of a fax."""
        if decision.action == "fax":
            yield from self._sound("fax", FAX, 1.0)
        if decision.action == "machine":
            yield from self._sound("speech", speak_text(decision.text or _MACHINE_GREETING), 0.9)
            if decision.beeps:
                yield self._clock.seconds(BEEP_AFTER)
                yield from self._sound("beep", BEEP, 1.0)

    def _wait(self, step: Step, _: Action) -> Process[None]:
        yield self._clock.seconds(step.seconds)

    def _hang_up(self, _: Step | None, __: Action) -> Process[None]:
        self.line.hang_up(by=self.line.far_end)
        yield self.line.over

    def _press(self, step: Step, before: Action) -> Process[None]:
        """Press the keys. Unless the script says when, wait until Twilio listens for keys."""
        if before not in _TIMED:
            deadline = self._clock.seconds(PATIENCE)
            if not (yield from self._wait_for_prompt(deadline)):
                yield from self._give_up(step, "to be asked for keys", PATIENCE)
        for key in step.text:
            if key in PAUSES:
                yield self._clock.seconds(PAUSES[key])
                continue
            yield self._clock.seconds(_KEY_SECONDS / 2)
            self._waiting_for = None  # it was pressed, even if that ends the call
            self.line.press(key)
            yield self._clock.seconds(_KEY_SECONDS / 2)

    def _wait_for_prompt(self, deadline: simpy.Event) -> Process[bool]:
        """Wait until Twilio listens for keys, and still does when the person has understood it.

        False if it does not by *deadline*.
        """
        while not deadline.processed:
            opened = self.line.asking.open
            yield opened | deadline
            if opened.triggered:
                yield self._clock.seconds(REACTION_SECONDS)
                if self.line.asking.open is opened:
                    return True
        return False

    def _say(self, step: Step, before: Action) -> Process[None]:
        """Speak. Unless the script says when, wait until Twilio is silent."""
        if before not in _TIMED:
            deadline = self._clock.seconds(PATIENCE)
            if not (yield from self._hearing.silence(REACTION_SECONDS, deadline)):
                yield from self._give_up(step, "for silence", PATIENCE)
        yield from self._sound("speech", speak_text(step.text), step.confidence)

    def _sound(self, kind: str, speech: Speech, confidence: float) -> Process[None]:
        self.line.make_sound(Sound(kind, speech, self._clock.now, confidence))  # type: ignore[arg-type]
        yield self._clock.seconds(speech.seconds)
        if kind == "speech":
            self.line.finish_speaking(speech.text, confidence)

    def _listen(self, step: Step, _: Action) -> Process[None]:
        deadline = self._clock.seconds(step.seconds)
        if not (yield from self._hearing.words_come(step.text, deadline)):
            yield from self._give_up(step, awaited_by(step), step.seconds)

    def _listen_for_beep(self, step: Step, _: Action) -> Process[None]:
        deadline = self._clock.seconds(step.seconds)
        if not (yield from self._hearing.beep_comes(deadline)):
            yield from self._give_up(step, awaited_by(step), step.seconds)

    def _send(self, step: Step, _: Action) -> Process[None]:
        yield self._clock.seconds(REACTION_SECONDS)
        self._mail.send(step)

    def take_message(self, content: str) -> None:
        self._mail.take(content)

    def _read(self, step: Step, _: Action) -> Process[None]:
        text = yield from self._mail.read(step)
        if text is None:
            yield from self._give_up(step, awaited_by(step), step.seconds)
        self._news = text or ""

    def _give_up(self, step: Step, awaited: str, seconds: float) -> Process[None]:
        """Hang up, because what *step* waits for has not come: the script has failed."""
        line, self._waiting_for = self.line, None
        text = f"{line.far_end} waited {seconds:g} s {awaited}, in vain"
        said = self._last_news(step)
        line.record_event("failed", f"{text}. {said}", script=step.text)
        hint = hint_for(step, has_waited=True)
        self._fail(self._script.error_of(step, f"{text}. {said}", hint))
        yield from self._hang_up(step, step.action)

    def _last_news(self, step: Step) -> str:
        """A sentence about what came last of the kind that *step* waits for."""
        if step.action in MESSAGES:
            return self._mail.last_news(step)
        heard = self._hearing.last_words
        return f"It heard “{heard}” last." if heard else "It heard no words."


_PLAYERS: Mapping[Action, Callable[[ScriptedHandset, Step, Action], Process[None]]] = {
    "wait": ScriptedHandset._wait,
    "hear": ScriptedHandset._listen,
    "hear beep": ScriptedHandset._listen_for_beep,
    "hear text": ScriptedHandset._read,
    "hear message": ScriptedHandset._read,
    "press": ScriptedHandset._press,
    "say": ScriptedHandset._say,
    "text": ScriptedHandset._send,
    "message": ScriptedHandset._send,
    "hang up": ScriptedHandset._hang_up,
}
