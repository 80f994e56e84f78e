"""A request as it will travel: checked, not sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from ...display import Shown, visible_line
from ...hosts import TWILIO_DOMAIN
from ...records import dataclass
from ...secret import MASK

if TYPE_CHECKING:
    from ...twiml import Document
    from ._parameters import Operation

API_HOST = f"api.{TWILIO_DOMAIN}"
API_VERSION = "2010-04-01"


@dataclass(frozen=True, slots=True)
class Request(Shown):
    """One request to the API that passed all checks: *operation* at *url*, with *form* as name and value pairs.

    *warnings* has a sentence for each parameter that Twilio would ignore, *document* the TwiML given inline, and
    *is_live* says whether sending it reaches Twilio.
    """

    view: ClassVar[str] = "twilio_magic.views.request_card:bundle"

    operation: Operation
    account_sid: str
    url: str
    form: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...] = ()
    document: Document | None = None
    is_live: bool = False

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self.operation.method

    @property
    def shown_form(self) -> list[tuple[str, str]]:
        """*form* with passwords and tokens masked."""
        secret = {row.name for row in self.operation.parameters if row.secret}
        return [(name, MASK if name in secret else value) for name, value in self.form]

    def first(self, name: str) -> str:
        """The first value of the parameter called *name* in Twilio's spelling; empty if it is not given."""
        return next((value for each, value in self.form if each == name), "")

    def __repr__(self) -> str:
        pairs = ", ".join(f"{name}={value}" for name, value in self.shown_form)
        return visible_line(f"<Request {self.method} {self.url}: {pairs or 'no parameters'}>")


def account_url(account_sid: str, host: str = API_HOST) -> str:
    """The URL below which everything of an account is."""
    return f"https://{host}/{API_VERSION}/Accounts/{account_sid}"


def build_url(host: str, account_sid: str, operation: Operation, place: Sequence[str]) -> str:
    """The URL of *operation* for the thing at *place*, below the account."""
    if operation.root:
        return f"https://{host}/{API_VERSION}{operation.at(place)}"
    return f"{account_url(account_sid, host)}{operation.at(place)}"
