"""What of an address may be shown: a user and a password in it are used, and never told."""

from __future__ import annotations

import re

_USER_INFO = re.compile(r"(?<=//)[^/?#\s]*@")


def masked(text: str) -> str:
    """*text* without the user information of the addresses in it."""
    return _USER_INFO.sub("", text) if "@" in text else text
