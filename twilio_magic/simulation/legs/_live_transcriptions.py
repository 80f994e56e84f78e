"""The live transcriptions of one leg, and what is said on it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...twiml import vocabulary
from ._live_transcription import LiveTranscription
from ._utterance import Utterance

if TYPE_CHECKING:
    from ...twiml import Speech
    from ._leg import Leg
    from ._transcription_settings import TranscriptionSettings


class LiveTranscriptions:
    """The live transcriptions of *leg* that run now. What is said is handed to them from its first word on."""

    def __init__(self, leg: Leg) -> None:
        self._leg = leg
        self._running: list[LiveTranscription] = []
        self._said: list[Utterance] = []  # what is being said now

    def __iter__(self) -> Iterator[LiveTranscription]:
        return iter(tuple(self._running))

    def with_name(self, name: str) -> list[LiveTranscription]:
        """Those that run by this *name*."""
        return [each for each in self._running if name and each.name == name]

    def find_conflict(self, settings: TranscriptionSettings) -> str:
        """Why there cannot be another one with these *settings* beside those that run; empty if there can."""
        if self.with_name(settings.name):
            return (
                f"a transcription called {settings.name!r} runs already: names are unique in a call"
            )
        most = vocabulary().elements["Transcription"].limits["forked_streams_per_call"]
        is_full = len(self._running) >= most
        return f"{most} transcriptions of the call run already" if is_full else ""

    def start(self, settings: TranscriptionSettings, line: int | None = None) -> LiveTranscription:
        """Begin another one, as the document says in this *line*, or the API.

        One whose engine does not exist is recorded as failed, reports nothing, and has stopped already.
        """
        made = LiveTranscription(self._leg, settings)
        self._leg.world.account.add(made)
        if settings.unknown_engine:
            text = f"there is no transcriptionEngine {settings.unknown_engine!r}: nothing is transcribed"
            self._fail("configuration", text, line)
            made.status = "stopped"
            return made
        self._running.append(made)
        made.begin()
        if settings.refused_model:
            text = f"{settings.engine} has no speechModel {settings.refused_model!r}"
            made.fail(self._fail("provider", text, line), text)
            self.stop(made)
        for utterance in self._said:
            made.follow(utterance)
        return made

    def stop(self, transcription: LiveTranscription) -> None:
        """End *transcription*; what was said last is taken down before it has stopped."""
        self._running.remove(transcription)
        for utterance in self._said:
            transcription.finish(utterance)
        transcription.end()

    def stop_all(self) -> None:
        """End all that run, because the call ends."""
        for transcription in self:
            self.stop(transcription)

    def begin(self, track: str, speech: Speech, confidence: float = 1.0) -> None:
        """Hear *speech* on *track*, from now on."""
        now = self._leg.clock.now
        utterance = Utterance(track, speech, now, confidence)
        self._said = [each for each in self._said if each.end >= now]
        self._said.append(utterance)
        for transcription in self:
            transcription.follow(utterance)

    def finish(self, track: str, text: str, confidence: float = 1.0) -> None:
        """The speech of *text* on *track* is over, or was cut off.

        Of one that was heard from its middle on, because the parties were joined meanwhile, all words are taken down.
        """
        said = (each for each in self._said if (each.track, each.speech.text) == (track, text))
        utterance = next(said, None)
        if utterance is not None:
            self._end(utterance)
            return
        for transcription in self:
            transcription.write(track, text, confidence)

    def cut(self, track: str) -> None:
        """What is said on *track* is heard no more."""
        for utterance in [each for each in self._said if each.track == track]:
            self._end(utterance)

    def _end(self, utterance: Utterance) -> None:
        self._said.remove(utterance)
        utterance.is_over = True
        for transcription in self:
            transcription.finish(utterance)

    def _fail(self, reason: str, text: str, line: int | None) -> int:
        """Record a failure with Twilio's code for *reason*; returns the code."""
        code = vocabulary().elements["Transcription"].codes[reason]
        place = {} if line is None else {"line": line}
        self._leg.record_event("failed", f"{code}: {text}", code=code, **place)
        return code
