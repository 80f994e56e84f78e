"""Phone numbers and SIP URIs, checked as far as the text of a document allows."""

from __future__ import annotations

import re
from functools import cache

from ...endpoints import sip_address, without_separators
from ._vocabulary import vocabulary

_SIP = re.compile(
    r"sips?:(?:(?P<user>[^\s@<>\"]*)@)?(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
    r"(?P<parameters>(?:;[^\s;?<>\"]+)*)(?:\?(?P<headers>[^\s<>\"]*))?",
    re.IGNORECASE,
)


def is_number(text: str) -> bool:
    """Whether *text* is a phone number: E.164, or a US national or short number, with the usual
    separators.
    """
    return _number().fullmatch(without_separators(text)) is not None


def is_usual(text: str) -> bool:
    """Whether *text* is plainly a number in E.164 form, with a calling code that is assigned."""
    return len(text) <= 16 and _assigned_number().fullmatch(text) is not None


def has_country(number: str) -> bool:
    """Whether an E.164 number begins with a calling code that is assigned."""
    digits = without_separators(number)
    return not digits.startswith("+") or _assigned_number().fullmatch(digits) is not None


def find_sip_mistake(uri: str) -> tuple[str, str] | None:
    """Find what is wrong with a SIP URI: the reason, which is a key of the element's codes, and a message.

    ``ann@example.com`` is one without its scheme, as Twilio's own samples have it.
    """
    match = _SIP.fullmatch(sip_address(uri))
    if match is None or (match["user"] == "" and not _is_registered(match["host"])):
        return "text", f"{uri} is not a SIP URI such as sip:alice@example.com"
    if _is_registered(match["host"]) and not match["user"]:
        return "user", f"{uri} names no user at {match['host']}"
    return _find_header_mistake(match["headers"] or "")


@cache
def _assigned_number() -> re.Pattern[str]:
    codes = "|".join(str(code) for code in vocabulary().document["calling_codes"])
    return re.compile(rf"\+(?:{codes})[0-9]{{1,14}}")


@cache
def _number() -> re.Pattern[str]:
    facts = vocabulary().document
    return re.compile(f"{facts['number_pattern']}|{facts['national_number_pattern']}")


def _is_registered(host: str) -> bool:
    return host.lower().endswith(vocabulary().document["registered_sip_hosts"])


def _find_header_mistake(headers: str) -> tuple[str, str] | None:
    longest = vocabulary().elements["Sip"].limits["header_characters"]
    if len(headers) > longest:
        return (
            "header_long",
            f"the headers of the SIP URI have {len(headers)} characters, {longest} at most",
        )
    row = vocabulary().elements["Header"].attributes["name"]
    valid = re.compile(row.pattern or "").fullmatch
    for header in filter(None, headers.split("&")):
        name = header.partition("=")[0]
        if not valid(name):
            return "header", f"{name} is no name of a SIP header that can be sent; begin it with X-"
    return None
