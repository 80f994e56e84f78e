"""Voice agents for tests: small ASGI applications that speak ConversationRelay."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import twilio_magic as tm
from twilio_magic.api import Call

from .socket_applications import Message, Sent, application

URL = "wss://agent.example.com/ws"
CALLER, NUMBER = "+13105550101", "+12125551234"

#: What an agent answers to a message.
Answers = Iterable[Sent]
Agent = Callable[[Message], Answers | Awaitable[Answers]]


def text(token: str, *, last: bool = True, **more: Any) -> Message:
    """A ``text`` message."""
    return {"type": "text", "token": token, "last": last, **more}


def says_nothing(_: Message) -> Answers:
    """An agent that never answers."""
    return ()


def document(attributes: str = "", inside: str = "", action: str = "") -> str:
    """A document that connects the call with the agent."""
    return (
        f"<Response><Connect{action}><ConversationRelay url='{URL}' {attributes}>{inside}"
        "</ConversationRelay></Connect><Say>The next verb</Say></Response>"
    )


def call_agent(
    agent: Agent | Any,
    phone: str,
    attributes: str = "",
    *,
    inside: str = "",
    action: str = "",
    simulator: tm.Simulator | None = None,
) -> Call:
    """An inbound call that talks with *agent*, a function or an application, when it is over."""
    simulator = simulator or tm.Simulator()
    is_application = isinstance(agent, str) or getattr(agent, "is_application", False)
    app = agent if is_application else application(agent)
    simulator.mount("https://agent.example.com", app)
    simulator.mount("https://ivr.example.com/voice", document(attributes, inside, action))
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    call = simulator.receive(CALLER, NUMBER, phone=phone)
    return call.wait()


def told(call: Call, kind: str) -> list[Message]:
    """The messages of one type that Twilio sent in the first session of *call*."""
    return [
        each
        for each in call.sessions[0].messages("sent")
        if isinstance(each, dict) and each["type"] == kind
    ]
