"""How many segments a text message has: by the alphabet that its characters need.

Source: Twilio's glossary, "GSM-7 character encoding" and "UCS-2 character encoding", and 3GPP TS 23.038.
"""

from __future__ import annotations

from math import ceil

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")  # of two septets each
#: How many units fit into a message of one segment, and into each of several.
_GSM, _UCS = (160, 153), (70, 67)


def count_segments(body: str) -> int:
    """The number of segments of *body*; one for an empty text."""
    if all(char in _BASIC or char in _EXTENDED for char in body):
        sizes, (alone, joined) = [2 if char in _EXTENDED else 1 for char in body], _GSM
    else:
        sizes, (alone, joined) = [2 if ord(char) > 0xFFFF else 1 for char in body], _UCS
    units = sum(sizes)
    if units <= alone:
        return 1
    return _fill(sizes, joined) if 2 in sizes else ceil(units / joined)


def _fill(sizes: list[int], most: int) -> int:
    """How many segments of *most* units hold characters of these *sizes*, of which none is cut in two."""
    segments, left = 1, most
    for size in sizes:
        if size > left:
            segments, left = segments + 1, most
        left -= size
    return segments
