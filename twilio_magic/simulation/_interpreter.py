"""Running TwiML: fetch a document, perform its verbs from top to bottom, follow where they lead.

Source: Twilio's page "TwiML for Programmable Voice", and each verb's own page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import NotXml
from ..twiml import check, parse, speak_text, vocabulary
from . import verbs  # noqa: F401 - loading them registers them
from ._page import Instructions, Page, Source
from ._speaking import apologise, speak
from ._verb import Verb, perform

if TYPE_CHECKING:
    from ..timeline import Exchange
    from ._clock import Process
    from ._leg import Leg

#: How many documents may follow each other without any time passing, before the simulator calls it a loop.
_MOST_DOCUMENTS_AT_ONCE = 50


def run(leg: Leg, instructions: Instructions) -> Process:
    """Perform *instructions* until nothing is left to do."""
    start = instructions.source or instructions.inline or ""
    page = yield from _opened(leg, start, instructions.fallback)
    at_once, since = 0, leg.world.clock.now
    while page is not None:
        leads_to = yield from _perform(leg, page)
        if leads_to is None:
            return
        at_once = at_once + 1 if leg.world.clock.now == since else 0
        since = leg.world.clock.now
        if at_once > _MOST_DOCUMENTS_AT_ONCE:
            leg.tell(
                "failed", f"a loop: {at_once} documents in a row without a moment between them"
            )
            return
        page = yield from _opened(leg, leads_to, instructions.fallback)


def _perform(leg: Leg, page: Page) -> Process:
    for element in page.document.verbs:
        leads_to = yield from perform(Verb(leg, element, page))
        if leads_to is not None:
            return leads_to
    return None


def _opened(leg: Leg, start: Page | Source | str, fallback: Source | None) -> Process:
    """The page to run: as it is, fetched, or read from its text; ``None`` if there is none."""
    if isinstance(start, Page):
        return start
    if isinstance(start, Source):
        return (yield from _fetched(leg, start, fallback))
    return (yield from _read(leg, start, None))


def _fetched(leg: Leg, source: Source, fallback: Source | None) -> Process:
    """The page at *source*; that of *fallback* if it fails; ``None`` after an apology if that fails too."""
    exchange = _request(leg, source)
    if exchange.code is None:
        return (yield from _read(leg, exchange.reply, source, exchange.content_type))
    reason = f"{exchange.code}: no TwiML from {exchange.url}: {exchange.error}"
    leg.tell("failed", reason, code=exchange.code, url=exchange.url)
    if fallback is None or source.purpose == "fallback":
        return (yield from apologise(leg))
    added = {"ErrorCode": str(exchange.code), "ErrorUrl": source.url}
    return (
        yield from _fetched(leg, Source(fallback.url, fallback.method, "fallback", added), None)
    )


def _request(leg: Leg, source: Source) -> Exchange:
    exchange = leg.webhooks.request(source.purpose, source.url, source.method, source.parameters)
    came_back = exchange.status if exchange.status is not None else "no answer"
    leg.tell(
        "fetched",
        f"{source.purpose}: {source.method} {exchange.url} → {came_back}",
        url=exchange.url,
        status=exchange.status,
        purpose=source.purpose,
    )
    leg.take_turn()
    return exchange


def _read(leg: Leg, text: str, source: Source | None, content_type: str = "") -> Process:
    """The page that *text* makes; plain text that is no TwiML is read aloud."""
    kind = content_type.partition(";")[0].strip().lower()
    types, codes = vocabulary().document["content_types"], vocabulary().document["codes"]
    if kind and kind not in (*types["twiml"], "text/plain"):
        code = types["missing_or_other"]["code"]
        return (yield from _fail(leg, code, f"Content-Type {kind} is not TwiML"))
    try:
        document = parse(text)
    except NotXml as error:
        if kind == "text/plain":
            yield from speak(leg, speak_text(text))
            return None
        return (
            yield from _fail(leg, error.code or codes["xml"], f"{error.message} ({error.place})")
        )
    if document.root.name != vocabulary().root:
        return (yield from _fail(leg, codes["root"], f"the root element is <{document.root.name}>"))
    for problem in check(document, inline=source is None):
        if problem.level != "advice":
            leg.tell("warned", f"{problem.code}: {problem.message}", code=problem.code)
    return Page(document, source)


def _fail(leg: Leg, code: int, reason: str) -> Process:
    leg.tell("failed", f"{code}: {reason}", code=code)
    return (yield from apologise(leg))
