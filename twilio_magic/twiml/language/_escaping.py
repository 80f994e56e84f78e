"""Escaping text for XML, and the reverse.

The standard library's `xml.sax.saxutils` imports all of its HTTP client, and takes longer to load than
the rest of this package.
"""

from __future__ import annotations

import re

from ...display import UNSEEN

#: Characters that XML cannot carry, not even escaped.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_QUOTED = _TEXT | str.maketrans({'"': "&quot;", "'": "&apos;", "\n": "&#10;", "\t": "&#9;"})
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#(\d+)|(\w+));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def escape(text: str) -> str:
    """Escape *text* for a place between tags. What no reader sees is written as its number."""
    return _number_unseen(text.translate(_TEXT))


def escape_attribute(text: str) -> str:
    """Escape *text* for an attribute, between quotes of either kind. What no reader sees is written as its number."""
    return _number_unseen(text.translate(_QUOTED))


def unescape(markup: str) -> str:
    """Resolve the character and entity references in *markup*, which has no tags."""
    return _REFERENCE.sub(_character, markup)


def _number_unseen(markup: str) -> str:
    return UNSEEN.sub(
        lambda found: found[0] if FORBIDDEN.match(found[0]) else f"&#x{ord(found[0]):X};", markup
    )


def _character(reference: re.Match[str]) -> str:
    hexadecimal, decimal, name = reference.groups()
    if name:
        return _NAMED.get(name, reference.group())
    return chr(int(hexadecimal, 16) if hexadecimal else int(decimal))
