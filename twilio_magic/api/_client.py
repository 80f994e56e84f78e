"""The front door of the Calls API."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..deprecated import rename_keywords, warn_renamed
from ..display import load_view
from ..errors import CredentialsError
from ._live import Live
from ._products import other_product
from .requests._resources import ResourceType, children
from .resources._account import Account
from .resources._api import Api
from .resources._applications import Applications
from .resources._below import Below
from .resources._calls import Calls
from .resources._conferences import Conferences, Queues
from .resources._numbers import CallerIds, Numbers
from .resources._recordings import Recordings
from .transport._transport import Permit, Transport

if TYPE_CHECKING:
    from .resources._collection import Keyed
    from .transport._backend import Backend
    from .transport._credentials import Credentials
    from .transport._timeouts import Timeouts

#: Keywords of :class:`Client` that were renamed.
_NEW_NAMES = {"patience": "timeouts", "stand_in": "base_url"}
#: ... and attributes.
_OLD_NAMES = {"caller_ids", "numbers", "stand_in"}


class Client(Below):
    """A client of the Calls API: of the simulator, or of a live account, with the same code for both.

    ``Client(simulator=Simulator())`` places its calls in the simulator. ``Client(credentials=Credentials.find())``
    places them for real: phones ring, and it costs money. *timeouts* says how long a live client waits and how often it
    retries; *base_url* sends a live client's requests to a server on this machine instead, such as
    ``http://127.0.0.1:8000``, and asks nobody.

    *permit* admits each live request that costs money or cannot be undone, or refuses it. Without one a person is asked
    at the keyboard of the notebook or the terminal. Where there is none the request is refused, unless the environment
    names the account in ``TWILIO_MAGIC_LIVE_UNATTENDED``.

    Everything has the name that it has in Twilio's own library: ``client.calls(sid).update(status="completed")``,
    ``client.messages.list(limit=20)``. What that is, is read from a table; ``dir(client)`` and completion show it.
    """

    def __init__(
        self,
        *,
        simulator: Backend | None = None,
        credentials: Credentials | None = None,
        timeouts: Timeouts | None = None,
        base_url: str = "",
        permit: Permit | None = None,
        account_sid: str = "",
        **old_names: Any,
    ) -> None:
        renamed = rename_keywords("Client", old_names, _NEW_NAMES)
        timeouts = renamed.get("timeouts", timeouts)
        base_url = renamed.get("base_url", base_url)
        self._backend = _backend(simulator, credentials, timeouts, base_url)
        self._timeouts = timeouts
        self._permit = permit or (_default_permit() if self.is_live and not base_url else None)
        self._account_sid = account_sid or self._backend.credentials.account_sid

    @property
    def is_live(self) -> bool:
        """Whether calls ring real phones."""
        return self._backend.is_live

    @property
    def base_url(self) -> str:
        """The address of the server on this machine that a live client asks instead of Twilio; empty for none."""
        return self._backend.base_url if isinstance(self._backend, Live) else ""

    @property
    def stand_in(self) -> str:
        """The old name of :attr:`base_url`, kept until 1.0."""
        warn_renamed("Client.stand_in", "Client.base_url")
        return self.base_url

    @property
    def account_sid(self) -> str:
        """The sid of the account that the client works in."""
        return self._account_sid

    def subaccount(self, sid: str) -> Client:
        """A client of the sub-account *sid*, signed in with the same credentials.

        Raises :class:`CredentialsError` for what is no account's sid. Source: Twilio's page "Subaccounts".
        """
        if not re.fullmatch("AC[0-9a-fA-F]{32}", sid):
            raise CredentialsError(f"{sid!r} is not the sid of an account: AC and 32 hex digits.")
        other = Client.__new__(Client)
        other._backend, other._timeouts, other._permit = self._backend, self._timeouts, self._permit
        other._account_sid = sid
        return other

    @cached_property
    def calls(self) -> Calls:
        """The account's calls."""
        return Calls(self._transport)

    @cached_property
    def applications(self) -> Applications:
        """The account's TwiML applications."""
        return Applications(self._transport)

    @cached_property
    def recordings(self) -> Recordings:
        """The account's recordings."""
        return Recordings(self._transport)

    @cached_property
    def incoming_phone_numbers(self) -> Numbers:
        """The account's phone numbers."""
        return Numbers(self._transport)

    @property
    def numbers(self) -> Numbers:
        """The old name of :attr:`incoming_phone_numbers`, kept until 1.0."""
        warn_renamed("Client.numbers", "Client.incoming_phone_numbers")
        return self.incoming_phone_numbers

    @cached_property
    def outgoing_caller_ids(self) -> CallerIds:
        """The numbers that are verified, so that calls may come from them."""
        return CallerIds(self._transport)

    @property
    def caller_ids(self) -> CallerIds:
        """The old name of :attr:`outgoing_caller_ids`, kept until 1.0."""
        warn_renamed("Client.caller_ids", "Client.outgoing_caller_ids")
        return self.outgoing_caller_ids

    @cached_property
    def conferences(self) -> Conferences:
        """The account's conferences."""
        return Conferences(self._transport)

    @cached_property
    def queues(self) -> Queues:
        """The account's queues."""
        return Queues(self._transport)

    @property
    def account(self) -> Account:
        """The account itself, fetched each time."""
        return Account(self._transport, self._transport.ask("account.fetch", {}))

    @property
    def accounts(self) -> Keyed[Account]:
        """The account and its sub-accounts: ``client.accounts(sid).calls``."""
        return self.api.accounts

    @property
    def api(self) -> Api:
        """The way to everything on which Twilio's own library has the account and the version in between."""
        return Api(self._transport)

    def __dir__(self) -> Iterable[str]:
        return sorted({*super().__dir__()} - _OLD_NAMES)

    def _children(self) -> Mapping[str, ResourceType]:
        return children("", 0)

    def _ground(self) -> tuple[Transport, tuple[str, ...]]:
        return self._transport, ()

    def _unknown(self, name: str) -> AttributeError:
        return other_product(name) or super()._unknown(name)

    @cached_property
    def _transport(self) -> Transport:
        return Transport(
            self._backend,
            account_sid=self._account_sid,
            timeouts=self._timeouts,
            permit=self._permit,
            is_live=self.is_live,
        )

    def __repr__(self) -> str:
        where = "live" if self.is_live else "simulated"
        return f"<Client {where}, account AC…{self._account_sid[-4:]}>"


def _default_permit() -> Permit:
    """The guard that asks at the keyboard; it stands on a higher floor, and is loaded by its name."""
    guard: Permit = load_view("twilio_magic.cli:default_guard")()
    return guard


def _backend(
    simulator: Backend | None,
    credentials: Credentials | None,
    timeouts: Timeouts | None,
    base_url: str,
) -> Backend:
    if simulator is not None and credentials is None:
        return simulator
    if credentials is not None and simulator is None:
        return Live(credentials, timeouts=timeouts, base_url=base_url)
    raise TypeError("a Client takes either simulator= or credentials=")
