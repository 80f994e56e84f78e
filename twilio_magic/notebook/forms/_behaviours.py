"""Ready-made behaviours of a phone: what people and machines at the other end usually do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A *name* in words, and the *script* of a phone that behaves so."""

    name: str
    script: str


BEHAVIOURS = (
    Behaviour("Answers and listens", "ring 2; answer"),
    Behaviour("Presses 1 when asked", 'answer; hear "press 1"; press 1'),
    Behaviour("Types digits and #", "answer; press 1234#"),
    Behaviour("Speaks", 'answer; say "sales, please"'),
    Behaviour("Hangs up in mid-prompt", "answer; wait 1; hang up"),
    Behaviour("Is busy", "busy"),
    Behaviour("Does not answer", "no answer"),
    Behaviour("Declines the call", "ring 3; reject"),
    Behaviour("Cannot be reached", "fail"),
    Behaviour("Voicemail with a beep", 'machine "Hello, please leave a message after the beep."'),
    Behaviour("Voicemail without a beep", 'machine "Nobody is here. Call again." no beep'),
    Behaviour("Is a fax", "fax"),
)
