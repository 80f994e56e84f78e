"""Payments that the API takes during a call, one detail after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client as Sdk

import twilio_magic as tm
from tests.calls import FROM, TO

CARD = "4111111111111111"
HOOK = "https://shop.example.com/payment"
WAITS = "<Response><Pause length='120'/></Response>"
TYPES = f"answer; press {CARD}; press 1228; press 123; press 94105#; wait 9; hang up"


class Shop:
    """An application that asks for one detail after the other, as an agent would; *told* has what it was told."""

    def __init__(self, simulator: tm.Simulator, sdk: Any) -> None:
        self._sdk = sdk
        self._keys = iter(range(100))
        self._last: tuple[str, str] | None = None
        self.told: list[dict[str, str]] = []
        self.finishes = "complete"
        simulator.webhook(HOOK)(self._hear)

    def start(self, call: str, **given: Any) -> Any:
        return self._sdk.calls(call).payments.create(
            idempotency_key="payment", status_callback=HOOK, **given
        )

    def update(self, form: dict[str, str], **given: str) -> Any:
        payments = self._sdk.calls(form["CallSid"]).payments
        key = f"step {next(self._keys)}"
        return payments(form["PaymentSid"]).update(
            idempotency_key=key, status_callback=HOOK, **given
        )

    def _hear(self, form: Any) -> None:
        told = dict(form)
        self.told.append(told)
        if told["PartialResult"] == "true" or "Result" in told:
            return
        missing = told["Required"].split()
        step = (told["Capture"], told["Required"])
        if step == self._last and not told["ErrorType"]:
            return  # it is being typed
        if missing:
            self._last = (missing[0], told["Required"])
            self.update(told, capture=missing[0])
        else:
            self.update(told, status=self.finishes)


@pytest.fixture
def sdk(simulator: tm.Simulator) -> Iterator[Any]:
    with tm.mock_twilio(simulator):
        yield Sdk()


@pytest.fixture
def shop(simulator: tm.Simulator, sdk: Any) -> Shop:
    return Shop(simulator, sdk)


Going = Callable[..., str]


@pytest.fixture
def going(simulator: tm.Simulator, sdk: Any) -> Going:
    """A function that places a call, and gives its sid once it is in progress."""

    def place(script: str, twiml: str = WAITS) -> str:
        simulator.phones[TO] = script
        sid = str(sdk.calls.create(to=TO, from_=FROM, twiml=twiml).sid)
        simulator.advance(1.5)
        return sid

    return place


def test_a_payment_is_taken_step_by_step(simulator: tm.Simulator, shop: Shop, going: Going) -> None:
    payment = shop.start(going(TYPES), charge_amount=12.5)
    simulator.run()
    result = shop.told[-1]

    assert payment.sid.startswith("PK")
    assert shop.told[0]["Required"] == (
        "payment-card-number expiration-date security-code postal-code"
    )
    assert (result["Result"], result["Required"], result["ErrorType"]) == ("success", "", "")
    assert result["PaymentConfirmationCode"].startswith("simulated-")
    assert result["PaymentCardNumber"] == "xxxxxxxxxxxx1111"
    assert (result["PaymentCardType"], result["ExpirationDate"]) == ("visa", "1228")
    assert (result["SecurityCode"], result["PaymentCardPostalCode"]) == ("xxx", "94105")
    assert {form["PaymentSid"] for form in shop.told} == {payment.sid}


def test_nothing_that_is_typed_shows_anywhere(
    simulator: tm.Simulator, shop: Shop, going: Going
) -> None:
    sid = going(TYPES)
    shop.start(sid)
    simulator.run()
    call = tm.Client(simulator=simulator).calls.fetch(sid)
    shown = f"{call.timeline!r} {list(call.timeline)} {call.transcript!r} {shop.told}"
    partial = [
        form["PaymentCardNumber"]
        for form in shop.told
        if (form["PartialResult"], form["Capture"]) == ("true", "payment-card-number")
    ]

    assert CARD not in shown
    assert {event.data["key"] for event in call.timeline if "key" in event.data} == {"•"}
    assert partial[:3] == ["x", "xx", "xxx"]
    assert "PaymentToken" in shop.told[-1]


def test_the_other_party_of_the_call_hears_no_keys(
    simulator: tm.Simulator, shop: Shop, going: Going
) -> None:
    """The agent stays on the line: what the caller types is kept from them."""
    simulator.phones["+14155550123"] = "answer; wait 60"
    dial = "<Response><Dial>+14155550123</Dial></Response>"
    sid = going(f"answer; wait 5; press {CARD}; wait 30; hang up", dial)
    simulator.advance(4)
    shop.start(sid)
    simulator.run()
    call = tm.Client(simulator=simulator).calls.fetch(sid)

    assert [event for event in call.timeline if event.kind == "heard"] == []
    assert any(form.get("PaymentCardNumber") == "xxxxxxxxxxxx1111" for form in shop.told)


def test_a_gather_gets_its_keys_again_after_a_payment(
    simulator: tm.Simulator, shop: Shop, going: Going
) -> None:
    pressed: list[str] = []
    url = "https://shop.example.com/menu"

    @simulator.webhook(url)
    def menu(form: Any) -> str:
        pressed.append(form["Digits"])
        return "<Response><Hangup/></Response>"

    twiml = f"<Response><Gather numDigits='1' timeout='60' action='{url}'/></Response>"
    sid = going(
        "answer; wait 2; press 110000000; wait 1; press 000123456789#; wait 3; press 7", twiml
    )
    shop.start(sid, payment_method="ach-debit")
    simulator.run()

    assert shop.told[-1]["BankAccountType"] == "consumer-checking"
    assert pressed == ["7"]


def test_a_wrong_number_is_told_and_can_be_typed_again(
    simulator: tm.Simulator, shop: Shop, going: Going
) -> None:
    wrong = CARD[:-1] + "2"
    script = f"answer; press {wrong}; wait 2; press {CARD}; wait 3; hang up"
    shop.start(going(script), security_code=False, postal_code=False)
    simulator.run()
    errors = [form["ErrorType"] for form in shop.told if form["ErrorType"]]

    assert errors == ["invalid-card-number"]
    assert shop.told[-1]["Required"] == "expiration-date"
    assert shop.told[-1]["Result"] == "caller-hung-up"


def test_what_has_to_match_is_typed_twice(
    simulator: tm.Simulator, shop: Shop, going: Going
) -> None:
    script = f"answer; press {CARD}; press {CARD}; press 1228; wait 3; hang up"
    shop.start(
        going(script),
        security_code=False,
        postal_code=False,
        require_matching_inputs="payment-card-number",
    )
    simulator.run()

    assert "payment-card-number-matcher" in shop.told[0]["Required"]
    assert shop.told[-1]["Result"] == "success"


def test_a_payment_can_be_canceled(simulator: tm.Simulator, shop: Shop, going: Going) -> None:
    shop.finishes = "cancel"
    shop.start(going(TYPES))
    simulator.run()

    assert shop.told[-1]["Result"] == "payment-canceled"
    with pytest.raises(TwilioRestException) as over:
        shop.update(shop.told[-1], capture="postal-code")
    assert over.value.code == 21220


def test_a_caller_who_hangs_up_ends_the_payment(
    simulator: tm.Simulator, shop: Shop, going: Going
) -> None:
    shop.start(going("answer; press 4111; wait 1; hang up"))
    simulator.run()

    assert shop.told[-1]["Result"] == "caller-hung-up"


def test_a_card_that_the_gateway_refuses_is_told(
    simulator: tm.Simulator, shop: Shop, going: Going
) -> None:
    script = "answer; press 4000000000000002; press 1228; wait 3; hang up"
    shop.start(going(script), security_code=False, postal_code=False)
    simulator.run()

    assert shop.told[-1]["Result"] == "payment-connector-error"
    assert shop.told[-1]["PayErrorCode"] == "64012"


def test_what_cannot_be_done_is_refused(
    simulator: tm.Simulator, sdk: Any, shop: Shop, going: Going
) -> None:
    simulator.webhook(HOOK)(lambda: "")
    sid = going("answer; wait 9; hang up")
    payment = shop.start(sid)
    again = shop.start(sid)
    form = {"CallSid": sid, "PaymentSid": payment.sid}
    with pytest.raises(TwilioRestException) as unfinished:
        shop.update(form, status="complete")
    with pytest.raises(TwilioRestException) as amount:
        shop.start(going("answer; wait 9"), charge_amount=1_000_000)
    simulator.run()
    with pytest.raises(TwilioRestException) as over:
        sdk.calls(sid).payments.create(idempotency_key="new", status_callback=HOOK)

    assert again.sid == payment.sid
    assert (unfinished.value.code, amount.value.code, over.value.code) == (20001, 20001, 21220)
