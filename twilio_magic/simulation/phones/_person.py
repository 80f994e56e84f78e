"""A person at a phone: notified of everything that happens there, and free to act at any moment.

Where a phone could have a script it can have a person: ``simulator.phones["+13105555555"] = Person(listener)``. What
happens comes to the listener as a :class:`Notice`; the softphone of a notebook is such a listener with buttons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from ...errors import SimulatorError
from ...records import dataclass
from ...scripts import Step
from ..clock._interrupts import run_foreign

if TYPE_CHECKING:
    from ...scripts import Playing
    from ...twiml import Element, Speech
    from ..webhooks._audio_file import AudioFile
    from ._line import PhoneLine
    from ._manual_handset import ManualHandset

NoticeKind = Literal[
    "ringing",  # an incoming call; *text* is the caller
    "calling",  # this phone calls; *text* is the number
    "missed",  # a call came while this phone was in use
    "answered",
    "connected",  # another party is on the line from now on; *text* is its address, or names a conference
    "heard",  # words: *text*, by *speaker*; *speech* has their voice, language and times
    "noise",  # a sound without words, *text* says of what; from *url* if it has an address, with its *audio*
    "beep",
    "keys",  # the tones of the keys in *text*
    "cut",  # what was to be heard is cut off; *text* is what was heard of the words before
    "performs",  # Twilio performs *element* of the document *source*; ``None`` between documents
    "spoke",  # what the person did
    "unheard",  # ... with the microphone off
    "pressed",
    "declined",
    "hung up",
    "muted",
    "unmuted",
    "over",  # *text* is the status in which the call ended
    "unplugged",  # the phone has another player now, or the world began anew
]

State = Literal["free", "ringing", "calling", "talking"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that a person at a phone notices or does, *at* seconds after the call was created."""

    kind: NoticeKind
    at: float
    text: str = ""
    speaker: str = ""
    seconds: float = 0.0
    speech: Speech | None = None
    url: str | None = None
    audio: AudioFile | None = None
    element: Element | None = None
    source: str | None = None


Listener = Callable[[Notice], None]


class Person:
    """A person at a phone. *listener* gets each :class:`Notice`, in the thread in which it happens.

    Every method may be called from any thread at any moment; what makes no sense then, such as answering when the
    phone does not ring, raises :class:`SimulatorError`. A person has one call at a time: other callers hear that the
    phone is busy.
    *log* has the notices of the call at hand, or of the last one.
    """

    def __init__(self, listener: Listener | None = None) -> None:
        self.listener = listener
        self.log: list[Notice] = []
        self.is_muted = False
        self._handset: ManualHandset | None = None
        self._last: PhoneLine | None = None

    @property
    def state(self) -> State:
        """How it stands with the phone."""
        return self._handset.state if self._handset else "free"

    @property
    def call_sid(self) -> str | None:
        """The sid of the call at hand, or of the last one; ``None`` before the first."""
        return self._last.sid if self._last else None

    @property
    def other_party(self) -> str:
        """The address at the other end of the call at hand, or of the last one; empty before the first."""
        return self._last.near_end if self._last else ""

    @property
    def seconds(self) -> float | None:
        """How many seconds the call at hand has lasted, or the last one did; ``None`` if it was never answered."""
        return self._last.seconds if self._last else None

    @property
    def duration(self) -> int | None:
        """The whole seconds that the last call was connected, as Twilio counts them; ``None`` until it is over."""
        return self._last.duration if self._last else None

    @property
    def script(self) -> str:
        """The person's acts in the call at hand or in the last one, as a phone's script; empty before the first."""
        from ._to_script import script_of

        return script_of(self.log)

    @property
    def test(self) -> str:
        """The same as a test for pytest: the call is placed again, with scripts instead of its people."""
        return self._last.to_pytest() if self._last else ""

    @property
    def dialog(self) -> str:
        """The call at hand, or the last one, as a dialog: with what everybody in it heard and did."""
        return self._last.to_dialog() if self._last else ""

    def answer(self) -> None:
        """Take the call that rings."""
        with self._acting("ringing", again=Person.answer) as handset:
            handset.decide("answer")

    def decline(self) -> None:
        """Refuse the call that rings."""
        with self._acting("ringing", again=Person.decline) as handset:
            handset.notice("declined")
            handset.decide("reject")

    def press(self, keys: str) -> None:
        """Press *keys*, one right after the other: ``0`` to ``9``, ``A`` to ``D``, ``*`` and ``#``.

        Raises :class:`SimulatorError` for others.
        """
        unknown = next((key for key in keys if key not in "0123456789ABCD*#"), None)
        if unknown is not None:
            raise SimulatorError(
                f"A phone has no key {unknown!r}.", hint="It has 0-9, A-D, * and #."
            )
        with self._acting("talking", again=lambda person: person.press(keys)) as handset:
            for key in keys:
                handset.press(key)

    def say(self, text: str, *, confidence: float = 0.9) -> None:
        """Say *text*, which takes the seconds of its words, after what is being said.

        *confidence*, from 0 to 1, is how sure Twilio is to have understood it. Raises :class:`SimulatorError` for
        another.
        """
        if not 0 <= confidence <= 1:
            raise SimulatorError(f"confidence is {confidence:g}.", hint="It goes from 0 to 1.")
        if not text.split():
            return
        said = " ".join(text.split())
        with self._acting(
            "talking", again=lambda person: person.say(said, confidence=confidence)
        ) as handset:
            handset.say(said, confidence)

    def mute(self, is_muted: bool = True) -> None:
        """Turn the microphone off: what is said is not heard. Keys still are. Every call begins with it on."""
        with self._acting("talking", again=lambda person: person.mute(is_muted)) as handset:
            self.is_muted = is_muted
            handset.notice("muted" if is_muted else "unmuted")

    def hang_up(self) -> None:
        """End the call, or give up calling."""
        with self._acting("talking", "calling", again=Person.hang_up) as handset:
            handset.hang_up()

    def play(self) -> Playing:
        """The steps for a call that <Refer> transfers to this phone: it is answered."""
        yield Step("answer")

    def take_up(self, handset: ManualHandset) -> bool:
        """Begin with *handset*; false with another call at hand in its world. The caller holds the lock."""
        line = handset.line
        if self._handset is not None and self._handset.line.world is line.world:
            handset.notify(Notice("missed", 0.0, line.near_end))
            return False
        self._handset, self._last, self.is_muted = handset, line, False
        self.log.clear()
        return True

    def put_down(self, handset: ManualHandset) -> bool:
        """Be done with *handset*; false if it is not at hand."""
        if self._handset is not handset:
            return False
        self._handset = None
        return True

    def notify(self, notice: Notice) -> None:
        """Add *notice* to the log if it belongs to the call at hand, and pass it on to the listener."""
        if notice.kind not in ("missed", "unplugged"):
            self.log.append(notice)
        if self.listener is not None:
            run_foreign(self.listener, notice)

    def unplug(self) -> None:
        """Detach from the phone. A call at hand goes on."""
        self.notify(Notice("unplugged", 0.0))

    @contextmanager
    def _acting(self, *states: State, again: Callable[[Person], object]) -> Iterator[ManualHandset]:
        """The phone, with the world held still; what follows at once from the act happens when the block ends.

        *again* does the same, where the past is replayed.
        """
        handset = self._handset
        if handset is None:
            raise _out_of_place(states, "free")
        line = handset.line
        with line.world.visiting(grain=_GRAIN):
            if self._handset is not handset or handset.state not in states or line.is_over:
                raise _out_of_place(states, self.state)
            with line.world.journal.noting(lambda world: again(world.phones.stand_in(self))):
                yield handset
        line.clock.settle()

    def __str__(self) -> str:
        return "a person"

    def __repr__(self) -> str:
        return f"<Person, {self.state}>"


_GRAIN = 0.1  # seconds to which the moment of an act is known
_NEEDED = {"ringing": "a call that rings", "talking": "a call", "calling": "a call"}


def _out_of_place(states: tuple[State, ...], state: State) -> SimulatorError:
    return SimulatorError(
        f"There is no {_NEEDED[states[0]].removeprefix('a ')} here: the phone is {state}.",
        hint="It may have ended a moment ago.",
    )
