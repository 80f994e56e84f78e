"""Calls and what happened in them as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from ..secret import mask_user_info
from ..sessions import AgentSounds

if TYPE_CHECKING:
    from ..api import Call
    from ..ladder import Ladder
    from ..sessions import WebSocketSession
    from ..simulation import Simulator
    from ..timeline import Event, Exchange

_FACTS = ("sid", "from_", "to", "status", "duration")


def call_record(call: Call) -> dict[str, Any]:
    """All of *call*: its ends and status, timeline, transcript, webhooks and failures."""
    timeline = call.timeline
    return {
        **{name.rstrip("_"): getattr(call, name) for name in _FACTS},
        "timeline": [asdict(event) for event in timeline],
        "transcript": list_lines(call),
        "webhooks": [exchange_record(exchange) for exchange in call.webhooks],
        "failures": _failures(timeline),
    }


def call_summary(call: Call) -> dict[str, Any]:
    """*call* in a list: who called whom, what became of it, and the last thing that happened in it."""
    timeline = call.timeline
    last = timeline[-1] if timeline else None
    return {
        **{name.rstrip("_"): getattr(call, name) for name in _FACTS},
        "direction": call.direction,
        "created": call.date_created.isoformat() if call.date_created else None,
        "is_over": call.is_over,
        "events": len(timeline),
        "last": last and {"at": last.at, "kind": last.kind, "text": last.text},
        "failures": _failures(timeline),
    }


def exchange_record(exchange: Exchange) -> dict[str, Any]:
    """A request of a call, with its answer; all that is the same in each run."""
    return {
        **{name: value for name, value in asdict(exchange).items() if name != "elapsed"},
        "parameters": dict(exchange.parameters),
        "headers": dict(exchange.headers),
        "reply_headers": dict(exchange.reply_headers),
    }


def session_record(session: WebSocketSession) -> dict[str, Any]:
    """A WebSocket session of a call, frame by frame; of its sounds, how long and how loud they were."""
    sounds = [
        {"at": each.at, "seconds": each.seconds, "loudness": each.loudness, "is_cut": each.is_cut}
        for each in session.sounds
    ]
    return {**asdict(replace(session, sounds=AgentSounds())), "sounds": sounds}


def ladder_record(ladder: Ladder) -> dict[str, Any]:
    """*ladder*: its lifelines, its steps, and the same as a diagram of text."""
    return {
        "title": ladder.title,
        "lifelines": [asdict(lifeline) for lifeline in ladder.lifelines],
        "steps": [
            {name: value for name, value in asdict(step).items() if name != "exchange"}
            for step in ladder.steps
        ],
        "text": repr(ladder),
    }


def number_record(phone_number: str, settings: Mapping[str, str]) -> dict[str, Any]:
    """A number with its *settings*, in the names that they are set by; those that it has not are null."""
    return {
        "phone_number": phone_number,
        **{name: _setting(settings, name) for name in SETTINGS},
    }


def number_records(simulator: Simulator) -> list[dict[str, Any]]:
    """The numbers of the account."""
    numbers = simulator.numbers.values()
    return [number_record(each.phone_number, each.settings) for each in numbers]


def _setting(settings: Mapping[str, str], name: str) -> str | None:
    value = settings.get(name.title().replace("_", ""))
    return None if value is None else mask_user_info(value)


#: What can be set of a number, and what it is.
SETTINGS: Mapping[str, str] = {
    "voice_url": "the address that answers its calls",
    "voice_method": "GET or POST",
    "voice_fallback_url": "the address that is asked when the other one fails",
    "voice_fallback_method": "GET or POST",
    "voice_application_sid": "the TwiML application that answers instead",
    "status_callback": "the address that is told when a call is over",
    "status_callback_method": "GET or POST",
    "friendly_name": "a name for people",
}


def mount_records(simulator: Simulator) -> list[dict[str, str]]:
    """What answers in process, by address."""
    return [
        {"url": mask_user_info(mount.base_url), "answers": mount.find().shown}
        for mount in simulator.mounts
    ]


def fault_records(simulator: Simulator) -> list[dict[str, Any]]:
    """The faults that are switched on, by address; *left* is how many requests they have left, null for all."""
    return [
        {"url": fault.pattern, "fault": fault.text, "left": fault.left}
        for fault in simulator.faults
    ]


def _failures(timeline: list[Event]) -> list[str]:
    return [event.text for event in timeline if event.kind == "failed"]


def list_lines(call: Call) -> list[dict[str, Any]]:
    """What was heard in *call*, a line each, with the name of a speaker that has one."""
    lines = [asdict(line) for line in call.transcript]
    return [{key: value for key, value in line.items() if key != "name" or value} for line in lines]
