"""Every timer of a call: it runs as long as its value says, and with one second more it ends a second later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.parties import ACTION, AFTERWARDS, ANN, BOB
from tests.simulation.audio_files import BASE, Files, wav
from twilio_magic.api import operation
from twilio_magic.simulation import list_simulated
from twilio_magic.twiml import TIMED, vocabulary

VOICE = "https://ivr.example.com/voice"
SIP = "sip:ann@example.com"
QUIET = "answer; wait 60; hang up"
RINGS = "ring 60"
PRESSES = "answer; press 1; wait 60; hang up"
SPEAKS = 'answer; wait 1; say "Hello there."; wait 60; hang up'
TALKS = 'answer; wait 1; say "One, two, three, four, five, six, seven, eight, nine, ten."; wait 60; hang up'


@dataclass(frozen=True)
class Timer:
    """A timer that starts with an event of the kind *since*, or at its end, and expires with one of the kind *until*.

    *twiml*, *phones*, *parameters* and the *fault* of the webhook may hold ``{n}`` for the value in seconds, ``{ms}``
    for the same in milliseconds, and ``{w}`` for a pause of so many seconds among keys. Twilio adds *added* seconds.
    """

    since: str
    until: str
    twiml: str = "<Hangup/>"
    phones: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    fault: Mapping[str, bool | str] = field(default_factory=dict)
    value: int = 3
    added: float = 0

    def filled(self, text: str, seconds: int) -> str:
        """*text* with the value in it."""
        return text.format(n=seconds, ms=1000 * seconds, w="W" * seconds)


def gather(attributes: str, phone: str, since: str, until: str, prompt: str = "") -> Timer:
    twiml = f"<Gather action='{ACTION}' {attributes}>{prompt}</Gather>"
    return Timer(since, until, twiml, {TO: phone})


def record(attributes: str, phone: str, since: str) -> Timer:
    twiml = f"<Record action='{ACTION}' playBeep='false' finishOnKey='#' {attributes}/>"
    return Timer(since, "recorded", twiml, {TO: phone})


def pay(phone: str, since: str, until: str) -> Timer:
    attributes = "paymentConnector='Default' maxAttempts='1' timeout='{n}'"
    return Timer(since, until, f"<Pay action='{ACTION}' {attributes}/>", {TO: phone})


def detection() -> Iterator[tuple[str, str, str, str]]:
    """The timers of machine detection: the parameter, its value, the phone, and when it begins."""
    yield "MachineDetectionTimeout", "{n}", QUIET, "answered"
    yield "MachineDetectionSilenceTimeout", "{ms}", QUIET, "answered"
    yield "MachineDetectionSpeechThreshold", "{ms}", TALKS, "spoke"
    yield "MachineDetectionSpeechEndThreshold", "{ms}", SPEAKS, "end of spoke"


def of_nouns() -> Iterator[tuple[str, Timer]]:
    """The timers of machine detection that are attributes of a noun."""
    for noun, address in (("Number", ANN), ("Sip", SIP)):
        for parameter, value, phone, since in detection():
            attribute = parameter[0].lower() + parameter[1:]
            attributes = f"machineDetection='Enable' {attribute}='{value}'"
            twiml = f"<Dial><{noun} {attributes}>{address}</{noun}></Dial>"
            yield f"{noun} {attribute}", Timer(since, "detected", twiml, {address: phone})


def of_requests() -> Iterator[tuple[str, Timer]]:
    """The timers that are parameters of the API."""
    for name in ("calls.create", "participants.create"):
        ring = {"timeout": "{n}"}
        yield (
            f"{name} Timeout",
            Timer("ringing", "no answer", phones={TO: RINGS}, parameters=ring, value=6),
        )
        for parameter, value, phone, since in detection():
            asked = {"machine_detection": "Enable", _snake(parameter): value}
            yield f"{name} {parameter}", Timer(since, "detected", "", {TO: phone}, asked)
    for name in ("calls.create", "participants.create", "calls.update"):
        limit = {"time_limit": "{n}"}
        twiml = "<Pause length='60'/>"
        yield f"{name} TimeLimit", Timer("answered", "hung up", twiml, parameters=limit)


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]


#: By the attribute or parameter that sets the timer; behind a colon stands when, where there are several.
TIMERS: Mapping[str, Timer] = {
    "Gather timeout": gather("timeout='{n}'", QUIET, "gathering", "timed out"),
    "Gather timeout: after the prompt": gather(
        "timeout='{n}'", QUIET, "end of said", "timed out", "<Say>Press 1.</Say>"
    ),
    "Gather timeout: between keys": gather("timeout='{n}'", PRESSES, "pressed", "gathered"),
    "Gather timeout: before speech": gather(
        "input='speech' timeout='{n}'", QUIET, "gathering", "timed out"
    ),
    "Gather timeout: after speech": gather(
        "input='speech' timeout='{n}'", SPEAKS, "end of spoke", "gathered"
    ),
    "Gather speechTimeout": gather(
        "input='speech' speechTimeout='{n}'", SPEAKS, "end of spoke", "gathered"
    ),
    "Gather maxSpeechTime": gather(
        "input='speech' maxSpeechTime='{n}'", TALKS, "spoke", "gathered"
    ),
    "Record timeout": record("timeout='{n}'", QUIET, "recording"),
    "Record timeout: after speech": record("timeout='{n}'", SPEAKS, "end of spoke"),
    "Record timeout: after a key": record("timeout='{n}'", PRESSES, "pressed"),
    "Record maxLength": record("maxLength='{n}' timeout='0'", QUIET, "recording"),
    "Record maxLength: while somebody speaks": record("maxLength='{n}'", TALKS, "recording"),
    "Pay timeout": pay(QUIET, "end of said", "timed out"),
    "Pay timeout: between keys": pay(PRESSES, "pressed", "gathered"),
    "Pause length": Timer("paused", "hung up", "<Pause length='{n}'/>"),
    "break time": Timer("said", "hung up", "<Say><break time='{n}s'/></Say>"),
    "Say loop": Timer("answered", "hung up", "<Say loop='{n}'><break time='1s'/></Say>"),
    "Play loop": Timer("answered", "hung up", f"<Play loop='{{n}}'>{BASE}/one.wav</Play>"),
    "Play digits": Timer("played", "hung up", "<Play digits='{w}'/>"),
    "Dial timeout": Timer(
        "ringing",
        "no answer",
        f"<Dial timeout='{{n}}'>{ANN}</Dial>",
        {ANN: RINGS},
        value=6,
        added=vocabulary().elements["Dial"].limits["timeout_buffer_seconds"],
    ),
    "Dial timeout: in an empty queue": Timer(
        "answered", "timed out", "<Dial timeout='{n}'><Queue>empty</Queue></Dial>", value=6
    ),
    "Dial timeLimit": Timer("bridged", "left", f"<Dial timeLimit='{{n}}'>{ANN}</Dial>"),
    "Dial timeLimit: with a caller from a queue": Timer(
        "bridged", "left", "<Dial timeLimit='{n}'><Queue>support</Queue></Dial>"
    ),
    "Dial timeLimit: in a conference": Timer(
        "joined", "left", "<Dial timeLimit='{n}'><Conference>Room</Conference></Dial>"
    ),
    "calls.create SendDigits": Timer(
        "played", "hung up", parameters={"send_digits": "{w}"}, phones={TO: QUIET}
    ),
    "a phone's ring": Timer("ringing", "answered", phones={TO: "ring {n}; answer"}),
    "a phone's wait": Timer(
        "answered", "hung up", "<Pause length='60'/>", {TO: "answer; wait {n}; hang up"}
    ),
    "Refer: the other phone's ring": Timer(
        "answered",
        "redirected",
        "<Refer><Sip>sip:bob@example.com</Sip></Refer>",
        {"sip:bob@example.com": "ring {n}; answer"},
        {"to": SIP},
    ),
    "a webhook's rt": Timer(
        "answered", "failed", "", {}, {"url": f"{VOICE}#rt={{ms}}"}, {"timeout": True}
    ),
    "a webhook's ct": Timer(
        "answered",
        "failed",
        "",
        {},
        {"url": f"{VOICE}#rc=0&ct={{ms}}"},
        {"unreachable": True},
    ),
    "a webhook's tt": Timer(
        "answered",
        "failed",
        "",
        {},
        {"url": f"{VOICE}#rc=5&rp=all&rt=2000&tt={{ms}}"},
        {"timeout": True},
    ),
    "a slow webhook": Timer("answered", "hung up", "", {}, {"url": VOICE}, {"slow": "{n}"}),
    **dict(of_nouns()),
    **dict(of_requests()),
}


def world(timer: Timer, seconds: int) -> tm.Simulator:
    """A world with the phones, files, queues and applications that timers need; a caller waits in one queue."""
    simulator = tm.Simulator()
    files = Files()
    files.mount(simulator)
    files["one.wav"] = (wav(1.0), "audio/wav")
    simulator.webhook(ACTION)(lambda: AFTERWARDS)
    simulator.webhook(VOICE)(lambda: "<Response><Hangup/></Response>")
    for name, value in timer.fault.items():
        fault: Any = float(timer.filled(value, seconds)) if isinstance(value, str) else value
        simulator.faults.add(VOICE, **{name: fault})
    for address, script in {"*": QUIET, **timer.phones}.items():
        simulator.phones[address] = timer.filled(script, seconds)
    client = tm.Client(simulator=simulator)
    client.queues.create(friendly_name="empty")
    waits = "<Response><Enqueue>support</Enqueue></Response>"
    client.calls.create(to=BOB, from_=FROM, twiml=waits, time_limit=90)
    simulator.advance(2)
    return simulator


def create_call(simulator: tm.Simulator, twiml: str, parameters: Mapping[str, Any]) -> tm.Call:
    document = {} if "url" in parameters else {"twiml": f"<Response>{twiml}</Response>"}
    given = {"to": TO, "from_": FROM, **document, **parameters}
    return tm.Client(simulator=simulator).calls.create(**given)


def create_participant(
    simulator: tm.Simulator, twiml: str, parameters: Mapping[str, Any]
) -> tm.Call:
    client = tm.Client(simulator=simulator)
    room = client.conferences.participants("Room")
    return client.calls.fetch(room.create(to=TO, from_=FROM, **parameters).call_sid)


def update_call(simulator: tm.Simulator, twiml: str, parameters: Mapping[str, Any]) -> tm.Call:
    """A call that is given the parameters while it goes on."""
    call = create_call(simulator, twiml, {})
    simulator.advance(2)
    return call.update(**parameters)


PLACES: Mapping[str, Callable[[tm.Simulator, str, Mapping[str, Any]], tm.Call]] = {
    "calls.create": create_call,
    "calls.update": update_call,
    "participants.create": create_participant,
}


def lasted(name: str, seconds: int) -> float:
    """How long the timer *name* runs with this value."""
    timer = TIMERS[name]
    simulator = world(timer, seconds)
    place = PLACES.get(name.partition(" ")[0], create_call)
    parameters = {key: timer.filled(value, seconds) for key, value in timer.parameters.items()}
    call = place(simulator, timer.filled(timer.twiml, seconds), parameters)
    simulator.run()
    kinds = [str(event.kind) for event in call.timeline]
    end = kinds.index(timer.until)
    since = timer.since.removeprefix("end of ")
    begin = call.timeline[max(place for place, kind in enumerate(kinds[:end]) if kind == since)]
    length = begin.data["seconds"] if since != timer.since else 0
    return round(call.timeline[end].at - begin.at - length, 3)


@pytest.mark.parametrize("name", TIMERS)
def test_a_timer_runs_as_long_as_its_value_and_with_one_more_a_second_longer(name: str) -> None:
    value, added = TIMERS[name].value, TIMERS[name].added

    assert lasted(name, value) == value + added
    assert lasted(name, value + 1) == value + 1 + added


#: Times that are tested elsewhere, and why.
ELSEWHERE = {"ConversationRelay speechTimeout": "test_relay.py: milliseconds, over a WebSocket"}


def times_in_twiml() -> Iterator[str]:
    """The attributes that are a time, and that simulated calls act on."""
    acted_on = {**list_simulated(), **TIMED}
    for element in vocabulary().elements.values():
        for attribute in element.attributes.values():
            if (attribute.unit or "").endswith("seconds") and attribute.name in acted_on.get(
                element.name, ()
            ):
                yield f"{element.name} {attribute.name}"


def times_in_requests() -> Iterator[str]:
    """The parameters that are a time, of the operations that make calls or change them."""
    for name in PLACES:
        for parameter in operation(name).parameters:
            if parameter.unit.endswith("seconds"):
                yield f"{name} {parameter.name}"


@pytest.mark.parametrize("name", [*times_in_twiml(), *times_in_requests()])
def test_every_attribute_and_parameter_that_is_a_time_has_a_timer_here(name: str) -> None:
    assert name in {**TIMERS, **ELSEWHERE}
