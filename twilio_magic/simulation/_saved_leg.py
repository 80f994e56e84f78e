"""A leg of a saved call: it is over, and has its records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..scripts import Script
from ..sessions import Frame, Frames, Turn, Turns, WebSocketSession
from ..timeline import KINDS, STATUS_KINDS, Event, Exchange
from .legs._leg import Leg
from .legs._page import Instructions
from .phones._scripted_handset import ScriptedHandset
from .webhooks._target import WebhookTarget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._saved import Saved
    from .world._world import World

_DIRECTIONS = ("outbound-api", "inbound", "outbound-dial")


def load_leg(saved: Saved, world: World, legs: Mapping[str, Leg]) -> Leg:
    """The leg that was *saved*, in *world*; *legs* has those before it, by their sids."""
    parent_sid = saved.text_or_none("parent")
    if parent_sid is not None and parent_sid not in legs:
        saved.refuse("parent", "the sid of a call before it")
    parent = None if parent_sid is None else legs[parent_sid]
    url = saved.text_or_none("url")
    instructions = Instructions(
        source=WebhookTarget(url) if url else None, inline=saved.text_or_none("twiml")
    )
    parameters = saved.mapping("parameters").texts()
    for name in ("To", "From"):
        if name not in parameters:
            saved.refuse("parameters", f"with {name}")
    leg = Leg(
        world,
        parameters,
        instructions,
        saved.one_of("direction", _DIRECTIONS),
        parent,
        handset=lambda leg: ScriptedHandset(leg, Script("", ())),
    )
    leg.sid = saved.text("sid")
    if parent is not None:
        parent.children.append(leg)
    _restore_progress(leg, saved)
    _restore_records(leg, saved)
    return leg


def _restore_progress(leg: Leg, saved: Saved) -> None:
    progress = leg.progress
    progress.status = saved.one_of("status", STATUS_KINDS)
    progress.created = leg.created = saved.seconds("created")
    progress.updated = saved.seconds("updated")
    progress.dialed = saved.seconds_or_none("dialed")
    progress.started = saved.seconds_or_none("started")
    progress.ended = saved.seconds_or_none("ended")
    progress.over.succeed()


def _restore_records(leg: Leg, saved: Saved) -> None:
    for each in saved.each_record("timeline"):
        leg.timeline.append(_event(each, leg))
        leg.order.append(each.whole("number"))
        leg.marks.append(0)
    for each in saved.each_record("webhooks"):
        leg.webhooks.made.append(_exchange(each))
        leg.webhooks.order.append(each.whole("number"))
        leg.webhooks.asked.append(0)
    leg.sessions.extend(_session(each) for each in saved.each_record("sessions"))


def _event(saved: Saved, leg: Leg) -> Event:
    return Event(
        saved.seconds("at"),
        leg.sid,
        saved.one_of("kind", KINDS),
        saved.text("text"),
        saved.mapping("data").data,
    )


def _exchange(saved: Saved) -> Exchange:
    return Exchange(
        at=saved.seconds("at"),
        purpose=saved.text("purpose"),
        method=saved.text("method"),
        url=saved.text("url"),
        parameters=saved.mapping("parameters").texts(),
        headers={},
        status=None if saved.data.get("status") is None else saved.whole("status"),
        reply=saved.text("reply"),
        content_type=saved.text("content_type"),
        seconds=saved.seconds("seconds"),
        code=None if saved.data.get("code") is None else saved.whole("code"),
        error=saved.text_or_none("error"),
        attempt=saved.whole("attempt"),
        redirects=tuple(saved.each_text("redirects")),
        fault=saved.text("fault"),
        traceback=saved.text("traceback"),
    )


def _session(saved: Saved) -> WebSocketSession:
    session = WebSocketSession(
        saved.one_of("kind", ("conversation-relay", "stream")),
        saved.text("sid"),
        saved.text("url"),
        saved.seconds("at"),
        saved.mapping("parameters").texts(),
    )
    session.frames = Frames(_frame(each) for each in saved.each_record("frames"))
    session.turns = Turns(
        Turn(each.seconds("at"), each.text("prompt"), each.seconds("seconds"))
        for each in saved.each_record("turns")
    )
    close = saved.data.get("close_code")
    session.close_code = None if close is None else saved.whole("close_code")
    session.close_reason = saved.text("close_reason")
    session.status, session.fault = saved.text("status"), saved.text("fault")
    session.order = [
        each if isinstance(each, int) else saved.refuse("order", "a list of numbers")
        for each in saved.list_of("order")
    ]
    return session


def _frame(saved: Saved) -> Frame:
    message: Any = saved.data.get("message")
    if not isinstance(message, str | dict):
        saved.refuse("message", "a text or an object")
    return Frame(saved.seconds("at"), saved.one_of("direction", ("sent", "received")), message)
