"""Announcements in a conference: a document that all participants hear, or one.

Source: Twilio's pages "Conference resource" and "Participant resource" (AnnounceUrl).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

from ...twiml import Document
from ..clock._clock import until_interrupted
from ..clock._waiting import until
from ..legs._interpreter import accept_document, interpret_page, parse_reply, play_reply
from ..legs._page import Instructions, Page
from ..webhooks._errors import Failure
from ._recording import record_sounds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...twiml import Speech
    from ..clock._clock import Process
    from ..legs._leg import Leg
    from ..webhooks._audio_file import AudioFile
    from ..webhooks._target import WebhookTarget
    from ._conference import Conference
    from ._participant import Participant
    from ._recording import Take

_CONTEXT = "conference-wait"
#: The reason of an announcement that fails while it is heard, because a file of it cannot be had.
_CUT_SHORT = "the document failed while it was performed"


def announce(
    conference: Conference, source: WebhookTarget, only: Participant | None = None
) -> None:
    """Play what is at *source* to all participants, or to *only* one; what all hear is in the recording, too.

    The status callback is requested at the end, or with the reason of a failure.
    """
    listeners = [each for each in conference.present if only in (None, each)]
    take = conference.recording_control.announcement() if only is None else None
    if listeners:
        conference.world.clock.start(_play_announcement(conference, source, listeners, take))


def _play_announcement(
    conference: Conference, source: WebhookTarget, listeners: list[Participant], take: Take | None
) -> Process[None]:
    leg = listeners[0].leg
    about = {"ConferenceSid": conference.sid, "FriendlyName": conference.name}
    exchange = leg.webhooks.request(source.purpose, source.url, source.method, about)
    leg.record_event(
        "fetched", f"{source.purpose}: {exchange.url}", url=exchange.url, status=exchange.status
    )
    read = parse_reply(leg, exchange)
    parameters = {"AnnounceUrl": source.url}
    if isinstance(read, Failure):
        leg.record_event("failed", f"{read.code}: {read.reason}", code=read.code, url=exchange.url)
        _tell_of_failure(conference, leg, parameters, read.reason)
        return
    announced = accept_document(leg, read, source, _CONTEXT) if isinstance(read, Document) else read
    clock = conference.world.clock
    for each in listeners:
        each.leg.has_failed = False
    heard = [clock.start(_play_to(each, announced, take)) for each in listeners]
    yield simpy.AllOf(clock.env, heard)
    if any(each.leg.has_failed for each in listeners):
        _tell_of_failure(conference, leg, parameters, _CUT_SHORT)
    else:
        conference.events.tell("announcement", "announcement-end", leg, parameters)


def _tell_of_failure(
    conference: Conference, leg: Leg, parameters: Mapping[str, str], reason: str
) -> None:
    failed = {**parameters, "ReasonAnnouncementFailed": reason}
    conference.events.tell("announcement", "announcement-fail", leg, failed)


def _play_to(
    participant: Participant, announced: Page | AudioFile | Speech, take: Take | None
) -> Process[None]:
    """Play what is *announced* to *participant*, while it is in the conference."""
    leg = participant.leg
    if isinstance(announced, Page):
        performed = interpret_page(
            leg, announced, Instructions(source=announced.source, context=_CONTEXT)
        )
    else:
        performed = play_reply(leg, announced)
    if take is not None:
        performed = record_sounds(leg, performed, take)
    yield from until_interrupted(until(participant.gone, performed))
