"""Refer: asks the SIP side to move the call elsewhere. Source: Twilio's page "TwiML Voice: Refer".

Whether that works is up to the phone at the address: ``simulator.phones["sip:bob@example.com"] = "busy"``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...endpoints import sip_address
from ...errors import PhoneScriptError
from ..legs._call_status import OUTCOME
from ..legs._verb import Verb, performs
from ..webhooks._spec import sip_response

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._page import Destination

_ACCEPTED = "202"


@performs("Refer")
def refer(verb: Verb) -> Process[Destination | None]:
    """Transfer the call to the address inside; *action* is told what became of it, if there is one."""
    leg = verb.leg
    given = next((noun.text for noun in verb.element.children if noun.name == "Sip"), "")
    target = sip_address(given)
    if not leg.far_end.startswith("sip"):
        verb.fail("not_sip", f"{leg.far_end} is not at a SIP address, so it cannot be referred")
        return None
    result = yield from _outcome(verb, target)
    verb.record_event(
        "redirected", f"by <Refer> to {target}: {result['ReferCallStatus']}", to=target
    )
    if not verb["action"]:
        return None
    return (yield from verb.leads_to(verb["action"], "action", result))


def _outcome(verb: Verb, target: str) -> Process[Mapping[str, str]]:
    """What *action* is told, after as long as the phone at *target* takes to decide."""
    phones = verb.leg.world.phones
    try:
        for step in phones.pick(target, verb.leg.meanwhile).play():
            if step.action != "ring":
                return _parameters(OUTCOME.get(step.action))
            yield verb.leg.clock.seconds(step.seconds)
    except PhoneScriptError as error:
        verb.record_event("failed", f"{target}: {error}", place=error.place)
        phones.failures.append(error)
    return _parameters(None)


def _parameters(status: str | None) -> Mapping[str, str]:
    if status is None:
        codes = {"NotifySipResponseCode": sip_response("completed")}
        return {"ReferCallStatus": "in-progress", "ReferSipResponseCode": _ACCEPTED, **codes}
    return {"ReferCallStatus": status, "ReferSipResponseCode": sip_response(status)}
