"""The records of calls as plain data, and the records that such data stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .sessions import WebSocketSession
    from .timeline import Event, Exchange, Line

_DEEPEST = 20


def data_of_call(
    timeline: Iterable[Event],
    transcript: Iterable[Line] = (),
    webhooks: Iterable[Exchange] = (),
    sessions: Iterable[WebSocketSession] = (),
) -> dict[str, Any]:
    """What happened in a call, as data that JSON can hold."""
    return {
        "timeline": [data_of(each) for each in timeline],
        "transcript": [data_of(each) for each in transcript],
        "webhooks": [data_of_exchange(each) for each in webhooks],
        "sessions": [data_of_session(each) for each in sessions],
    }


def data_of(thing: Any, depth: int = -1) -> dict[str, Any]:
    """The fields of a dataclass, as data that JSON can hold."""
    return {
        each.name: data_of_value(getattr(thing, each.name), depth + 1) for each in fields(thing)
    }


def data_of_exchange(exchange: Exchange) -> dict[str, Any]:
    """A request with its reply, without its headers: they have a signature, and perhaps what signs in."""
    record = data_of(exchange)
    del record["headers"], record["reply_headers"]
    del record["elapsed"]  # real time, which is never the same
    return record


def data_of_session(session: WebSocketSession) -> dict[str, Any]:
    """A WebSocket session with its frames; the sound that was heard is in them."""
    record = data_of(session)
    del record["sounds"], record["order"]
    return record


def data_of_value(value: Any, depth: int = 0) -> Any:
    """*value* as JSON can hold it; what it cannot is its text."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if depth > _DEEPEST:
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): data_of_value(each, depth + 1) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [data_of_value(each, depth + 1) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        return data_of(value, depth)
    return str(value)
