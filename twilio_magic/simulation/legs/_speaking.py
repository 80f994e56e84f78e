"""Words, sounds and waiting on a leg: what takes time and can be cut short.

Everything here is a process that takes an optional *stop* event, such as a key during a Gather's prompt. It returns
whether it was stopped. Words that were cut off stand in the timeline as far as they were begun.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import simpy

from ...twiml import speak_text
from ..audio._dtmf import BEEP_SECONDS, seconds_of

if TYPE_CHECKING:
    from ...twiml import Speech
    from ..clock._clock import Process
    from ..webhooks._audio_file import AudioFile
    from ._leg import Leg

Stop = simpy.Event | None

SHORTEST_ROUND = 1.0  # seconds: what is shorter is followed by silence
_APOLOGY = "We are sorry, an application error has occurred. Goodbye."


def wait(leg: Leg, seconds: float, stop: Stop = None) -> Process[bool]:
    """Let *seconds* pass, or less if *stop* happens."""
    if stop is not None and stop.triggered:
        return True
    passed = leg.clock.seconds(seconds)
    yield passed if stop is None else passed | stop
    return stop is not None and stop.triggered


def speak(leg: Leg, speech: Speech, stop: Stop = None, **data: Any) -> Process[bool]:
    """Say *speech* to the far end."""
    if stop is not None and stop.triggered:
        return True
    leg.answer()
    started = leg.clock.now
    place = begin_speech(leg, speech, speaker="Twilio", **data)
    stopped = True
    try:
        stopped = yield from wait(leg, speech.seconds, stop)
    finally:
        end_speech(leg, place, speech, started, cut=stopped)
    return stopped


def begin_speech(leg: Leg, speech: Speech, *, speaker: str, **data: Any) -> int:
    """Let the far end hear *speech*, from now on; returns the place of its event in the timeline."""
    place = leg.record_event(
        "said",
        f"“{speech.text}”",
        seconds=round(speech.seconds, 3),
        voice=speech.voice,
        language=speech.language,
        speaker=speaker,
        words=speech.text,
        **data,
    )
    leg.phone.listener.hear(speech, leg.clock.now)
    leg.recorder.transcriptions.begin("outbound_track", speech)
    return place


def end_speech(
    leg: Leg,
    place: int,
    speech: Speech,
    started: float,
    *,
    cut: bool,
    is_interrupted: bool = False,
) -> None:
    """The *speech* that began at *started* is over, or was *cut* off; its event is at *place*.

    Who was told that it *is_interrupted* finds that in the timeline, though its last word had begun.
    """
    if cut:
        _cut(leg, place, speech, leg.clock.now - started, is_interrupted=is_interrupted)
    leg.recorder.transcriptions.finish("outbound_track", speech.text)


def play_to(leg: Leg, text: str, seconds: float, stop: Stop = None, **data: Any) -> Process[bool]:
    """Play something of so many *seconds* to the far end; *text* says what."""
    if stop is not None and stop.triggered:
        return True
    started = leg.clock.now
    place = leg.record_event("played", text, seconds=round(seconds, 3), **data)
    leg.phone.listener.hear_noise(seconds, started)
    stopped = True
    try:
        stopped = yield from wait(leg, seconds, stop)
    finally:
        if stopped:
            now = leg.clock.now
            leg.phone.listener.hear_no_more(now)
            leg.update_event(place, f"{text} (cut off)", seconds=round(now - started, 3), cut=True)
    return stopped


def play_file(leg: Leg, file: AudioFile, stop: Stop = None, **data: Any) -> Process[bool]:
    """Play *file* to the far end."""
    leg.files[file.url] = file  # where the phone of a person finds it
    return (yield from play_to(leg, str(file), file.playing_seconds, stop, url=file.url, **data))


def send_tones(leg: Leg, keys: str, why: str = "", stop: Stop = None) -> Process[bool]:
    """Press *keys* so that the far end hears them; *why* is said in the timeline."""
    seconds = seconds_of(keys)
    leg.record_event("played", f"tones {keys}{why}", seconds=seconds, keys=keys)
    leg.phone.listener.hear_keys(keys, leg.clock.now)
    return (yield from wait(leg, seconds, stop))


def beep(leg: Leg) -> Process[None]:
    """Let the far end hear a beep, and wait for its end."""
    start_beep(leg)
    yield from wait(leg, BEEP_SECONDS)


def start_beep(leg: Leg) -> None:
    """Let the far end hear a beep, from now on."""
    leg.record_event("played", "a beep", seconds=BEEP_SECONDS, beep=True)
    leg.phone.listener.hear_beep(BEEP_SECONDS, leg.clock.now)


def repeat(
    leg: Leg,
    process: Callable[[], Process[bool]],
    shortest: Callable[[int], float] = lambda _: SHORTEST_ROUND,
) -> Process[None]:
    """Go through *process* again and again, until it returns something true.

    A round takes a second at least, or what *shortest* says, which is told how many rounds in a row took less.
    """
    short_rounds = 0
    while True:
        began = leg.clock.now
        if (yield from process()):
            return
        took = leg.clock.now - began
        short_rounds = short_rounds + 1 if took < SHORTEST_ROUND else 0
        yield from wait(leg, max(0.0, shortest(short_rounds) - took))


def _cut(leg: Leg, place: int, speech: Speech, elapsed: float, *, is_interrupted: bool) -> None:
    begun = [word.text for word in speech.words if word.start < elapsed]
    leg.phone.listener.hear_no_more(leg.clock.now)
    if len(begun) < len(speech.words) or is_interrupted:
        words = " ".join([*begun, "…"])
        data = {"words": words, "cut": True, "seconds": round(elapsed, 3)}
        unheard = " ".join(word.text for word in speech.words[len(begun) :])
        leg.update_event(place, f"“{words}” (cut off)", unheard=unheard, **data)


def apologize(leg: Leg) -> Process[None]:
    """Speak Twilio's apology, which is the same for every application error."""
    leg.has_failed = True
    yield from speak(leg, speak_text(_APOLOGY))
