"""The text messages of one world: their way from the queue to a phone, and from a phone to an application.

Source: Twilio's pages "Messages resource" (status values), "Outbound message status in status callbacks", "Messaging
webhooks" and "Twilio support for opt-out keywords". How long each step takes is guessed; that a number sends one
message a second is documented.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..webhooks._target import WebhookTarget
from ._answers import Answers
from ._facts import message_facts
from ._message import Message
from ._requests import MessageRequests

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..clock._clock import Process
    from ..world._world import World
    from ._message import MessageCall


class Messaging:
    """Sends and receives the text messages of *world*. *requests* are those that are made for them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.requests = MessageRequests(world)
        self._free_at: dict[str, float] = {}

    def send(self, message: Message, at: float | None = None) -> Message:
        """Send *message* as time moves, not before the moment *at*; returns it."""
        if self.world.account.profile == "trial":
            message.body = f"{message_facts().trial_prefix}{message.body}"
        self.world.account.add(message)
        if (message.from_, message.to) in self.world.account.opt_outs:
            code = message_facts().codes["unsubscribed"]
            message.enter("failed", code)
            text = f"{code}: {message.to} wants no more messages from {message.from_}"
            message.record_event("failed", text, code=code)
            return message
        message.record_words()
        self._start(message, self._travel(message, at))
        return message

    def receive(
        self,
        from_: str,
        to: str,
        body: str,
        *,
        call: MessageCall | None = None,
        chain: int = 0,
    ) -> Message:
        """Let *from_* send a text message to *to*, and its application answer as soon as time moves.

        *call* is the one that the message belongs to. What goes to no number of the account is told, and not kept.
        """
        home = self.world.owner_of(to) or self.world
        if home is not self.world:
            return home.part(Messaging).receive(from_, to, body, call=call, chain=chain)
        account = self.world.account
        message = Message(
            self.world, "inbound", from_, to, body, status="received", call=call, chain=chain
        )
        message.arrive()
        if to not in account.numbers:
            message.warn(f"{to} is no number of this account: nobody here gets the message")
            message.finish()
            return message
        account.add(message)
        self._start(message, self._answer(message))
        return message

    def _start(self, message: Message, process: Process[None]) -> None:
        """Let *process* be what happens with *message*."""
        self.world.clock.start(_run_to_end(message, process))

    def _travel(self, message: Message, at: float | None) -> Process[None]:
        """The way of *message* from the queue to its phone."""
        clock, seconds = self.world.clock, message_facts().seconds
        if at is not None and at > clock.now:
            yield clock.seconds(at - clock.now) | message.over
        if message.is_over:  # it was canceled
            return
        if message.status != "queued":
            yield clock.seconds(seconds["accepted"])
            self._enter(message, "queued")
        yield clock.seconds(self._seconds_to_turn(message.from_))
        self._enter(message, "sending")
        yield clock.seconds(seconds["sending"])
        self._enter(message, "sent")
        yield clock.seconds(seconds["delivered"])
        self._deliver(message)

    def _seconds_to_turn(self, sender: str) -> float:
        """How long the next message of *sender* waits: a number sends one a second."""
        now = self.world.clock.now
        at = max(now, self._free_at.get(sender, now))
        self._free_at[sender] = at + message_facts().seconds["between"]
        return at - now

    def _enter(self, message: Message, status: str, error_code: int | None = None) -> None:
        message.enter(status, error_code)
        self.requests.report(message)

    def _deliver(self, message: Message) -> None:
        """Let *message* arrive at its phone, or at the number of the account that it was sent to."""
        phone, phones = message.to.removeprefix("whatsapp:"), self.world.phones
        if phones.is_out_of_service(phone):
            code = message_facts().codes["unreachable"]
            message.record_event("failed", f"{code}: nobody has the number {phone}", code=code)
            self._enter(message, "undelivered", code)
            return
        if self.world.owner_of(phone) is not None:
            self.receive(message.from_, phone, message.body, chain=message.chain + 1)
        else:
            phones.inbox(phone).deliver(message.body)
        self._enter(message, "delivered")

    def _answer(self, message: Message) -> Process[None]:
        """Do what the text itself asks for, then ask the application of the number."""
        self._heed_keyword(message)
        if message.chain > message_facts().most["chain"]:
            message.fail("loop", "two numbers answer each other without end")
            return
        settings = self._settings_of(message.to)
        if not settings.get("SmsUrl"):
            message.warn(f"nothing answers messages at {message.to}: it has no SMS URL")
            return
        first, fallback = (_target(settings, name) for name in ("Sms", "SmsFallback"))
        if first is not None:
            yield from Answers(self, message, fallback).follow(first)

    def _settings_of(self, number: str) -> Mapping[str, str]:
        """The settings that answer messages at *number*: those of its application, or its own."""
        own = self.world.account.numbers[number]
        sid = own.sms_application_sid
        return (self.world.account.voice_settings(sid) or {}) if sid else own.settings

    def _heed_keyword(self, message: Message) -> None:
        """Unsubscribe or subscribe the sender, if the text is such a word, and let Twilio answer."""
        word, pair = message.body.strip().upper(), (message.to, message.from_)
        opt_outs = self.world.account.opt_outs
        keywords = message_facts().keywords
        kind = next((kind for kind, words in keywords.items() if word in words), "")
        if not kind or (kind == "start" and pair not in opt_outs):
            return
        if kind == "stop":
            opt_outs.add(pair)
        else:
            opt_outs.discard(pair)
        answer = self.world.account.add(message.reply(message_facts().answers[kind]))
        answer.record_words()
        self._start(answer, self._travel(answer, None))


def _run_to_end(message: Message, process: Process[None]) -> Process[None]:
    try:
        yield from process
    finally:
        message.finish()


def _target(settings: Mapping[str, str], name: str) -> WebhookTarget | None:
    url = settings.get(f"{name}Url")
    if not url:
        return None
    purpose = {"Sms": "sms url", "SmsFallback": "sms fallback"}[name]
    return WebhookTarget(url, settings.get(f"{name}Method", "POST"), purpose)
