"""The journal of a world: what came from outside, and what applications and people answered, in order.

A world is deterministic. So the same that came from outside, at the same places between two steps of its clock, gives
the same past again: a fork of a call replays it. Whenever nothing goes on in the world a new past begins, and the one
before is kept by the calls that it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from math import inf
from typing import TYPE_CHECKING, Any

from ...records import dataclass
from ...tracebacks import without_frames

if TYPE_CHECKING:
    from ._clock import Clock

#: Does again in another simulator what came from outside.
Perform = Callable[[Any], object]
#: How many calls of one past may be gone before it is forgotten.
MOST_GONE = 50


@dataclass(slots=True)
class Input:
    """What came from outside, behind so many *steps* of the clock, *at* that moment; *perform* does it again.

    The world had counted *number* events before, and *ended* events behind it.
    """

    perform: Perform
    steps: int
    at: float
    number: int
    ended: float = inf


@dataclass(slots=True)
class Question:
    """What the world *asked* outside, and what came back: the *answer*, and the *inputs* that came meanwhile.

    *asked* names it, and is the same in the same past. The world had counted *number* events before.
    """

    asked: tuple[Any, ...]
    at: float
    number: int
    answer: Any = None
    inputs: list[Input] = field(default_factory=list)


class Tape:
    """*questions* of a past, to be answered from it again. *difference* is the first that was not the same."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._questions = questions
        self._next = 0
        self.is_over = False
        self.difference: tuple[tuple[Any, ...] | None, tuple[Any, ...]] | None = None

    @property
    def is_playing(self) -> bool:
        """Whether there is still something on it."""
        return not self.is_over and self._next < len(self._questions)

    def take(self, asked: tuple[Any, ...]) -> Question | None:
        """The question of the past that is *asked* now; ``None`` behind its end, and for one that is not the same."""
        if not self.is_playing or self.difference is not None:
            return None
        question = self._questions[self._next]
        if question.asked != asked:
            self.difference = question.asked, asked
            return None
        self._next += 1
        return question


@dataclass(eq=False, slots=True)
class Past:
    """What came and what was asked since a *beginning*, which says how the world was then.

    *sockets* are the ends of WebSockets, in the order in which they were opened. A past that *is_whole* can be
    replayed.
    """

    beginning: Any = None
    is_whole: bool = True
    inputs: list[Input] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    sockets: list[Any] = field(default_factory=list)
    _gone: int = 0

    def forget(self) -> None:
        """Keep nothing: it cannot be replayed."""
        self.is_whole = False
        self.inputs.clear()
        self.questions.clear()
        self.sockets[:] = [None] * len(self.sockets)

    def end(self) -> None:
        """Nothing is asked any more. The frames that errors came through, with all that they hold, are let go."""
        for question in self.questions:
            error = getattr(question.answer, "error", None)
            if isinstance(error, BaseException):
                question.answer.error = without_frames(error)

    def note_gone(self) -> None:
        """Note that one of its calls is gone. Where always another goes on, it would grow for ever otherwise."""
        self._gone += 1
        if self._gone > MOST_GONE:
            self.forget()


class Journal:
    """What came to a world from outside, and what it asked there. It counts the events, too: *happened*.

    *past* is the one that goes on now, and *tape* has another while that is replayed.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.happened = 0
        self.past = Past()
        self.tape = Tape(())
        #: Is called before something comes from outside, and before time moves.
        self.look: Callable[[], None] = lambda: None
        #: Performs again what came while something was asked.
        self.perform: Callable[[Input], object] = lambda _: None
        self._open: list[Question] = []

    def begin(self, beginning: Any) -> None:
        """Begin a new past, where the one before ends."""
        self.past.end()
        self.past = Past(beginning)

    @property
    def is_between(self) -> bool:
        """Whether nothing is asked, and the clock takes no step: only then something comes by itself."""
        return not self._open and not self._clock.is_stepping

    def note(self, perform: Perform) -> Input:
        """Note what comes from outside now."""
        if self.is_between:
            self.look()
        return self.add(perform)

    def add(self, perform: Perform) -> Input:
        """Note what comes from outside, as it is."""
        noted = Input(perform, self._clock.steps, self._clock.now, self.happened)
        if self.past.is_whole:
            (self._open[-1].inputs if self._open else self.past.inputs).append(noted)
        return noted

    @contextmanager
    def noting(self, perform: Perform) -> Iterator[None]:
        """Note what comes from outside while the block runs."""
        noted = self.note(perform)
        try:
            yield
        finally:
            noted.ended = self.happened

    @contextmanager
    def ask(self, *asked: Any) -> Iterator[tuple[Question, Question | None]]:
        """Note what is *asked* outside while the block runs, and the same of the past, if that is replayed.

        What came meanwhile in that past comes again, before the block runs.
        """
        question, past = Question(asked, self._clock.now, self.happened), self.tape.take(asked)
        if self.past.is_whole:
            self.past.questions.append(question)
        self._open.append(question)
        try:
            for each in past.inputs if past is not None else ():
                self.perform(each)
            yield question, past
        finally:
            self._open.remove(question)

    def add_socket(self, socket: Any) -> int:
        """Note the end of a WebSocket; returns its place in the past."""
        sockets = self.past.sockets
        sockets.append(socket if self.past.is_whole else None)
        return len(sockets) - 1
