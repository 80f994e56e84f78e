"""``client.api``: the way on which Twilio's libraries reach the API by its version, and other accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from ..requests._resources import ACCOUNTS, ResourceType, children, resource_types
from ._below import Below

if TYPE_CHECKING:
    from ..transport._transport import Transport
    from ._account import Account
    from ._collection import Keyed
    from ._context import InstanceContext


class Api(Below):
    """The API: ``client.api.accounts(sid).calls`` are the calls of a sub-account."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @property
    def v2010(self) -> Self:
        """The only version of the API that is here."""
        return self

    @property
    def account(self) -> InstanceContext[Account]:
        """The account of the client, not fetched."""
        return self.accounts(self._transport.account_sid)

    @property
    def accounts(self) -> Keyed[Account]:
        """The account of the client, and its sub-accounts."""
        from ._kinds import collection

        found: Any = collection(resource_types()[ACCOUNTS], self._transport, ())
        accounts: Keyed[Account] = found
        return accounts

    def _children(self) -> Mapping[str, ResourceType]:
        return children("", 0)

    def _ground(self) -> tuple[Transport, tuple[str, ...]]:
        return self._transport, ()

    def __repr__(self) -> str:
        return f"<Api 2010-04-01, account AC…{self._transport.account_sid[-4:]}>"
