"""Play: an audio file, or DTMF tones. Source: Twilio's page "TwiML Voice: Play"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...twiml import vocabulary
from ..legs._process import DocumentFailed
from ..legs._speaking import play_file, send_tones
from ..legs._verb import Verb, performs
from ..webhooks._audio_file import AudioFile, fetch_audio
from .say import FOREVER

if TYPE_CHECKING:
    from ..clock._clock import Process


@performs("Play")
def play(verb: Verb) -> Process[None]:
    """Play the file, or the tones of *digits*, as often as *loop* says.

    What is not audio is skipped. What cannot be had makes the document fail; in a prompt of Pay it is skipped, too.
    """
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


def prefetch(verb: Verb) -> None:
    """Request the file already; raises :class:`DocumentFailed` if it cannot be had."""
    text = "" if verb.element.attributes.get("digits") else verb.element.text
    source = verb.page.follow(text, "GET", "audio", {}) if text else None
    if source is not None:
        _fetch(verb, source.url)


def _file(verb: Verb) -> AudioFile | None:
    """The file that the text leads to; ``None``, and told, if there is nothing to play there."""
    source = verb.callback(verb.element.text, "GET", "audio")
    if source is None:
        return None  # an empty text is the checker's affair, a relative one has been told
    file = _fetch(verb, source.url)
    if file is not None and not file.is_audio:
        code = vocabulary().elements[_place(verb)].codes["not_audio"]
        _tell(verb, file, code, f"its type, {file.kind or 'none'}, is not audio")
        return None
    if file is not None:
        _warn_of_length(verb, file)
    return file


def _fetch(verb: Verb, url: str) -> AudioFile | None:
    """The file at *url*; raises :class:`DocumentFailed` if it cannot be had, or in a Prompt is ``None``."""
    leg = verb.leg
    cookies = None if verb.is_inside("Gather") else leg.webhooks.cookies
    file = fetch_audio(url, leg.world.network, leg.files, cookies)
    if file.failure is None:
        return file
    _tell(verb, file, file.failure.code, file.failure.reason)
    if verb.is_inside("Prompt"):
        return None
    raise DocumentFailed(file.failure.code)


def _tell(verb: Verb, file: AudioFile, code: int, reason: str) -> None:
    text = f"{code}: {file.url} is not played: {reason}"
    verb.record_event("failed", text, code=code, url=file.url)


def _place(verb: Verb) -> str:
    """The element whose code tells of what is not audio: Play, or the Gather around it."""
    return "Gather" if verb.is_inside("Gather") else "Play"


def _warn_of_length(verb: Verb, file: AudioFile) -> None:
    minutes = vocabulary().elements["Play"].limits["audio_minutes"]
    if (file.seconds or 0) > minutes * 60:
        text = f"{file.url} is longer than {minutes} minutes: Twilio may drop the call"
        verb.record_event("warned", text, url=file.url)
