"""Answering machine detection: a person, a machine, or a fax. Source: Twilio's page "Answering machine detection".

It judges what it hears, as Twilio does: long speech is a machine, a short greeting with silence behind it is a person.
So a machine with a very short greeting is taken for a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...records import dataclass
from ..clock._waiting import until
from ._callbacks import report

if TYPE_CHECKING:
    from ..audio._ear import PhoneSound
    from ..clock._clock import Process
    from ._leg import Leg
    from ._speaking import Stop

_FAX_SECONDS = 1.0  # of tones until a fax is recognized


class _OutOfTime(Exception):  # noqa: N818 - it is no error
    """The time that the detection may take is over."""


@dataclass(frozen=True, slots=True)
class Detection:
    """The result: *answered_by* in Twilio's word, and the *milliseconds* that the detection took."""

    answered_by: str
    milliseconds: int

    @property
    def parameters(self) -> dict[str, str]:
        """The same as webhooks carry it."""
        duration = str(self.milliseconds)
        return {"AnsweredBy": self.answered_by, "MachineDetectionDuration": duration}


def detect(leg: Leg) -> Process[None]:
    """Detect who answered *leg*, and keep the result as ``leg.detection``."""
    began = leg.clock.now
    detector = _Detector(leg)
    try:
        answered_by = yield from detector.result()
    except _OutOfTime:
        answered_by = detector.so_far
    milliseconds = round((leg.clock.now - began) * 1000)
    leg.detection = Detection(answered_by, milliseconds)
    leg.record_event("detected", f"{answered_by}, after {milliseconds} ms", answered_by=answered_by)


def detect_beside(leg: Leg) -> Process[None]:
    """The same while the instructions run, and no longer: the result goes to ``AsyncAmdStatusCallback``."""
    yield from until(leg.over, detect(leg))
    url = leg.parameter("AsyncAmdStatusCallback")
    if url and leg.detection is not None and not leg.is_over:
        method = leg.parameter("AsyncAmdStatusCallbackMethod")
        report(leg, "machine detection", url, method, leg.detection.parameters)


class _Detector:
    """Listens to the far end from now on. *so_far* is the result if the time is over."""

    def __init__(self, leg: Leg) -> None:
        self.so_far = "unknown"
        self._clock = leg.clock
        self._ear = leg.ear
        self._deadline = self._clock.now + float(leg.parameter("MachineDetectionTimeout"))
        self._to_the_end = leg.parameter("MachineDetection") == "DetectMessageEnd"
        self._silence = float(leg.parameter("MachineDetectionSilenceTimeout")) / 1000
        self._long = float(leg.parameter("MachineDetectionSpeechThreshold")) / 1000
        self._gap = float(leg.parameter("MachineDetectionSpeechEndThreshold")) / 1000
        self._seen = 0

    def result(self) -> Process[str]:
        """The value of ``AnsweredBy``; raises :class:`_OutOfTime`."""
        sound = yield from self._sound_within(self._silence)
        if sound is None:
            return "unknown"
        if sound.kind == "fax":
            yield from self._pass_to(sound.started + _FAX_SECONDS)
            return "fax"
        sound = yield from self._long_speech(sound)
        if sound is None:
            return "human"
        if not self._to_the_end:
            return "machine_start"
        self.so_far = "machine_end_other"
        return (yield from self._end_of_message(sound))

    def _long_speech(self, first: PhoneSound) -> Process[PhoneSound | None]:
        """The sound that gave the machine away, or ``None`` for a short greeting with silence behind it."""
        sound: PhoneSound | None = first
        while sound is not None:
            if sound.kind == "beep":
                return sound
            if sound.end - first.started > self._long:
                yield from self._pass_to(first.started + self._long)
                return sound
            yield from self._pass_to(sound.end)
            sound = yield from self._sound_within(self._gap)
        return None

    def _end_of_message(self, first: PhoneSound) -> Process[str]:
        sound: PhoneSound | None = first
        while sound is not None:
            yield from self._pass_to(sound.end)
            if sound.kind == "beep":
                return "machine_end_beep"
            sound = yield from self._sound_within(self._gap)
        return "machine_end_silence"

    def _sound_within(self, seconds: float) -> Process[PhoneSound | None]:
        """The next sound, or ``None`` if it does not begin within *seconds*."""
        until = self._clock.now + seconds
        while len(self._ear.sounds) <= self._seen:
            heard = self._ear.sound
            yield from self._pass_to(until, unless=heard)
            if not heard.triggered:
                return None
        self._seen += 1
        return self._ear.sounds[self._seen - 1]

    def _pass_to(self, moment: float, unless: Stop = None) -> Process[None]:
        """Let time pass up to *moment*, or less if *unless* happens."""
        rest = min(moment, self._deadline) - self._clock.now
        if rest > 0:
            passed = self._clock.seconds(rest)
            yield passed if unless is None else passed | unless
        if moment > self._deadline and not (unless is not None and unless.triggered):
            raise _OutOfTime
