"""Calling a participant into a conference by the API. Source: Twilio's page "Participant resource", create."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ...api import operation
from ..legs._leg import Leg
from ..legs._outbound import outbound
from ..legs._page import Instructions
from ..recordings._settings import Settings
from ..webhooks._target import WebhookTarget
from ._conference import NOT_ADDED
from ._conferences import conference_of
from ._participant import Participant, ParticipantOptions
from ._participation import participate
from ._recording import RECORDS

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..world._world import World

_CREATE = "participants.create"


def add(world: World, name: str, asked: Mapping[str, str]) -> Participant:
    """Call the party that *asked* names; once answered, the call joins the conference called *name*."""
    leg = world.account.add(Leg(world, _as_of_calls(asked), Instructions()))
    leg.record_event("queued", f"{leg.from_} calls {leg.to} for conference {name}", status="queued")
    for each in operation(_CREATE).without_effect(asked):
        leg.record_event("not simulated", f"the parameter {each}", parameter=each)
    options = _options(asked)
    participant = conference_of(name, leg, options).expect(leg, options)
    leg.over.callbacks.append(lambda _: participant.conference.leave(participant, NOT_ADDED))
    leg.process.start(outbound(leg, lambda _: _join(participant)))
    return participant


def _join(participant: Participant) -> Process[None]:
    conference = participant.conference
    if conference.is_over:
        return
    if conference.is_full:
        text = f"conference {conference.name} is full: {conference.max_participants}"
        participant.leg.record_event("failed", text)
        return
    yield from participate(participant)


def _as_of_calls(asked: Mapping[str, str]) -> dict[str, str]:
    """The parameters by the names of the Calls API."""
    as_of_calls = dict(asked)
    for name in ("AmdStatusCallback", "AmdStatusCallbackMethod"):
        if name in asked:
            as_of_calls[f"Async{name}"] = asked[name]
    if "MachineDetection" in asked:
        as_of_calls["AsyncAmd"] = "true"
    return as_of_calls


def _options(asked: Mapping[str, str]) -> ParticipantOptions:
    def value(name: str) -> str:
        default = operation(_CREATE).parameter(name).default
        if isinstance(default, tuple | list):
            return asked.get(name, " ".join(default))
        return asked.get(name, "" if default is None else str(default).lower())

    return ParticipantOptions(
        label=value("Label"),
        muted=value("Muted") == "true",
        beep=asked.get("Beep", "true"),
        starts_on_enter=value("StartConferenceOnEnter") == "true",
        ends_on_exit=value("EndConferenceOnExit") == "true",
        coached_call_sid=value("CallSidToCoach") if value("Coaching") == "true" else "",
        wait=WebhookTarget.from_parameters(_CREATE, asked, "WaitUrl", "wait url"),
        is_silent=asked.get("WaitUrl") == "",
        max_participants=int(value("MaxParticipants")),
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
