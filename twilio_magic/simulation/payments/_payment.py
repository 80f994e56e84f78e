"""Payment details as a caller types them: which steps there are, what is wrong with an entry, and how it is masked.

Source: Twilio's pages "TwiML Voice: Pay" and "TwiML Voice: Prompt".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from ...records import dataclass


@dataclass(frozen=True, slots=True)
class _Brand:
    """A brand of cards: how their numbers begin, and how many digits they may have."""

    prefix: re.Pattern[str]
    digits: Sequence[int]

    def issues(self, number: str) -> bool:
        """Whether *number* is of this brand, and whole."""
        return self.prefix.match(number) is not None and len(number) in self.digits


#: The first that fits counts.
_BRANDS: Mapping[str, _Brand] = {
    "amex": _Brand(re.compile("3[47]"), (15,)),
    "visa": _Brand(re.compile("4"), (13, 16)),
    "mastercard": _Brand(re.compile("5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),
    "discover": _Brand(re.compile("6(011|4[4-9]|5)"), (16,)),
    "diners-club": _Brand(re.compile("3(0[0-5]|[68])"), (14,)),
    "jcb": _Brand(re.compile("35"), (16,)),
    "maestro": _Brand(re.compile("5[06-8]|6"), range(12, 20)),
}
_MOST_DIGITS = max(max(brand.digits) for brand in _BRANDS.values())
#: A card that every connector of the simulator refuses: a test number that is widely known for it.
REFUSED_CARD = "4000000000000002"


@dataclass(frozen=True, slots=True)
class PaymentStep:
    """One thing that is asked for: *name* as ``For`` has it, the field of the result, and our own words for a prompt.

    *digits* is how many end the entry by themselves. With ``None`` the finishing key or silence does, and of a card
    number the last digit that its brand has.
    """

    name: str
    field: str
    prompt: str
    digits: int | None = None


CARD_NUMBER = PaymentStep(
    "payment-card-number", "PaymentCardNumber", "Please enter your card number, then press pound."
)
EXPIRATION = PaymentStep(
    "expiration-date",
    "ExpirationDate",
    "Please enter the month and the year, two digits each.",
    4,
)
POSTAL_CODE = PaymentStep(
    "postal-code", "PaymentCardPostalCode", "Please enter your postal code, then press pound."
)
ROUTING = PaymentStep(
    "bank-routing-number", "BankRoutingNumber", "Please enter the routing number of your bank.", 9
)
ACCOUNT = PaymentStep(
    "bank-account-number",
    "BankAccountNumber",
    "Please enter your account number, then press pound.",
)


def security_code(card_type: str) -> PaymentStep:
    """The step that asks for the code on a card: four digits for one brand, three for all others."""
    digits = 4 if card_type == "amex" else 3
    return PaymentStep(
        "security-code", "SecurityCode", f"Please enter the {digits} digit security code.", digits
    )


def card_type(number: str) -> str:
    """The brand of a card, as ``PaymentCardType`` has it; empty for an unknown one."""
    return next((name for name, brand in _BRANDS.items() if brand.issues(number)), "")


def is_complete(step: PaymentStep, entry: str) -> bool:
    """Whether *entry* ends by itself: with the last digit that its brand of card, or any entry of this step, has."""
    if step is not CARD_NUMBER:
        return len(entry) == step.digits
    brand = next((each for each in _BRANDS.values() if each.prefix.match(entry)), None)
    return len(entry) == (max(brand.digits) if brand else _MOST_DIGITS)


def fault(
    step: PaymentStep, entry: str, valid_types: tuple[str, ...], shortest: int, today: datetime
) -> str:
    """What is wrong with *entry*, as ``ErrorType`` has it; empty if nothing is."""
    if not entry:
        return "input-timeout"
    if step is CARD_NUMBER:
        return _card_fault(entry, valid_types)
    is_number = entry.isdecimal()  # a phone may have the keys A to D
    wrong = {
        "expiration-date": ("invalid-date", not (is_number and _is_ahead(entry, today))),
        "security-code": ("invalid-security-code", not is_number or len(entry) != step.digits),
        "postal-code": ("invalid-postal-code", len(entry) < shortest),
        "bank-routing-number": (
            "invalid-bank-routing-number",
            not (is_number and _is_routing(entry)),
        ),
        "bank-account-number": (
            "invalid-bank-account-number",
            not (is_number and 3 < len(entry) < 18),
        ),
    }
    error, is_wrong = wrong[step.name]
    return error if is_wrong else ""


def mask_entry(step: PaymentStep, entry: str) -> str:
    """*entry* as applications see it: of numbers the last four digits, of a security code none."""
    if step.name == "security-code":
        return "x" * len(entry)
    if step in (CARD_NUMBER, ACCOUNT):
        return "x" * (len(entry) - 4) + entry[-4:]
    return entry


def mask_unfinished(step: PaymentStep, entry: str) -> str:
    """*entry* as applications see it while it is typed: digits of a number that is to be masked are not told."""
    masked = step in (CARD_NUMBER, ACCOUNT) or step.name == "security-code"
    return "x" * len(entry) if masked else entry


def _card_fault(number: str, valid_types: tuple[str, ...]) -> str:
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number)))
    kind = card_type(number)
    if not kind or sum(n - 9 if n > 9 else n for n in doubled) % 10:
        return "invalid-card-number"
    return "" if kind in valid_types else "invalid-card-type"


def _is_ahead(entry: str, today: datetime) -> bool:
    if len(entry) != 4 or not 1 <= int(entry[:2]) <= 12:
        return False
    return (2000 + int(entry[2:]), int(entry[:2])) >= (today.year, today.month)


def _is_routing(entry: str) -> bool:
    weights = (3, 7, 1) * 3
    return len(entry) == 9 and not sum(int(d) * w for d, w in zip(entry, weights, strict=True)) % 10
