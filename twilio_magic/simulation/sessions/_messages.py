"""Reading the messages of an application. Source: Twilio's page "Getting and sending WebSocket messages"."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ...twiml import accepts, to_value, vocabulary
from ._spec import relay_spec

if TYPE_CHECKING:
    from ._spec import MessageRow

_DIGITS = re.compile(r"[0-9w#*]+")


class Malformed(Exception):  # noqa: N818 - says what the message is
    """A message that Twilio does not take; the argument says why."""


def read_message(frame: str | bytes) -> Mapping[str, Any]:
    """The message in *frame*, with its type; raises :class:`Malformed`."""
    if isinstance(frame, bytes):
        raise Malformed("it is a binary frame")
    try:
        message = json.loads(frame)
    except (ValueError, RecursionError):
        raise Malformed("it is no JSON") from None
    if not isinstance(message, dict):
        raise Malformed("it is no JSON object")
    row = relay_spec().messages.get(message["type"]) if _is_text(message.get("type")) else None
    if row is None:
        raise Malformed(f"there is no type {message.get('type')!r}")
    _check_fields(row, message)
    if message["type"] == "config":
        read_changes(message)
    return message


def _check_fields(row: MessageRow, message: Mapping[str, Any]) -> None:
    for name, kind in row.required.items():
        if name not in message:
            raise Malformed(f"{name} is missing")
        _check(name, kind, message[name])
    for name, kind in row.optional.items():
        if message.get(name) is not None:
            _check(name, kind, message[name])
    if row.one_of and not any(message.get(name) for name in row.one_of):
        raise Malformed(f"{' or '.join(row.one_of)} is missing")


def read_changes(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """The session settings that a ``config`` *message* changes, typed; raises :class:`Malformed` for a wrong value.

    Twilio names these settings, and what is around them is not known: they are taken from the message itself and from
    an object ``session`` in it.
    """
    asked = {**message, **(message.get("session") or {})}
    return {name: _read_setting(name, asked[name]) for name in asked if name in _settings()}


def find_other_names(message: Mapping[str, Any]) -> list[str]:
    """What a ``config`` *message* names beside session settings."""
    asked = {**message, **(message.get("session") or {})}
    return [name for name in asked if name not in ("type", "session", *_settings())]


def _settings() -> tuple[str, ...]:
    return relay_spec().session_settings


def _read_setting(name: str, value: object) -> Any:
    row = vocabulary().elements["ConversationRelay"].attributes[name]
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if not isinstance(value, str | int | float) or not accepts(row)(text):
        raise Malformed(f"{name} is {value!r}, which the attribute {name} does not take")
    return to_value(row, text)


def is_end_of_answer(frame: str | bytes) -> bool:
    """Whether *frame* ends an answer: it is a message other than text, or the last text of a talk cycle."""
    try:
        message = read_message(frame)
    except Malformed:
        return False
    return message["type"] != "text" or bool(message.get("last"))


def _check(name: str, kind: str, value: object) -> None:
    if not _CHECKS[kind](value):
        raise Malformed(f"{name} is {value!r}, and must be {_WANTED[kind]}")


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_url(value: object) -> bool:
    try:
        return isinstance(value, str) and urlsplit(value).scheme in ("http", "https")
    except ValueError:
        return False


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


_CHECKS: Mapping[str, Callable[[object], bool]] = {
    "text": _is_text,
    "boolean": lambda value: isinstance(value, bool),
    "url": _is_url,
    "count": _is_count,
    "object": lambda value: isinstance(value, dict),
    "digits": lambda value: isinstance(value, str) and _DIGITS.fullmatch(value) is not None,
}
_WANTED: Mapping[str, str] = {
    "text": "a text",
    "boolean": "true or false",
    "url": "a web address",
    "count": "a whole number",
    "object": "an object",
    "digits": "made of 0-9, w, # and *",
}
