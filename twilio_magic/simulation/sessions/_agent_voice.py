"""The voice of an agent: a queue of speech, sounds and keys that is played to the caller, and can be cut off.

A *talk cycle* is the text up to a message with ``last``. Sound begins with its first piece, not with its last token.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ...records import dataclass
from ...sessions import AGENT
from ._pieces import cut_pieces, ends_sentence
from ._settings import allows
from ._sounds import Keys, Piece
from ._spec import relay_spec

if TYPE_CHECKING:
    from ..legs._leg import Leg
    from ._agenda import Agenda, Appointment
    from ._settings import RelaySettings
    from ._sounds import Sounding


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the queue, of the talk cycle number *cycle*."""

    sound: Sounding
    cycle: int
    interruptible: str
    preemptible: bool


class AgentVoice:
    """Plays what an agent says on *leg*.

    *inform* sends an ``info`` message. *begins* is told when something begins to sound, and whether after a silence.
    """

    def __init__(
        self,
        leg: Leg,
        agenda: Agenda,
        inform: Callable[[str, str, str], None],
        begins: Callable[[bool], None],
    ) -> None:
        self._leg = leg
        self._agenda = agenda
        self._inform = inform
        self._begins = begins
        self._queue: deque[Item] = deque()
        self._current: Item | None = None
        self._started = 0.0
        self._next: Appointment | None = None
        self._cycle = 0
        self._rest = ""
        self._silence: Appointment | None = None  # what happens if no more text comes
        self._is_open = False  # the talk cycle
        self._is_on = False  # for agentSpeaking

    @property
    def is_speaking(self) -> bool:
        """Whether the caller hears the agent now."""
        return self._current is not None

    @property
    def is_busy(self) -> bool:
        """Whether the agent speaks, or is about to."""
        return self._current is not None or bool(self._queue)

    def greet(self, settings: RelaySettings) -> None:
        """Speak the welcome greeting, which is one piece."""
        piece = Piece(settings.greeting, settings.voice_of(settings.language), settings.language)
        self._queue.append(Item(piece, self._cycle, settings.greeting_interruptible, False))
        self._wait(relay_spec().timing.greeting)

    def add_text(self, message: Mapping[str, Any], settings: RelaySettings) -> None:
        """Take a ``text`` message: what is complete of it is spoken."""
        if not self._is_open:
            self._begin_cycle()
            self._is_open = True
        is_last = bool(message.get("last"))
        language = message.get("lang") or settings.language
        pieces, rest = cut_pieces(self._rest + message["token"], is_whole=is_last)
        self._is_open = not is_last
        self._keep_rest(rest)

        def add(piece: str) -> None:
            self._add(Piece(piece, settings.voice_of(language), language), message, settings)

        for piece in pieces:
            add(piece)
        if ends_sentence(rest):
            self._silence = self._agenda.after(
                relay_spec().timing.pause, lambda: self._end_piece(add)
            )
        elif rest.strip():
            self._silence = self._agenda.after(relay_spec().timing.unspoken, self._tell_rest)

    def _end_piece(self, add: Callable[[str], None]) -> None:
        """No more text comes behind the end of a sentence: it is spoken."""
        rest = self._rest
        self._keep_rest("")
        add(rest)

    def _tell_rest(self) -> None:
        """Record that what is left of the text is not spoken."""
        self._silence = None
        self._warn(self._rest, "it ends no sentence, and no text with last follows")

    def _keep_rest(self, rest: str) -> None:
        self._rest = rest
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None

    def _warn(self, unspoken: str, why: str) -> None:
        text = f"“{unspoken.strip()}” is not spoken: {why}"
        self._leg.record_event("warned", text, speaker=AGENT, unspoken=unspoken)

    def add(self, sound: Sounding, message: Mapping[str, Any], settings: RelaySettings) -> None:
        """Queue *sound*, which a message asks for."""
        if not isinstance(sound, Keys):
            self._begin_cycle()
        self._add(sound, message, settings)

    def interrupt(self, by: str) -> tuple[str, float] | None:
        """The caller's speech or key interrupts the agent, if it may.

        Returns the words of the piece that were heard, and its seconds; ``None`` if the agent goes on.
        """
        current = self._current
        if current is None or not allows(current.interruptible, by):
            return None
        if isinstance(current.sound, Piece):
            current.sound.is_interrupted = True
        heard = self._cut()
        self._drop_queue()
        return heard

    def drop(self) -> None:
        """Be silent, because the application ends the session; text that waits is told."""
        waiting = [item.sound.words for item in self._queue if isinstance(item.sound, Piece)]
        unspoken = "".join([*waiting, self._rest])
        self._keep_rest("")
        if unspoken.strip():
            self._warn(unspoken, "the application ends the session")
        self.stop()

    def stop(self) -> None:
        """Be silent: the session ends."""
        if self._silence is not None and not self._leg.is_over:
            self._warn(self._rest, "the session ends")
        self._drop_queue()
        if self._current is not None:
            self._cut()
            self._is_on = False

    def _begin_cycle(self) -> None:
        """A new talk cycle begins: what may be preempted of those before it gives way."""
        self._cycle += 1
        self._queue = deque(item for item in self._queue if not item.preemptible)
        current = self._current
        if current is not None and current.preemptible:
            self._agenda.after(relay_spec().timing.preempt, lambda: self._preempt(current))

    def _preempt(self, item: Item) -> None:
        if self._current is item:
            self._cut()
            self._play()

    def _add(self, sound: Sounding, message: Mapping[str, Any], settings: RelaySettings) -> None:
        may = message.get("interruptible")
        interruptible = settings.interruptible if may is None else ("any" if may else "none")
        preempt = message.get("preemptible")
        preemptible = settings.preemptible if preempt is None else bool(preempt)
        self._queue.append(Item(sound, self._cycle, interruptible, preemptible))
        if self._current is None and self._next is None:
            self._wait(relay_spec().timing.first_sound)

    def _wait(self, seconds: float) -> None:
        self._next = self._agenda.after(seconds, self._play)

    def _play(self) -> None:
        """Play what comes next, if anything does."""
        self._next = None
        if not self._queue:
            self._fall_silent()
            return
        item = self._queue.popleft()
        if isinstance(item.sound, Keys):
            self._fall_silent()  # keys are no speech
        self._current, self._started = item, self._leg.clock.now
        seconds = item.sound.begin(self._leg)
        if not isinstance(item.sound, Keys):
            after_silence, self._is_on = not self._is_on, True
            self._begins(after_silence)
            if after_silence:
                self._inform("speaker-events", "agentSpeaking", "on")
        self._next = self._agenda.after(seconds, self._finish)

    def _finish(self) -> None:
        """What plays has been played to its end."""
        current, self._current = self._current, None
        if current is not None:
            self._inform_of(current.sound.end(self._leg, cut=False))
        self._play()

    def _cut(self) -> tuple[str, float]:
        """Cut off what plays; returns the words that were heard of it, and its seconds."""
        current, self._current = self._current, None
        if self._next is not None:
            self._next.cancel()
            self._next = None
        words = current.sound.end(self._leg, cut=True).strip() if current is not None else ""
        self._inform_of(words)
        return words, self._leg.clock.now - self._started

    def _drop_queue(self) -> None:
        """Forget all that waits, also the rest of a talk cycle; what comes later is a new one."""
        self._queue.clear()
        self._keep_rest("")
        self._is_open = False
        if self._current is None and self._next is not None:
            self._next.cancel()
            self._next = None
        if self._is_on and self._current is None:
            self._agenda.after(relay_spec().timing.sound_off, self._fall_silent)

    def _fall_silent(self) -> None:
        if self._is_on and self._current is None:
            self._is_on = False
            self._inform("speaker-events", "agentSpeaking", "off")

    def _inform_of(self, words: str) -> None:
        if words:
            self._inform("tokens-played", "tokensPlayed", words)
