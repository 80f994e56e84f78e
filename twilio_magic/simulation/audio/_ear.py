"""What Twilio hears on a call leg: keys and speech as input for verbs, and all sounds of the phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from ...mulaw import duration_of
from ...records import dataclass
from ...twiml import Speech, speak_text

if TYPE_CHECKING:
    import simpy

    from ..clock._clock import Clock, Process


#: Seconds between a greeting and its beep: shorter than the silence that ends a message.
BEEP_AFTER = 0.4


def _noise(name: str, seconds: float) -> Speech:
    return replace(speak_text(name), seconds=seconds, words=())


BEEP = _noise("beep", 0.5)
FAX = _noise("fax tones", 3.0)


@dataclass(frozen=True, slots=True)
class PhoneSound:
    """A sound of the phone, from *started* to *end*: speech, the beep of a machine, fax tones, or a file.

    A file is played as a *clip*, which is in mu-law; nobody knows its words.
    """

    kind: Literal["speech", "beep", "fax", "file"]
    speech: Speech
    started: float
    confidence: float = 1.0
    clip: bytes = field(default=b"", repr=False)

    @property
    def end(self) -> float:
        """The moment at which the sound ends, if the call does not end before."""
        return round(self.started + self.speech.seconds, 3)

    @property
    def clips(self) -> dict[str, bytes]:
        """The clip by its name, if there is one."""
        return {sha256(self.clip).hexdigest()[:16]: self.clip} if self.clip else {}

    @property
    def clip_data(self) -> dict[str, str]:
        """What an event about this sound says of the clip."""
        return {"clip": "".join(self.clips)} if self.clip else {}


def play_clip(name: str, clip: bytes, started: float) -> PhoneSound:
    """The *clip* in mu-law, from a file called *name*, played from the moment *started* on."""
    return PhoneSound("file", _noise(name, duration_of(clip)), started, clip=clip)


class KeyQueue:
    """Keys in the order in which they were pressed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._keys: list[str] = []
        self._came: simpy.Event = clock.event()

    def put(self, key: str) -> None:
        """Add *key*."""
        self._keys.append(key)
        came, self._came = self._came, self._clock.event()
        came.succeed()

    def next(self, end: simpy.Event) -> Process[str | None]:
        """Wait for the next key; ``None`` if *end* happens before."""
        while not self._keys:
            if end.processed:
                return None
            yield self._came | end
        return self._keys.pop(0)


class Ear:
    """Hands keys and speech to the verb that listens for them.

    A key pressed while no verb listens is lost, as on a real call. *sounds* keeps everything that was heard: machine
    detection and transcriptions listen independently of verbs.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: simpy.Event | None = None
        self._input: list[str | PhoneSound] = []
        #: Whether keys count as input now.
        self.for_keys = False
        self._for_speech = False
        #: Whether keys may be payment details. It stays true until the call ends: late keys may be some, too.
        self.is_secret = False
        self._away: KeyQueue | None = None  # where keys go instead of to verbs
        self.sounds: list[PhoneSound] = []
        #: Triggered by the next sound.
        self.sound: simpy.Event = clock.event()
        #: Triggered while a verb listens for keys.
        self.open: simpy.Event = clock.event()
        #: Triggered while a verb listens for speech.
        self.open_for_speech: simpy.Event = clock.event()

    @property
    def for_speech(self) -> bool:
        """Whether speech counts as input now."""
        return self._for_speech

    @for_speech.setter
    def for_speech(self, is_taken: bool) -> None:
        self._for_speech = is_taken
        if is_taken and not self.open_for_speech.triggered:
            self.open_for_speech.succeed()
        elif not is_taken and self.open_for_speech.triggered:
            self.open_for_speech = self._clock.event()

    @property
    def quiet_since(self) -> float:
        """The moment at which the last sound ends."""
        return self.sounds[-1].end if self.sounds else 0.0

    @property
    def is_diverted(self) -> bool:
        """Whether keys reach neither verbs nor other parties now."""
        return self._away is not None

    @contextmanager
    def diverting(self) -> Iterator[KeyQueue]:
        """Keep all keys, which are secret, from verbs and from other parties while the block runs; gives the keys."""
        self.is_secret = True
        self._away = queue = KeyQueue(self._clock)
        if not self.open.triggered:
            self.open.succeed()
        try:
            yield queue
        finally:
            self._away = None
            if not self.for_keys:
                self.open = self._clock.event()

    @contextmanager
    def listening(
        self, *, keys: bool = True, speech: bool = False, secret: bool = False
    ) -> Iterator[None]:
        """Take keys, speech or both as input while the block runs; *secret* input is masked everywhere."""
        self.is_secret = self.is_secret or secret
        self.for_keys, self.for_speech = keys, speech
        self._input.clear()
        if keys and not self.open.triggered:
            self.open.succeed()
        try:
            yield
        finally:
            self.for_keys = self.for_speech = False
            self._waiting = None
            if keys and not self.is_diverted:
                self.open = self._clock.event()

    def take(self, key: str) -> bool:
        """Take *key* as input. Returns false if no verb listens: then the key is lost."""
        if self._away is not None:
            self._away.put(key)
            return True
        if not self.for_keys:
            return False
        self._input.append(key)
        self._hand_over()
        return True

    def hear(self, sound: PhoneSound) -> None:
        """Take in *sound*, which begins now."""
        self.sounds.append(sound)
        changed, self.sound = self.sound, self._clock.event()
        changed.succeed(sound)
        if self.for_speech and sound.kind == "speech":
            self._input.append(sound)
            self._hand_over()

    def next(self) -> simpy.Event:
        """An event whose value is the next input: a key, as a text, or a :class:`PhoneSound`."""
        self._waiting = self._clock.event()
        self._hand_over()
        return self._waiting

    def _hand_over(self) -> None:
        if self._waiting and self._input and not self._waiting.triggered:
            self._waiting.succeed(self._input.pop(0))
