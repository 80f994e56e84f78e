"""Announcements in a conference: a document that all participants hear, or one.

Source: Twilio's pages "Conference resource" and "Participant resource" (AnnounceUrl).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

from ...twiml import Document
from ..clock._clock import until_interrupted
from ..clock._waiting import until
from ..legs._interpreter import follow, understood
from ..legs._page import Instructions, Page, Source

if TYPE_CHECKING:
    from ..clock._clock import Process
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
    read = understood(exchange)
    told = {"AnnounceUrl": source.url}
    if not isinstance(read, Document):
        leg.tell("failed", f"{read.code}: {read.reason}", code=read.code, url=exchange.url)
        failed = told | {"ReasonAnnouncementFailed": read.reason}
        conference.events.tell("announcement", "announcement-fail", leg, failed)
        return
    page, clock = Page(read, source), conference.world.clock
    yield simpy.AllOf(clock.env, [clock.start(_heard(each, page)) for each in hearers])
    conference.events.tell("announcement", "announcement-end", leg, told)


def _heard(participant: Participant, page: Page) -> Process:
    """*participant* hears *page*, as long as it is in the conference."""
    performed = follow(participant.leg, page, Instructions(source=page.source, context=_CONTEXT))
    yield from until_interrupted(until(participant.gone, performed))
