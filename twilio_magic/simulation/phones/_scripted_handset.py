"""A phone in a call: it plays its script, hears what is said on the line, presses keys and speaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...display import sentence
from ...errors import PhoneScriptError
from ...scripts import PATIENCE, Action, Script, Step
from ._awaited import TONE_HINT, awaited_by, hint_for, is_awaiting
from ._clip import NotPlayable
from ._handset import Handset
from ._hearing import Hearing
from ._mail import MESSAGES, Mail
from ._performance import InVain, Performance, Unwanted
from ._script_run import ScriptRun

if TYPE_CHECKING:
    from ...twiml import Speech
    from ..clock._clock import Process
    from ._conversation import HeardWord
    from ._generator_script import Routine
    from ._line import PhoneLine

#: How many seconds a phone rings before it is answered, unless its script says otherwise.
ANSWER_SECONDS = 2.0


class ScriptedHandset(Handset):
    """Plays *script* on *line*."""

    def __init__(self, line: PhoneLine, script: Script | Routine) -> None:
        super().__init__(line)
        self._script = script.choose(line.sid)
        self._waiting_for: Step | None = None
        self._hearing = Hearing(line.clock)
        self._clock = line.clock
        self._steps = self._script.play()
        self._heard: str | None = None
        self._mail = Mail(line)
        self._performance = Performance(line, self._hearing, self._mail, self._finish)
        self._run = self._begin_run(script)
        self._begun = 0  # steps
        self._decision: Step | None = None  # what ended the ringing
        self._is_finished = False
        self._takes_part = False
        self._has_failed = False

    def _begin_run(self, script: Script | Routine) -> ScriptRun:
        line = self.line
        given, chosen = (
            each if isinstance(each, Script) else Script(str(each), ())
            for each in (script, self._script)
        )
        run = ScriptRun(line.far_end, line.sid, given, chosen, self._hearing)
        if isinstance(script, Script):
            line.world.phones.script_runs.append(run)
        return run

    def ring(self) -> Process[None]:
        """Ring until the script says what becomes of it, then play the rest: a phone that is called."""
        first = step = self._next()
        while step and step.action == "ring":
            yield self._clock.seconds(step.seconds)
            self._finish(step)
            step = self._next()
        if step and step.ends_ringing:
            decision, step = step, None
            self._finish(decision)
        else:
            decision = Step("answer")
            if step is first:
                yield self._clock.seconds(ANSWER_SECONDS)
        self._decision = decision
        if decision.action == "no answer":
            return  # it rings for as long as the caller waits
        self.line.decide(decision.action)
        if decision.picks_up:
            self._takes_part = True
            yield self.line.in_progress
            yield from self._performance.greet(decision)
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
            self._finish(step)
            step = self._next()  # a script for being called serves for calling, too
        yield from self._play(step, "answer")

    def _give_up_calling(self, step: Step | None, *, says_when: bool) -> Process[None]:
        """Hang up, because nobody has answered; a script that does not say when has failed at its first *step*."""
        if step is not None and not says_when:
            yield from self._give_up(step, "for an answer", PATIENCE)
            return
        while step and step.action in ("ring", "hang up"):
            self._finish(step)
            step = self._next()
        yield from self._hang_up()

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

    def words_heard(self) -> list[HeardWord]:
        return self._hearing.all_since(self.line.created)

    @property
    def decision(self) -> str:
        return self._decision.action if self._decision else ""

    @property
    def greeting(self) -> str:
        return self._decision.text if self._decision else ""

    @property
    def beeps(self) -> bool:
        is_machine = self._decision is not None and self._decision.action == "machine"
        return is_machine and self._decision is not None and self._decision.beeps

    def end(self) -> None:
        """Record what the script still waits for: words that never came are a failure, unpressed keys a warning."""
        step, line = self._waiting_for, self.line
        self._run.ended = self._clock.now
        if step is not None and step.action == "hear" and self._hearing.have_come(step.phrases):
            self._begun += 1  # they were the last words of the call
            self._finish(step)
            step = None
        if self._is_forbidden_said():
            return
        if step is not None and is_awaiting(step):
            text = f"{line.far_end} waited {awaited_by(step)}, but the call ended first"
            line.record_event("failed", text, script=step.text)
            self._fail(self._script.error_of(step, f"{text}.", hint_for(step)), step)
        elif step is not None and step.action == "press":
            keys = "its keys" if line.ear.is_secret else step.text
            text = f"{line.far_end} never pressed {keys}: nothing asked for keys"
            line.record_event("warned", text, script=keys)
        self._record_missed()

    def _is_forbidden_said(self) -> bool:
        """Whether words were said that a step forbids; that is recorded then."""
        try:
            self._performance.check_forbidden()
        except Unwanted as unwanted:
            self._record_unwanted(unwanted.step)
            return True
        return False

    def _record_missed(self) -> None:
        """Record the words that the script was to wait for, if the call ended before it came to them: a failure."""
        missed = next(self._unheard(), None)
        if missed is not None and self._takes_part and not self._has_failed:
            text = f"the call ended before {self.line.far_end} waited {awaited_by(missed)}"
            self.line.record_event("failed", text, script=missed.text)
            hint = "Compare the script with what happened: call.timeline."
            self._fail(self._script.error_of(missed, sentence(text), hint), missed)

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

    def _fail(self, error: PhoneScriptError, step: Step | None = None) -> None:
        """Keep *error*: the script has not come true, at *step*."""
        self._has_failed = True
        self._run.failed, self._run.current = step, None
        self._run.heard = self._hearing.between(self._hearing.matched_count)
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
            self._waiting_for = self._run.current = step
            try:
                yield from self._performance.perform(step, before)
            except InVain as vain:
                yield from self._give_up(step, vain.awaited, vain.seconds)
            except Unwanted as unwanted:
                self._waiting_for = None
                self._record_unwanted(unwanted.step)
                yield from self._hang_up()
            except NotPlayable as reason:
                self._waiting_for = None
                self._record_unplayable(step, reason)
                yield from self._hang_up()
            is_rule = step.action == "not" and not step.seconds
            if is_rule:
                self._waiting_for = None
            else:
                self._finish(step)
                self._warn_of_word(step)
                before = step.action
            self._heard = self._take_news()
            step = self._next()

    def _finish(self, step: Step) -> None:
        """*step* has come true."""
        if self._waiting_for is step:
            self._waiting_for = None
        self._run.finish(step, self._clock.now)

    def _warn_of_word(self, step: Step) -> None:
        """Warn of a *step* that has heard the word “beep”: its script acts before the beep."""
        if step.quotes_tone:
            text = f"{self.line.far_end} heard the word {' or '.join(map(str, step.phrases))}, not the sound"
            self.line.record_event("warned", f"{text}: {TONE_HINT}", script=step.text)

    def _take_news(self) -> str:
        """What was heard and read since the step before."""
        text, self._performance.news = self._performance.news, ""
        return " ".join(filter(None, (self._hearing.news(), text)))

    def _hang_up(self) -> Process[None]:
        self.line.hang_up(by=self.line.far_end)
        yield self.line.over

    def take_message(self, content: str) -> None:
        self._mail.take(content)

    def _record_unplayable(self, step: Step, reason: NotPlayable) -> None:
        text = f"{self.line.far_end} cannot play {step.text}: {reason}"
        self.line.record_event("failed", text, script=step.text)
        hint = "A WAV file of PCM or mu-law can be played."
        self._fail(self._script.error_of(step, f"{text}.", hint), step)

    def _record_unwanted(self, step: Step) -> None:
        words = " or ".join(map(str, step.phrases))
        text = f"{self.line.far_end} heard {words}, which was not to be said"
        self.line.record_event("failed", text, script=step.text)
        hint = "Compare it with what was said: call.transcript."
        self._fail(self._script.error_of(step, f"{text}.", hint), step)

    def _give_up(self, step: Step, awaited: str, seconds: float) -> Process[None]:
        """Hang up, because what *step* waits for has not come: the script has failed."""
        line, self._waiting_for = self.line, None
        if not self._is_forbidden_said():
            text = f"{line.far_end} waited {seconds:g} s {awaited}, in vain"
            said = self._last_news(step)
            line.record_event("failed", f"{text}. {said}", script=step.text)
            hint = hint_for(step, has_waited=True)
            self._fail(self._script.error_of(step, f"{text}. {said}", hint), step)
        yield from self._hang_up()

    def _last_news(self, step: Step) -> str:
        """A sentence about what came last of the kind that *step* waits for."""
        if step.action in MESSAGES:
            return self._mail.last_news(step)
        heard = self._hearing.last_words
        return f"It heard “{heard}” last." if heard else "It heard no words."
