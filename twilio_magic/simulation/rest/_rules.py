"""What an account of one profile may do, beyond what is true of every request.

Source: Twilio's pages "Test credentials", "Twilio free trial limitations", "Call resource" (From) and the error
dictionary (21205, 21210, 21219, 21609).
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ._responses import Refusal

if TYPE_CHECKING:
    from ...api import Operation
    from ..world._account import Account

#: What test credentials answer to a call to, or from, each magic number.
_TEST_TO = {"+15005550001": 21217, "+15005550002": 21214, "+15005550003": 21215}
_TEST_TO |= {"+15005550004": 21216}
_TEST_FROM = {"+15005550001": 21212}
#: ... and to buying it.
_TEST_NUMBER = {"+15005550000": 21422, "+15005550001": 21421}
_OPEN_TO_TESTS = ("calls.create", "numbers.create")


def refuse_place(account: Account, operation: Operation, asked: Mapping[str, str]) -> None:
    """Raise :class:`Refusal` for a call that *account* may not place."""
    if not account.is_strict:
        return
    _refuse_local_addresses(operation, asked)
    to, from_ = asked["To"], asked["From"]
    if account.profile == "test-credentials" and from_ in _TEST_FROM:
        raise Refusal(_TEST_FROM[from_], {"from": from_})
    if to.startswith("+") and not account.may_call_from(from_):
        raise Refusal(21210, {"from": from_})
    if account.profile == "test-credentials" and to in _TEST_TO:
        raise Refusal(_TEST_TO[to], to=to)
    if account.profile == "trial" and to.startswith("+") and to not in account.caller_ids:
        raise Refusal(21219, to=to)


def refuse_purchase(account: Account, asked: Mapping[str, str]) -> None:
    """Raise :class:`Refusal` for a number that *account* cannot buy."""
    number = asked.get("PhoneNumber", "")
    if account.profile == "test-credentials" and number in _TEST_NUMBER:
        raise Refusal(_TEST_NUMBER[number], value=number)
    if account.profile == "test-credentials" and asked.get("AreaCode", "500") != "500":
        raise Refusal(21452)
    if number in account.numbers and account.profile != "test-credentials":
        raise Refusal(21422, value=number)


def refuse_closed(account: Account, name: str) -> None:
    """Raise :class:`Refusal` (20008) where test credentials may not go; *name* is the operation's."""
    if account.profile == "test-credentials" and name not in _OPEN_TO_TESTS:
        raise Refusal(20008)


def _refuse_local_addresses(operation: Operation, asked: Mapping[str, str]) -> None:
    for row in operation.parameters:
        url = asked.get(row.name, "")
        if row.type == "url" and url and _is_local(url):
            raise Refusal(row.codes.get("malformed", 21502), url=url, name=row.name)


def _is_local(url: str) -> bool:
    """Whether Twilio could not reach *url*: this machine, a private network, a name without a dot."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal"))
