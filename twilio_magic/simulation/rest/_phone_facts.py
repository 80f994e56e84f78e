"""What the phonenumbers library knows of a phone number, in the words of Twilio's Lookup."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ...records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from phonenumbers import PhoneNumber


@dataclass(frozen=True, slots=True)
class PhoneFacts:
    """A number, as far as it can be read, and what is wrong with it, in Twilio's words."""

    phone_number: str
    errors: tuple[str, ...] = ()
    country_code: str | None = None
    calling_country_code: str | None = None
    national_format: str | None = None
    carrier_name: str | None = None
    line_type: str = "unknown"


def phone_facts(text: str, country: str) -> PhoneFacts:
    """What is known of the number *text*; one in national format is one of *country*."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, None if text.startswith("+") else country)
    except phonenumbers.NumberParseException as error:
        return PhoneFacts(text, (_parse_errors().get(error.error_type, "NOT_A_NUMBER"),))
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    errors = _errors(number)
    if errors:
        return PhoneFacts(e164, errors, calling_country_code=str(number.country_code))
    return PhoneFacts(
        e164,
        country_code=phonenumbers.region_code_for_number(number),
        calling_country_code=str(number.country_code),
        national_format=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL),
        carrier_name=_carrier(number),
        line_type=_line_types().get(phonenumbers.number_type(number), "unknown"),
    )


def _errors(number: PhoneNumber) -> tuple[str, ...]:
    import phonenumbers

    if phonenumbers.is_valid_number(number):
        return ()
    reason = phonenumbers.is_possible_number_with_reason(number)
    return (_length_errors().get(reason, "INVALID_BUT_POSSIBLE"),)


def _carrier(number: PhoneNumber) -> str | None:
    """The carrier that got the range of *number* first: who has it since it was ported is not known."""
    from phonenumbers import carrier

    return carrier.name_for_number(number, "en") or None


@cache
def _parse_errors() -> Mapping[int, str]:
    from phonenumbers import NumberParseException

    return {
        NumberParseException.INVALID_COUNTRY_CODE: "INVALID_COUNTRY_CODE",
        NumberParseException.TOO_SHORT_AFTER_IDD: "TOO_SHORT",
        NumberParseException.TOO_SHORT_NSN: "TOO_SHORT",
        NumberParseException.TOO_LONG: "TOO_LONG",
    }


@cache
def _length_errors() -> Mapping[int, str]:
    from phonenumbers import ValidationResult

    return {
        ValidationResult.TOO_SHORT: "TOO_SHORT",
        ValidationResult.TOO_LONG: "TOO_LONG",
        ValidationResult.INVALID_LENGTH: "INVALID_LENGTH",
        ValidationResult.INVALID_COUNTRY_CODE: "INVALID_COUNTRY_CODE",
    }


@cache
def _line_types() -> Mapping[int, str]:
    """Twilio's words for the types of lines; where landlines and mobiles share a range, the type is not known."""
    from phonenumbers import PhoneNumberType

    return {
        PhoneNumberType.FIXED_LINE: "landline",
        PhoneNumberType.MOBILE: "mobile",
        PhoneNumberType.VOIP: "nonFixedVoip",
        PhoneNumberType.TOLL_FREE: "tollFree",
        PhoneNumberType.PREMIUM_RATE: "premium",
        PhoneNumberType.SHARED_COST: "sharedCost",
        PhoneNumberType.PERSONAL_NUMBER: "personal",
        PhoneNumberType.PAGER: "pager",
        PhoneNumberType.UAN: "uan",
        PhoneNumberType.VOICEMAIL: "voicemail",
    }
