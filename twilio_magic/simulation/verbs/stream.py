"""Stream, inside Start, Stop and Connect: sends the sound of the call to a WebSocket.

Source: Twilio's page "TwiML Voice: Stream".
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..legs._verb import Verb, performs
from ..streams._settings import StreamSettings, read_stream_settings
from ..streams._streams import begin_stream, find_stream, what_speaks_against
from ..streams._two_way import TwoWayStream

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._connection import Connection


@performs("Stream")
def stream(verb: Verb) -> Process[None]:
    """Begin a one-way stream, or inside Stop, end the one with this *name*."""
    act = _stop if verb.is_inside("Stop") else _start
    act(verb)
    yield from ()  # it takes no time


def connect_stream(noun: Verb) -> Connection | None:
    """The two-way stream that *noun* asks for; ``None`` if there can be none, which is told."""
    noun.record_unsupported_attributes()
    settings = _settings(noun)
    return TwoWayStream(noun.leg, settings) if settings else None


def _start(verb: Verb) -> None:
    settings = _settings(verb)
    if settings is None:
        return
    reason = what_speaks_against(verb.leg, settings)
    if reason:
        verb.record_event("failed", f"{reason}; this one is not made")
    else:
        begin_stream(verb.leg, settings)


def _stop(verb: Verb) -> None:
    name = verb["name"] or ""
    found = find_stream(verb.leg, name) if name else None
    if found is None:
        verb.record_event("warned", f"no stream called {name!r} runs: nothing to stop")
    else:
        found.stop()


def _settings(verb: Verb) -> StreamSettings | None:
    """What the attributes of *verb* ask for; ``None``, and told, if Twilio refuses it."""
    url = _address(verb)
    if url is None:
        return None
    settings = read_stream_settings(verb, url)
    if verb.is_inside("Connect") and settings.track != "inbound_track":
        verb.fail("track", f"<Connect> takes no track but inbound_track, and not {settings.track}")
        return None
    return settings


def _address(verb: Verb) -> str | None:
    """The address of the WebSocket; ``None``, and told, if it is none."""
    written = verb["url"] or ""
    source = verb.page.follow(written, "POST", "stream", {}) if written else None
    url = source.url if source is not None else written
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, is_whole = urlsplit(""), False
    scheme = "wss" if _is_relative(written) and parts.scheme == "https" else parts.scheme
    if not is_whole:
        verb.fail("address", f"{url!r} is not the address of a WebSocket")
        return None
    if scheme != "wss":
        verb.fail("scheme", f"{url} begins with {parts.scheme}://, and only wss:// is taken")
        return None
    # a stream has no query: <Parameter> is in its place, and the check of the document says so
    return parts._replace(scheme=scheme, query="", fragment="").geturl()


def _is_relative(url: str) -> bool:
    return "://" not in url
