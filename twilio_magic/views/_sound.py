"""Recordings, and the sound of agents, that can be played where they are shown."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from ._theme import FAINT, span

if TYPE_CHECKING:
    from ..api import Call, CallRecording
    from ..timeline import Event

#: How many bytes of sound one card may carry into the notebook: about twelve seconds.
PLAYED_BYTES = 200_000
_BYTES_A_SECOND = 16_000  # 8 kHz, 16 bits


class Sounds:
    """The recordings of *call*, and what was heard of its agents, as far as one card has room for them.

    Those of a live call stay where they are.
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self._room = PLAYED_BYTES

    @cached_property
    def _recordings(self) -> Mapping[str, CallRecording]:
        return {} if self._call.is_live else {each.sid: each for each in self._call.recordings}

    def of(self, event: Event) -> Markup:
        """A player for the recording that *event* tells of, or what to do where there is none."""
        recording = self._recordings.get(event.data.get("sid", ""))
        if recording is None or recording.status != "completed":
            return Markup("")
        length = _BYTES_A_SECOND * (recording.duration or 0) * (recording.channels or 1)
        sound = recording.wav() if length <= self._room else b""
        if not sound or len(sound) > self._room:
            return _remark(
                f"call.recordings has its sound, too long to be kept here: {recording.sid}"
            )
        self._room -= len(sound)
        return player(sound, f"Recording at {event.at:g} seconds", at="center")

    def of_agent(self, event: Event) -> Markup:
        """A player for the sound of an agent that *event* tells of, or what to do where there is none."""
        sid, number = event.data["stream"], event.data["number"]
        session = next((each for each in self._call.sessions if each.sid == sid), None)
        if session is None or number >= len(session.sounds):
            return Markup("")  # it still sounds
        made = session.sounds[number]
        if made.seconds * _BYTES_A_SECOND > self._room:
            return _remark("call.sessions has this sound, too long to be kept here")
        wav = made.wav()
        self._room -= len(wav)
        return player(wav, f"Sound of the agent at {event.at:g} seconds")


def player(sound: bytes, label: str, *, at: Literal["center", "left"] = "left") -> Markup:
    """A player of the WAV file *sound*, in the middle of a line or *at* its beginning."""
    source = f"data:audio/wav;base64,{b64encode(sound).decode()}"
    margin = "2px auto 0" if at == "center" else "2px 0 0"
    style = f"display:block;height:32px;width:280px;max-width:100%;margin:{margin}"
    return Markup(
        '<audio controls preload="metadata" aria-label="{}" style="{}" src="{}"></audio>'
    ).format(label, style, source)


def _remark(text: str) -> Markup:
    return Markup("<div>{}</div>").format(span(text, f"color:{FAINT};font-size:85%"))
