"""Who calls: a party by its address, or a Voice SDK client by its access token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..endpoints import endpoint
from ..errors import SimulatorError
from ..records import dataclass
from .clients._access_token import GivenToken, token_error, token_text
from .legs._called import is_application
from .legs._inbound import caller_address

if TYPE_CHECKING:
    from .world._world import World

#: Who calls, as users give it.
GivenCaller = str | GivenToken


@dataclass(frozen=True, slots=True)
class CallingParty:
    """The *address* of who calls, what it *calls*, and the custom *parameters* that come with the call."""

    address: str
    calls: str
    parameters: Mapping[str, str]
    assumptions: tuple[str, ...] = ()


def find_caller(
    world: World, given: GivenCaller, to: str | None, parameters: Mapping[str, str]
) -> CallingParty:
    """Who calls *to*; with an access token its application, to which *to* may be left out.

    Raises :class:`SimulatorError` for a token that Twilio would refuse, and if nothing is called.
    """
    parameters = {name: str(value) for name, value in parameters.items()}
    text = token_text(given)
    if text is not None:
        return _find_client(world, text, to, parameters)
    if not isinstance(given, str):
        raise SimulatorError(
            f"Nobody can call with {type(given).__name__}.",
            hint="Give an address (+14155550100, client:NAME, sip:USER@HOST), or an access token.",
        )
    if to is None:
        raise SimulatorError(
            f"{given} calls nobody.",
            hint="Give the number or the application that is called; only an access token names one.",
        )
    return CallingParty(caller_address(given), _called_address(to), parameters)


def _called_address(to: str) -> str:
    """The address of what is called: a number, a party, or the sid of an application."""
    if is_application(to):
        return to
    if to.startswith("AP"):
        raise SimulatorError(
            f"{to!r} is no sid of an application: it is AP and 32 hexadecimal digits.",
            hint="Make one with client.applications.create(voice_url=…), and call the sid that it has.",
        )
    return endpoint(to).address


def _find_client(
    world: World, text: str, to: str | None, parameters: Mapping[str, str]
) -> CallingParty:
    token = world.clients.sign_in(text)
    if token.application_sid is None:
        raise token_error("token-grants", f"that of {token.address} names no outgoing application")
    if to not in (None, token.application_sid):
        raise token_error(
            "token-grants", f"{token.address} may call {token.application_sid}, and not {to}"
        )
    return CallingParty(
        token.address, token.application_sid, {**parameters, **token.parameters}, token.assumptions
    )


def register(world: World, given: GivenToken) -> str:
    """Register the client with the access token *given*; returns its address."""
    text = token_text(given)
    if text is None:
        raise token_error("token-malformed", "it has not the form of a JSON Web Token")
    return world.clients.register(text).address
