"""Incoming calls: a call to a number or application of the account rings, is answered by its first verb, and ends.

Sources: Twilio's pages "Call resource", Call status values, and "IncomingPhoneNumber resource"; captures of calls of
Voice SDK clients (2020 and before), which have an empty ``Called`` and no ``CallToken``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...endpoints import endpoint
from ...errors import SimulatorError
from ..webhooks._spec import webhook_spec
from ..webhooks._target import WebhookTarget
from ._call_token import first_request_parameters
from ._interpreter import interpret
from ._leg import Leg
from ._life import run_instructions, run_until_ended
from ._page import Instructions

if TYPE_CHECKING:
    from ..phones._handset import Handset
    from ..world._account import Account
    from ..world._world import World


def receive(
    world: World,
    from_: str,
    to: str,
    parameters: Mapping[str, str] | None = None,
    assumptions: Iterable[str] = (),
) -> Leg:
    """Let *from_* call *to*: a number or an application of the account.

    *parameters* are those of a Voice SDK client. *assumptions* about the caller are told as warnings. Raises
    :class:`SimulatorError` if nothing would answer there.
    """
    called = _find_called(world.account, from_, to, parameters or {})
    leg = ring_at(world, from_, called.to, called.settings, parameters=called.parameters)
    for assumption in (*assumptions, *called.remarks):
        leg.record_event("warned", assumption)
    return leg


@dataclass(frozen=True, slots=True)
class _Called:
    """What is called: the *settings* that answer, and what the first request says besides the standard parameters."""

    to: str
    settings: Mapping[str, str]
    parameters: Mapping[str, str] | None = None
    remarks: tuple[str, ...] = ()


def _find_called(account: Account, from_: str, to: str, parameters: Mapping[str, str]) -> _Called:
    if is_application(to):
        return _find_application(account, from_, to, parameters)
    if parameters:
        raise SimulatorError(
            f"Nobody carries custom parameters to {to}.",
            hint='Only a client that calls an application has some: receive("client:joe", "AP…", parameters={…}).',
        )
    return _Called(to, _settings(account, to))


def _find_application(
    account: Account, from_: str, sid: str, parameters: Mapping[str, str]
) -> _Called:
    """The application that a Voice SDK client calls. It is told an empty ``To``, and the client's *parameters*."""
    if not from_.startswith("client:"):
        raise SimulatorError(
            f"{from_} cannot call the application {sid}: only a Voice SDK client calls one.",
            hint="Let client:NAME call it, or call a number that the application answers.",
        )
    settings = account.voice_settings(sid)
    if settings is None:
        raise SimulatorError(
            f"There is no application {sid} in this account.",
            hint="Make it with client.applications.create(voice_url=…), and call the sid that it has.",
        )
    if not settings.get("VoiceUrl"):
        raise SimulatorError(
            f"Nothing answers at the application {sid}: it has no voice URL.",
            hint=f'Give it one: client.applications("{sid}").update(voice_url=…).',
        )
    reserved = set(webhook_spec().inbound.reserved_parameters) & set(parameters)
    told = {name: value for name, value in parameters.items() if name not in reserved}
    remarks = tuple(
        f"the custom parameter {name} is not sent: Twilio has one of that name"
        for name in sorted(reserved)
    )
    return _Called("", {**settings, "ApplicationSid": sid}, told, remarks)


def ring_at(
    world: World,
    from_: str,
    to: str,
    settings: Mapping[str, str],
    *,
    handset: Callable[[Leg], Handset] | None = None,
    parameters: Mapping[str, str] | None = None,
) -> Leg:
    """Let *from_* call *to*, where *settings* answer, with its phone or with this *handset*.

    The first request has these *parameters* besides the standard ones, else those of a call to a number.
    """
    asked = {"To": to, "From": from_, **kept_of(settings)}
    instructions = instructions_of(settings)
    leg = world.account.add(Leg(world, asked, instructions, direction="inbound", handset=handset))
    source = leg.instructions.source
    if source is not None:
        added = first_request_parameters(leg) if parameters is None else parameters
        leg.instructions = replace(leg.instructions, source=source.with_parameters(added))
    leg.progress.dial()
    leg.set_status("ringing", f"{from_} calls {leg.near_end}")
    leg.process.start(run_until_ended(leg, run_instructions(leg, interpret(leg, leg.instructions))))
    leg.phone.dial()
    return leg


_APPLICATION = re.compile("AP[0-9a-fA-F]{32}")


def is_application(text: str) -> bool:
    """Whether *text* is the sid of an application, by its form."""
    return _APPLICATION.fullmatch(text) is not None


def caller_address(text: str) -> str:
    """The address of the caller that *text* names; who withholds the number is called as the carrier writes it.

    Raises :class:`NotAnEndpoint`.
    """
    is_withheld = text.casefold() == webhook_spec().inbound.withheld_caller
    return text if is_withheld else endpoint(text).address


_KEPT = ("StatusCallback", "StatusCallbackMethod", "ApplicationSid")


def kept_of(settings: Mapping[str, str]) -> dict[str, str]:
    """The *settings* of a number or application that become parameters of the call that runs it."""
    return {name: settings[name] for name in _KEPT if name in settings}


def voice_settings_of(account: Account, to: str) -> Mapping[str, str] | None:
    """The settings that answer at *to*, a number of the account; ``None`` if nothing would."""
    try:
        return _settings(account, to)
    except SimulatorError:
        return None


def _settings(account: Account, to: str) -> Mapping[str, str]:
    """The settings that answer at *to*: those of its application, or its own. Raises :class:`SimulatorError`."""
    number = account.numbers.get(to)
    if number is None:
        raise SimulatorError(
            f"{to} is no number of this account, so nobody can call it.",
            hint=f'simulator.numbers["{to}"].voice_url = "https://…" makes it one that is answered.',
        )
    sid = number.voice_application_sid
    settings = number.settings if sid is None else account.voice_settings(sid)
    if settings is None:
        raise SimulatorError(
            f"{to} is answered by the application {sid}, which does not exist.",
            hint="Make it with client.applications.create(voice_url=…), and give the number its sid.",
        )
    if not settings.get("VoiceUrl"):
        raise SimulatorError(
            f"Nothing answers at {to}: {'its application' if sid else 'it'} has no voice URL.",
            hint=f'Set simulator.numbers["{to}"].voice_url = "https://…".',
        )
    return settings if sid is None else {**settings, "ApplicationSid": sid}


def instructions_of(settings: Mapping[str, str]) -> Instructions:
    """The instructions in the *settings* of a number or application."""
    source = WebhookTarget(settings["VoiceUrl"], settings.get("VoiceMethod", "POST"))
    if "VoiceFallbackUrl" not in settings:
        return Instructions(source=source)
    method = settings.get("VoiceFallbackMethod", "POST")
    return Instructions(
        source=source, fallback=WebhookTarget(settings["VoiceFallbackUrl"], method, "fallback")
    )
