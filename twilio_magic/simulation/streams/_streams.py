"""The one-way streams of a call: how one begins, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...twiml import vocabulary
from ._spec import stream_spec
from ._stream import MediaStream

if TYPE_CHECKING:
    from ..legs._leg import Leg
    from ._settings import StreamSettings


def begin_stream(leg: Leg, settings: StreamSettings) -> MediaStream:
    """Begin a one-way stream of *leg*, which goes on beside what the call does until it is stopped."""
    stream = leg.world.account.add(MediaStream(leg, settings))
    leg.recorder.streams.append(stream)
    leg.start(stream.run())
    return stream


def find_stream(leg: Leg, name: str) -> MediaStream | None:
    """The one-way stream of *leg* that runs under *name*, which may be its sid."""
    running = running_streams(leg)
    return next((each for each in running if name in (each.name, each.sid)), None)


def running_streams(leg: Leg) -> list[MediaStream]:
    """The one-way streams of *leg* that run."""
    streams = leg.world.account.resources(MediaStream).values()
    return [each for each in streams if each.leg is leg and not each.is_over]


def what_speaks_against(leg: Leg, settings: StreamSettings) -> str:
    """Why no stream can begin with these *settings*; empty if it can."""
    if settings.name and find_stream(leg, settings.name):
        return f"a stream called {settings.name!r} runs already: names are unique in a call"
    most = vocabulary().elements["Stream"].limits["forked_streams_per_call"]
    if leg.recorder.forks + len(stream_spec().tracks[settings.track]) > most:
        return f"the streams of the call would have more than {most} tracks"
    return ""
