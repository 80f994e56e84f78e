"""The places of a call at which it waits: for its caller, or for those who are dialed; and its end."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, Literal

from ..records import dataclass

if TYPE_CHECKING:
    from ..twiml import Element

StopKind = Literal["gather", "record", "dial", "waiting", "loop", "error", "end", "hung up"]

_WHOLE = ("/", "http://", "https://")
_NUMBERS = re.compile(r"\d+")
_QUOTED = re.compile(r"'[^']*'")
_DIALED_ROOMS = {"Conference", "Queue"}
#: Verbs that hand the caller over to somebody or something else, for as long as that lasts.
_HANDING_OVER = {"Enqueue", "Connect", "Pay", "Refer", "Echo"}


@dataclass(slots=True)
class Stop:
    """One place at which a call waits, or ends, *at* so many seconds; *heard* is what was said before it.

    *source* is the text of the document, *element* the verb in it, *url* the address that the document came from.
    *listening* is for how many seconds the prompts inside the verb go on. *errors* is what Twilio logged on the way.
    """

    kind: StopKind
    at: float
    source: str = ""
    element: Element | None = None
    heard: list[str] = field(default_factory=list)
    listening: float = 0.0
    url: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, ...]:
        """What two stops that are the same have in common."""
        if self.kind == "hung up":
            return (self.kind, *self.errors)
        if self.kind in ("end", "error"):
            return (self.kind, self.source, self.url, *self.heard[-1:], *self.errors[:1])
        return (self.kind, self.source, self.url, str(self._place))

    @property
    def plain_key(self) -> tuple[str, ...]:
        """The same for those that differ only in numbers, or in an address that their action has nothing to do with."""
        action = self.element.attributes.get("action", "") if self.element is not None else ""
        is_whole = action.startswith(_WHOLE)
        key = (each for each in self.key if not (is_whole and each == self.url))
        return tuple(
            without_details(each) if each in self.errors else without_numbers(each) for each in key
        )

    @property
    def _place(self) -> str:
        """Where the verb stands among the verbs of its document, whatever numbers stand before it, in words."""
        if self.element is None:
            return ""
        return "i" * place_in_document(self.element)


def place_in_document(element: Element) -> int:
    """How many elements stand before *element* in its document."""
    root = element
    while root.parent is not None:
        root = root.parent
    begins = element.extent
    return next(n for n, each in enumerate(root.descend()) if each.extent == begins)


def without_numbers(text: str) -> str:
    """*text* with a sign in the place of each number."""
    return _NUMBERS.sub("#", text)


def without_details(error: str) -> str:
    """*error* without numbers, and without what it quotes: ``KeyError: '*'`` is the same as ``KeyError: '3'``."""
    return _QUOTED.sub("'…'", without_numbers(error))


def kind_of_stop(element: Element) -> StopKind | None:
    """What kind of stop the verb *element* is; ``None`` for verbs at which nothing is waited for."""
    if element.name == "Gather":
        return "gather"
    if element.name == "Record":
        return "record"
    if element.name == "Dial":
        if not element.text and not any(True for _ in element):
            return None  # nobody is called
        is_room = any(child.name in _DIALED_ROOMS for child in element)
        return "waiting" if is_room else "dial"
    return "waiting" if element.name in _HANDING_OVER else None
