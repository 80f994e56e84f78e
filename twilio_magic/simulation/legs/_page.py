"""Documents that a call runs, and the instructions that lead to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ...records import dataclass
from ..webhooks._target import WebhookTarget

if TYPE_CHECKING:
    from ...twiml import Document


@dataclass(frozen=True, slots=True)
class Instructions:
    """The document of a call: its text given *inline*, or its *source*, with a *fallback* for when that fails.

    *context* names a special place where not every verb works, in the vocabulary's words: ``whisper``, ``queue-wait``.
    *is_live_redirect* says that the API gave them to a call that ran others.
    With *is_quiet* a failure is recorded in the timeline, and no apology is spoken: the call only waits. An audio file
    instead of a document is played once, or again and again with *repeats_audio*.
    """

    inline: str | None = None
    source: WebhookTarget | None = None
    fallback: WebhookTarget | None = None
    context: str | None = None
    is_quiet: bool = False
    repeats_audio: bool = False
    is_live_redirect: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A document that runs, and where it came from; ``None`` for one that came inline.

    *is_live_redirect* says that the API sent a running call here.
    """

    document: Document
    source: WebhookTarget | None
    is_live_redirect: bool = False

    def follow(
        self, url: str, method: str, purpose: str, added: Mapping[str, str]
    ) -> WebhookTarget | None:
        """Where *url* on this page leads; an empty one to the page itself. ``None`` if it has no base to start from.

        A page that the API sent a running call to is not requested again.
        """
        if not url and self.is_live_redirect:
            return None
        if self.source is not None:
            return WebhookTarget(join_url(self.source.url, url), method, purpose, added)
        return None if needs_base(url) else WebhookTarget(url, method, purpose, added)


#: Where a verb leads: a page that is there, or a document that is still to be fetched.
Destination = Page | WebhookTarget

#: How an address begins that needs no base. Source: RFC 3986, 3.1.
_ABSOLUTE = re.compile("[A-Za-z][A-Za-z0-9+.-]*:")


def needs_base(url: str) -> bool:
    """Whether *url* leads nowhere without the page that it stands on."""
    return _ABSOLUTE.match(url) is None


def join_url(base: str, url: str) -> str:
    """Where *url* leads from *base*; one that cannot be read stays as it is, and fails when it is requested."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url
