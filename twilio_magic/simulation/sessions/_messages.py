"""Reading the messages of an application. Source: Twilio's page "Getting and sending WebSocket messages"."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from ._spec import relay_spec

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
    for name, kind in row.required.items():
        if name not in message:
            raise Malformed(f"{name} is missing")
        _check(name, kind, message[name])
    for name, kind in row.optional.items():
        if message.get(name) is not None:
            _check(name, kind, message[name])
    if row.one_of and not any(message.get(name) for name in row.one_of):
        raise Malformed(f"{' or '.join(row.one_of)} is missing")
    return message


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
    "digits": lambda value: isinstance(value, str) and _DIGITS.fullmatch(value) is not None,
}
_WANTED: Mapping[str, str] = {
    "text": "a text",
    "boolean": "true or false",
    "url": "a web address",
    "count": "a whole number",
    "digits": "made of 0-9, w, # and *",
}
