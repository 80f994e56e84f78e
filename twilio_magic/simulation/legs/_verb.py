"""A verb as a call performs it, and the registry of those that the simulator knows how to perform.

A verb is one generator function: it yields what it waits for and returns the source or page that takes over, or
``None`` to go on with the next verb. It stops early when *stop* happens, as a prompt does when a key is pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ...records import dataclass
from ...twiml import Element, vocabulary
from ..clock._clock import Process
from ._documents import speech_of
from ._page import Destination, needs_base
from ._process import CallEnded
from ._speaking import Stop, apologize

if TYPE_CHECKING:
    from ...timeline import Kind
    from ..webhooks._target import WebhookTarget
    from ._leg import Leg
    from ._page import Page


@dataclass(frozen=True, slots=True)
class Verb:
    """One *element* in one call: attributes come typed and with their defaults, as ``verb["timeout"]``."""

    leg: Leg
    element: Element
    page: Page
    stop: Stop = None

    def __getitem__(self, attribute: str) -> Any:
        if not self.simulates(attribute):
            raise LookupError(f"{attribute} of <{self.element.name}> is not simulated: see its row")
        return self.element[attribute]

    def simulates(self, attribute: str) -> bool:
        """Whether the call acts on *attribute*."""
        return vocabulary().elements[self.element.name].simulates(attribute)

    def is_inside(self, name: str) -> bool:
        """Whether the element stands directly inside one called *name*."""
        parent = self.element.parent
        return parent is not None and parent.name == name

    def inside(self) -> tuple[Verb, ...]:
        """The elements that may stand inside. The checker reports the others, and the call skips them."""
        allowed = vocabulary().elements[self.element.name].children
        children = self.element.children
        return tuple(
            Verb(self.leg, child, self.page, self.stop)
            for child in children
            if child.name in allowed
        )

    def code(self, reason: str) -> int:
        """The element's error code for a *reason*, by its name in the vocabulary."""
        return vocabulary().elements[self.element.name].codes[reason]

    def fail(self, reason: str, text: str, **data: Any) -> None:
        """Record a failure with the element's code for *reason*; *text* says what happened, *data* what is known."""
        code = self.code(reason)
        self.record_event("failed", f"{code}: {text}", code=code, **data)

    def record_event(self, kind: Kind, text: str, **data: Any) -> None:
        """Add an event that names the verb's line."""
        self.leg.record_event(kind, text, line=self.element.line, **data)

    def record_event_once(self, kind: Kind, text: str, **data: Any) -> None:
        """The same, unless the call has such an event already."""
        if all((event.kind, event.text) != (kind, text) for event in self.leg.timeline):
            self.record_event(kind, text, **data)

    def record_unsupported_attributes(self) -> None:
        """Record the attributes that are given and not simulated."""
        name = self.element.name
        known = vocabulary().elements[name].attributes
        for attribute in self.element.attributes:
            if attribute in known and not self.simulates(attribute):
                text = f"{attribute} of <{name}> (line {self.element.line})"
                self.record_event_once("not simulated", text, attribute=attribute)

    def callback(self, url: str | None, method: str, purpose: str) -> WebhookTarget | None:
        """Where a callback at *url* goes; ``None`` without one, and for a relative one that has no base."""
        source = self.page.follow(url, method, purpose, {}) if url else None
        if url and source is None:
            self._record_missing_base(url)
        return source

    def callback_in(self, attribute: str, method: str, purpose: str) -> WebhookTarget | None:
        """Where the callback goes whose URL and method stand in two attributes; see :meth:`callback`.

        A relative URL that Twilio does not read against the document is told with its code, and leads nowhere.
        """
        url = self[attribute]
        row = vocabulary().elements[self.element.name].attributes[attribute]
        if url and row.absolute and needs_base(url):
            code = row.codes.get("relative", vocabulary().document["codes"]["url"])
            text = f"{code}: {attribute} {url} is relative, and is not called"
            self.record_event("failed", text, code=code)
            return None
        return self.callback(url, self[method], purpose)

    def leads_to(
        self,
        url: str,
        purpose: str,
        added: Mapping[str, str] | None = None,
        method: str | None = None,
    ) -> Process[Destination]:
        """Where the call goes on when the verb leads to *url*, requested with its *method*; empty for this document.

        A document that came inline has no address: it starts again from the top (an assumption), and a relative URL on
        it leads nowhere. So does an empty one where the API sent the running call to this document (11100).
        """
        if not url and self.page.source is None and not self.page.is_live_redirect:
            self.record_event("warned", f"<{self.element.name}> leads back to this document")
            return self.page
        source = self.page.follow(url, method or self["method"], purpose, added or {})
        if source is None:
            self._record_missing_base(url)
            yield from apologize(self.leg)
            raise CallEnded("completed", "Twilio")
        return source

    def _record_missing_base(self, url: str) -> None:
        name = self.element.name
        code = vocabulary().code_of_relative(name, self.element.attributes, url)
        reason = (
            f"{url} is relative, and TwiML given inline has no base; mount it and call its address: {_MOUNT}"
            if url
            else f"<{name}> has no address to go on, and none is assumed after a live redirect"
        )
        self.record_event("failed", f"{code}: {reason}", code=code)


_MOUNT = "%mount https://ivr.example.com/menu NAME, or simulator.mount"

Performer = Callable[[Verb], Process[Destination | None]]

_PERFORMERS: dict[str, Performer] = {}


def performs(name: str) -> Callable[[Performer], Performer]:
    """Register a function that performs the verb *name*. What it acts on is in the vocabulary (*simulated*)."""

    def register(performer: Performer) -> Performer:
        _PERFORMERS[name] = performer
        return performer

    return register


def performs_later(name: str, module: str) -> None:
    """Let the *module* that registers a function for the verb *name* be loaded when it is first performed."""

    def perform_first(verb: Verb) -> Process[Destination | None]:
        import_module(module)
        return (yield from _PERFORMERS[name](verb))

    _PERFORMERS[name] = perform_first


def perform(verb: Verb) -> Process[Destination | None]:
    """Perform *verb*, or record that it is not simulated; returns the page or source that takes over, or ``None``."""
    element, source = verb.element, verb.page.document.text
    with verb.leg.phone.showing(element, source), verb.leg.performed.add(element, source):
        return (yield from _perform(verb))


def _says_nothing(verb: Verb) -> bool:
    """Whether *verb* speaks no words: like a Pause it lets the call ring. Source: TwiML changelog, 2024-03-11."""
    row = verb.element.row
    return (
        row is not None and row.text.type == "speech-text" and not speech_of(verb.element).seconds
    )


def _perform(verb: Verb) -> Process[Destination | None]:
    name = verb.element.name
    performer = _PERFORMERS.get(name)
    row = vocabulary().elements.get(name)
    rings = verb.leg.status == "ringing"
    if rings and row is not None and row.answers and not _says_nothing(verb):
        verb.leg.answer()
    if performer is not None:
        verb.record_unsupported_attributes()
        return (yield from performer(verb))
    if row is not None:
        verb.record_event_once("not simulated", f"<{name}> (line {verb.element.line})", verb=name)
    return None
