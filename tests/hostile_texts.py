"""A text that takes over a terminal, a log or a workflow of GitHub, wherever it is printed as it is."""

from __future__ import annotations

#: Everything that a terminal obeys, that changes how what is around it is read, or that nobody sees.
CONTROLS = (
    "\x00\x07\x08\x0b\x0c\x0e\x1b\x1f\x7f\x80\x85\x9b\x9d\xad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c"
    "\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\ufff9\U000e0041\ud800\udcff"
)
COMMAND = "::error file=x::pwned"
HOSTILE = f"a\r\n{COMMAND}\n  {COMMAND}\r{COMMAND} ##[add-matcher]x\x1b]0;owned\x07{CONTROLS}b"
#: What an XML document can hold of it, as characters.
IN_XML = "".join(
    char for char in HOSTILE if char in "\r\n" or (char >= " " and not "\ud7ff" < char < "\ue000")
)

_SEEN = frozenset(CONTROLS + "\r")


def obeyed(text: str) -> list[str]:
    """The control characters in *text*."""
    return [f"U+{ord(char):04X}" for char in text if char in _SEEN]


def commands(text: str) -> list[str]:
    """What a runner of GitHub takes for commands in *text*."""
    lines = [line for line in text.split("\n") if line.lstrip().startswith("::")]
    return lines + ["##["] * text.count("##[")
