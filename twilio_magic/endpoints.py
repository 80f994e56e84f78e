"""Addresses of parties in a call: phone numbers in E.164, Voice SDK clients, SIP addresses.

How a number may be written is one rule, for the checker of documents, the client, the REST API and the simulated
network: blanks, hyphens, dots and parentheses do not count, and a national number is one of North America
(`plain_number`). Which numbers there are is for the phonenumbers library to say; what Twilio accepts is on the page
"Call resource" (To, From).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from .errors import RequestError
from .records import dataclass
from .suggestions import did_you_mean

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

Kind = Literal["number", "client", "sip"]

_SEPARATORS = re.compile(r"[\s().-]")
_E164 = re.compile(r"\+[1-9][0-9]{1,14}")
_CLIENT = re.compile(r"client:\S.{0,255}")
_SIP = re.compile(r"sips?:[^@\s]+@[^@\s]+", re.IGNORECASE)
_COSTLY = ("+870", "+881", "+882", "+883", "+979")  # satellites and international premium rate
_NATIONAL = re.compile(r"1?([2-9][0-9]{9})")  # of North America
_HOW_TO_WRITE = "Write +, country code and number (+13105555555), client:NAME or sip:USER@HOST."
_HOME = "US"  # Twilio reads a number without a country code as one of the United States


class NotAnEndpoint(RequestError):  # noqa: N818 - says what the text is
    """The text is no phone number, client or SIP address."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One party's address: *address* is E.164 for a number, else ``client:NAME`` or ``sip:USER@HOST``."""

    kind: Kind
    address: str

    def __str__(self) -> str:
        return self.address

    @property
    def national_format(self) -> str:
        """As Twilio's ``to_formatted`` has it: ``(310) 555-5555`` in North America, unchanged elsewhere."""
        if self.kind == "number" and self.address.startswith("+1") and len(self.address) == 12:
            return f"({self.address[2:5]}) {self.address[5:8]}-{self.address[8:]}"
        return self.address

    @property
    def country(self) -> str:
        """ISO 3166 alpha-2 code of a number's country, or an empty string."""
        if self.kind != "number":
            return ""
        from phonenumbers import region_code_for_number

        return region_code_for_number(_parse(self.address)) or ""

    @property
    def is_premium(self) -> bool:
        """Whether calling costs far more than usual: premium-rate, shared-cost and satellite numbers."""
        if self.kind != "number":
            return False
        from phonenumbers import PhoneNumberType, number_type

        costly = (PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST)
        return number_type(_parse(self.address)) in costly or self.address.startswith(_COSTLY)


@lru_cache(maxsize=1024)  # a call asks for the same two addresses again and again
def endpoint(text: str) -> Endpoint:
    """The party that *text* names, with its address as Twilio stores it.

    Raises :class:`NotAnEndpoint`, with a suggestion where there is one.
    """
    text = text.strip()
    if _CLIENT.fullmatch(text):
        return Endpoint("client", text)
    if _SIP.fullmatch(text):
        return Endpoint("sip", text)
    number = plain_number(text)
    if _E164.fullmatch(number):
        return Endpoint("number", _plausible(number))
    if not text:
        raise NotAnEndpoint("No phone number is given: type a number.", hint=_HOW_TO_WRITE)
    raise NotAnEndpoint(f"{text!r} is not a phone number in E.164 form.", hint=_suggestion(text))


def plain_number(text: str) -> str:
    """*text* without separators; a national number of North America gets its country code, as Twilio gives it one."""
    number = without_separators(text)
    national = _NATIONAL.fullmatch(number)
    return f"+1{national[1]}" if national else number


def number_address(text: str) -> str:
    """The phone number that *text* names, in E.164 form; raises :class:`NotAnEndpoint` for what names none."""
    found = endpoint(text)
    if found.kind != "number":
        hint = "Clients and SIP addresses are called as they are; a number is +12125551234."
        raise NotAnEndpoint(f"{text!r} is no phone number.", hint=hint)
    return found.address


def phone_address(text: str) -> str:
    """The key of ``simulator.phones`` for the phone that *text* names: an address, or a pattern as it is.

    Raises :class:`NotAnEndpoint`.
    """
    return text if "*" in text or "?" in text else endpoint(text).address


def without_separators(number: str) -> str:
    """*number* without what is written between its digits to make it easy to read, as in ``+1 (415) 555-0101``."""
    return _SEPARATORS.sub("", number)


def sip_address(text: str) -> str:
    """The SIP address that *text* names: ``sip:`` may be left out, as in Twilio's own samples."""
    has_scheme = text.lower().startswith(("sip:", "sips:"))
    return text if has_scheme or "@" not in text else f"sip:{text}"


def _plausible(number: str) -> str:
    from phonenumbers import ValidationResult, is_possible_number_with_reason

    reason = is_possible_number_with_reason(_parse(number))
    if reason == ValidationResult.IS_POSSIBLE:
        return number
    said = {
        ValidationResult.TOO_SHORT: "is too short for its country",
        ValidationResult.TOO_LONG: "is too long for its country",
        ValidationResult.INVALID_COUNTRY_CODE: "has no known country code",
    }
    raise NotAnEndpoint(
        f"{number} {said.get(reason, 'has a length that its country does not use')}.",
        hint="Check the number: +, country code, then the number without a leading zero.",
    )


def _parse(number: str) -> PhoneNumber:
    import phonenumbers

    try:
        return phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return phonenumbers.PhoneNumber()


def _guess(text: str) -> str | None:
    """The E.164 number that *text* was probably meant to be."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(text, _HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _suggestion(text: str) -> str:
    return did_you_mean(_guess(text)) or _HOW_TO_WRITE
