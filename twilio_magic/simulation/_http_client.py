"""What the official library sends its requests with, so that they reach a simulator and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

from requests import Session
from requests.auth import _basic_auth_str

from ..errors import NotInstalled
from .mounts._wsgi import WsgiAdapter

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

    from ._backend import SimulatedBackend

_ACCOUNT = re.compile(r"(?<=/Accounts/)AC\w*")


class OwnAccount(WsgiAdapter):
    """Hands requests for Twilio's API to *simulator*, signed in as its own account, whoever sends them."""

    def __init__(self, simulator: SimulatedBackend) -> None:
        super().__init__(simulator._api)
        self.simulator = simulator

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """The simulator's response."""
        own = self.simulator.credentials
        request = request.copy()
        request.url = _ACCOUNT.sub(self._account_of, request.url or "")
        request.headers["Authorization"] = _basic_auth_str(own.account_sid, own.password.reveal())
        return super().send(request, *args, **kwargs)

    def _account_of(self, found: re.Match[str]) -> str:
        """The account that a request is about: a sub-account, which its owner may use, or the simulator's own."""
        is_here = found[0] in self.simulator._world.accounts
        return found[0] if is_here else self.simulator.credentials.account_sid


class _AsyncClient:
    """Sends as *sending* does, a client that is not asynchronous: a simulated request is answered at once."""

    is_async = True

    def __init__(self, sending: Any) -> None:
        self._sending = sending

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """The response; the arguments are those of the library's own client."""
        return self._sending.request(*args, **kwargs)

    async def close(self) -> None:
        """Nothing is open."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()


def http_client(simulator: SimulatedBackend, *, is_async: bool) -> Any:
    """An HTTP client of the official library that sends everything to *simulator*.

    Raises :class:`NotInstalled` where the library is not.
    """
    try:
        from twilio.http.http_client import TwilioHttpClient
    except ImportError:
        raise NotInstalled(
            "Twilio's own library is not installed.", hint="Install it: pip install twilio"
        ) from None
    sending, adapter = TwilioHttpClient(), OwnAccount(simulator)
    sending.session = Session()
    sending.session.trust_env = False
    for scheme in ("https://", "http://"):
        sending.session.mount(scheme, adapter)
    return _AsyncClient(sending) if is_async else sending
