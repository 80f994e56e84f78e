"""Calls with several parties, as most tests of <Dial> place them."""

from __future__ import annotations

from typing import Any, Protocol

import twilio_magic as tm
from tests.calls import FROM, TO

ANN, BOB, CAM = "+14155550101", "+14155550102", "+14155550103"
IVR = "https://ivr.example.com"
ACTION = f"{IVR}/after"
AFTERWARDS = "<Response><Say>Afterwards.</Say></Response>"


class Dial(Protocol):
    """Places a call whose TwiML is *twiml* and runs it to its end; *phones* has the script of each phone."""

    def __call__(
        self, twiml: str, phones: dict[str, str] | None = None, /, **parameters: Any
    ) -> tm.Call: ...


def dialing(simulator: tm.Simulator) -> Dial:
    """A function that places calls in *simulator*; the phone that it calls answers at once, unless it has a script.

    An application answers at :data:`ACTION`.
    """
    simulator.webhook(ACTION)(lambda: AFTERWARDS)
    client = tm.Client(simulator=simulator)

    def place(twiml: str, phones: dict[str, str] | None = None, /, **parameters: Any) -> tm.Call:
        for address, script in {TO: "answer", **(phones or {})}.items():
            simulator.phones[address] = script
        given = {"to": TO, "from_": FROM, "time_limit": 600, **parameters}
        if "url" not in given:
            given["twiml"] = f"<Response>{twiml}</Response>"
        call = client.calls.create(**given).wait()
        simulator.run()
        return call

    return place


def children(call: tm.Call, client: tm.Client) -> list[tm.Call]:
    """The legs that *call* made, in order."""
    return list(reversed(client.calls.list(parent_call_sid=call.sid)))


def asked(call: tm.Call, purpose: str) -> list[dict[str, str]]:
    """The parameters of every request that *call* and its legs sent for *purpose*."""
    return [dict(each.parameters) for each in call.webhooks if each.purpose == purpose]


def after(call: tm.Call) -> dict[str, str]:
    """What the action of the only <Dial> was told, beside the standard parameters; sids left out."""
    (told,) = (each for each in asked(call, "action") if "DialCallStatus" in each)
    return {
        name: value
        for name, value in told.items()
        if name.startswith("Dial") and not name.endswith(("CallSid", "SipCallId"))
    }


def story(call: tm.Call, *kinds: str) -> list[tuple[str, str]]:
    """Who did what: the events of these *kinds*, each with the address of its leg."""
    parties = call.timeline.parties
    return [(parties.get(e.leg, TO), e.kind) for e in call.timeline if e.kind in kinds]


def moments(call: tm.Call, kind: str) -> list[float]:
    """When the events of *kind* happened."""
    return [event.at for event in call.timeline if event.kind == kind]
