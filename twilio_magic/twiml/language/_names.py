"""TwiML's names in other spellings: as lxml writes them, and as Python code does."""

from __future__ import annotations

import keyword
import re

_XML = "{http://www.w3.org/XML/1998/namespace}"
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def local_name(name: str) -> str:
    """A name as the user wrote it, from lxml's form, which has the namespace in front of it."""
    if not name.startswith("{"):
        return name
    return f"xml:{name.removeprefix(_XML)}" if name.startswith(_XML) else name.rpartition("}")[2]


def lxml_name(name: str) -> str:
    """The reverse of `local_name` for the vocabulary's names, of which ``xml:lang`` is in a namespace."""
    return _XML + name.removeprefix("xml:") if name.startswith("xml:") else name


def python_name(name: str) -> str:
    """``numDigits`` as ``num_digits``, ``from`` as ``from_``, ``xml:lang`` as ``xml_lang``."""
    spelled = _HUMP.sub("_", name).replace("-", "_").replace(":", "_").lower()
    return f"{spelled}_" if keyword.iskeyword(spelled) else spelled


def class_name(name: str) -> str:
    """``say-as`` as ``SayAs``; most names stay as they are."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("-"))
