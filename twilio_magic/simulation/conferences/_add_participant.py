"""Calling somebody into a conference by the API. Source: Twilio's page "Participant resource", create."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ...api import operation
from ..legs._leg import Leg
from ..legs._outbound import outbound
from ..legs._page import Instructions
from ..recordings._recording import Settings
from ..webhooks._target import WebhookTarget
from ._conference import NOT_ADDED
from ._conferences import conference_of
from ._participant import Manner, Participant
from ._participation import stay
from ._recording import RECORDS

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..world._world import World

_CREATE = "participants.create"


def add(world: World, name: str, asked: Mapping[str, str]) -> Participant:
    """Call whom *asked* names, and let the call join the conference called *name* once it is answered."""
    leg = world.account.add(Leg(world, _as_of_calls(asked), Instructions()))
    leg.record_event("queued", f"{leg.from_} calls {leg.to} for conference {name}", status="queued")
    for each in operation(_CREATE).without_effect(asked):
        leg.record_event("not simulated", f"the parameter {each}", parameter=each)
    manner = _manner(asked)
    participant = conference_of(name, leg, manner).expect(leg, manner)
    leg.over.callbacks.append(lambda _: participant.conference.leave(participant, NOT_ADDED))
    leg.start(outbound(leg, lambda _: _joined(participant)))
    return participant


def _joined(participant: Participant) -> Process[None]:
    conference = participant.conference
    if conference.is_over:
        return
    if conference.is_full:
        text = f"conference {conference.name} is full: {conference.most}"
        participant.leg.record_event("failed", text)
        return
    yield from stay(participant)


def _as_of_calls(asked: Mapping[str, str]) -> dict[str, str]:
    """The parameters by the names that they have when a call is created."""
    as_of_calls = dict(asked)
    for name in ("AmdStatusCallback", "AmdStatusCallbackMethod"):
        if name in asked:
            as_of_calls[f"Async{name}"] = asked[name]
    if "MachineDetection" in asked:
        as_of_calls["AsyncAmd"] = "true"
    return as_of_calls


def _manner(asked: Mapping[str, str]) -> Manner:
    def value(name: str) -> str:
        default = operation(_CREATE).parameter(name).default
        if isinstance(default, tuple | list):
            return asked.get(name, " ".join(default))
        return asked.get(name, "" if default is None else str(default).lower())

    return Manner(
        label=value("Label"),
        muted=value("Muted") == "true",
        beep=asked.get("Beep", "true"),
        starts=value("StartConferenceOnEnter") == "true",
        ends=value("EndConferenceOnExit") == "true",
        coached=value("CallSidToCoach") if value("Coaching") == "true" else "",
        wait=WebhookTarget.from_parameters(_CREATE, asked, "WaitUrl", "wait url"),
        is_silent=asked.get("WaitUrl") == "",
        most=int(value("MaxParticipants")),
        region=value("Region"),
        recording=_recording(asked, value),
        callback=WebhookTarget.from_parameters(
            _CREATE, asked, "ConferenceStatusCallback", "conference status"
        ),
        events=tuple(value("ConferenceStatusCallbackEvent").split()),
    )


def _recording(asked: Mapping[str, str], value: Callable[[str], str]) -> Settings | None:
    if value("ConferenceRecord") not in RECORDS:
        return None
    name = "ConferenceRecordingStatusCallback"
    return Settings(
        trim=value("ConferenceTrim"),
        callback=WebhookTarget.from_parameters(_CREATE, asked, name, "recording status"),
        events=tuple(value(f"{name}Event").split()),
    )
