"""Tells Locust of the requests that a call made, and of the call itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from ..timeline import Exchange
    from ._call import RunningCall

_MILLI = 1000


class CallFailed(Exception):  # noqa: N818 - says what happened
    """A request or a call failed; the message is short, because Locust counts failures by it."""


def report_requests(user: Any, running: RunningCall) -> None:
    """Tell the events of Locust's *user* of each request that was made since the last time."""
    made = [exchange for call in running.calls for exchange in call.webhooks]
    for exchange in made[running.reported :]:
        failure = _failure_of(exchange)
        if failure:
            running.failures.append(failure)
        user.environment.events.request.fire(
            request_type=exchange.method,
            name=urlsplit(exchange.url).path or "/",
            response_time=exchange.elapsed * _MILLI,
            response_length=len(exchange.reply),
            exception=CallFailed(failure) if failure else None,
            context=user.context(),
            url=exchange.url,
        )
    running.reported = len(made)


def report_call(user: Any, running: RunningCall, seconds: float) -> None:
    """Tell the events of Locust's *user* of a call that is over, and took so many real *seconds*."""
    failure = running.failure
    user.environment.events.request.fire(
        request_type="CALL",
        name=running.behavior.name,
        response_time=seconds * _MILLI,
        response_length=0,
        exception=CallFailed(failure) if failure else None,
        context=user.context(),
    )


def _failure_of(exchange: Exchange) -> str:
    """The code that Twilio would log of *exchange*, and the status of its answer; empty if all is well."""
    if exchange.code is None:
        return ""
    answer = "no answer" if exchange.status is None else f"HTTP {exchange.status}"
    return f"{exchange.code}: {answer}"
