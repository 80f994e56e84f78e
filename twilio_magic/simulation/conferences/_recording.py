"""The recording of a conference. Source: Twilio's page "TwiML Voice: Conference" (record)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ...timeline import Event, Kind, Timeline
from ..audio._line_sound import LineSounds
from ..legs._callbacks import report, take_turn
from ..recordings._recording import Recording, Status

if TYPE_CHECKING:
    from ..audio._ear import Ear, PhoneSound
    from ..clock._clock import Process
    from ..legs._leg import Leg
    from ..legs._party import Party
    from ..recordings._settings import Settings
    from ..webhooks._audio_file import AudioFile
    from ._conference import Conference


#: The words that ask for a recording; the second is an old one.
RECORDS = ("record-from-start", "true")
#: Adds the sound of the event at a place in the timeline of a leg to the recording, as it begins.
Take = Callable[["Leg", int], None]
_SOUNDS = ("said", "played")


class ConferenceRecording:
    """Records the mix of *conference* if *settings* ask for it. A recording reads it as it reads a leg."""

    def __init__(self, conference: Conference, opener: Leg, settings: Settings | None) -> None:
        self.sid = opener.sid
        self.account_sid = opener.account_sid
        self.clock = opener.clock
        self.created = conference.created
        self._taken: list[tuple[float, Callable[[], Event]]] = []
        self._speaking: dict[str, tuple[float, dict[str, Any]]] = {}
        self._clips: dict[str, bytes | bytearray] = {}
        self._files: dict[str, AudioFile] = {}
        self.recording: Recording | None = None
        self._conference = conference
        self._opener = opener
        self._settings = settings

    @property
    def ear(self) -> Ear:
        """What Twilio hears of the call that opened the conference."""
        return self._opener.ear

    @property
    def timeline(self) -> Timeline:
        """The sounds of the conference, as they are known by now: hold music is as long as it was heard."""
        return Timeline(replace(event(), at=at) for at, event in self._taken)

    @property
    def line_sounds(self) -> LineSounds:
        """What its events sound like."""
        return LineSounds(self._clips, self._files, self._conference.world.voices)

    def start(self) -> None:
        """Record from now on, if that was asked for."""
        if self._settings is None:
            return
        conference, world = self._conference, self._conference.world
        subject = {"ConferenceSid": conference.sid, "FriendlyName": conference.name}
        sid = world.identities.next(Recording.sid_prefix)
        self.recording = world.account.add(
            Recording(sid, self, "Conference", self._settings, subject=subject)
        )
        self._record_event("recording", "the conference is recorded", sid=self.recording.sid)
        self._report("in-progress")

    def take(self, speaker: Party, sound: PhoneSound) -> None:
        """Add *sound* of the party on *speaker* to the recording."""
        speech = sound.speech
        data: dict[str, Any] = {"seconds": speech.seconds, "sound": sound.kind, **sound.clip_data}
        if sound.kind == "speech":
            data |= {"words": speech.text}
        self._clips |= sound.clips
        self._speaking[speaker.sid] = (sound.started, data)
        spoken = Event(0.0, speaker.sid, "heard", "", data)
        self._take(lambda: spoken)

    def fall_silent(self, speaker: str) -> None:
        """The leg with the sid *speaker* has left: what it was saying is not recorded any longer."""
        if speaker in self._speaking:
            started, data = self._speaking.pop(speaker)
            data["seconds"] = min(data["seconds"], round(self.clock.now - started, 3))

    def announcement(self) -> Take:
        """A function that adds the sounds of one announcement to the recording; each sound is added once."""
        taken: set[tuple[float, str]] = set()

        def take(leg: Leg, place: int) -> None:
            event = leg.timeline[place]
            sound = (self.clock.now, event.text)
            if event.kind in _SOUNDS and sound not in taken:
                taken.add(sound)
                self._take_from(leg, lambda: event)

        return take

    def take_hold_music(self, leg: Leg, place: int) -> None:
        """Add what *leg* hears on hold to the recording, for as long as it hears it."""
        if leg.timeline[place].kind in _SOUNDS:
            self._take_from(leg, lambda: leg.timeline[place])

    def _take_from(self, leg: Leg, event: Callable[[], Event]) -> None:
        """Add *event* of *leg*, which may play a file."""
        self._files |= leg.files
        self._take(event)

    def _take(self, event: Callable[[], Event]) -> None:
        """Add *event*, of any leg, to the recording, at this moment."""
        if self.recording is not None:
            self._taken.append((round(self.clock.now - self.created, 3), event))

    def stop(self, last: Leg | None) -> None:
        """End the recording, if it runs; *last* was in the conference to the end."""
        if self.recording is not None and self.recording.ended is None:
            self.stop_recording(self.recording, last)

    def stop_recording(self, recording: Recording, last: Leg | None = None) -> None:
        """End *recording* now, and report it."""
        recording.stop()
        text = f"the conference: {recording.outcome}"
        self._record_event("recorded", text, last, sid=recording.sid, url=recording.url)
        self._report(recording.status)

    def _record_event(self, kind: Kind, text: str, last: Leg | None = None, **data: Any) -> None:
        """Record it in the call that opened the conference or, when that is over, in another call that was in it."""
        present = [each.leg for each in self._conference.present]
        legs = [self._opener, *present, *([last] if last else [])]
        leg = next((leg for leg in legs if not leg.is_over), None)
        if leg is not None:
            leg.record_event(kind, text, **data)

    def _report(self, status: Status) -> None:
        if self._settings and self._settings.callback and status in self._settings.events:
            self.clock.start(self._send_report(status))

    def _send_report(self, status: Status) -> Process[None]:
        if self._settings and self._settings.callback and self.recording:
            callback, parameters = (
                self._settings.callback,
                self.recording.callback_parameters(status),
            )
            url, method = callback.url, callback.method
            yield from take_turn(self._opener)
            report(self._opener, callback.purpose, url, method, parameters, unsaid=("CallSid",))


def record_sounds(leg: Leg, process: Process[object], take: Take) -> Process[None]:
    """Run *process* and *take* each event that it records on *leg*, and no other event of that leg."""
    with closing(process):
        step: Callable[[], Any] = partial(next, process)
        while True:
            before = len(leg.timeline)
            try:
                waited = step()
            except StopIteration:
                return
            for place in range(before, len(leg.timeline)):
                take(leg, place)
            try:
                step = partial(process.send, (yield waited))
            except Exception as interruption:
                step = partial(process.throw, interruption)
