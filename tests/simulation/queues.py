"""People who wait in queues, agents who take them, and the application behind both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter

import twilio_magic as tm
from tests.calls import FROM

IVR = "https://ivr.example.com"
PHONES = {
    "ada": "+13105550001",
    "bob": "+13105550002",
    "cleo": "+13105550003",
    "ann": "+13105550011",
    "ben": "+13105550012",
}
STAYS = "answer; wait 300"
ENQUEUE = f'<Enqueue waitUrl="" action="{IVR}/out">support</Enqueue><Say>Next.</Say>'
DIAL = f'<Dial action="{IVR}/dialed"><Queue>support</Queue></Dial><Say>Next.</Say>'
WHISPER = DIAL.replace("<Queue>", f'<Queue url="{IVR}/whisper">')
#: What of a request the tables show.
SHOWN = (
    "QueueResult",
    "QueuePosition",
    "QueueTime",
    "DialCallStatus",
    "DialCallDuration",
    "DialBridged",
    "DequeueResult",
)


def enqueue(attributes: str, name: str = "support") -> str:
    return f'<Enqueue action="{IVR}/out" {attributes}>{name}</Enqueue><Say>Next.</Say>'


WAITS = enqueue(f'waitUrl="{IVR}/wait"')


@dataclass(frozen=True)
class Person:
    """Somebody on the phone from the moment *at*: called, and given *twiml*."""

    name: str
    at: float
    twiml: str
    phone: str = STAYS


@dataclass(frozen=True)
class Api:
    """What somebody does with the API at the moment *at*."""

    at: float
    does: Callable[[tm.Client, dict[str, tm.Call]], object]


Step = Person | Api


def mount(simulator: tm.Simulator) -> None:
    """The application, one address for everything that it can be asked."""
    answers = {
        "out": "<Say>Out.</Say>",
        "dialed": "<Say>Done.</Say>",
        "wait": "<Say>Please wait.</Say><Pause length='8'/>",
        "whisper": "<Say>Here comes somebody who can help you with it.</Say>",
        "leave": "<Pause length='3'/><Leave/>",
        "hangup": "<Pause length='3'/><Hangup/>",
        "menu": f'<Gather action="{IVR}/left" numDigits="1" timeout="20"/>',
        "left": "<Leave/>",
        "redirect": f"<Pause length='4'/><Redirect>{IVR}/leave</Redirect>",
        "elsewhere": "<Say>Elsewhere.</Say>",
        "nothing": "",
    }
    for path, verbs in answers.items():
        simulator.webhook(f"{IVR}/{path}")(answering(verbs))
    simulator.webhook(f"{IVR}/broken")(lambda: ("", 500))


def answering(verbs: str) -> Callable[[], str]:
    return lambda: f"<Response>{verbs}</Response>"


def play(simulator: tm.Simulator, *steps: Step, seconds: float = 300) -> dict[str, tm.Call]:
    """Let everything happen at its moment; returns the calls by name."""
    client, calls, now = tm.Client(simulator=simulator), dict[str, tm.Call](), 0.0
    for step in steps:
        simulator.advance(step.at - now)
        now = step.at
        if isinstance(step, Api):
            step.does(client, calls)
            continue
        simulator.phones[PHONES[step.name]] = step.phone
        calls[step.name] = client.calls.create(
            to=PHONES[step.name], from_=FROM, twiml=f"<Response>{step.twiml}</Response>"
        )
    simulator.advance(seconds)
    return {name: call.fetch() for name, call in calls.items()}


def requests(calls: dict[str, tm.Call]) -> list[str]:
    """Every request of the *calls*, in the order in which they were made, as far as the tables show it."""
    made = [
        (moment(call, each.at), f"{name} {each.url.rpartition('/')[2]}{_shown(each)}")
        for name, call in calls.items()
        for each in call.webhooks
    ]
    return [line for _, line in sorted(made, key=itemgetter(0))]


def moment(call: tm.Call, at: float) -> float:
    """The moment *at* of the *call* on a clock that all calls share."""
    assert call.date_created is not None
    return round(call.date_created.timestamp() + at, 3)


def _shown(each: tm.Exchange) -> str:
    shown = (each.parameters[name] for name in SHOWN if name in each.parameters)
    return "".join(f" {value}" for value in shown)


ADA = Person("ada", 0, ENQUEUE)
BOB = Person("bob", 2, ENQUEUE)
