"""One text message: where it comes from and goes, what it says, how far it is, and what happened with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

from ...display import Shown, visible_line
from ...secret import mask_user_info
from ...timeline import Event, Exchange, Exchanges, Kind, Timeline
from ._facts import message_facts
from ._segments import count_segments

if TYPE_CHECKING:
    import simpy

    from ..webhooks._target import WebhookTarget
    from ..world._world import World

Direction = Literal["inbound", "outbound-api", "outbound-call", "outbound-reply"]


class MessageCall(Protocol):
    """The call that a message belongs to: the person who gets or sends it is in it."""

    created: float

    @property
    def over(self) -> simpy.Event:
        """Happens when the call is over."""

    def record_event(self, kind: Kind, text: str = "", **data: Any) -> int:
        """Add an event that happens now; returns its place in the timeline."""

    def keep_exchange(self, exchange: Exchange) -> int:
        """Keep a request that was made for the message; returns its place among the call's."""


class Message:
    """A text message of the account: from *from_* to *to*, with the words of *body* and the *media* at these addresses.

    *status* is Twilio's word for how far it is. *timeline* has what happened with it, *webhooks* the requests that were
    made for it; both count from when it was created, and are those of its *call*, too, if it belongs to one. *callback*
    is told of its status. *service_sid* is the messaging service that sent it. *chain* says how many messages in a row
    led to this one.
    """

    sid_prefix: ClassVar[str] = "SM"

    def __init__(
        self,
        world: World,
        direction: Direction,
        from_: str,
        to: str,
        body: str,
        *,
        status: str = "queued",
        media: Sequence[str] = (),
        call: MessageCall | None = None,
        callback: WebhookTarget | None = None,
        service_sid: str | None = None,
        chain: int = 0,
    ) -> None:
        self.sid = world.identities.next("MM" if media else self.sid_prefix)
        self.direction = direction
        self.from_, self.to, self.body = from_, to, body
        self.media = {world.identities.next("ME"): url for url in media}
        self.status = status
        self.created = self.updated = world.clock.now
        self.sent: float | None = None
        self.error_code: int | None = None
        self.service_sid = service_sid
        self.callback = callback
        self.call = call
        self.chain = chain
        self.feedback = ""
        self.timeline = Timeline()
        self.order: list[int] = []  # the number of each event among all of the world's
        self.webhooks = Exchanges()
        self.over: simpy.Event = world.clock.event()
        self._world, self._clock = world, world.clock
        self.told_by_call: set[int] = set()  # the places of the events that the call has, too
        self._places: list[int] = []  # of its webhooks among those of the call

    @property
    def exchanges(self) -> Exchanges:
        """The requests that were made for it so far."""
        return self.webhooks

    @property
    def segments(self) -> int:
        """How many segments it has, each of which costs."""
        return count_segments(self.body)

    @property
    def is_over(self) -> bool:
        """Whether the status is one in which a message stays."""
        return self.status in message_facts().final

    @property
    def is_under_way(self) -> bool:
        """Whether something happens with it yet, by itself: it arrives, or is answered."""
        return not self.over.triggered and self.status != "scheduled"

    @property
    def error_message(self) -> str | None:
        """Twilio's words for what went wrong, if anything did."""
        return None if self.error_code is None else message_facts().errors[str(self.error_code)]

    def enter(self, status: str, error_code: int | None = None) -> None:
        """Go on to *status*."""
        self.status, self.error_code, self.updated = status, error_code, self._clock.now
        if status == "sent":
            self.sent = self.updated
        if self.is_over:
            self.finish()

    def finish(self) -> None:
        """Be done: nothing happens with it any more."""
        if not self.over.triggered:
            self.over.succeed()

    def arrive(self) -> None:
        """Be there, as an inbound message is from its beginning."""
        self.sent = self.created
        self.record_words()

    def reply(
        self,
        body: str,
        media: Sequence[str] = (),
        *,
        to: str = "",
        from_: str = "",
        callback: WebhookTarget | None = None,
    ) -> Message:
        """A reply to it, of the same call: back from where it came, unless it says otherwise."""
        return Message(
            self._world,
            "outbound-reply",
            from_ or self.to,
            to or self.from_,
            body,
            media=media,
            call=self.call,
            callback=callback,
            chain=self.chain + 1,
        )

    def record_words(self) -> None:
        """Record what it says, and to whom."""
        text = f"{self.from_} → {self.to}: “{' '.join(self.body.split())}”"
        self.record_event("texted", text, from_=self.from_, to=self.to, body=self.body)

    def warn(self, text: str, **data: Any) -> None:
        """Record that something has no effect."""
        self.record_event("warned", text, **data)

    def fail(self, reason: str, text: str) -> None:
        """Record a failure with Twilio's code for *reason*."""
        code = message_facts().codes[reason]
        self.record_event("failed", f"{code}: {text}", code=code)

    def fail_request(self, code: int, text: str, exchange: Exchange) -> None:
        """Record that the last request, *exchange*, was of no use."""
        place = len(self.webhooks) - 1
        self.record_event("failed", f"{code}: {text}", code=code, url=exchange.url, webhook=place)

    def record_event(self, kind: Kind, text: str, **data: Any) -> None:
        """Add an event that happens now, here and in the call; after its end the call has reports alone."""
        at = round(self._clock.now - self.created, 3)
        self.timeline.append(Event(at, self.sid, kind, mask_user_info(text), data))
        self.order.append(self._world.number_event())
        if self.call is not None and (kind == "reported" or not self.call.over.triggered):
            self.told_by_call.add(len(self.timeline) - 1)
            place = {"webhook": self._places[data["webhook"]]} if "webhook" in data else {}
            self.call.record_event(kind, text, **{**data, "message": self.sid, **place})

    def keep_exchange(self, exchange: Exchange) -> None:
        """Keep a request that was made for the message, here and with the call."""
        self.webhooks.append(exchange)
        if self.call is not None:
            at = round(exchange.at + self.created - self.call.created, 3)
            self._places.append(self.call.keep_exchange(replace(exchange, at=at)))

    def __repr__(self) -> str:
        words = f"“{' '.join(self.body.split())}”" + (
            f" and {len(self.media)} media" if self.media else ""
        )
        error = f" ({self.error_code})" if self.error_code else ""
        return visible_line(f"{self.from_} → {self.to}: {words} {self.status}{error}")


class MessageList(list[Message], Shown):
    """Messages in the order in which they were made; shown, it has one line a message."""

    view: ClassVar[str] = "twilio_magic.views.messages:bundle_messages"

    def __repr__(self) -> str:
        return "\n".join(map(repr, self)) or "no messages"
