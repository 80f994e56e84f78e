"""A verb as a call performs it, and the registry of those that the simulator knows how to perform.

A verb is one generator function: it yields what it waits for and returns the source or page that takes over, or
``None`` to go on with the next verb. It stops early when *stop* happens, as a prompt does when a key is pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import simpy

from ..twiml import Element, vocabulary
from ._clock import Process
from ._leg import Ended, Leg
from ._speaking import Stop, apologise

if TYPE_CHECKING:
    from ..timeline import Kind
    from ._page import Page


@dataclass(frozen=True, slots=True)
class Verb:
    """One *element* in one call: attributes come typed and with their defaults, as ``verb["timeout"]``."""

    leg: Leg
    element: Element
    page: Page
    stop: Stop = None

    def __getitem__(self, attribute: str) -> Any:
        return self.element[attribute]

    def tell(self, kind: Kind, text: str, **data: Any) -> None:
        """Add an event that names the verb's line."""
        self.leg.tell(kind, text, line=self.element.line, **data)

    def leads_to(self, url: str, purpose: str, added: Mapping[str, str] | None = None) -> Process:
        """What takes over when the verb leads to *url*, requested with its *method*; empty is the current document.

        A document that came inline has no address: it starts again from the top (an assumption), and a relative URL on
        it leads nowhere (15004).
        """
        if not url and self.page.source is None:
            self.tell("warned", f"<{self.element.name}> leads back to this document")
            return self.page
        source = self.page.follow(url, self["method"], purpose, added or {})
        if source is None:
            code = vocabulary().document["codes"]["relative"]
            reason = f"{code}: {url} is relative, and TwiML given inline has no base"
            self.tell("failed", reason, code=code)
            yield from apologise(self.leg)
            raise simpy.Interrupt(Ended("completed", "Twilio"))
        return source


Performer = Callable[[Verb], Process]
_PERFORMERS: dict[str, Performer] = {}


def performs(name: str) -> Callable[[Performer], Performer]:
    """Register a function as the way to perform the verb *name*."""

    def register(performer: Performer) -> Performer:
        _PERFORMERS[name] = performer
        return performer

    return register


def simulated_verbs() -> list[str]:
    """The names of the verbs that the simulator performs."""
    return sorted(_PERFORMERS)


def perform(verb: Verb) -> Process:
    """Perform *verb*, or tell that it is not simulated; returns the page or source that takes over, or ``None``."""
    name = verb.element.name
    if name in _PERFORMERS:
        return (yield from _PERFORMERS[name](verb))
    if name in vocabulary().elements:
        verb.tell("not simulated", f"<{name}> (line {verb.element.line})", verb=name)
    return None
