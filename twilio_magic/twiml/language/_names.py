"""TwiML's names in other spellings: as lxml writes them, and as Python code does."""

from __future__ import annotations

import keyword
import re

_XML = "{http://www.w3.org/XML/1998/namespace}"
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def local_name(name: str) -> str:
    """Turn lxml's form of a name, with the namespace in front, into the name as the user wrote it."""
    if not name.startswith("{"):
        return name
    return f"xml:{name.removeprefix(_XML)}" if name.startswith(_XML) else name.rpartition("}")[2]


def lxml_name(name: str) -> str:
    """Turn a name of the vocabulary into lxml's form: ``xml:lang`` is in a namespace there."""
    return _XML + name.removeprefix("xml:") if name.startswith("xml:") else name


def python_name(name: str) -> str:
    """Spell a name as Python does: ``num_digits`` for ``numDigits``, ``from_``, ``xml_lang``."""
    spelled = _HUMP.sub("_", name).replace("-", "_").replace(":", "_").lower()
    return f"{spelled}_" if keyword.iskeyword(spelled) else spelled


def class_name(name: str) -> str:
    """Spell an element's name as that of a class: ``say-as`` as ``SayAs``; most names stay as they are."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("-"))
