"""Text on its way into XML.

The standard library's own way there imports all of its HTTP client, and takes longer to load than
the rest of this package.
"""

from __future__ import annotations

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_QUOTED = _TEXT | str.maketrans({'"': "&quot;", "'": "&apos;", "\n": "&#10;", "\t": "&#9;"})


def escaped(text: str) -> str:
    """*text* as it is written between tags."""
    return text.translate(_TEXT)


def quotable(text: str) -> str:
    """*text* as it is written in an attribute, between quotes of either kind."""
    return text.translate(_QUOTED)
