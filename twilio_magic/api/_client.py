"""The front door of the Calls API."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._applications import Applications
from ._calls import Calls
from ._carrier import Carrier, Live
from ._transport import Transport

if TYPE_CHECKING:
    from ._credentials import Credentials


class Client:
    """A client of the Calls API: of the simulator, or of a live account, with the same code for both.

    ``Client(simulator=Simulator())`` places its calls in the simulator. ``Client(credentials=Credentials.find())``
    places them for real: phones ring, and it costs money.
    """

    def __init__(
        self, *, simulator: Carrier | None = None, credentials: Credentials | None = None
    ) -> None:
        if (simulator is None) == (credentials is None):
            raise TypeError("a Client takes either simulator= or credentials=")
        self._carrier: Carrier = simulator if simulator is not None else Live(_given(credentials))

    @property
    def is_live(self) -> bool:
        """Whether calls ring real phones."""
        return isinstance(self._carrier, Live)

    @cached_property
    def calls(self) -> Calls:
        """The account's calls."""
        return Calls(self._transport)

    @cached_property
    def applications(self) -> Applications:
        """The account's TwiML applications."""
        return Applications(self._transport)

    @cached_property
    def _transport(self) -> Transport:
        return Transport(self._carrier)

    def __repr__(self) -> str:
        where = "live" if self.is_live else "simulated"
        return f"<Client {where}, account {self._carrier.credentials.tail}>"


def _given(credentials: Credentials | None) -> Credentials:
    assert credentials is not None  # noqa: S101 - ruled out by the caller
    return credentials
