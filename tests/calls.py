"""Calls as most tests place them."""

from __future__ import annotations

from typing import Any, Protocol

import twilio_magic as tm

TO, FROM = "+13105555555", "+12125551234"
#: A menu that waits 20 seconds for a key: long enough for a person.
MENU = """\
<Response>
  <Gather numDigits="1" timeout="20">
    <Say language="en-GB">Press 1 for bread. Press 2 for cake.</Say>
  </Gather>
  <Say>Goodbye.</Say>
</Response>"""
DEMO = "https://demo.twilio.com/welcome/voice/"


class Place(Protocol):
    """Places a call from one to the other and runs it to its end; *phone* is the called phone's script."""

    def __call__(
        self, twiml: str | None = None, *, phone: str | None = None, **parameters: Any
    ) -> tm.Call: ...


def placing(simulator: tm.Simulator) -> Place:
    """A function that places calls in *simulator*; *twiml* stands inside a Response."""
    client = tm.Client(simulator=simulator)

    def place(twiml: str | None = None, *, phone: str | None = None, **parameters: Any) -> tm.Call:
        given = {"to": TO, "from_": FROM, **parameters}
        if twiml is not None:
            given["twiml"] = f"<Response>{twiml}</Response>"
        if phone is not None:
            simulator.phones[given["to"]] = phone
        return client.calls.create(**given).wait()

    return place


def kinds(call: tm.Call) -> list[str]:
    """What happened, as words."""
    return [event.kind for event in call.timeline]


def told(call: tm.Call, kind: str) -> list[str]:
    """The texts of all events of one kind."""
    return [event.text for event in call.timeline if event.kind == kind]


def heard(call: tm.Call) -> list[str]:
    """The transcript, one text a line."""
    return [str(line) for line in call.transcript]
