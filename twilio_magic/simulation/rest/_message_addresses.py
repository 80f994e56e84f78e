"""Who sends and who gets a text message: numbers, addresses of channels, short codes and names.

Source: Twilio's pages "Messages resource" (To, From) and "Alphanumeric sender ID".
"""

from __future__ import annotations

import re

from ...endpoints import NotAnEndpoint, endpoint
from ._parameters import Refusal

_CHANNEL = re.compile("(whatsapp|messenger|rcs|viber):(.+)")
_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 _&+-]{1,11}")
_SHORT_CODE = re.compile("[0-9]{3,8}")
_MALFORMED_TO, _MALFORMED_FROM = 21211, 21212


def receiver_address(text: str) -> str:
    """The address of who gets a message, as Twilio stores it; raises :class:`Refusal` (21211)."""
    address = _address(text)
    if address is None:
        raise Refusal(_MALFORMED_TO, to=text)
    return address


def sender_address(text: str) -> str:
    """The address of who sends it, which may be a short code or a name; raises :class:`Refusal` (21212)."""
    if _NAME.fullmatch(text) or _SHORT_CODE.fullmatch(text):
        return text
    address = _address(text)
    if address is None:
        raise Refusal(_MALFORMED_FROM, {"from": text})
    return address


def _address(text: str) -> str | None:
    """A phone number in E.164 form, or the address of another channel; ``None`` for what is neither."""
    channel = _CHANNEL.fullmatch(text)
    if channel:
        number = _number(channel[2])
        return text if number is None else f"{channel[1]}:{number}"
    return _number(text)


def _number(text: str) -> str | None:
    try:
        found = endpoint(text)
    except NotAnEndpoint:
        return None
    return found.address if found.kind == "number" else None
