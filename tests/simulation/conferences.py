"""Conferences as the tests hold them: who comes, what the application is told, and what each one heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import twilio_magic as tm
from tests.calls import FROM

TOLD = "https://ivr.example.com/told"
AFTER = "https://ivr.example.com/after"
EVENTS = "start end join leave mute hold modify speaker announcement"
STAY = "answer; wait 60"


@dataclass
class Meeting:
    """A simulated world in which calls join the conference ``Room``, one a second."""

    simulator: tm.Simulator = field(default_factory=tm.Simulator)
    told: list[dict[str, str]] = field(default_factory=list)
    calls: dict[str, tm.Call] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = tm.Client(simulator=self.simulator)

        @self.simulator.webhook(TOLD)
        def told(request: Mapping[str, str]) -> str:
            self.told.append(dict(request))
            return ""

    @property
    def room(self) -> tm.Conference:
        """The newest conference."""
        held = self.client.conferences.list(status="completed")
        running = self.client.conferences.list()
        return running[0] if running else held[0]

    def invite(
        self, name: str, script: str = STAY, attributes: str = "", dial: str = ""
    ) -> tm.Call:
        """Call *name*, who joins with these *attributes*."""
        to = f"client:{name}"
        self.simulator.phones[to] = script
        noun = f'<Conference statusCallback="{TOLD}" statusCallbackEvent="{EVENTS}" {attributes}>'
        twiml = f"<Response><Dial {dial}>{noun}Room</Conference></Dial><Say>Bye.</Say></Response>"
        call = self.client.calls.create(to=to, from_=FROM, twiml=twiml)
        self.calls[name] = call
        return call

    def run(self) -> None:
        """Let everybody talk until all calls are over."""
        self.simulator.run()
        for call in self.calls.values():
            call.fetch()

    def events(self, *without: str) -> list[str]:
        """What the application was told, as ``participant-join ann``, without events of some kinds."""
        shown = []
        for each in self.told:
            event = each["StatusCallbackEvent"]
            if not event.startswith(without or ("-",)):
                shown.append(" ".join([event, *self._names(each)]))
        return shown

    def last(self, event: str) -> dict[str, str]:
        """The parameters of the last *event*."""
        return [each for each in self.told if each["StatusCallbackEvent"] == event][-1]

    def heard(self, name: str) -> list[str]:
        """What *name* heard others say."""
        return [event.data["words"] for event in self.calls[name].timeline if event.kind == "heard"]

    def kinds(self, name: str, kind: str) -> list[str]:
        """The texts of all events of one kind in the call of *name*."""
        return [event.text for event in self.calls[name].timeline if event.kind == kind]

    def _names(self, told: Mapping[str, str]) -> Sequence[str]:
        return [name for name, call in self.calls.items() if call.sid == told.get("CallSid")]
