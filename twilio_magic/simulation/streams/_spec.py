"""The facts about Media Streams, read from ``media_streams.json``.

Source: Twilio's pages "Media Streams - WebSocket Messages" and "TwiML Voice: Stream"; ``docs/fidelity.md`` says what is
a guess.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from importlib.resources import files
from typing import Any

from ...mulaw import RATE
from ...records import dataclass

#: The fields of a message: the kind of each, or the fields of an object.
Fields = Mapping[str, "str | Fields"]


@dataclass(frozen=True, slots=True)
class StreamSpec:
    """The whole table. Tracks are named by the words of the attribute *track*; times are in seconds.

    *tracks* says in which order the frames of an instant come, and *told_tracks* what the first message says.
    """

    connect: float  # from the document to the open socket
    frame_milliseconds: int
    headers: Mapping[str, str]
    connected: Mapping[str, str]
    format: Mapping[str, Any]
    tracks: Mapping[str, list[str]]
    told_tracks: Mapping[str, list[str]]
    key_track: str
    longest_buffer: float
    longest_silence: float  # after which no frames are sent until there is a sound
    normal_close: list[int]
    broken_close: list[int]
    refusals: Mapping[str, str]  # the reason in the vocabulary for each kind of refusal
    messages: Mapping[str, Fields]
    source: str = field(repr=False, default="")

    @property
    def frame(self) -> int:
        """The bytes of a frame."""
        return RATE * self.frame_milliseconds // 1000


@cache
def stream_spec() -> StreamSpec:
    """The table, read once."""
    text = files(__package__).joinpath("media_streams.json").read_text("utf-8")
    return StreamSpec(**json.loads(text))
