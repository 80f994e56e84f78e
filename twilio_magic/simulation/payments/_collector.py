"""Collecting payment details on a call, step by step. Source: Twilio's page "TwiML Voice: Pay".

What is typed never shows: timelines, callbacks and reprs have masked values only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...twiml import speak_text
from ..legs._callbacks import report
from ..legs._speaking import speak
from ..legs._verb import Verb, perform
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

    from ...twiml import Element
    from ..clock._clock import Process

_FINISH, _CANCEL = "#", "*"
_LATE_SECONDS = (
    0.5  # within which a finishing key belongs to the entry that has just ended (assumed)
)
#: What Prompt calls an error that reports call otherwise. Source: the two pages disagree.
_AS_PROMPTED = {"input-timeout": "timeout"}


class PaymentFailed(Exception):  # noqa: N818 - says what happened
    """The details could not be collected; the argument is the ``Result``."""


class PaymentCollector:
    """Collects what a ``<Pay>`` needs. *entered* has the values in the clear, *told* as applications see them."""

    def __init__(self, verb: Verb) -> None:
        self.entered: dict[str, str] = {}
        self.told: dict[str, str] = {"PaymentMethod": verb["paymentMethod"]}
        self._verb = verb
        self._ended_by_itself = False  # the last entry, without a finishing key
        self._ahead: simpy.Event | None = None  # a key that came before it was asked for

    def collect(self) -> Process[None]:
        """Ask for everything; raises :class:`PaymentFailed`."""
        for step in self._steps():
            yield from self._ask(step)

    def _steps(self) -> Iterator[PaymentStep]:
        verb = self._verb
        if verb["paymentMethod"] == "ach-debit":
            yield from (ROUTING, ACCOUNT)
            return
        yield from (CARD_NUMBER, EXPIRATION)
        if verb["securityCode"]:
            yield security_code(self.told["PaymentCardType"])
        if verb["postalCode"] == "true":
            yield POSTAL_CODE
        elif verb["postalCode"] != "false":
            self.told[POSTAL_CODE.field] = verb["postalCode"]

    def _ask(self, step: PaymentStep) -> Process[None]:
        error = ""
        for attempt in range(1, (self._verb["maxAttempts"] or 1) + 1):
            self._report(step, attempt, error)
            error = yield from self._attempt(step, attempt, error)
            if not error:
                return
        self._report(step, attempt, error)
        raise PaymentFailed("too-many-failed-attempts")

    def _attempt(self, step: PaymentStep, attempt: int, error: str) -> Process[str]:
        """Let the caller type *step*; what is wrong with it, or nothing."""
        verb = self._verb
        prompt = self._prompt(step, attempt, error)
        verb.record_event("gathering", f"{step.name}, attempt {attempt}")
        entry = yield from self._read_entry(step, attempt, prompt)
        shortest = verb["minPostalCodeLength"] or 1
        today = verb.leg.clock.date()
        wrong = fault(step, entry, verb["validCardTypes"], shortest, today)
        if not wrong and prompt is not None and prompt["requireMatchingInputs"]:
            again = yield from self._read_entry(step, attempt, prompt)
            wrong = "" if again == entry else "input-matching-failed"
        verb.record_event(
            "timed out" if wrong == "input-timeout" else "gathered", wrong or step.name
        )
        if not wrong:
            self.entered[step.name], self.told[step.field] = entry, mask_entry(step, entry)
            if step is CARD_NUMBER:
                self.told["PaymentCardType"] = card_type(entry)
        return wrong

    def _read_entry(self, step: PaymentStep, attempt: int, prompt: Element | None) -> Process[str]:
        if self._ended_by_itself:
            yield from self._pass_over_finish()
        entry = yield from self._listen(step, attempt, prompt)
        self._ended_by_itself = is_complete(step, entry)
        return entry

    def _listen(self, step: PaymentStep, attempt: int, prompt: Element | None) -> Process[str]:
        verb = self._verb
        with verb.leg.ear.listening(secret=True):
            key, self._ahead = self._ahead or verb.leg.ear.next(), None
            if prompt is None:
                yield from speak(verb.leg, speak_text(step.prompt), key)
            for part in replace(verb, element=prompt).inside() if prompt else ():
                yield from perform(replace(part, stop=key))
            return (yield from self._keys(step, attempt, key))

    def _pass_over_finish(self) -> Process[None]:
        """Let half a second pass after an entry that ended by itself: its finishing key may be on its way."""
        ear, clock = self._verb.leg.ear, self._verb.leg.clock
        ear.for_keys = True
        try:
            key = ear.next()
            yield key | clock.seconds(_LATE_SECONDS)
        finally:
            ear.for_keys = False
        if key.triggered and key.value != _FINISH:
            self._ahead = key

    def _keys(self, step: PaymentStep, attempt: int, key: simpy.Event) -> Process[str]:
        ear, clock = self._verb.leg.ear, self._verb.leg.clock
        entry = ""
        while True:
            yield key | clock.seconds(self._verb["timeout"])
            if not key.triggered or key.value == _FINISH:
                return entry
            if key.value == _CANCEL:
                raise PaymentFailed("caller-interrupted-with-star")
            entry += str(key.value)
            self._report(step, attempt, "", mask_unfinished(step, entry))
            if is_complete(step, entry):
                return entry
            key = ear.next()

    def _prompt(self, step: PaymentStep, attempt: int, error: str) -> Element | None:
        """The ``<Prompt>`` that fits best: the one that names most of the situation."""
        situation = {
            "errorType": _AS_PROMPTED.get(error, error),
            "cardType": self.told.get("PaymentCardType", ""),
            "attempt": attempt,
        }
        fitting = [
            (len(prompt.attributes), prompt)
            for prompt in self._verb.element.children
            if prompt.name == "Prompt" and prompt["for"] == step.name and _fits(prompt, situation)
        ]
        return max(fitting, key=lambda each: each[0])[1] if fitting else None

    def _report(self, step: PaymentStep, attempt: int, error: str, typed: str = "") -> None:
        """Tell the status callback where the payment is; *typed* is what of the entry is there by now, masked."""
        verb = self._verb
        callback = verb.callback(verb["statusCallback"], verb["statusCallbackMethod"], "payment")
        if callback is not None:
            now = {"For": step.name, "Attempt": str(attempt), "ErrorType": error}
            told = {**now, **self.told, **({step.field: typed} if typed else {})}
            report(verb.leg, callback.purpose, callback.url, callback.method, told)
            verb.leg.process.raise_pending()


def _fits(prompt: Element, situation: Mapping[str, object]) -> bool:
    """Whether *prompt* is for this *situation*: what it does not name fits always."""
    named: dict[str, Any] = {name: prompt[name] for name in situation}
    return all(not named[name] or value in named[name] for name, value in situation.items())
