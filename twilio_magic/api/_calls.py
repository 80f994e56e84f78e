"""Calls: placing them, watching them, ending them. Source: Twilio's page "Call resource"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from ..display import Shown
from ._carrier import FINAL
from ._parameters import operation
from ._resource import Resource
from ._validation import ignored

if TYPE_CHECKING:
    from ..timeline import Exchanges, Timeline, Transcript
    from ._transport import Transport


class Call(Resource, Shown):
    """One call. Every field of the Call resource reads like ``call.status``; durations are whole seconds.

    *warnings* has a sentence for each parameter of the request that Twilio ignores.
    """

    view: ClassVar[str] = "twilio_magic.views.call_card:bundle"
    _family = "calls"

    def __init__(
        self, transport: Transport, fields: Mapping[str, Any], *, warnings: list[str] | None = None
    ) -> None:
        super().__init__(transport, fields)
        self.warnings = warnings or []

    def wait(self) -> Self:
        """Return when the call is over: runs the simulator's clock, or polls when the call is live."""
        self._transport.carrier.wait(self)
        return self.fetch()

    def fetch(self) -> Self:
        """The same object with every field as the API has it now."""
        self.fields = self._ask("fetch", {})
        return self

    def update(self, **parameters: Any) -> Self:
        """Change a running call: ``url`` or ``twiml`` takes it elsewhere, ``status="completed"`` ends it."""
        self.fields = self._ask("update", _with_markup(parameters))
        return self

    def hang_up(self) -> Self:
        """End the call, whatever its state. Does nothing to a call that is over."""
        return self if self.fetch().is_over else self.update(status="completed")

    def delete(self) -> None:
        """Remove the record of a call that is over."""
        self._ask("delete", {})

    @property
    def is_over(self) -> bool:
        """Whether the status is one in which a call stays."""
        return self.status in FINAL

    @property
    def timeline(self) -> Timeline:
        """What happened so far, in order."""
        return self._transport.carrier.timeline(self)

    @property
    def transcript(self) -> Transcript:
        """What was heard so far, in order: Twilio's words, and the phones' words and keys."""
        return self._transport.carrier.transcript(self)

    @property
    def webhooks(self) -> Exchanges:
        """Every request that the call made so far, with its signature, reply and timing."""
        return self._transport.carrier.webhooks(self)

    def __repr__(self) -> str:
        lasted = "" if self.duration is None else f", {self.duration} s"
        return f"<Call {self.sid}: {self.from_} → {self.to}, {self.status}{lasted}>"


class Calls:
    """The calls of an account."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, **parameters: Any) -> Call:
        """Place a call and return it at once, while it is still queued.

        Needs ``to``, ``from_`` and one of ``url``, ``twiml`` (text or a document) and ``application_sid``; every other
        parameter of the Calls API may be given in snake_case or in Twilio's spelling. Raises :class:`RequestError` with
        Twilio's code before sending what Twilio would refuse, :class:`NotXml` for TwiML that is not XML, and
        :class:`ApiError` when the API refuses.
        """
        given = _with_markup(parameters)
        form = dict(operation("calls.create").form(given))
        fields = self._transport.ask("calls.create", given)
        warnings = ignored(operation("calls.create"), {name: [form[name]] for name in form})
        return Call(self._transport, fields, warnings=warnings)

    def fetch(self, sid: str) -> Call:
        """The call with this sid; raises :class:`ApiError` (20404) if there is none."""
        return Call(self._transport, self._transport.ask("calls.fetch", {}, sid=sid))

    def list(self, *, limit: int = 50, **filters: Any) -> list[Call]:
        """The newest calls first, at most *limit* of them; *filters* are those of the API (``status="busy"``)."""
        return list(self._pages(limit, filters))

    def _pages(self, limit: int, filters: Mapping[str, Any]) -> Iterator[Call]:
        size = min(limit, 1000)
        page = self._transport.ask("calls.list", {**filters, "page_size": size})
        yield from (Call(self._transport, fields) for fields in page["calls"])


def _with_markup(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """*parameters* with a document given as TwiML as its text, once it is known to be XML."""
    given = dict(parameters)
    for name in {"twiml", "Twiml"} & given.keys():
        if given[name] is not None:
            from ..twiml import parse

            given[name] = parse(_markup(given[name])).text
    return given


def _markup(document: Any) -> str:
    to_xml = getattr(document, "to_xml", None)  # the official SDK's VoiceResponse
    return str(to_xml() if callable(to_xml) else document)
