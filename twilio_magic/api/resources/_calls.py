"""Calls: placing them, watching them, ending them. Source: Twilio's page "Call resource"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from ...display import Shown, visible_line
from ...errors import ApiError, Rejected, RequestError, TwilioMagicError, UnknownName
from ..transport._backend import FINAL
from ._call_story import CallStory
from ._call_subresources import CallEvents, CallNotifications, CallRecordings
from ._listable import Collection
from ._markup import find_problems_of, with_markup
from ._numbers import Numbers
from ._resource import Deletable, Fetchable, Updatable

if TYPE_CHECKING:
    from ..requests._request import Request
    from ..transport._transport import Transport


class Call(CallStory, Fetchable, Updatable, Deletable, Shown):
    """One call. Every field of the Call resource reads like ``call.status``; durations are whole seconds.

    *warnings* has a sentence for each parameter of the request that Twilio ignores.
    """

    view: ClassVar[str] = "twilio_magic.views.call_card:bundle"
    family: ClassVar[str] = "calls"

    to: str
    to_formatted: str
    from_: str
    from_formatted: str
    status: str
    direction: str
    answered_by: str | None
    start_time: datetime | None
    end_time: datetime | None
    duration: int | None
    queue_time: int | None
    price: Decimal | None
    price_unit: str | None
    parent_call_sid: str | None
    phone_number_sid: str | None
    caller_name: str | None
    forwarded_from: str | None
    group_sid: str | None
    trunk_sid: str | None
    api_version: str
    subresource_uris: dict[str, str]

    def __init__(
        self, transport: Transport, fields: Mapping[str, Any], *, warnings: list[str] | None = None
    ) -> None:
        super().__init__(transport, fields)
        self.warnings = warnings or []

    def wait(self) -> Self:
        """Return when the call is over: runs the simulator's clock, or polls when the call is live.

        An interrupt, such as a kernel's stop button, ends the waiting and not the call: it can be waited for again, or
        hung up. A webhook that a simulated call waits for then has failed.
        """
        self._transport.backend.wait(self)
        return self.fetch()

    def watch(self) -> Iterator[Self]:
        """The call each time there is news, until it is over: polled when live, once at its end when simulated."""
        for _ in self._transport.backend.watch(self):
            yield self

    @classmethod
    def as_given(cls, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        """*parameters* with TwiML, however it is given, as its text."""
        return with_markup(parameters)[0]

    def update(self, *values: Any, **parameters: Any) -> Self:
        """Change a running call: ``url`` or ``twiml`` takes it elsewhere, ``status="completed"`` ends it."""
        return super().update(*values, **parameters)

    def hang_up(self) -> Self:
        """End the call, whatever its state. Does nothing to a call that is over, or ends by itself meanwhile."""
        if self.fetch().is_over:
            return self
        try:
            return self.update(status="completed")
        except ApiError:
            if not self.fetch().is_over:
                raise
            return self

    @property
    def is_over(self) -> bool:
        """Whether the call has a final status."""
        return self.status in FINAL

    @property
    def stands_still(self) -> bool:
        """Whether the call is under way in a simulated world in which no time passes by itself."""
        is_still = getattr(self._transport.backend, "pace", None) is None
        return is_still and not self.is_live and not self.is_over

    @property
    def is_live(self) -> bool:
        """Whether the call was placed with Twilio, and not with the simulator."""
        return self._transport.is_live

    @cached_property
    def recordings(self) -> CallRecordings:
        """The call's recordings; ``create()`` starts one while the call runs."""
        return CallRecordings(self._transport, (self.sid,))

    @cached_property
    def notifications(self) -> CallNotifications:
        """What Twilio logged about the call: errors and warnings."""
        return CallNotifications(self._transport, (self.sid,))

    @cached_property
    def events(self) -> CallEvents:
        """The HTTP requests that Twilio made for the call, with their answers."""
        return CallEvents(self._transport, (self.sid,))

    def _unknown(self, name: str) -> AttributeError:
        """Also for what Twilio tells applications, and no resource has: ``StirVerstat``, ``FromCity``."""
        told = self._told_to_applications(name)
        if told is None:
            return super()._unknown(name)
        place, parameter = told
        said = f"Call has no {name!r}: Twilio tells it to applications only."
        return UnknownName(said, hint=f'Write call.webhooks[{place}].parameters["{parameter}"].')

    def _told_to_applications(self, name: str) -> tuple[int, str] | None:
        """The number of the first request that has a parameter called *name*, and how it spells it."""
        if self.is_live or name.removeprefix("call_") in self._readers:  # call_status is status
            return None
        wanted = name.replace("_", "").lower()
        with suppress(TwilioMagicError):
            for place, exchange in enumerate(self.webhooks):
                for parameter in exchange.parameters:
                    if parameter.lower() == wanted:
                        return place, parameter
        return None

    def __repr__(self) -> str:
        lasted = "" if self.duration is None else f", {self.duration} s"
        called = self.to or ("an application" if self.from_ else None)  # as a client's call has it
        ends = f"{self.from_ or None} → {called}"
        return visible_line(f"<Call {self.sid}: {ends}, {self.status or None}{lasted}>")


class Calls(Collection[Call]):
    """The calls of an account."""

    kind = Call
    key = "calls"

    def create(self, *values: Any, **parameters: Any) -> Call:
        """Place a call and return it at once, while it is still queued.

        Needs ``to``, ``from_`` and one of ``url``, ``twiml`` (text or a document) and ``application_sid``; every other
        parameter of the Calls API may be given in snake_case or in Twilio's spelling. Raises :class:`RequestError` with
        Twilio's code before sending what Twilio would refuse, :class:`NotXml` for TwiML that is not XML, and
        :class:`ApiError` when the API refuses. A create is sent once: see :class:`NoAnswerFromApi`.
        """
        return self.place(self.prepare(*values, **parameters))

    def prepare(self, *values: Any, **parameters: Any) -> Request:
        """The request that :meth:`create` would send, checked and not sent. Raises as create does.

        Twilio takes TwiML that it cannot run, and fails in the call. So what is wrong with a document is among the
        warnings where nobody pays for finding out, and raises :class:`Rejected` before a live call.
        """
        given, document = with_markup(self._name_values("create", values, parameters))
        try:
            request = self._transport.prepare("calls.create", given, document=document)
        except RequestError as error:
            self._offer_caller(error)
            raise
        if document is None:
            return request
        found = [problem for problem in find_problems_of(document) if problem.level != "advice"]
        if request.is_live and any(problem.level == "error" for problem in found):
            raise Rejected(found)
        said = (f"TwiML line {each.line}: {each.code}: {each.message}" for each in found)
        return replace(request, warnings=(*request.warnings, *said))

    def _offer_caller(self, error: RequestError) -> None:
        """Let *error*, where it misses who calls, name a number of the simulated account."""
        if error.parameter != "From" or error.reason != "missing" or self._transport.is_live:
            return
        for number in Numbers(self._transport).list(limit=1):
            error.hint = f'Give from_="{number.phone_number}", which is a number of the account.'

    def place(self, request: Request) -> Call:
        """Send a request that was prepared, and return the call."""
        fields = self._transport.send(request)
        return Call(self._transport, fields, warnings=list(request.warnings))

    def update(self, sid: str, **parameters: Any) -> Call:
        """Change the running call with this sid."""
        return self._update(sid, parameters)

    def delete(self, sid: str) -> None:
        """Remove the record of the call with this sid, which must be over."""
        self._delete(sid)
