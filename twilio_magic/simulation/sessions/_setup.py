"""The beginning of a ConversationRelay session: its first message, and what it asks for in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._spec import relay_spec

if TYPE_CHECKING:
    from ...sessions import WebSocketSession
    from ..legs._leg import Leg
    from ..legs._verb import Verb
    from ._settings import RelaySettings


def setup_message(leg: Leg, session: WebSocketSession) -> dict[str, Any]:
    """Who calls whom. An inbound call that the session answers is still ringing in it."""
    spec = relay_spec()
    kind = leg.far_end.partition(":")[0]
    return {
        "type": "setup",
        "sessionId": session.sid,
        "callSid": leg.sid,
        "parentCallSid": leg.parent.sid if leg.parent else "",
        "from": leg.from_,
        "to": leg.to,
        "forwardedFrom": leg.parameters.get("ForwardedFrom", ""),
        "callerName": leg.parameters.get("CallerName", ""),
        "direction": leg.direction,
        "callType": spec.call_types.get(kind, spec.call_types["phone"]),
        "callStatus": spec.call_statuses[leg.status],
        "accountSid": leg.account_sid,
        "customParameters": dict(session.parameters),
    }


def tell_what_is_not_simulated(noun: Verb, settings: RelaySettings) -> None:
    """Record the attributes, elements and events of *noun* that change nothing here."""
    noun.record_unsupported_attributes()
    for each in noun.inside():
        if each.element.name == "Failover":
            text = f"<Failover> (line {each.element.line})"
            each.record_event_once("not simulated", text, verb="Failover")
        else:
            each.record_unsupported_attributes()
    for event in relay_spec().silent_events:
        if event in settings.events:
            noun.record_event_once("not simulated", f"the events {event}", attribute="events")
