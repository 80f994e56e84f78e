"""Twilio's side of one stream: the sound of a call, in frames of 20 milliseconds, and what comes back.

Source: Twilio's page "Media Streams - WebSocket Messages".
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any, ClassVar

from ... import mulaw
from ...secret import mask_user_info
from ...sessions import WebSocketSession
from ...twiml import vocabulary
from ..legs._speaking import wait
from ..mounts._socket import SocketRefused
from ..sessions._frames import FrameLine
from ._reports import StreamReports
from ._spec import stream_spec
from ._tracks import Track

if TYPE_CHECKING:
    from ...timeline import Kind
    from ...tracebacks import Raised
    from ..clock._clock import Process
    from ..legs._leg import Leg
    from ._settings import StreamSettings

#: Seconds within which an application must accept the WebSocket.
_PATIENCE = 5.0
_NORMAL = 1000
#: How often is looked for a sound, in milliseconds, after a long silence.
_IDLE = 1000


class MediaStream:
    """A stream of *leg*: one-way, unless it is a :class:`TwoWayStream`."""

    sid_prefix: ClassVar[str] = "MZ"

    def __init__(self, leg: Leg, settings: StreamSettings) -> None:
        self.leg = leg
        self.settings = settings
        self.sid = leg.world.identities.next(self.sid_prefix)
        self.name = settings.name
        self.status = "in-progress"
        self.updated = leg.clock.now
        url, parameters = mask_user_info(settings.url), settings.parameters
        self._session = WebSocketSession("stream", self.sid, url, parameters=parameters)
        self._frames = FrameLine(leg, self._session)
        self._reports = StreamReports(leg, self.sid, self.name or self.sid, settings.callback)
        self._tracks = [Track(leg, name) for name in stream_spec().tracks[settings.track]]
        self._told_once: set[str] = set()
        self._is_open = self._is_idle = False
        self._began = self._last_sound = 0.0
        self._sequence = self._chunk = 0

    @property
    def is_over(self) -> bool:
        """Whether it has been stopped, or has failed."""
        return self.status == "stopped"

    @property
    def forks(self) -> int:
        """How many forks of the call's sound it takes."""
        return 0 if self.is_over else len(self._tracks)

    def run(self) -> Process[None]:
        """Open the WebSocket, and send frames until something ends the stream."""
        yield from wait(self.leg, stream_spec().connect)
        if self.is_over or self.leg.is_over or not (yield from self._open()):
            return
        try:
            yield from self._flow()
        finally:
            self.stop()

    def stop(self) -> None:
        """End the stream: the application is told, and the WebSocket closed. Does nothing to one that is over."""
        if self.is_over:
            return
        self._finish("completed")
        if not self._is_open:
            return
        ids = {"accountSid": self.leg.account_sid, "callSid": self.leg.sid}
        self._send("stop", stop=ids)
        self._frames.close(_NORMAL, "")
        self._record_end("Twilio")
        self._reports.send("stream-stopped")

    def _finish(self, status: str) -> None:
        self.status, self.updated = "stopped", self.leg.clock.now
        self._session.status = status
        self._fall_silent()
        self._frames.news.happen()

    def _open(self) -> Process[bool]:
        """Open the WebSocket; returns whether it is open."""
        spec, leg = stream_spec(), self.leg
        try:
            took = self._frames.open(self.settings.url, spec.headers, _PATIENCE)
        except SocketRefused as refused:
            self._refuse(refused)
            return False
        leg.sessions.append(self._session)
        yield from wait(leg, took)
        self._is_open = True
        self._began = self._last_sound = leg.clock.now
        self._record("connected", self._session.url)
        self._frames.send(dict(spec.connected))
        self._send("start", start=self._describe())
        self._reports.send("stream-started")
        return True

    def _refuse(self, refused: SocketRefused) -> None:
        reason = stream_spec().refusals[refused.kind]
        self._fail(reason, f"{self._session.url} cannot be reached: {refused}")
        self._finish("failed")

    def _describe(self) -> dict[str, Any]:
        spec = stream_spec()
        return {
            "accountSid": self.leg.account_sid,
            "streamSid": self.sid,
            "callSid": self.leg.sid,
            "tracks": list(spec.told_tracks[self.settings.track]),
            "mediaFormat": dict(spec.format),
            "customParameters": dict(self.settings.parameters),
        }

    def _flow(self) -> Process[None]:
        """Send a frame every 20 milliseconds, and take what comes in between."""
        clock = self.leg.clock
        tick = clock.seconds(self._until_next_tick)
        while True:
            self._read_frames()
            if self.is_over:
                return
            news = self._frames.news.next
            if self._has_more:
                continue
            yield clock.env.any_of([tick, news, *self._other_events()])
            self._take_input()
            if tick.processed:
                self._tick()
            elif not self._is_idle:
                continue
            else:
                self._is_idle = False  # something is heard again
            tick = clock.seconds(self._until_next_tick)

    def _other_events(self) -> list[Any]:
        """Further events to wait for: a frame that counts later, and after a long silence, a sound."""
        at, clock = self._frames.next_at, self.leg.clock
        later = [] if at is None else [clock.seconds(max(0.0, at - clock.now))]
        return [*later, self.leg.ear.sound] if self._is_idle else later

    @property
    def _has_more(self) -> bool:
        """Whether something came that is to be taken at this very moment."""
        at = self._frames.next_at
        return self._frames.loss is not None if at is None else at <= self.leg.clock.now

    @property
    def _until_next_tick(self) -> float:
        """The seconds to the end of the next frame, or a second where none is to be sent."""
        length, now = stream_spec().frame_milliseconds, self._milliseconds
        following = now + _IDLE if self._is_idle else (now // length + 1) * length
        return (following - now) / 1000

    @property
    def _milliseconds(self) -> int:
        """How long the stream has lasted."""
        return round((self.leg.clock.now - self._began) * 1000)

    def _tick(self) -> None:
        """A frame is complete."""
        if self.is_over:
            return
        spec, milliseconds = stream_spec(), self._milliseconds
        self._play()
        start = self._began - self.leg.created + (milliseconds - spec.frame_milliseconds) / 1000
        frames = [(track.name, track.frame(start, spec.frame)) for track in self._tracks]
        if self._is_worth_sending([sound for _, sound in frames]):
            for name, sound in frames:
                if not self.is_over:
                    self._send_media(name, sound, milliseconds)

    def _send_media(self, track: str, sound: bytes, milliseconds: int) -> None:
        self._chunk += 1
        self._send(
            "media",
            media={
                "track": track,
                "chunk": str(self._chunk),
                "timestamp": str(milliseconds),
                "payload": _payload(sound),
            },
        )

    def _is_worth_sending(self, sounds: list[bytes]) -> bool:
        """Whether there was a sound not too long ago. Silence without end is not sent: nobody would hang up."""
        spec, now = stream_spec(), self.leg.clock.now
        if self._is_sounding or any(sound.strip(mulaw.SILENCE) for sound in sounds):
            self._last_sound = now
            self._is_idle = False
        if now - self._last_sound <= spec.longest_silence:
            return True
        text = f"after {spec.longest_silence:g} s of silence no more frames are sent until there is a sound"
        self._record_once("not simulated", text)
        self._is_idle = True
        return False

    def _send(self, event: str, **content: Any) -> None:
        """Send a numbered message."""
        self._sequence += 1
        number = str(self._sequence)
        self._frames.send(
            {"event": event, "sequenceNumber": number, **content, "streamSid": self.sid}
        )

    def _read_frames(self) -> None:
        while not self.is_over and (frame := self._frames.take()) is not None:
            self._take_frame(frame)
        loss = self._frames.loss
        if loss is not None and self._frames.next_at is None and not self.is_over:
            self._lose(*loss)

    def _take_frame(self, frame: str | bytes) -> None:
        """Nothing may come back on a one-way stream."""
        self._frames.keep(frame if isinstance(frame, str) else repr(frame))
        self._warn_once("protocol", "the stream is one-way: what the application sends is ignored")

    def _take_input(self) -> None:
        """Take what the caller has done: nothing on a one-way stream."""

    def _play(self) -> None:
        """Play what the application has sent: nothing on a one-way stream."""

    def _fall_silent(self) -> None:
        """Stop playing: nothing on a one-way stream."""

    @property
    def _is_sounding(self) -> bool:
        """Whether the application makes a sound."""
        return False

    def _lose(self, code: int, reason: str, raised: Raised | None) -> None:
        """The application has closed the WebSocket, or dropped it."""
        spec = stream_spec()
        is_normal = code in spec.normal_close
        self._finish("completed" if is_normal else "failed")
        self._record_end("application")
        if not is_normal:
            said = f" “{reason}”" if reason else ""
            why = f": the application raised {raised.line}" if raised else ""
            text = f"the application closed the WebSocket ({code}{said}){why}"
            trace = {"traceback": self._mask(raised.traceback)} if raised else {}
            self._fail("broken" if code in spec.broken_close else "closed", text, **trace)
        self._reports.send("stream-stopped")

    def _fail(self, reason: str, text: str, **data: str) -> None:
        """Record a failure with the code for *reason*, and report it."""
        code, masked = _code(reason), self._mask(text)
        self._record("failed", f"{code}: {masked}", code=code, **data)
        self._reports.send("stream-error", error=masked)

    def _mask(self, text: str) -> str:
        return self.leg.world.account.auth_token.mask_in(text)

    def _warn_once(self, reason: str, text: str) -> None:
        """Record a warning, which Twilio gives once a stream."""
        code = _code(reason)
        if reason not in self._told_once:
            self._record("warned", f"{code}: {self._mask(text)}", code=code)
        self._told_once.add(reason)

    def _record_once(self, kind: Kind, text: str) -> None:
        if text not in self._told_once:
            self._record(kind, text)
        self._told_once.add(text)

    def _record_end(self, by: str) -> None:
        if not self.leg.is_over:
            session = self._session
            text = f"{session.close_code} {session.close_reason}".strip()
            self._record("disconnected", text, by=by)

    def _record(self, kind: Kind, text: str, **data: Any) -> None:
        session = self._session
        self.leg.record_event(kind, text, session=session.sid, url=session.url, **data)


def _payload(sound: bytes) -> str:
    return b64encode(sound).decode("ascii")


def _code(reason: str) -> int:
    return vocabulary().elements["Stream"].codes[reason]
