"""Redirect: goes on with another document. Source: Twilio's page "TwiML Voice: Redirect"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._verb import Verb, performs

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._page import Destination


@performs("Redirect")
def redirect(verb: Verb) -> Process[Destination]:
    """Request the URL in the text, with *method*; nothing after this verb runs."""
    url = verb.element.text
    verb.record_event("redirected", url or "to this document")
    return (yield from verb.leads_to(url, "redirect"))
