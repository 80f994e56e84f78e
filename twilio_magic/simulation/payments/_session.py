"""A payment that the API takes during a call, one detail after the other, while the call goes on.

Source: Twilio's page "Payments subresource". What is typed never shows: callbacks have masked values only, and no
other party of the call hears the keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...twiml import vocabulary
from ..clock._clock import until_interrupted
from ..legs._callbacks import report, take_turn
from ._connector import connector_answer
from ._payment import (
    ACCOUNT,
    CARD_NUMBER,
    EXPIRATION,
    POSTAL_CODE,
    ROUTING,
    PaymentStep,
    card_type,
    fault,
    is_complete,
    mask_entry,
    mask_unfinished,
    security_code,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import simpy

    from ..clock._clock import Process
    from ..legs._leg import Leg

_FINISH, _AGAIN = "#", "*"
_MATCHER = "-matcher"


class PaymentSession:
    """A payment in the call *leg*, as its creation *asked*.

    *callback* is told how it goes on. A request with the same *key* is the same payment. *is_over* says that it was
    completed or canceled, or that the call has ended.
    """

    sid_prefix: ClassVar[str] = "PK"

    def __init__(self, leg: Leg, asked: Mapping[str, str]) -> None:
        self.sid = leg.world.identities.next(self.sid_prefix)
        self.leg = leg
        self.key = asked["IdempotencyKey"]
        self.callback = asked["StatusCallback"]
        self.created = self.updated = leg.clock.now
        self.is_over = False
        self._asked = asked
        self._entered: dict[str, str] = {}
        self._told: dict[str, str] = {}
        self._capturing: simpy.Process | None = None

    def begin(self) -> None:
        """Be there, and end with the call."""
        self._tell()
        self.leg.start(self._end_with_call())

    @property
    def missing(self) -> list[str]:
        """The details that are still needed, in Twilio's words."""
        return [name for name in self._needed_names() if name not in self._entered]

    def capture(self, name: str) -> None:
        """Let the caller type the detail called *name*, from now on."""
        self._stop_capturing()
        self.updated = self.leg.clock.now
        self._capturing = self.leg.start(until_interrupted(self._capture(name)))

    def complete(self) -> None:
        """Make the payment."""
        charges = float(self._asked.get("ChargeAmount") or 0) > 0
        if self._method == "ach-debit":
            self._told["BankAccountType"] = self._setting("BankAccountType")
        self._finish(connector_answer(self.leg.world, self._entered, charges=charges))

    def cancel(self) -> None:
        """Take no payment."""
        self._finish({"Result": "payment-canceled"})

    @property
    def _method(self) -> str:
        return self._setting("PaymentMethod")

    def _setting(self, name: str) -> str:
        """The parameter called *name*, with the default of the attribute of ``<Pay>`` that says the same."""
        row = vocabulary().elements["Pay"].attributes[f"{name[0].lower()}{name[1:]}"]
        return str(self._asked.get(name, "" if row.default is None else row.default))

    def _needed_names(self) -> Iterator[str]:
        """Everything that is needed; what has to match is typed twice."""
        twice = self._asked.get("RequireMatchingInputs", "").replace(",", " ").split()
        for name in self._details():
            yield name
            if name in twice:
                yield f"{name}{_MATCHER}"

    def _details(self) -> Iterator[str]:
        if self._method == "ach-debit":
            yield from (ROUTING.name, ACCOUNT.name)
            return
        yield from (CARD_NUMBER.name, EXPIRATION.name)
        if self._setting("SecurityCode") == "true":
            yield "security-code"
        if self._setting("PostalCode") == "true":
            yield POSTAL_CODE.name

    def _step(self, name: str) -> PaymentStep:
        code = security_code(card_type(self._entered.get(CARD_NUMBER.name, "")))
        steps = (CARD_NUMBER, EXPIRATION, POSTAL_CODE, ROUTING, ACCOUNT, code)
        return next(step for step in steps if step.name == name)

    def _capture(self, name: str) -> Process[None]:
        step = self._step(name.removesuffix(_MATCHER))
        self.leg.record_event("gathering", f"{name}, for a payment")
        self._tell(name)
        entry = yield from self._read(step, name)
        if self.is_over:
            return
        error = self._judge(step, name, entry)
        if not error:
            self._entered[name] = entry
            self._told[step.field] = mask_entry(step, entry)
            if step is CARD_NUMBER:
                self._told["PaymentCardType"] = card_type(entry)
        self.leg.record_event(
            "timed out" if error == "input-timeout" else "gathered", error or name
        )
        self._tell(name, error)

    def _read(self, step: PaymentStep, name: str) -> Process[str]:
        """What the caller types; before the first key nobody hurries them."""
        entry, clock, pause = "", self.leg.clock, float(self._setting("Timeout"))
        with self.leg.ear.diverting() as keys:
            while not is_complete(step, entry):
                end = clock.seconds(pause) | self.leg.over if entry else self.leg.over
                key = yield from keys.next(end)
                if key is None or key == _FINISH:
                    break
                entry = "" if key == _AGAIN else entry + key
                self._tell(name, partial=(step.field, mask_unfinished(step, entry)))
        return entry

    def _judge(self, step: PaymentStep, name: str, entry: str) -> str:
        """What is wrong with *entry*, as ``ErrorType`` has it; empty if nothing is."""
        if name.endswith(_MATCHER):
            matches = entry == self._entered.get(step.name)
            return "" if matches else "input-matching-failed"
        valid = tuple(self._setting("ValidCardTypes").split())
        shortest = int(self._setting("MinPostalCodeLength") or 1)
        return fault(step, entry, valid, shortest, self.leg.clock.date())

    def _finish(self, result: Mapping[str, str]) -> None:
        self._stop_capturing()
        self.is_over, self.updated = True, self.leg.clock.now
        self._told |= result
        self.leg.record_event("gathered", f"payment: {result['Result']}", result=result["Result"])
        self._tell()

    def _stop_capturing(self) -> None:
        if self._capturing is not None and self._capturing.is_alive:
            self._capturing.interrupt()

    def _end_with_call(self) -> Process[None]:
        yield self.leg.over
        if not self.is_over:
            self._finish({"Result": "caller-hung-up"})

    def _tell(
        self, capture: str = "", error: str = "", partial: tuple[str, str] | None = None
    ) -> None:
        """Tell the status callback, as soon as time moves, how far the payment is now."""
        told = {
            "PaymentSid": self.sid,
            "PaymentConnector": self._setting("PaymentConnector"),
            "PaymentMethod": self._method,
            "Capture": capture,
            "Required": " ".join(self.missing),
            "PartialResult": str(partial is not None).lower(),
            "ErrorType": error,
            **self._told,
            **dict([partial] if partial else []),
        }
        self.leg.start(self._send(self.leg.webhooks.resolve(self.callback), told))

    def _send(self, url: str, told: Mapping[str, str]) -> Process[None]:
        yield from take_turn(self.leg)
        report(self.leg, "payment", url, "POST", told)
