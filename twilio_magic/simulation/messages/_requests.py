"""The requests that are made for text messages. Source: Twilio's page "Messaging webhooks"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...api import API_VERSION
from ..mounts._rehearsal import note_attempts
from ..webhooks._client import Delivery, WebhookClient
from ..webhooks._exchange import exchange_of
from ..webhooks._geography import geographic_parameters
from ._facts import message_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...timeline import Exchange
    from ..webhooks._target import WebhookTarget
    from ..world._world import World
    from ._message import Message


class MessageRequests:
    """Sends the requests of messages. Those of two numbers with each other share their cookies (documented)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._clients: dict[frozenset[str], WebhookClient] = {}

    def request(
        self, message: Message, target: WebhookTarget, form: Mapping[str, str]
    ) -> tuple[Exchange, str]:
        """Request *target* with *form* and its own parameters; returns what came back, and the whole text of it."""
        world = self._world
        delivery = Delivery(
            target.url, target.method, {**form, **target.parameters}, world.identities.token("I")
        )
        at = world.clock.now - message.created
        with note_attempts() as hosts:
            for number, attempt in enumerate(self._client(message).deliver(delivery), 1):
                exchange = exchange_of(
                    target.purpose,
                    delivery,
                    attempt,
                    round(at, 3),
                    number,
                    world.account.auth_token,
                )
                message.keep_exchange(exchange)
                at += attempt.seconds
        for host in hosts:
            text = (
                f"the application tried to connect to {host}, and was stopped: nothing is real here"
            )
            message.record_event("warned", text, host=host)
        return exchange, attempt.reply

    def report(self, message: Message) -> None:
        """Tell the status callback of *message* its status."""
        target = message.callback
        if target is None or message.status not in message_facts().reported:
            return
        exchange, _ = self.request(message, target, _status_parameters(self._world, message))
        told = f"{target.purpose} {message.status} → {exchange.url}"
        message.record_event("reported", told, url=exchange.url, status=exchange.status)
        if exchange.code is not None or (exchange.status or 500) >= 300:
            code = exchange.code or message_facts().codes["status_callback"]
            came = exchange.error or f"it answered {exchange.status}"
            text = f"{code}: the {target.purpose} callback failed: {came}"
            place = len(message.webhooks) - 1
            message.record_event("warned", text, code=code, url=exchange.url, webhook=place)

    def _client(self, message: Message) -> WebhookClient:
        pair = frozenset((message.from_, message.to))
        if pair not in self._clients:
            world = self._world
            self._clients[pair] = WebhookClient(world.network, world.account.auth_token)
        return self._clients[pair]


def _status_parameters(world: World, message: Message) -> dict[str, str]:
    """The parameters of a status callback."""
    told = {
        "SmsSid": message.sid,
        "SmsStatus": message.status,
        "MessageStatus": message.status,
        "To": message.to,
        "MessageSid": message.sid,
        "AccountSid": world.account.sid,
        "From": message.from_,
        "ApiVersion": API_VERSION,
    }
    if message.service_sid:
        told["MessagingServiceSid"] = message.service_sid
    if message.error_code is not None:
        told |= {"ErrorCode": str(message.error_code)}
    return told


def inbound_parameters(world: World, message: Message) -> dict[str, str]:
    """The parameters of the request about an inbound *message*."""
    ends = {"From": message.from_, "To": message.to}
    return {
        **geographic_parameters(ends),
        "SmsMessageSid": message.sid,
        "NumMedia": str(len(message.media)),
        "SmsSid": message.sid,
        "SmsStatus": message.status,
        "Body": message.body,
        **ends,
        "NumSegments": str(message.segments),
        "MessageSid": message.sid,
        "AccountSid": world.account.sid,
        "ApiVersion": API_VERSION,
    }
