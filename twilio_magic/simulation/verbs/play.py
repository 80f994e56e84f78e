"""Play: an audio file, or DTMF tones. Source: Twilio's page "TwiML Voice: Play"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...twiml import vocabulary
from ..legs._speaking import play_file, send_tones
from ..legs._verb import Verb, performs
from ..webhooks._audio_file import AudioFile, fetch_audio
from .say import FOREVER

if TYPE_CHECKING:
    from ..clock._clock import Process


@performs("Play")
def play(verb: Verb) -> Process[None]:
    """Play the file, or the tones of *digits*, as often as *loop* says. What cannot be played is skipped."""
    file = None if verb["digits"] else _file(verb)
    if not verb["digits"] and file is None:
        return
    for _ in range(verb["loop"] or FOREVER):
        if file is None:
            stopped = yield from send_tones(verb.leg, verb["digits"], stop=verb.stop)
        else:
            stopped = yield from play_file(verb.leg, file, verb.stop, line=verb.element.line)
        if stopped:
            return


def _file(verb: Verb) -> AudioFile | None:
    """The file that the text leads to; ``None``, and told, if there is nothing to play there."""
    source = verb.callback(verb.element.text, "GET", "audio")
    if source is None:
        return None  # an empty text is the checker's affair, a relative one has been told
    leg = verb.leg
    cookies = None if verb.is_inside("Gather") else leg.webhooks.cookies
    file = fetch_audio(source.url, leg.world.network, leg.files, cookies)
    code, reason = None, ""
    if file.failure is not None:
        code, reason = file.failure.code, file.failure.reason
    elif not file.is_audio:
        row = vocabulary().elements[_place(verb)]
        code, reason = row.codes["not_audio"], f"its type, {file.kind or 'none'}, is not audio"
    if code is not None:
        verb.record_event(
            "failed", f"{code}: {file.url} is not played: {reason}", code=code, url=file.url
        )
        return None
    _warn_of_length(verb, file)
    return file


def _place(verb: Verb) -> str:
    """The element whose code tells of what is not audio: Play, or the Gather around it."""
    return "Gather" if verb.is_inside("Gather") else "Play"


def _warn_of_length(verb: Verb, file: AudioFile) -> None:
    minutes = vocabulary().elements["Play"].limits["audio_minutes"]
    if (file.seconds or 0) > minutes * 60:
        text = f"{file.url} is longer than {minutes} minutes: Twilio may drop the call"
        verb.record_event("warned", text, url=file.url)
