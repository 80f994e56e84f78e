"""What an application answers to a text message: a document with replies, a text, or nothing.

Source: Twilio's page "TwiML for Programmable Messaging", with "TwiML Message" and "TwiML Redirect", and the error
dictionary (11xxx, 12xxx, 141xx).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ...errors import NotXml
from ...twiml import Document, Element, parse, vocabulary
from ..webhooks._reply import media_type
from ..webhooks._target import WebhookTarget
from ._facts import message_facts
from ._requests import inbound_parameters

if TYPE_CHECKING:
    from ...timeline import Exchange
    from ..clock._clock import Process
    from ._message import Message
    from ._messaging import Messaging

_PLAIN = "text/plain"


class _Unusable(Exception):  # noqa: N818 - an application's fault
    """An answer is of no use; the arguments are Twilio's code, and why."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


class Answers:
    """Asks an application about an inbound *message*, and does what it answers; *fallback* is asked if that fails."""

    def __init__(
        self, messaging: Messaging, message: Message, fallback: WebhookTarget | None
    ) -> None:
        self._messaging = messaging
        self._message = message
        self._fallback = fallback
        self._replies = 0

    def follow(self, target: WebhookTarget) -> Process[None]:
        """Request *target*, and whatever its answers lead on to."""
        most = message_facts().most["documents"]
        following: WebhookTarget | None = target
        for _ in range(most):
            if following is None:
                return
            following = yield from self._ask(following)
        self._message.fail("documents", f"more than {most} documents answer one message")

    def _ask(self, target: WebhookTarget) -> Process[WebhookTarget | None]:
        """Request *target* and do what it answers; returns where it leads on to."""
        message, world = self._message, self._messaging.world
        form = inbound_parameters(world, message)
        exchange, text = self._messaging.requests.request(message, target, form)
        came_back = "no answer" if exchange.status is None else exchange.status
        message.record_event(
            "fetched",
            f"{target.purpose}: {target.method} {exchange.url} → {came_back}",
            url=exchange.url,
            status=exchange.status,
            purpose=target.purpose,
        )
        if exchange.seconds:
            yield world.clock.seconds(exchange.seconds)
        try:
            return self._perform(_read(exchange, text), target)
        except _Unusable as error:
            message.fail_request(error.code, error.reason, exchange)
            return self._instead(target, error.code, exchange)

    def _instead(
        self, failed: WebhookTarget, code: int, exchange: Exchange
    ) -> WebhookTarget | None:
        """The fallback, unless it is what has *failed* now."""
        if self._fallback is None or failed.url == self._fallback.url:
            return None
        return self._fallback.with_parameters({"ErrorCode": str(code), "ErrorUrl": exchange.url})

    def _perform(self, answer: Document | str, page: WebhookTarget) -> WebhookTarget | None:
        """Do what *answer* says, which is of *page*; returns where it leads on to."""
        if isinstance(answer, str):
            if answer.strip():
                self._reply(answer.strip())
            return None
        for verb in answer.verbs:
            if verb.name not in message_facts().verbs:
                code = message_facts().codes["verb"]
                self._message.warn(f"{code}: <{verb.name}> says nothing to a message", code=code)
            elif verb.name == "Redirect":
                return _target(verb, verb.text, page, "redirect")
            else:
                leads_to = self._send(verb, page)
                if leads_to is not None:
                    return leads_to
        return None

    def _send(self, verb: Element, page: WebhookTarget) -> WebhookTarget | None:
        """Send what a ``<Message>`` says; returns its action, which is told what was sent."""
        body, media = _content(verb)
        if not body and not media:
            code = message_facts().codes["empty"]
            self._message.warn(f"{code}: a message without words is not sent", code=code)
            return None
        callback = None
        if verb.attributes.get("statusCallback"):
            callback = _target(verb, verb.attributes["statusCallback"], page, "message status")
        sent = self._reply(
            body,
            media,
            to=verb.attributes.get("to", ""),
            from_=verb.attributes.get("from", ""),
            callback=callback,
        )
        if sent is None or not verb.attributes.get("action"):
            return None
        told = {"MessageSid": sent.sid, "MessageStatus": sent.status}
        target = _target(verb, verb.attributes["action"], page, "action")
        return target.with_parameters(told | {"SmsSid": sent.sid, "SmsStatus": sent.status})

    def _reply(
        self,
        body: str,
        media: tuple[str, ...] = (),
        *,
        to: str = "",
        from_: str = "",
        callback: WebhookTarget | None = None,
    ) -> Message | None:
        """Send a reply; ``None`` for one more than Twilio sends."""
        most = message_facts().most["replies"]
        self._replies += 1
        if self._replies > most:
            code = message_facts().codes["replies"]
            self._message.warn(f"{code}: only {most} replies to one message are sent", code=code)
            return None
        reply = self._message.reply(body, media, to=to, from_=from_, callback=callback)
        return self._messaging.send(reply)


def _read(exchange: Exchange, text: str) -> Document | str:
    """The document that came back, or the text to be sent; raises :class:`_Unusable`."""
    if exchange.code is not None:
        raise _Unusable(exchange.code, f"no answer from {exchange.url}: {exchange.error}")
    if not text.strip():
        return ""
    kind = media_type(exchange.content_type)
    if kind == _PLAIN and not text.lstrip().startswith("<"):
        return text
    if kind not in (*vocabulary().document["content_types"]["twiml"], _PLAIN):
        code = message_facts().codes["content_type"]
        raise _Unusable(code, f"Content-Type {kind or 'is not told'}: not TwiML")
    return _read_document(text)


def _read_document(text: str) -> Document:
    codes = vocabulary().document["codes"]
    try:
        document = parse(text)
    except NotXml as error:
        raise _Unusable(error.code or codes["xml"], f"{error.message} ({error.place})") from None
    if document.root.name != vocabulary().root:
        raise _Unusable(codes["root"], f"the root element is <{document.root.name}>")
    return document


def _content(verb: Element) -> tuple[str, tuple[str, ...]]:
    """The words of a ``<Message>``, and the addresses of its media."""
    inside = {
        name: [each for each in verb.children if each.name == name] for name in ("Body", "Media")
    }
    bodies = inside["Body"] or [verb]
    words = ["".join(piece for piece in body.content if isinstance(piece, str)) for body in bodies]
    return "".join(words).strip(), tuple(media.text for media in inside["Media"])


def _target(verb: Element, url: str, page: WebhookTarget, purpose: str) -> WebhookTarget:
    """Where *url*, which stands on *page*, leads; a status callback is always a POST."""
    method = "POST" if purpose == "message status" else verb.attributes.get("method", "POST")
    return WebhookTarget(urljoin(page.url, url), method.upper(), purpose)
