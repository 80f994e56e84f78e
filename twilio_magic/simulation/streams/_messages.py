"""Reading the messages of an application. Source: Twilio's page "Media Streams - WebSocket Messages"."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ._spec import stream_spec

if TYPE_CHECKING:
    from ._spec import Fields


class Undecodable(Exception):  # noqa: N818 - says what the message is
    """A frame that is no text; the argument says why."""


class Unexpected(Exception):  # noqa: N818 - says what the message is
    """A message that breaks the protocol; the argument says why."""


def read_stream_message(frame: str | bytes, sid: str) -> Mapping[str, Any]:
    """The message in *frame*, for the stream with this *sid*; raises :class:`Undecodable` or :class:`Unexpected`."""
    if isinstance(frame, bytes):
        raise Undecodable("it is a binary frame")
    try:
        message = json.loads(frame)
    except (ValueError, RecursionError):
        raise Unexpected("it is no JSON") from None
    if not isinstance(message, dict):
        raise Unexpected("it is no JSON object")
    event = message.get("event")
    fields = stream_spec().messages.get(event) if isinstance(event, str) else None
    if fields is None:
        raise Unexpected(f"there is no event {event!r} for Twilio")
    _check(message, fields, sid)
    return message


def sound_of(message: Mapping[str, Any]) -> bytes:
    """The sound in a ``media`` message that was read."""
    return b64decode(message["media"]["payload"])


def _check(message: Mapping[str, Any], fields: Fields, sid: str) -> None:
    for name in fields:
        if name not in message:
            raise Unexpected(f"{name} is missing")
    for name, value in message.items():
        kind = fields.get(name)
        if kind is None:
            raise Unexpected(f"{name} does not belong there")
        if isinstance(kind, Mapping):
            if not isinstance(value, dict):
                raise Unexpected(f"{name} is no object")
            _check(value, kind, sid)
        else:
            _check_value(name, kind, value, sid)


def _check_value(name: str, kind: str, value: object, sid: str) -> None:
    if not isinstance(value, str):
        raise Unexpected(f"{name} is no text")
    if kind == "sid" and value != sid:
        raise Unexpected(f"{name} is {value!r}, and not that of the stream")
    if kind == "sound" and not _is_base64(value):
        raise Unexpected(f"{name} is no base64")


def _is_base64(text: str) -> bool:
    try:
        b64decode(text, validate=True)
    except ValueError:
        return False
    return True
