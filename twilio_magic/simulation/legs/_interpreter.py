"""Running TwiML: fetch a document, perform its verbs from top to bottom, follow where they lead.

Source: Twilio's page "TwiML for Programmable Voice", and each verb's own page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import NotXml
from ...secret import mask_user_info
from ...twiml import Document, Speech, speak_text, vocabulary
from ..phones._dialed_names import tell_numbers
from ..webhooks._audio_file import AudioFile
from ..webhooks._errors import Failure
from ..webhooks._reply import is_audio, media_type
from ..webhooks._target import WebhookTarget
from ._callbacks import MOST_AT_ONCE, goes_in_circles
from ._documents import check_once, parse_once
from ._page import Instructions, Page
from ._process import CallEnded, DocumentFailed
from ._speaking import apologize, play_file, repeat, speak
from ._verb import Verb, perform

if TYPE_CHECKING:
    from ...timeline import Exchange
    from ..clock._clock import Process
    from ._leg import Leg
    from ._page import Destination

#: How many documents may follow each other without any time passing, before the simulator calls it a loop.
_MOST_DOCUMENTS_AT_ONCE = 50
_PLAIN = "text/plain"
#: Where a document that fails ends without an apology, and without a fallback.
_WAITING = ("conference-wait", "queue-wait")
#: The end of an inbound call whose first document cannot be had: its caller hears that the line is busy. Seen once on a
#: live account; Twilio's pages speak of the apology alone.
_NO_DOCUMENT = "busy"
#: The reply of a web application: a document, audio or text to be heard instead, or a failure.
Answer = Document | AudioFile | Speech | Failure


def interpret(leg: Leg, instructions: Instructions) -> Process[None]:
    """Perform *instructions* until nothing is left to do.

    An application that sends the call elsewhere whenever it is asked for a document goes in circles.
    """
    if goes_in_circles(leg):
        leg.record_event("failed", f"a loop: {MOST_AT_ONCE} requests without a moment between them")
        leg.has_failed = True
        return
    start = instructions.source or instructions.inline or ""
    page = yield from _open(leg, start, instructions)
    if page is not None:
        page = replace(page, is_live_redirect=instructions.is_live_redirect)
    yield from interpret_page(leg, page, instructions)


def interpret_page(leg: Leg, page: Page | None, instructions: Instructions) -> Process[None]:
    """Perform *page*, and what it leads to, until nothing is left to do."""
    at_once, since = 0, leg.clock.now
    while page is not None:
        try:
            leads_to = yield from _perform(leg, page, instructions.context)
        except DocumentFailed as failed:
            leads_to = yield from _after_failure(leg, page, failed.code, instructions)
        if leads_to is None:
            return
        at_once = at_once + 1 if leg.clock.now == since else 0
        since = leg.clock.now
        if at_once > _MOST_DOCUMENTS_AT_ONCE:
            leg.record_event(
                "failed", f"a loop: {at_once} documents in a row without a moment between them"
            )
            leg.has_failed = True
            return
        page = yield from _open(leg, leads_to, instructions)


def _perform(leg: Leg, page: Page, context: str | None) -> Process[Destination | None]:
    for element in page.document.verbs:
        if not _is_allowed(element.name, context):
            continue
        leads_to = yield from perform(Verb(leg, element, page))
        if leads_to is not None:
            return leads_to
    return None


def _is_allowed(verb: str, context: str | None) -> bool:
    """Whether *verb* is performed in a document that runs in *context*. The checker warns of one that is not."""
    if context is None:
        return True
    row = vocabulary().contexts[context]
    return verb not in row.refused and (row.allowed is None or verb in row.allowed)


def _open(leg: Leg, start: Destination | str, instructions: Instructions) -> Process[Page | None]:
    """The page to run: as it is, fetched, or read from its text; ``None`` if there is none."""
    if isinstance(start, Page):
        return start
    if isinstance(start, WebhookTarget):
        return (yield from _fetch(leg, start, instructions))
    read = _read(start)
    if isinstance(read, Failure):
        leg.record_event("failed", f"{read.code}: {read.reason}", code=read.code)
        yield from _give_up(leg, instructions)
        return None
    return accept_document(leg, read, None, instructions.context)


def _fetch(leg: Leg, source: WebhookTarget, instructions: Instructions) -> Process[Page | None]:
    """The page at *source*; that of the fallback if it fails; ``None`` after what is not a page, such as audio."""
    exchange = yield from _request(leg, source)
    read = parse_reply(leg, exchange)
    if isinstance(read, Document):
        return accept_document(leg, read, source, instructions.context)
    if not isinstance(read, Failure):
        yield from play_reply(leg, read, again=instructions.repeats_audio)
        return None
    _record_failure(leg, exchange, read)
    fallback = instructions.fallback
    if fallback is None or source.purpose == "fallback":
        if exchange.code is not None and leg.status == "ringing" and not instructions.is_quiet:
            raise CallEnded(_NO_DOCUMENT, "Twilio: there is no document")
        yield from _give_up(leg, instructions)
        return None
    return (yield from _fetch(leg, _instead(fallback, read.code, exchange.url), instructions))


def _instead(fallback: WebhookTarget, code: int, url: str) -> WebhookTarget:
    """The *fallback*, told that the document at *url* failed with *code*."""
    added = {"ErrorCode": str(code), "ErrorUrl": url}
    return WebhookTarget(fallback.url, fallback.method, "fallback", added)


def _after_failure(
    leg: Leg, page: Page, code: int, instructions: Instructions
) -> Process[Destination | None]:
    """Where a call goes on whose *page* has failed: to the fallback, unless it only waits; else it hears an apology."""
    if instructions.is_quiet or instructions.context in _WAITING:
        leg.has_failed = True
        return None
    source, fallback = page.source, instructions.fallback
    if fallback is None or (source is not None and source.purpose == "fallback"):
        yield from _give_up(leg, instructions)
        return None
    return _instead(fallback, code, "" if source is None else mask_user_info(source.url))


def _give_up(leg: Leg, instructions: Instructions) -> Process[None]:
    """There is no document to go on with: the far end hears an apology, unless it hears this while it waits."""
    leg.has_failed = True
    if not instructions.is_quiet:
        yield from apologize(leg)


def _request(leg: Leg, source: WebhookTarget) -> Process[Exchange]:
    """Request *source* and let the time pass that it takes; returns the exchange."""
    exchange = leg.webhooks.request(source.purpose, source.url, source.method, source.parameters)
    if exchange.seconds and not leg.process.has_pending:
        yield leg.clock.seconds(leg.created + exchange.until - leg.clock.now)
    came_back = exchange.status if exchange.status is not None else "no answer"
    leg.record_event(
        "fetched",
        f"{source.purpose}: {source.method} {exchange.url} → {came_back}",
        url=exchange.url,
        status=exchange.status,
        purpose=source.purpose,
    )
    leg.process.raise_pending()
    return exchange


def parse_reply(leg: Leg, exchange: Exchange) -> Answer:
    """The reply to a request of *leg*. Plain text that is no TwiML is spoken as it is."""
    if exchange.code is not None:
        return Failure(exchange.code, f"no TwiML from {exchange.url}: {exchange.error}")
    types = vocabulary().document["content_types"]
    kind = media_type(exchange.content_type)
    if is_audio(kind):
        return leg.files[exchange.url]
    if kind not in (*types["twiml"], _PLAIN):
        said = f"Content-Type {kind} is not TwiML" if kind else "there is no Content-Type"
        return Failure(types["missing_or_other"]["code"], said)
    reply = leg.webhooks.reply_to(exchange)
    if not reply and "chunked" in exchange.reply_headers.get("Transfer-Encoding", ""):
        return Failure(vocabulary().document["codes"]["empty"], "the answer is empty")
    read = _read(reply)
    is_prose = kind == _PLAIN and isinstance(read, Failure)
    return speak_text(reply) if is_prose else read


def _read(text: str) -> Document | Failure:
    """The document that *text* is, or why it is none."""
    codes = vocabulary().document["codes"]
    try:
        document = parse_once(text)
    except NotXml as error:
        return Failure(error.code or codes["xml"], f"{error.message} ({error.place})")
    if document.root.name != vocabulary().root:
        return Failure(codes["root"], f"the root element is <{document.root.name}>")
    return document


def accept_document(
    leg: Leg, document: Document, source: WebhookTarget | None, context: str | None
) -> Page:
    """The page of *document*. Problems that Twilio would log, and placeholders, are recorded in the timeline."""
    found = check_once(document, inline=source is None, context=context)
    for problem in tell_numbers(found, document, leg.world.phones):
        if problem.level != "advice" or problem.name == "placeholder":
            said = f"{problem.code}: {problem.message}" if problem.code else problem.message
            leg.record_event("warned", said, code=problem.code)
    return Page(document, source)


def play_reply(leg: Leg, heard: AudioFile | Speech, *, again: bool = False) -> Process[None]:
    """Play a reply that is no document: words once, audio once or, with *again*, until something ends it."""
    if isinstance(heard, Speech):
        yield from speak(leg, heard)
        return
    leg.answer()
    if again and heard.playing_seconds:
        yield from repeat(leg, lambda: play_file(leg, heard))
    else:
        yield from play_file(leg, heard)


def _record_failure(leg: Leg, exchange: Exchange, failure: Failure) -> None:
    """Tell it with the place of its request in the call's webhooks, where a notification finds the rest."""
    place = next(at for at, made in enumerate(leg.exchanges) if made is exchange)
    text = f"{failure.code}: {failure.reason}"
    data = {"traceback": exchange.traceback} if exchange.traceback else {}
    leg.record_event("failed", text, code=failure.code, url=exchange.url, webhook=place, **data)
