"""The Voice SDK clients of a world: whose tokens were taken, and who is registered to be called.

A token is made in real time, and used in a world with a time of its own. So the real clock says whether it is valid
whenever somebody signs in with it; a registration then lasts, in simulated time, for what is left of its life.
"""

from __future__ import annotations

from math import ceil
from time import time
from typing import TYPE_CHECKING

from ...errors import SimulatorError
from ._access_token import (
    AccessToken,
    check_times,
    read_access_token,
    token_error,
)

if TYPE_CHECKING:
    from ..clock._clock import Clock
    from ._access_token import Signers

_SCHEME = "client:"


class Clients:
    """The clients that sign in to the account of *signers*."""

    def __init__(self, clock: Clock, signers: Signers) -> None:
        self._clock = clock
        self._signers = signers
        self._registered: dict[str, float] = {}  # until when, by address

    @property
    def registrations(self) -> dict[str, float]:
        """Until when each client is registered, by its address."""
        return dict(self._registered)

    def restore(self, registered: dict[str, float]) -> None:
        """Have the same clients *registered* as another world had."""
        self._registered.update(registered)

    def sign_in(self, text: str) -> AccessToken:
        """The access token *text*, which is valid now; raises :class:`SimulatorError` with Twilio's code if not.

        Its client can be called from now on, if it allows that.
        """
        token = read_access_token(text, self._signers)
        real, now = time(), self._clock.now
        check_times(token, real)
        if token.may_receive:
            until = self._registered.get(token.address, now)
            self._registered[token.address] = max(until, now + ceil(token.expires - real))
        return token

    def register(self, text: str) -> AccessToken:
        """Sign in with the token *text*, to be called.

        Raises :class:`SimulatorError`, with 20106 for a token that does not allow incoming calls.
        """
        token = self.sign_in(text)
        if not token.may_receive:
            raise token_error(
                "token-grants", f"that of {token.address} does not allow incoming calls"
            )
        return token

    def unregister(self, identity: str) -> None:
        """End the registration of *identity*; raises :class:`SimulatorError` if it is not registered."""
        address = _SCHEME + identity.removeprefix(_SCHEME)
        if self._registered.get(address, 0.0) <= self._clock.now:
            raise SimulatorError(
                f"{address} is not registered.",
                hint="simulator.register(token) registers a client.",
            )
        self._registered[address] = self._clock.now

    def is_gone(self, address: str) -> bool:
        """Whether the client at *address* was registered, and is no longer: it unregistered, or its token expired."""
        return self._registered.get(address, self._clock.now + 1) <= self._clock.now
