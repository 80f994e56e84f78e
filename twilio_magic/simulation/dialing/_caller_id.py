"""The caller ID that the party called by a <Dial> sees. Source: Twilio's page "TwiML Voice: Dial" (callerId)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...endpoints import NotAnEndpoint, endpoint
from ...twiml import vocabulary
from ..webhooks._spec import webhook_spec

if TYPE_CHECKING:
    from ..legs._leg import Leg
    from ..legs._verb import Verb

#: The nouns whose callers must be phone numbers.
_OF_NUMBERS = ("Dial", "Number", "Sim")


def caller_id(dial: Verb, noun: str) -> str | None:
    """Who calls the party that *noun* names: what *dial* says, else the caller.

    ``None``, and told, if Twilio refuses it.
    """
    given = dial["callerId"] or dial.leg.from_
    if noun == "WhatsApp":
        return _whatsapp(dial, given)
    if noun == "Sip" and dial["callerId"]:
        return _sip(dial, given)
    if noun not in _OF_NUMBERS or _is_withheld(dial, given):
        return str(given)
    try:
        number = "" if ":" in given else endpoint(given).address
    except NotAnEndpoint:
        number = ""
    if not number.startswith("+"):
        dial.fail("caller_id", f"{given!r} is no caller ID for a phone number: set callerId")
        return None
    if not _is_allowed(dial.leg, number):
        dial.fail("caller_id", f"{number} is neither verified nor a number of the account")
        return None
    return number


def _sip(dial: Verb, given: str) -> str | None:
    """The caller ID that a document names for a SIP endpoint: a number, or a name without blanks."""
    if re.fullmatch(vocabulary().document["caller_names"], given):
        return given
    dial.fail(
        "caller_id", f"{given!r} is no caller ID for SIP: write letters, digits, +, -, . and _"
    )
    return None


def _is_withheld(dial: Verb, given: str) -> bool:
    """Whether the caller of an inbound call withholds its number, and is passed on so (guessed)."""
    withheld = webhook_spec().inbound.withheld_caller
    return given == dial.leg.from_ and given.casefold() == withheld


def _is_allowed(leg: Leg, number: str) -> bool:
    """Whether the account may show *number*; an inbound call's own two numbers may always be shown."""
    account = leg.world.account
    is_of_call = leg.direction == "inbound" and number in (leg.from_, leg.to)
    return not account.is_strict or is_of_call or account.may_call_from(number)


def _whatsapp(dial: Verb, given: str) -> str | None:
    if given.startswith("whatsapp:+"):
        return given
    dial.fail("caller_id_form", f"{given!r} is no caller ID for WhatsApp: write whatsapp:+E164")
    return None
