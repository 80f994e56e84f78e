"""Steps of phones' scripts that wait for what the other side does, in words for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...scripts import Action, Step

#: What a step waits for, by its action; to be filled in with its words, or without any.
_AWAITED: Mapping[Action, tuple[str, str]] = {
    "hear": ("to hear {}", "to hear a word"),
    "silence": ("for silence", "for silence"),
    "hear beep": ("to hear a beep", "to hear a beep"),
    "hear sound": ("to hear a sound", "to hear a sound"),
    "hear text": ("for a text message “{}”", "for a text message"),
    "hear message": ("for a message “{}”", "for a message"),
}
#: What came instead, and where it is to be seen; of what is not here, what was said.
_COMPARED: Mapping[Action, tuple[str, str]] = {
    "hear sound": ("what was played", "call.timeline"),
    "hear text": ("what was sent", "simulator.messages"),
    "hear message": ("what was sent", "call.timeline"),
}


def is_awaiting(step: Step) -> bool:
    """Whether *step* waits for words, a sound, silence or a message, without which its script has failed."""
    return step.action in _AWAITED


def awaited_by(step: Step) -> str:
    """What *step* waits for, to be put behind “waits”."""
    words, nothing = _AWAITED[step.action]
    if step.phrases:
        return words.format(" or ".join(map(str, step.phrases)))
    return words.format(step.text) if step.text else nothing


#: What to write in the place of ``hear "beep"``, if the sound is meant.
TONE_HINT = "hear beep, without quotes, waits for the sound"


def hint_for(step: Step, *, has_waited: bool = False) -> str:
    """What to do where *step* waits in vain: as long as it says, if it *has_waited*, or until the call ended."""
    if step.quotes_tone:
        return f"{TONE_HINT}; in quotes it is a word that is said."
    what, where = _COMPARED.get(step.action, ("what was said", "call.transcript"))
    if not has_waited:
        return f"Compare it with {what}: {where}."
    longer = ", or wait longer: within 900" if is_awaiting(step) else ""
    return f"Compare it with {what} ({where}){longer}."
