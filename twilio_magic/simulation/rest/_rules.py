"""What accounts of each profile may not do: strict, trial, and test credentials.

Source: Twilio's pages "Test credentials", "Twilio free trial limitations", "Call resource" (From) and the error
dictionary (21205, 21210, 21219, 21609).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...api import magic_code
from ..world._resources import MOST
from ._parameters import Refusal, refuse_local_addresses

if TYPE_CHECKING:
    from ...api import Operation
    from ..world._account import Account
    from ..world._world import World

_OPEN_TO_TESTS = ("calls.create", "messages.create", "numbers.create")
_MOST_MEDIA = 10


def refuse_place(account: Account, operation: Operation, asked: Mapping[str, str]) -> None:
    """Raise :class:`Refusal` for a call that *account* may not place."""
    if not account.is_strict:
        return
    refuse_local_addresses(operation, asked)
    to, from_ = asked["To"], asked["From"]
    _refuse_magic_number(account, "From", {"from": from_})
    if to.startswith("+") and not account.may_call_from(from_):
        raise Refusal("from-not-owned", {"from": from_})
    _refuse_magic_number(account, "To", {"to": to})
    if account.profile == "trial" and to.startswith("+") and to not in account.caller_ids:
        raise Refusal("to-not-verified", to=to)


def refuse_message(account: Account, operation: Operation, asked: Mapping[str, str]) -> None:
    """Raise :class:`Refusal` for a message that *account* may not send."""
    to, from_, media = asked["To"], asked["From"], asked.get("MediaUrl", "").split()
    if not all(url.startswith(("http://", "https://")) for url in media):
        raise Refusal(operation.parameter("MediaUrl").codes["malformed"])
    if len(media) > _MOST_MEDIA:
        raise Refusal("too-many-media")
    if to == from_:
        raise Refusal("to-is-from")
    if (from_, to) in account.opt_outs:
        raise Refusal("unsubscribed")
    if not account.is_strict:
        return
    refuse_local_addresses(operation, asked)
    _refuse_magic_number(account, "Messages.From", {"from": from_})
    if from_.startswith("+") and from_ not in account.numbers:
        raise Refusal("sender-not-owned", {"from": from_})
    _refuse_magic_number(account, "Messages.To", {"to": to})
    if account.profile == "trial" and to not in account.caller_ids:
        raise Refusal("receiver-not-verified", to=to)


def refuse_purchase(world: World, asked: Mapping[str, str]) -> None:
    """Raise :class:`Refusal` for a number that the account of *world* cannot buy."""
    account = world.account
    number = asked.get("PhoneNumber", "")
    _refuse_magic_number(account, "PhoneNumber", {"value": number})
    if account.profile == "test-credentials" and asked.get("AreaCode", "500") != "500":
        raise Refusal("no-number-in-area")
    if world.owner_of(number) and account.profile != "test-credentials":
        raise Refusal("number-not-available", value=number)


def refuse_full(count: int, name: str, most: int | None = None) -> None:
    """Raise :class:`Refusal` for one more, if there are *count* already; without *most* the bound is that of all."""
    most = MOST if most is None else most
    if count >= most:
        raise Refusal("forbidden", what=f"The simulator keeps {most:,} {name} at most; delete some")


def refuse_inactive(account: Account, signer: Account, method: str) -> None:
    """Raise :class:`Refusal` (20005) if *account* is suspended or closed, for all but what its owner reads."""
    if account.status != "active" and (signer is account or method != "GET"):
        raise Refusal("account-not-active")


def refuse_closed(account: Account, name: str) -> None:
    """Raise :class:`Refusal` (20008) if *account* has test credentials and *name* is an operation closed to them."""
    if account.profile == "test-credentials" and name not in _OPEN_TO_TESTS:
        raise Refusal("closed-to-test-credentials")


def _refuse_magic_number(account: Account, parameter: str, values: Mapping[str, str]) -> None:
    """Raise :class:`Refusal` if *account* has test credentials, and the number in *values* is a magic one."""
    if account.profile == "test-credentials":
        row = magic_code(parameter, next(iter(values.values())))
        if row is not None:
            raise Refusal(row.code, values)
