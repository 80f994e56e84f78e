"""The rule for the caller ID of a ``<Dial>``, as far as the document alone shows that it cannot be one.

Twilio's page "TwiML Voice: Dial": phones are shown numbers, SIP endpoints and clients names, too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..language._number import is_number, is_usual
from ..language._vocabulary import vocabulary
from ._placeholders import looks_like_placeholder, report_placeholder
from ._text import own_text

if TYPE_CHECKING:
    from ..language._nodes import Node
    from ..language._rows import ElementRow
    from ._report import Report

#: The nouns whose parties have phone numbers.
_PHONES = ("Dial", "Number", "Sim")
_CLIENT = "client:"
_NUMBER = "write a number of the account"


def check_caller_id(dial: Node, row: ElementRow, report: Report) -> None:
    """Report a caller ID that the first party which *dial* names in this way cannot be shown."""
    given = dial.get("callerId")
    longest = row.attributes["callerId"].max_length
    if not given or is_usual(given) or "{{" in given or len(given) > (longest or 0):
        return
    if looks_like_placeholder("caller-id", given):
        report_placeholder(dial, given, report, attribute="callerId")
        return
    nouns = [str(noun.tag) for noun in dial] or (["Dial"] if own_text(dial) else [])
    reason = next(filter(None, (_find_reason(noun, given) for noun in nouns)), None)
    if reason is not None:
        shown, hint = f'callerId="{given[:60]}"', reason[1]
        message = f"{shown} {reason[0]}"
        report.add(
            dial, row.codes["caller_id"], "caller-id", message, attribute="callerId", hint=hint
        )


def _find_reason(noun: str, given: str) -> tuple[str, str] | None:
    """Find why the party that *noun* names cannot be shown *given*, and what to do about it."""
    if given.startswith(_CLIENT) and noun in _PHONES:
        return "is for clients, and a phone is not called with it", _NUMBER
    if given.startswith(_CLIENT) and noun == "Client":
        return "is no caller ID for Twilio, though the client rings", "write the name alone"
    if noun in _PHONES and not is_number(given):
        return "is no phone number, and a phone is not called with it", _NUMBER
    if noun == "Sip" and not _name().fullmatch(given):
        return (
            "has characters that no SIP caller ID has",
            "write letters, digits, +, -, . and _ only",
        )
    return None


@cache
def _name() -> re.Pattern[str]:
    return re.compile(vocabulary().document["caller_names"])
