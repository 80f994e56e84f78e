"""Incoming calls: a call to something of the account rings, is answered by its first verb, and ends.

Source: Twilio's page "Call resource", Call status values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ...endpoints import endpoint
from ..webhooks._spec import webhook_spec
from ..webhooks._target import WebhookTarget
from ._call_token import first_request_parameters
from ._called import FirstParameters, find_called, home_of
from ._interpreter import interpret
from ._leg import Leg
from ._life import run_instructions, run_until_ended
from ._page import Instructions

if TYPE_CHECKING:
    from ..phones._handset import Handset
    from ..world._world import World


def receive(
    world: World,
    from_: str,
    to: str,
    parameters: Mapping[str, str] | None = None,
    assumptions: Iterable[str] = (),
) -> Leg:
    """Let *from_* call *to*: a number, an application or a SIP domain of the account, or of a sub-account.

    *parameters* are the custom ones of a Voice SDK client, SIP headers, or what a carrier says of a call to a number.
    *assumptions* about the caller are told as warnings. Raises :class:`SimulatorError` if nothing would answer there.
    """
    world = home_of(world, to)
    called = find_called(world.account, from_, to, parameters or {})
    leg = ring_at(
        world, from_, called.to, called.settings, first_parameters=called.first_parameters
    )
    for assumption in (*assumptions, *called.remarks):
        leg.record_event("warned", assumption)
    return leg


def ring_at(
    world: World,
    from_: str,
    to: str,
    settings: Mapping[str, str],
    *,
    handset: Callable[[Leg], Handset] | None = None,
    first_parameters: FirstParameters = first_request_parameters,
) -> Leg:
    """Let *from_* call *to*, where *settings* answer, with its phone or with this *handset*.

    The first request has the *first_parameters* of the leg besides the standard ones, else those of a call to a number.
    """
    asked = {"To": to, "From": from_, **kept_of(settings)}
    instructions = instructions_of(settings)
    leg = world.account.add(Leg(world, asked, instructions, direction="inbound", handset=handset))
    source = leg.instructions.source
    if source is not None:
        first = source.with_parameters(first_parameters(leg))
        leg.instructions = replace(leg.instructions, source=first)
    leg.progress.dial()
    leg.set_status("ringing", f"{from_} calls {leg.near_end}")
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
    """The *settings* of a number or application, with what carriers say, that become parameters of the call."""
    kept = (*_KEPT, *webhook_spec().inbound.carrier_parameters.every)
    return {name: settings[name] for name in kept if name in settings}


def instructions_of(settings: Mapping[str, str]) -> Instructions:
    """The instructions in the *settings* of a number, application or SIP domain."""
    source = WebhookTarget(settings["VoiceUrl"], settings.get("VoiceMethod", "POST"))
    if "VoiceFallbackUrl" not in settings:
        return Instructions(source=source)
    method = settings.get("VoiceFallbackMethod", "POST")
    return Instructions(
        source=source, fallback=WebhookTarget(settings["VoiceFallbackUrl"], method, "fallback")
    )
