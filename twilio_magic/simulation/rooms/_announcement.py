"""Announcements in a conference: a document that all participants hear, or one.

Source: Twilio's pages "Conference resource" and "Participant resource" (AnnounceUrl).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

from ...twiml import Document
from ..clock._clock import until_interrupted
from ..clock._waiting import until
from ..legs._interpreter import accepted, follow, sound, understood
from ..legs._page import Instructions, Page, Source
from ..web._failure import Failure

if TYPE_CHECKING:
    from ...twiml import Speech
    from ..clock._clock import Process
    from ..sound._audio_file import AudioFile
    from ._conference import Conference
    from ._participant import Participant

_CONTEXT = "conference-wait"


def announce(conference: Conference, source: Source, hearers: list[Participant]) -> None:
    """Let *hearers* hear the document at *source*; the application is told of the end, or why there was none."""
    if hearers:
        conference.world.clock.start(_announced(conference, source, hearers))


def _announced(conference: Conference, source: Source, hearers: list[Participant]) -> Process:
    leg = hearers[0].leg
    about = {"ConferenceSid": conference.sid, "FriendlyName": conference.name}
    exchange = leg.webhooks.request(source.purpose, source.url, source.method, about)
    leg.tell(
        "fetched", f"{source.purpose}: {exchange.url}", url=exchange.url, status=exchange.status
    )
    read = understood(leg, exchange)
    told = {"AnnounceUrl": source.url}
    if isinstance(read, Failure):
        leg.tell("failed", f"{read.code}: {read.reason}", code=read.code, url=exchange.url)
        failed = told | {"ReasonAnnouncementFailed": read.reason}
        conference.events.tell("announcement", "announcement-fail", leg, failed)
        return
    announced = accepted(leg, read, source, _CONTEXT) if isinstance(read, Document) else read
    start = conference.world.clock.start
    yield simpy.AllOf(
        conference.world.clock.env, [start(_heard(each, announced)) for each in hearers]
    )
    conference.events.tell("announcement", "announcement-end", leg, told)


def _heard(participant: Participant, announced: Page | AudioFile | Speech) -> Process:
    """*participant* hears what is *announced*, as long as it is in the conference."""
    leg = participant.leg
    if isinstance(announced, Page):
        performed = follow(leg, announced, Instructions(source=announced.source, context=_CONTEXT))
    else:
        performed = sound(leg, announced)
    yield from until_interrupted(until(participant.gone, performed))
