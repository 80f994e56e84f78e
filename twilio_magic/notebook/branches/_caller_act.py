"""What a caller may do at a Gather instead, and the script of a phone that does it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ...display import visible_line
from ...errors import PhoneScriptError

_KEYS = "0123456789*#ABCDabcd"
_KEYS_NAMED = "0 to 9, * and #"


class CallerAct(NamedTuple):
    """*script* is what a phone does, *told* the same for people."""

    script: str
    told: str


def read_caller_act(name: str, text: str) -> CallerAct:
    """The act called *name*, with the keys or words *text*; raises :class:`PhoneScriptError` if it cannot be done."""
    if name not in _ACTS:
        raise PhoneScriptError(
            visible_line(f"Nobody can {name!r} at a Gather."), hint=f"One of: {', '.join(_ACTS)}."
        )
    return _ACTS[name](text)


def _press(text: str) -> CallerAct:
    keys = re.sub(r"\s", "", text)
    if not keys:
        raise PhoneScriptError("There is no key to press.", hint=f"Keys are {_KEYS_NAMED}.")
    for key in keys:
        if key not in _KEYS:
            raise PhoneScriptError(
                visible_line(f"{key!r} is no key of a phone."), hint=f"Keys are {_KEYS_NAMED}."
            )
    return CallerAct(f"press {keys}", f"keys {keys}" if len(keys) > 1 else f"key {keys}")


def _say(text: str) -> CallerAct:
    words = " ".join(text.split()).replace('"', "")
    if not words:
        raise PhoneScriptError("There are no words to say.", hint="Type what the caller says.")
    return CallerAct(f'say "{words}"', f"“{words}”")


def _stay_silent(_: str) -> CallerAct:
    return CallerAct("", "silence")


def _hang_up(_: str) -> CallerAct:
    return CallerAct("hang up", "hang-up")


_ACTS: Mapping[str, Callable[[str], CallerAct]] = {
    "press": _press,
    "say": _say,
    "stay silent": _stay_silent,
    "hang up": _hang_up,
}
