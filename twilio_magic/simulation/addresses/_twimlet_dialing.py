"""The Twimlets that call others: forward, simulring, findme, and the whisper that asks them to accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._twimlet_document import Redirected, add_element, add_message, response, with_query
from ._twimlet_request import TwimletRequest, digits_of

if TYPE_CHECKING:
    from ...twiml import Node

_FORWARD_SECONDS, _FIND_SECONDS = "20", "60"
_MOST_NUMBERS = 10


def forward_call(request: TwimletRequest) -> Node | Redirected:
    """Call ``PhoneNumber``, if the caller is one of ``AllowedCallers``; else, or if nobody answers, ``FailUrl``."""
    if request.has("Dial"):
        return _after_dial(request)
    document = response()
    allowed = {digits_of(each) for each in request.texts("AllowedCallers")}
    if allowed and not allowed & {digits_of(request.caller), digits_of(request.callee)}:
        add_element(document, "Say", "Sorry, you are calling from a restricted number. Good bye.")
        return document
    add_element(
        document,
        "Dial",
        request.text("PhoneNumber"),
        action=_action(request),
        timeout=request.text("Timeout", _FORWARD_SECONDS),
        callerId=request.text("CallerId"),
    )
    return document


def ring_all(request: TwimletRequest) -> Node | Redirected:
    """Call all ``PhoneNumbers`` at once; each is asked to accept with a key."""
    if request.has("Dial"):
        return _after_dial(request)
    document = response()
    seconds = request.text("Timeout", _FORWARD_SECONDS)
    dial = add_element(document, "Dial", action=_action(request), timeout=seconds)
    whisper = with_query("whisper", ("Message", request.text("Message")))
    for number in sorted(request.texts("PhoneNumbers")[:_MOST_NUMBERS]):
        add_element(dial, "Number", number, url=whisper)
    return document


def ring_in_turn(request: TwimletRequest) -> Node | Redirected:
    """Call ``PhoneNumbers`` one after the other, until somebody accepts with a key; else ``FailUrl``."""
    if request.has("Dial") and request.was_answered:
        return _hangup()
    number, *others = request.texts("PhoneNumbers")[:_MOST_NUMBERS] or [""]
    if not number:
        return _fail(request)
    document = response()
    message, seconds = request.text("Message"), request.text("Timeout")
    action = with_query(
        request.path,
        ("Dial", "true"),
        ("FailUrl", request.text("FailUrl")),
        ("Timeout", seconds),
        ("Message", message),
        *(("PhoneNumbers[]", other) for other in others),
    )
    dial = add_element(document, "Dial", action=action, timeout=seconds or _FIND_SECONDS)
    whisper = with_query("whisper", ("Message", message), ("HumanCheck", "1"))
    add_element(dial, "Number", number, url=whisper)
    return document


def ask_to_accept(request: TwimletRequest) -> Node:
    """Ask who was called for a key; with ``HumanCheck`` they are hung up without one."""
    document = response()
    if request.text("Digits"):
        return document
    spelled = " ".join(f"{digit}." for digit in request.caller)
    message = f"You are receiving a call from {spelled} Press any key to accept."
    gather = add_element(document, "Gather", numDigits=1)
    add_message(
        gather,
        request.text("Message", message),
        request.text("Voice"),
        request.text("Language"),
    )
    if request.text("HumanCheck", "false").lower() not in ("false", "0"):
        add_element(document, "Hangup")
    return document


def _action(request: TwimletRequest) -> str:
    return with_query(request.path, ("Dial", "true"), ("FailUrl", request.text("FailUrl")))


def _after_dial(request: TwimletRequest) -> Node | Redirected:
    return _hangup() if request.was_answered else _fail(request)


def _fail(request: TwimletRequest) -> Node | Redirected:
    url = request.text("FailUrl")
    return Redirected(url) if url else _hangup()


def _hangup() -> Node:
    document = response()
    add_element(document, "Hangup")
    return document
