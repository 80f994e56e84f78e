"""``mock_twilio()``: every client of Twilio in this process speaks with a simulator, whoever made it."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ContextDecorator, ExitStack, contextmanager
from contextvars import ContextVar
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any, Self
from unittest.mock import patch
from urllib.parse import urlsplit

from requests import Request, Session

from ..errors import SimulatorError
from ..hosts import is_twilio
from ._http_client import OwnAccount
from ._mocked_tests import ClassDecorator, keep_argument
from ._simulator import Simulator
from .mounts._rehearsal import rehearse
from .mounts._web import is_in_process

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter


class mock_twilio(ContextDecorator):  # noqa: N801 - it is used as a function
    """Let every ``twilio.rest.Client`` of this process speak with *simulator* while the block or function runs.

    So does whatever uses ``requests`` to reach Twilio's API, in whatever region, and with whatever account and token.
    Other ways to Twilio are closed: they raise :class:`TwilioOutOfReach`. Gives the simulator, a new one unless it is
    given. The environment has its account and auth token meanwhile, for applications that read them there.

    A function may be ``async``. A class is decorated as by moto: each test of it runs inside, with a world of its own,
    which the test has as ``self.twilio_simulator``. What runs once for the class, such as ``setUpClass``, has another
    one, ``cls.twilio_simulator``; with a *simulator* that is given, all have that. Of blocks that overlap, each thread
    and task has the one that it entered last; others have the newest.

    :meth:`start` and :meth:`stop` are the block for what has no place for one, such as the tests of a module.
    """

    def __new__(cls, simulator: Any = None) -> Any:
        """A block, or a function that is decorated without parentheses."""
        return cls()(simulator) if callable(simulator) else super().__new__(cls)

    def __init__(self, simulator: Simulator | Callable[..., Any] | None = None) -> None:
        if simulator is not None and not isinstance(simulator, Simulator):
            raise SimulatorError(
                f"{simulator!r} is no simulator.",
                hint="Write mock_twilio(), or give it one of yours.",
            )
        self._given = simulator
        self._stacks: list[ExitStack] = []

    def _recreate_cm(self) -> Self:
        """Another one for each call of a decorated function, so that each has a world of its own."""
        return type(self)(self._given)

    def __call__(self, function: Callable[..., Any]) -> Any:
        """*function* with the block around each call, or a class with the block around each test.

        Raises :class:`SimulatorError` for what runs after its call.
        """
        if isinstance(function, type):
            return self._decorate_class(function)
        if inspect.iscoroutinefunction(function):

            @wraps(function)
            async def run(*args: Any, **kwargs: Any) -> Any:
                with self._recreate_cm():
                    return await function(*args, **kwargs)

            return run
        is_generator = inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function)
        if is_generator:
            raise SimulatorError(
                f"mock_twilio cannot decorate {function!r}, which runs when the block is over.",
                hint="Decorate a function, or write “with tm.mock_twilio():” inside.",
            )
        return keep_argument(function, super().__call__(function))

    def _decorate_class(self, tests: type) -> type:
        if issubclass(tests, Simulator):
            raise SimulatorError(
                f"{tests.__name__} is a class.", hint=f"Give it a simulator: {tests.__name__}()."
            )
        decorator = ClassDecorator(lambda: self._given or Simulator(), type(self), _is_inside)
        if not decorator.decorate(tests):
            raise SimulatorError(
                f"mock_twilio cannot decorate {tests!r}, which has no methods.",
                hint="Decorate a class of tests, or a function.",
            )
        return tests

    def __enter__(self) -> Simulator:
        simulator = self._given or Simulator()
        with ExitStack() as stack:
            stack.enter_context(rehearse())
            stack.enter_context(_InPlace(OwnAccount(simulator)))
            self._stacks.append(stack.pop_all())
            _entered.append(self)
        return simulator

    def __exit__(self, *error: object) -> None:
        _entered.remove(self)
        self._stacks.pop().close()

    def start(self) -> Simulator:
        """Begin the block, which lasts until :meth:`stop`, even if nobody keeps this object."""
        return self.__enter__()

    def stop(self) -> None:
        """End the block that :meth:`start` began; raises :class:`SimulatorError` if there is none."""
        if not self._stacks:
            raise SimulatorError(
                "mock_twilio was stopped before it was started.",
                hint="Call start() first, once for each stop().",
            )
        self.__exit__()

    async def __aenter__(self) -> Simulator:
        return self.__enter__()

    async def __aexit__(self, *error: object) -> None:
        self.__exit__(*error)


#: What takes Twilio's place in the blocks under way, the newest last; and in the block that this thread or task is in.
_blocks: list[OwnAccount] = []
#: What has begun these blocks: it is kept until they are over.
_entered: list[mock_twilio] = []
_OWN: ContextVar[OwnAccount | None] = ContextVar("own", default=None)
_lock = Lock()
_patches = ExitStack()


def _is_inside() -> bool:
    """Whether a block is under way."""
    return bool(_blocks)


class _InPlace:
    """Puts *adapter* in Twilio's place while a block runs.

    The process is changed by the first block, and as before after the last. One that is never left, as where pytest
    calls ``setUpModule`` and not what unittest does behind it, ends with the process, and does nothing then.
    """

    def __init__(self, adapter: OwnAccount) -> None:
        self._adapter = adapter

    def __enter__(self) -> None:
        self._before = _OWN.get()
        with _lock:
            if not _blocks:
                _patches.enter_context(patch.dict(os.environ))
                _patches.enter_context(
                    patch.object(Session, "get_adapter", _choose_from(Session.get_adapter))
                )
                _patches.enter_context(_asynchronous())
            _blocks.append(self._adapter)
            os.environ.update(self._adapter.simulator.environment())
        _OWN.set(self._adapter)

    def __exit__(self, *_: object) -> None:
        _OWN.set(self._before)
        with _lock:
            _blocks[:] = [each for each in _blocks if each is not self._adapter]
            if _blocks:
                os.environ.update(_blocks[-1].simulator.environment())
            else:
                _patches.close()


def _choose_from(
    before: Callable[[Session, str], BaseAdapter],
) -> Callable[[Session, str], BaseAdapter]:
    """``Session.get_adapter`` for the blocks: Twilio is simulated, unless the session is a simulator's already."""

    def get_adapter(session: Session, url: str) -> BaseAdapter:
        found = before(session, url)
        host = urlsplit(url).hostname or ""
        if not is_twilio(host) or is_in_process(found):
            return found
        own, blocks = _OWN.get(), tuple(_blocks)
        return own if own in blocks and own is not None else blocks[-1] if blocks else found

    return get_adapter


@contextmanager
def _asynchronous() -> Iterator[None]:
    """Let the asynchronous client of the official library, if it is there, send its requests as the other does."""
    try:
        from twilio.http.async_http_client import AsyncTwilioHttpClient
    except ImportError:
        yield
        return
    with patch.object(AsyncTwilioHttpClient, "request", _request):
        yield


async def _request(
    _: object,
    method: str,
    url: str,
    params: Mapping[str, object] | None = None,
    data: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
    auth: tuple[str, str] | None = None,
    **__: Any,
) -> Any:
    from twilio.http.response import Response

    request = Request(method.upper(), url, params=params, data=data, headers=headers, auth=auth)  # type: ignore[arg-type]
    with Session() as session:
        answer = session.send(session.prepare_request(request), allow_redirects=False)
    return Response(answer.status_code, answer.text)
