"""What can be called at the account: its numbers, its applications (by clients) and its SIP domains.

Sources: Twilio's pages "IncomingPhoneNumber resource" and "SIP and TwiML interaction"; captures of calls of Voice SDK
clients (2020 and before), which have an empty ``Called`` and no ``CallToken``, and of calls to SIP domains (2023).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from ...errors import SimulatorError
from ...records import dataclass
from ...suggestions import did_you_mean, nearest
from ..webhooks._spec import webhook_spec
from ._call_token import first_request_parameters

if TYPE_CHECKING:
    from ..world._account import Account
    from ..world._sip_domain import SipDomain
    from ..world._world import World
    from ._leg import Leg

#: The parameters of the first request of a call, besides the standard ones.
FirstParameters = Callable[["Leg"], Mapping[str, str]]

_APPLICATION = re.compile("AP[0-9a-fA-F]{32}")
_SIP = re.compile(
    r"(?P<address>sips?:[^@]+@(?P<host>[^:;?]+)[^;?]*)[^?]*(?:\?(?P<headers>.*))?", re.IGNORECASE
)
_HEADER = re.compile("[Xx]-[A-Za-z0-9-]+")
#: Where the simulated INVITE comes from: an address of documentation (RFC 5737).
_SOURCE_IP = "198.51.100.10"


@dataclass(frozen=True, slots=True)
class Called:
    """What is called: the *settings* that answer, and what the first request says.

    *remarks* are on what is not as it was asked.
    """

    to: str
    settings: Mapping[str, str]
    first_parameters: FirstParameters = first_request_parameters
    remarks: tuple[str, ...] = ()


def is_application(text: str) -> bool:
    """Whether *text* is the sid of an application, by its form."""
    return _APPLICATION.fullmatch(text) is not None


def home_of(world: World, to: str) -> World:
    """The world as that account sees it which has *to*, a number, an application or a SIP domain; else *world*."""
    return next((view for view in world.views if _has(view.account, to)), world)


def _has(account: Account, to: str) -> bool:
    parts = _SIP.fullmatch(to)
    if parts:
        return account.sip_domains.find(parts["host"].lower()) is not None
    return to in account.numbers or account.voice_settings(to) is not None


def find_called(account: Account, from_: str, to: str, parameters: Mapping[str, str]) -> Called:
    """What answers when *from_* calls *to* with these custom *parameters*, or SIP headers.

    Raises :class:`SimulatorError` if nothing would.
    """
    if is_application(to):
        return _find_application(account, from_, to, parameters)
    if to.lower().startswith(("sip:", "sips:")):
        return _find_domain(account, to, parameters)
    return _find_number(account, to, parameters)


def _find_number(account: Account, to: str, said: Mapping[str, str]) -> Called:
    """The number that is called, and what the carrier has *said* of the call."""
    settings, row = number_settings(account, to), webhook_spec().inbound.carrier_parameters
    for name in said:
        if name not in row.names:
            known = f"Carriers say {', '.join(sorted(row.names))}. A client that calls an application has its own."
            meant = did_you_mean(nearest(name, row.names))
            text = f"Nobody carries a parameter {name!r} to {to}."
            raise SimulatorError(text, hint=meant or known, place="parameters")
    kept = {name: said[name] for name in row.every if name in said}
    first = {name: said[name] for name in row.first if name in said}
    return Called(to, {**settings, **kept}, lambda leg: {**first_request_parameters(leg), **first})


def _find_application(
    account: Account, from_: str, sid: str, parameters: Mapping[str, str]
) -> Called:
    """The application that a Voice SDK client calls. It is told an empty ``To``, and the client's *parameters*."""
    if not from_.startswith("client:"):
        raise SimulatorError(
            f"{from_} cannot call the application {sid}: only a Voice SDK client calls one.",
            hint="Let client:NAME call it, or call a number that the application answers.",
        )
    settings = _settings_of_application(
        account, sid, f"There is no application {sid} in this account.", "call the sid that it has"
    )
    if not settings.get("VoiceUrl"):
        how = f'Give it one: client.applications("{sid}").update(voice_url=…).'
        raise _nothing_answers(f"the application {sid}", how)
    reserved = set(webhook_spec().inbound.reserved_parameters) & set(parameters)
    told = {name: value for name, value in parameters.items() if name not in reserved}
    remarks = tuple(
        f"the custom parameter {name} is not sent: Twilio has one of that name"
        for name in sorted(reserved)
    )
    return Called("", {**settings, "ApplicationSid": sid}, lambda _: told, remarks)


def _find_domain(account: Account, to: str, headers: Mapping[str, str]) -> Called:
    """The SIP domain that a SIP party calls, with these *headers* of its INVITE."""
    parts = _SIP.fullmatch(to)
    host = parts["host"].lower() if parts else ""
    domain = account.sip_domains.find(host)
    if parts is None or domain is None:
        raise SimulatorError(
            f"{to} is at no SIP domain of this account.",
            hint='simulator.sip_domains["acme.sip.twilio.com"].voice_url = "https://…" makes one.',
        )
    if not domain.voice_url:
        how = f'Set simulator.sip_domains["{domain.domain_name}"].voice_url = "https://…".'
        raise _nothing_answers(domain.domain_name, how)
    told = {"SipDomain": host, "SipDomainSid": domain.sid, "SipSourceIp": _SOURCE_IP}
    given = {**dict(parse_qsl(parts["headers"] or "")), **headers}
    told |= dict(_sip_headers(given))

    def first_parameters(leg: Leg) -> Mapping[str, str]:
        return {**told, "SipCallId": _call_id(leg)}

    remarks = tuple(_check_authentication(account, domain))
    return Called(parts["address"], _settings_of(domain), first_parameters, remarks)


def _sip_headers(given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in given.items():
        if not _HEADER.fullmatch(name):
            raise SimulatorError(
                f"Twilio passes on no SIP header {name!r}.",
                hint="It passes those that begin with X-, such as X-Room.",
            )
        yield f"SipHeader_{name}", value


def _call_id(leg: Leg) -> str:
    """The ``Call-ID`` of the INVITE, which is the caller's: it depends on the sid of the leg alone."""
    host = leg.from_.rpartition("@")[2] or "phone.example.com"
    return f"{sha256(leg.sid.encode()).hexdigest()[:32]}@{host}"


def _check_authentication(account: Account, domain: SipDomain) -> Iterator[str]:
    """Say that nobody may call *domain* at Twilio; raises :class:`SimulatorError` if the account is strict."""
    if domain.auth_type:
        return
    name = domain.domain_name
    missing = (
        f"{name} has no list of IP addresses and none of credentials: Twilio takes no call there"
    )
    if account.is_strict:
        raise SimulatorError(
            f"{missing}.", hint="Map an IpAccessControlList or a CredentialList to the domain."
        )
    yield missing


def _settings_of(domain: SipDomain) -> dict[str, str]:
    """The settings of *domain*, under the names of a number's."""
    renamed = {
        "VoiceStatusCallbackUrl": "StatusCallback",
        "VoiceStatusCallbackMethod": "StatusCallbackMethod",
    }
    return {renamed.get(name, name): value for name, value in domain.settings.items() if value}


def voice_settings_of(account: Account, to: str) -> Mapping[str, str] | None:
    """The settings that answer at *to*, a number of the account; ``None`` if nothing would."""
    try:
        return number_settings(account, to)
    except SimulatorError:
        return None


def number_settings(account: Account, to: str) -> Mapping[str, str]:
    """The settings that answer at *to*: those of its application, or its own. Raises :class:`SimulatorError`."""
    number = account.numbers.get(to)
    if number is None:
        raise SimulatorError(
            f"{to} is no number of this account, so nobody can call it.",
            hint=_say_what_answers(to),
        )
    if account.status != "active":
        raise SimulatorError(
            f"{to} is turned away (10003): the account {account.sid} is {account.status}.",
            hint="Its owner can make it active again: POST Status=active.",
        )
    sid = number.voice_application_sid
    settings: Mapping[str, str] = number.settings
    if sid is not None:
        missing = f"{to} is answered by the application {sid}, which does not exist."
        settings = _settings_of_application(account, sid, missing, "give the number its sid")
    if not settings.get("VoiceUrl"):
        raise _nothing_answers(to, _say_what_answers(to), "its application" if sid else "it")
    return settings if sid is None else {**settings, "ApplicationSid": sid}


def _settings_of_application(
    account: Account, sid: str, missing: str, then: str
) -> Mapping[str, str]:
    """The settings of an application; raises :class:`SimulatorError` with what is *missing*, and what to do *then*."""
    settings = account.voice_settings(sid)
    if settings is None:
        hint = f"Make it with client.applications.create(voice_url=…), and {then}."
        raise SimulatorError(missing, hint=hint)
    return settings


def _nothing_answers(at: str, hint: str, what: str = "it") -> SimulatorError:
    """The error of a call to something of the account that has no voice URL."""
    return SimulatorError(f"Nothing answers at {at}: {what} has no voice URL.", hint=hint)


def _say_what_answers(to: str) -> str:
    """How somebody says what answers at the number *to*."""
    in_python = f'simulator.numbers["{to}"].voice_url = "https://…"'
    return f"Say what answers: %number {to} NAME; in Python {in_python}."
