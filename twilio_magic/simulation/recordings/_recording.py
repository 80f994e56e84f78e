"""A recording of a leg or a conference: the parts and tracks of it that are kept, and the sound of them.

Source: Twilio's pages "Recording resource", "TwiML Voice: Record", "TwiML Voice: Recording".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from email.utils import format_datetime
from typing import TYPE_CHECKING, ClassVar, Literal

from ...api import API_VERSION, account_url
from ...records import dataclass
from ...twiml import vocabulary
from ..audio._mp3 import mp3
from ..audio._wav import Stretch, length, wav
from ..clock._clock import whole

if TYPE_CHECKING:
    from ...timeline import Event
    from ..audio._line_sound import EventSound
    from ..audio._sounds import Tone, Track
    from ._recordable import Recordable
    from ._settings import Settings

Origin = Literal[
    "OutboundAPI",
    "DialVerb",
    "RecordVerb",
    "StartCallRecordingAPI",
    "StartCallRecordingTwiML",
    "Conference",
]
Status = Literal["in-progress", "paused", "completed", "absent"]
_TRACKS: tuple[Track, Track] = ("inbound", "outbound")
#: The ErrorCode of a recording that nothing is wrong with. Source: live calls.
_NO_ERROR = "0"


@dataclass(slots=True)
class _Pause:
    start: float
    silent: bool
    end: float | None = None


class Recording:
    """A recording of *leg* with this *sid*, from now until it is stopped. *name* is its name in TwiML, if it has one.

    *subject* has the parameters that identify in callbacks what is recorded; by default the call sid.
    """

    sid_prefix: ClassVar[str] = "RE"

    def __init__(
        self,
        sid: str,
        leg: Recordable,
        origin: Origin,
        settings: Settings,
        name: str = "",
        subject: Mapping[str, str] | None = None,
    ) -> None:
        self.sid = sid
        self.leg = leg
        self.origin = origin
        self.settings = settings
        self.name = name
        self.subject = subject or {"CallSid": leg.sid}
        self.started = leg.clock.now
        self.ended: float | None = None
        self._first = self._first_event()
        self._pauses: list[_Pause] = []
        self._kept: tuple[Stretch, ...] = ()

    @property
    def conference_sid(self) -> str | None:
        """The sid of the conference that is recorded; ``None`` where a call is."""
        return self.subject.get("ConferenceSid")

    @property
    def is_paused(self) -> bool:
        """Whether it is running and records nothing at the moment."""
        return self.ended is None and bool(self._pauses) and self._pauses[-1].end is None

    @property
    def status(self) -> Status:
        """Twilio's status of the recording; ``absent`` if it ended and has no length."""
        if self.ended is None:
            return "paused" if self.is_paused else "in-progress"
        return "completed" if self._kept else "absent"

    @property
    def seconds(self) -> float:
        """Its exact length in seconds; 0 while it is running."""
        return length(self._kept)

    @property
    def duration(self) -> int:
        """Its length in whole seconds, as in the API."""
        return whole(self.seconds)

    @property
    def elapsed_seconds(self) -> int:
        """The whole seconds from its start to its end, including pauses and silence that is trimmed."""
        ended = self.leg.clock.now if self.ended is None else self.ended
        return whole(ended - self.started)

    @property
    def words(self) -> str:
        """The words that the party on the phone said while it was recorded; words are cut at its edges."""
        spoken = (
            event
            for event in self._events()
            if event.kind == "spoke" and event.data["sound"] == "speech"
        )
        return " ".join(
            word
            for event in spoken
            for word in _within(event.data["words"], event.at, event.data["seconds"], self._kept)
        )

    @property
    def path(self) -> str:
        """Its path in the API, without a suffix."""
        return f"/{API_VERSION}/Accounts/{self.leg.account_sid}/Recordings/{self.sid}"

    @property
    def url(self) -> str:
        """The URL of its media."""
        return f"{account_url(self.leg.account_sid)}/Recordings/{self.sid}"

    def pause(self, *, silent: bool) -> None:
        """Pause it. The pause becomes silence in the recording if it is *silent*, and is left out otherwise."""
        if not self.is_paused:
            self._pauses.append(_Pause(self.leg.clock.now, silent))

    def resume(self) -> None:
        """End the pause."""
        if self.is_paused:
            self._pauses[-1].end = self.leg.clock.now

    @property
    def outcome(self) -> str:
        """What became of it, in words for a timeline."""
        if self.status == "absent":
            return "nothing: it has no length"
        return f"{self.seconds:.1f} s"

    def stop(self) -> None:
        """End it now. Its status becomes ``absent`` if it has no length; silence is kept, as anything else."""
        stretches = tuple(self._stretches())
        self.ended = self.leg.clock.now
        trims = self.settings.trim == "trim-silence"
        self._kept = self._trim(stretches) if trims else stretches

    def wav(self) -> bytes:
        """The media as a WAV file: 8 kHz, 16 bits; the first of two channels is the inbound track."""
        heard = [sound for sound in self._sounds() if self._records(sound)]
        if self.settings.channels != "dual":
            return wav([heard], self._kept)
        sides = [[sound for sound in heard if sound.track == track] for track in _TRACKS]
        return wav(sides, self._kept)

    def mp3(self) -> bytes:
        """The media as an MP3; raises :class:`NotInstalled` without the encoder."""
        return mp3(self.wav())

    def callback_parameters(self, status: Status) -> dict[str, str]:
        """The parameters of the recording status callback that reports *status*."""
        parameters = {
            "AccountSid": self.leg.account_sid,
            **self.subject,
            "RecordingSid": self.sid,
            "RecordingUrl": self.url,
            "RecordingStatus": status,
            "RecordingChannels": str(self.channels),
            "RecordingStartTime": format_datetime(self.leg.clock.date(whole(self.started))),
            "RecordingSource": self.origin,
            "RecordingTrack": self.settings.track,
            "ErrorCode": _NO_ERROR,
        }
        if status == "completed":
            parameters["RecordingDuration"] = str(self.duration)
        if status == "absent":
            parameters["ErrorCode"] = str(self.error_code)
        return parameters

    @property
    def error_code(self) -> int | None:
        """Why it is absent; ``None`` for one that is not."""
        codes = vocabulary().elements["Recording"].codes
        return codes["short"] if self.status == "absent" else None

    @property
    def channels(self) -> int:
        """The number of channels of its media."""
        return 2 if self.settings.channels == "dual" else 1

    def _first_event(self) -> int:
        """The index in the timeline of the first event that can sound in the recording.

        Twilio's own words may have begun before the recording did. They do not matter if only the inbound track is
        recorded, and the phone is silent when it starts: earlier events are skipped then, so that many short
        recordings of a long call stay cheap.
        """
        leg = self.leg
        hears_phone_alone = self._track == "inbound" and leg.ear.quiet_since <= self.started
        return len(leg.timeline) if hears_phone_alone else 0

    @property
    def _track(self) -> str:
        """The track that it keeps, or both."""
        return self.settings.kept_track or self.settings.track

    def _events(self) -> Iterator[Event]:
        return iter(self.leg.timeline[self._first :])

    def _stretches(self) -> Iterator[Stretch]:
        """The parts of the call that it keeps, from its start until now or its end."""
        at = self.started
        now = self.leg.clock.now if self.ended is None else self.ended
        for pause in self._pauses:
            yield from self._stretch(at, pause.start)
            at = now if pause.end is None else pause.end
            if pause.silent:
                yield from self._stretch(pause.start, at, silent=True)
        yield from self._stretch(at, now)

    def _stretch(self, start: float, end: float, *, silent: bool = False) -> Iterator[Stretch]:
        if start < end:
            created = self.leg.created
            yield Stretch(round(start - created, 3), round(end - created, 3), silent)

    def _sounds(self) -> Iterator[Tone | EventSound]:
        return self.leg.line_sounds.sounds(self._events())

    def _records(self, sound: Tone | EventSound) -> bool:
        return self._track in ("both", sound.track)

    def _sound_spans(self, stretches: tuple[Stretch, ...]) -> Iterator[tuple[float, float]]:
        """Start and end of each sound on the recorded tracks, within *stretches*."""
        for sound in self._sounds():
            for stretch in stretches:
                start, end = max(sound.start, stretch.start), min(sound.end, stretch.end)
                if start < end and self._records(sound) and not stretch.silent:
                    yield start, end

    def _trim(self, stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
        """*stretches* without the silence before the first sound and after the last; all of them if there is none."""
        spans = list(self._sound_spans(stretches))
        if not spans:
            return stretches
        first, last = min(start for start, _ in spans), max(end for _, end in spans)
        clipped = (
            Stretch(max(each.start, first), min(each.end, last), each.silent) for each in stretches
        )
        return tuple(each for each in clipped if each.start < each.end)


def _within(text: str, at: float, seconds: float, kept: tuple[Stretch, ...]) -> Iterator[str]:
    """The words of *text* whose middle is in *kept*; each word takes an equal share of the *seconds*."""
    words = text.split()
    for place, word in enumerate(words):
        middle = at + seconds * (place + 0.5) / len(words)
        if any(each.start <= middle < each.end and not each.silent for each in kept):
            yield word
