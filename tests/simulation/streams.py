"""Applications for tests that take part in Media Streams, and calls with them."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from typing import Any

import twilio_magic as tm
from twilio_magic import mulaw
from twilio_magic.api import Call

from .socket_applications import Message, Sent, application

URL = "wss://agent.example.com/media"
EVENTS = "https://ivr.example.com/events"
CALLER, NUMBER = "+13105550101", "+12125551234"

#: Answers a message of Twilio, which has the sid of its stream.
Agent = Callable[[Message], Iterable[Sent]]


def media(sid: str, sound: bytes) -> Message:
    return {"event": "media", "streamSid": sid, "media": {"payload": b64encode(sound).decode()}}


def mark(sid: str, name: str) -> Message:
    return {"event": "mark", "streamSid": sid, "mark": {"name": name}}


def clear(sid: str) -> Message:
    return {"event": "clear", "streamSid": sid}


def beep(seconds: float) -> bytes:
    """A loud sound."""
    samples = ((n // 10 % 2 * 2 - 1) * 8000 for n in range(round(seconds * mulaw.RATE)))
    return mulaw.compress(samples)


def sound(message: Message) -> bytes:
    """The sound in a ``media`` message."""
    return b64decode(message["media"]["payload"])


def listens(_: Message) -> Iterable[Sent]:
    """An application that sends nothing."""
    return ()


def at_start(*answers: Callable[[str], Sent] | Sent) -> Agent:
    """An application that sends *answers* when the stream starts; functions get the sid of the stream."""

    def agent(message: Message) -> Iterable[Sent]:
        if message["event"] == "start":
            sid = message["streamSid"]
            return [each(sid) if callable(each) else each for each in answers]
        return ()

    return agent


def two_way(attributes: str = "", inside: str = "", action: str = "") -> str:
    """A document that connects the call with the application."""
    return (
        f"<Response><Connect{action}><Stream url='{URL}' {attributes}>{inside}</Stream></Connect>"
        "<Say>The next verb</Say></Response>"
    )


def one_way(attributes: str = "", rest: str = "<Pause length='5'/>", inside: str = "") -> str:
    """A document that begins a stream, and goes on with *rest*."""
    return f"<Response><Start><Stream url='{URL}' {attributes}>{inside}</Stream></Start>{rest}</Response>"


def call_stream(
    agent: Agent | None,
    phone: str,
    document: str = "",
    *,
    simulator: tm.Simulator | None = None,
    app: Any = None,
    more: str = "",
) -> Call:
    """An inbound call that runs *document* with *agent* at its stream, when it is over; *more* stands at the action."""
    simulator = simulator or tm.Simulator()
    if app is not None or agent is not None:
        simulator.mount("https://agent.example.com", app or application(agent or listens))
    simulator.mount("https://ivr.example.com/voice", document or two_way())
    simulator.mount("https://ivr.example.com/next", more or "<Response><Hangup/></Response>")
    simulator.mount(EVENTS, lambda _: "")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    return simulator.receive(CALLER, NUMBER, phone=phone).wait()


def sent(call: Call, event: str = "", session: int = 0) -> list[dict[str, Any]]:
    """The messages of Twilio to the application, all or those of one *event*."""
    messages = call.sessions[session].messages("sent")
    return [each for each in messages if not event or each["event"] == event]


def reports(call: Call) -> list[dict[str, str]]:
    """What the status callback of streams was told."""
    return [dict(each.parameters) for each in call.webhooks if each.purpose == "stream"]


def codes(call: Call) -> list[int]:
    """The codes of what was warned of and what failed."""
    return [event.data["code"] for event in call.timeline if "code" in event.data]
