"""TwiML's names in Python's spelling, as the official SDK spells them too."""

from __future__ import annotations

import keyword
import re

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def python_name(name: str) -> str:
    """``numDigits`` as ``num_digits``, ``from`` as ``from_``, ``xml:lang`` as ``xml_lang``."""
    spelled = _HUMP.sub("_", name).replace("-", "_").replace(":", "_").lower()
    return f"{spelled}_" if keyword.iskeyword(spelled) else spelled


def class_name(name: str) -> str:
    """``say-as`` as ``SayAs``; most names stay as they are."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("-"))
