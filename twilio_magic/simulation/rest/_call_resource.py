"""The Call resource: placing a call, changing it, and its JSON. Source: Twilio's page "Call resource"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from ...api import API_VERSION, find_ignored, find_invalid, operation
from ...endpoints import NotAnEndpoint, endpoint
from ..legs._leg import Leg
from ..legs._outbound import outbound
from ..legs._page import Instructions
from ..legs._process import CallRedirected
from ..webhooks._target import WebhookTarget
from ._parameters import Refusal, format_date, log_unknown, parse_form
from ._rules import refuse_place

if TYPE_CHECKING:
    from ..world._account import Account
    from ..world._world import World

_ADDRESSES = ("To", "From")
_CALLBACK = {"StatusCallback", "StatusCallbackMethod"}
_SUBRESOURCES = (
    "Notifications",
    "Recordings",
    "Payments",
    "Events",
    "Siprec",
    "Streams",
    "Transcriptions",
    "UserDefinedMessageSubscriptions",
    "UserDefinedMessages",
)


def status_of(leg: Leg) -> str:
    """The status of *leg*. A call that was just ended by the API has ended, though its clock has not moved since."""
    return leg.status if leg.is_over else leg.process.ending or leg.status


def place_call(world: World, form: dict[str, list[str]]) -> Leg:
    """Queue the call that *form* asks for; raises :class:`Refusal`."""
    for name in _ADDRESSES:
        form[name] = [stored_address(value) for value in form.get(name, [])]
    create = operation("calls.create")
    found = list(find_invalid(create, form))
    asked = parse_form(create, form, found)
    if "ApplicationSid" in asked:
        asked = _through_application(world, asked)
    refuse_place(world.account, create, asked)
    if world.pace.is_full:
        raise Refusal("queue-full")
    leg = world.account.add(Leg(world, asked, _instructions(asked)))
    leg.record_event("queued", f"{leg.from_} calls {leg.to}", status="queued")
    log_unknown(leg, found)
    for sentence in find_ignored(create, form):
        leg.record_event("warned", sentence)
    for name in create.without_effect(asked):
        leg.record_event("not simulated", f"the parameter {name}", parameter=name)
    if world.account.profile == "test-credentials":
        leg.record_event("warned", "test credentials: nobody is called, and nothing is kept")
        leg.over.succeed()
    else:
        leg.process.start(outbound(leg))
    return leg


def call_to_json(leg: Leg) -> dict[str, Any]:
    """The Call resource of *leg* as JSON."""
    world = leg.world
    uri = f"/{API_VERSION}/Accounts/{world.account.sid}/Calls/{leg.sid}"
    return {
        "sid": leg.sid,
        "date_created": format_date(world.clock, leg.created),
        "date_updated": format_date(world.clock, leg.progress.updated),
        "parent_call_sid": leg.parent.sid if leg.parent else None,
        "account_sid": world.account.sid,
        "to": leg.to,
        "to_formatted": _format_address(leg.to),
        "from": leg.from_,
        "from_formatted": _format_address(leg.from_),
        "phone_number_sid": _phone_number_sid(world.account, leg),
        "status": status_of(leg),
        "start_time": format_date(world.clock, leg.progress.started),
        "end_time": format_date(world.clock, leg.progress.ended),
        "duration": _duration(leg),
        "price": None,
        "price_unit": "USD",
        "direction": leg.direction,
        "answered_by": leg.detection.answered_by if leg.detection else None,
        "api_version": API_VERSION,
        "forwarded_from": leg.parameters.get("ForwardedFrom"),
        "group_sid": None,
        "caller_name": leg.parameters.get("CallerName"),
        "queue_time": str(leg.progress.queue_ms),
        "trunk_sid": None,
        "uri": f"{uri}.json",
        "subresource_uris": {key: f"{uri}/{name}.json" for key, name in _subresources().items()},
    }


def _duration(leg: Leg) -> str | None:
    """Whole seconds from the answer to the end. A call that failed lasted none, as seen on a live account."""
    seconds = (
        0 if leg.status == "failed" and leg.progress.started is None else leg.progress.duration
    )
    return None if seconds is None else str(seconds)


def change_call(leg: Leg, asked: Mapping[str, str]) -> None:
    if not asked:
        return
    redirects = any(asked.get(name) for name in ("Url", "Twiml"))
    if leg.process.ending or leg.is_over or (leg.status != "in-progress" and redirects):
        raise Refusal("not-in-progress")
    if "TimeLimit" in asked:
        leg.limit(leg.world.account.longest_call(float(asked["TimeLimit"])))
    if redirects:
        leg.parameters = {
            **leg.parameters,
            **{name: asked[name] for name in asked.keys() & _CALLBACK},
        }
    if asked.get("Status") == "canceled" and leg.status == "in-progress":
        leg.record_event("warned", "Status=canceled does nothing to a call that was answered")
    elif "Status" in asked:
        leg.hang_up(by="the API")
    elif redirects:
        leg.process.interrupt(CallRedirected(_instructions(asked)))


def _instructions(asked: Mapping[str, str]) -> Instructions:
    """The instructions in a request; a ``Url`` has precedence over ``Twiml``."""
    fallback = None
    if asked.get("FallbackUrl"):
        fallback = WebhookTarget(
            asked["FallbackUrl"], asked.get("FallbackMethod", "POST"), "fallback"
        )
    if asked.get("Url"):
        source = WebhookTarget(asked["Url"], asked.get("Method", "POST"))
        return Instructions(source=source, fallback=fallback)
    return Instructions(inline=asked["Twiml"], fallback=fallback)


#: The settings of an application that replace parameters of the request.
_FROM_APPLICATION = {
    "VoiceUrl": "Url",
    "VoiceMethod": "Method",
    "VoiceFallbackUrl": "FallbackUrl",
    "VoiceFallbackMethod": "FallbackMethod",
    "StatusCallback": "StatusCallback",
    "StatusCallbackMethod": "StatusCallbackMethod",
}


def _through_application(world: World, asked: dict[str, str]) -> dict[str, str]:
    """*asked*, with the settings of the application that it names instead of the request's own."""
    sid = asked["ApplicationSid"]
    settings = world.account.voice_settings(sid)
    if settings is None:
        raise Refusal("bad-application", sid=sid)
    if not settings.get("VoiceUrl"):
        raise Refusal("bad-url", case="missing")
    dropped = {
        p.name for p in operation("calls.create").parameters if "ApplicationSid" in p.ignored_with
    }
    kept = {name: value for name, value in asked.items() if name not in dropped}
    return kept | {
        name: settings[setting]
        for setting, name in _FROM_APPLICATION.items()
        if setting in settings
    }


def _phone_number_sid(account: Account, leg: Leg) -> str | None:
    address = leg.to if leg.direction == "inbound" else leg.from_
    owned = account.numbers.get(address) or account.caller_ids.get(address)
    return owned.sid if owned else None


def stored_address(address: str) -> str:
    """*address* as Twilio stores it: normalized, or unchanged if it is not an address."""
    try:
        return endpoint(address).address
    except NotAnEndpoint:
        return address


def _format_address(address: str) -> str:
    try:
        return endpoint(address).national_format
    except NotAnEndpoint:
        return address


@cache
def _subresources() -> Mapping[str, str]:
    """What a call has below it, by the names in JSON."""
    return {_snake(name): name for name in _SUBRESOURCES}


def _snake(name: str) -> str:
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name).lstrip("_")
