"""The first message of a ConversationRelay session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._spec import relay_spec

if TYPE_CHECKING:
    from ...sessions import WebSocketSession
    from ..legs._leg import Leg


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
        "forwardedFrom": "",
        "callerName": "",
        "direction": leg.direction,
        "callType": spec.call_types.get(kind, spec.call_types["phone"]),
        "callStatus": spec.call_statuses[leg.status],
        "accountSid": leg.account_sid,
        "customParameters": dict(session.parameters),
    }
