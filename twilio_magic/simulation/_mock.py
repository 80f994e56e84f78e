"""``mock_twilio()``: every client of Twilio in this process speaks with a simulator, whoever made it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ContextDecorator, ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Self
from unittest.mock import patch
from urllib.parse import urlsplit

from requests import Request, Session
from requests.adapters import BaseAdapter, HTTPAdapter
from requests.auth import _basic_auth_str

from ..hosts import is_twilio
from ._simulator import Simulator
from .mounts._rehearsal import rehearse
from .mounts._web import is_in_process

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

_ACCOUNT = re.compile(r"(?<=/Accounts/)AC\w*")


class mock_twilio(ContextDecorator):  # noqa: N801 - it is used as a function
    """Let every ``twilio.rest.Client`` of this process speak with *simulator* while the block or function runs.

    So does whatever uses ``requests`` to reach Twilio's API, in whatever region, and with whatever account and token.
    Other ways to Twilio are closed: they raise :class:`TwilioOutOfReach`. Gives the simulator, a new one unless it is
    given. The environment has its account and auth token meanwhile, for applications that read them there.
    """

    def __init__(self, simulator: Simulator | None = None) -> None:
        self._given = simulator
        self._stack = ExitStack()

    def _recreate_cm(self) -> Self:
        """Another one for each call of a decorated function, so that each has a world of its own."""
        return type(self)(self._given)

    def __enter__(self) -> Simulator:
        simulator = self._given or Simulator()
        adapter = _Twilio(simulator)
        enter = self._stack.enter_context
        enter(rehearse())
        enter(patch.dict(os.environ, simulator.environment()))
        enter(patch.object(Session, "get_adapter", _with(adapter, Session.get_adapter)))
        enter(_asynchronous())
        return simulator

    def __exit__(self, *error: object) -> None:
        self._stack.close()


class _Twilio(HTTPAdapter):
    """Hands requests for Twilio's API to *simulator*, in the name of its own account."""

    def __init__(self, simulator: Simulator) -> None:
        super().__init__()
        self._credentials = simulator.credentials
        session = Session()
        simulator.mount_on(session)
        self._simulated = session.get_adapter("https://api")

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """The simulator's response."""
        credentials = self._credentials
        request = request.copy()
        request.url = _ACCOUNT.sub(credentials.account_sid, request.url or "")
        request.headers["Authorization"] = _basic_auth_str(
            credentials.account_sid, credentials.password.reveal()
        )
        return self._simulated.send(request, *args, **kwargs)


def _with(
    adapter: BaseAdapter, before: Callable[[Session, str], BaseAdapter]
) -> Callable[[Session, str], BaseAdapter]:
    """``Session.get_adapter`` that gives *adapter* for Twilio's API, unless the session is already a simulator's."""

    def get_adapter(session: Session, url: str) -> BaseAdapter:
        found = before(session, url)
        host = urlsplit(url).hostname or ""
        return adapter if is_twilio(host) and not is_in_process(found) else found

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
