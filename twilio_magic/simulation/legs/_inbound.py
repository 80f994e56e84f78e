"""Incoming calls: a call to a number of the account rings, is answered by its first verb, and ends.

Source: Twilio's pages "Call resource", Call status values, and "IncomingPhoneNumber resource".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
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


def receive(world: World, from_: str, to: str) -> Leg:
    """Let *from_* call *to*, a number of the account; raises :class:`SimulatorError` if nothing would answer there."""
    return ring_at(world, from_, to, _settings(world.account, to))


def ring_at(
    world: World,
    from_: str,
    to: str,
    settings: Mapping[str, str],
    *,
    handset: Callable[[Leg], Handset] | None = None,
) -> Leg:
    """Let *from_* call *to*, where *settings* answer, with its phone or with this *handset*."""
    asked = {"To": to, "From": from_, **kept_of(settings)}
    instructions = instructions_of(settings)
    leg = world.account.add(Leg(world, asked, instructions, direction="inbound", handset=handset))
    source = leg.instructions.source
    if source is not None:
        first = source.with_parameters(first_request_parameters(leg))
        leg.instructions = replace(leg.instructions, source=first)
    leg.progress.dial()
    leg.set_status("ringing", f"{from_} calls {to}")
    leg.process.start(run_until_ended(leg, run_instructions(leg, interpret(leg, leg.instructions))))
    leg.phone.dial()
    return leg


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
