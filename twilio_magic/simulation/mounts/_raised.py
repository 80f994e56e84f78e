"""Which exceptions a mounted application raises, also those that its framework turns into a response by itself.

Flask, Quart and Django signal them to whoever listens. An HTTP error that was raised in Flask or Quart, such as that of
``request.form["Digits"]`` without such a key, is asked for its response.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from typing import TYPE_CHECKING, Any

from ...tracebacks import Raised, describe_raised, has_own_frames

if TYPE_CHECKING:
    from werkzeug.exceptions import HTTPException

_SIGNALS = ("flask.signals", "quart.signals", "django.core.signals")


class RaisedExceptions:
    """What an application raised while it answered one request: *unhandled* exceptions, and *http_errors*."""

    def __init__(self) -> None:
        self.unhandled: list[Raised] = []
        self.http_errors: list[Raised] = []

    @property
    def first(self) -> Raised | None:
        """The one that the request failed with; those after it come from cleaning up."""
        return next(iter([*self.unhandled, *self.http_errors]), None)


#: The exceptions of the application that answers a request in this thread or task.
_RAISED: ContextVar[RaisedExceptions | None] = ContextVar("raised", default=None)


#: The signals that are listened to: connecting again changes nothing, and takes long.
_heard: dict[int, Any] = {}


@contextmanager
def note_raised() -> Iterator[RaisedExceptions]:
    """Note what an application raises inside the block, and in the tasks and threads that it begins there."""
    if "werkzeug.exceptions" in sys.modules:
        _listen_to_werkzeug()
    for name in _SIGNALS:
        if name in sys.modules:
            _listen_to(sys.modules[name].got_request_exception)
    raised = RaisedExceptions()
    token = _RAISED.set(raised)
    try:
        yield raised
    finally:
        _RAISED.reset(token)


def _listen_to(signal: Any) -> None:
    if _heard.get(id(signal)) is not signal:
        signal.connect(_on_signal)
        _heard[id(signal)] = signal


def note_unhandled(error: BaseException) -> None:
    """Note *error*, which the application has not handled."""
    raised = _RAISED.get()
    if raised is not None:
        raised.unhandled.append(describe_raised(error))


def _on_signal(*_: object, exception: BaseException | None = None, **__: object) -> None:
    error = exception or sys.exc_info()[1]
    if error is not None:
        note_unhandled(error)


@cache
def _listen_to_werkzeug() -> None:
    from werkzeug.exceptions import HTTPException

    get_response: Callable[..., Any] = HTTPException.get_response

    @wraps(get_response)
    def note_and_respond(error: HTTPException, *args: Any, **kwargs: Any) -> Any:
        raised = _RAISED.get()
        if raised is not None and has_own_frames(error):  # else it is a path that no route has
            raised.http_errors.append(describe_raised(error))
        return get_response(error, *args, **kwargs)

    setattr(HTTPException, "get_response", note_and_respond)  # noqa: B010 - no name is declared anew
