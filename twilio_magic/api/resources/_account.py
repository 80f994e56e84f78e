"""The account itself. Source: Twilio's page "Account resource"."""

from __future__ import annotations

from typing import Any, ClassVar

from ...display import visible_line
from ._resource import Fetchable, Updatable


class Account(Fetchable, Updatable):
    """The account that a client works in. Its auth token is there as a :class:`Secret`, and never shown."""

    family: ClassVar[str] = "accounts"

    friendly_name: str
    status: str
    type: str
    owner_account_sid: str

    __iter__ = None  # type: ignore[assignment] # it is no mapping: its keys are the API keys

    @property
    def keys(self) -> Any:
        """The API keys of the account, a collection."""
        return super().__getattr__("keys")

    @property
    def is_trial(self) -> bool:
        """Whether the account may only call verified numbers."""
        return str(self.type).lower() == "trial"

    def __repr__(self) -> str:
        return visible_line(f"<Account AC…{self.sid[-4:]}: {self.status}, {self.type}>")
