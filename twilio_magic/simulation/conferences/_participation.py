"""Taking part in a conference: what the participant hears until it leaves.

Source: Twilio's page "TwiML Voice: Conference" (waitUrl, hangupOnStar of Dial) and "Participant resource" (Hold).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..clock._waiting import until
from ..legs._hold_music import play_document, play_music
from ..legs._process import CallRedirected
from ._conference import HUNG_UP, KICKED
from ._recording import record_sounds

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._leg import Leg
    from ..webhooks._target import WebhookTarget
    from ._participant import Participant

_STAR = "*"


def participate(
    participant: Participant, *, star: bool = False, seconds: float | None = None
) -> Process[None]:
    """Join the conference and stay until it ends, a hang-up, the star key with *star*, or *seconds* have passed."""
    conference, leg = participant.conference, participant.leg
    try:
        with leg.ear.listening():
            conference.enter(participant)
            leg.start(_watch(participant, star=star, seconds=seconds))
            while participant.is_in:
                yield from until(participant.news.next, _play_background(participant))
    except CallRedirected:
        conference.leave(participant, KICKED)
        raise
    finally:
        conference.leave(participant, HUNG_UP)


def _watch(participant: Participant, *, star: bool, seconds: float | None) -> Process[None]:
    """Remove *participant* when it presses the star, or when its time is over."""
    leg, clock = participant.leg, participant.leg.clock
    until_when = None if seconds is None else clock.now + seconds
    while participant.is_in:
        key = leg.ear.next()
        end = key | participant.gone
        yield end if until_when is None else end | clock.seconds(max(0.0, until_when - clock.now))
        is_late = until_when is not None and clock.now >= until_when
        if is_late or (star and key.triggered and key.value == _STAR):
            participant.conference.leave(participant, HUNG_UP)


def _play_background(participant: Participant) -> Process[None]:
    """Play music or the hold document to *participant*, until something changes."""
    if participant.hold:
        yield from _play_on_hold(participant)
    elif not participant.conference.is_running and not participant.waits_in_silence:
        yield from _play_source(participant.leg, participant.wait_source, repeats_audio=True)
    yield participant.leg.clock.event()  # which never happens: silence, or the others


def _play_on_hold(participant: Participant) -> Process[None]:
    """Play music or the hold document; a recording of the conference keeps it, unless a coach hears it."""
    leg, played = participant.leg, _play_source(participant.leg, participant.hold_source)
    if not participant.coached_call_sid:
        take = participant.conference.recording_control.take_hold_music
        played = record_sounds(leg, played, take)
    yield from played


def _play_source(
    leg: Leg, source: WebhookTarget | None, *, repeats_audio: bool = False
) -> Process[None]:
    """Play what is at *source*; without one, music."""
    if source is None:
        yield from play_music(leg)
    else:
        yield from play_document(leg, source, "conference-wait", repeats_audio=repeats_audio)
