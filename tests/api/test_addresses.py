"""Which addresses a parameter takes stands in its row: web addresses, WebSockets, those relative to a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client as Sdk

import twilio_magic as tm
from tests.calls import FROM, TO
from twilio_magic.api import Parameter, find_invalid, operations

SCHEMES = ("http", "https", "ws", "wss", "ftp", "javascript")
WAITS = "<Response><Pause length='60'/></Response>"
SHOP = "https://shop.example.com/voice/start"

URLS = {
    f"{asked.name}-{row.name}": (asked, row)
    for asked in operations().values()
    for row in asked.parameters
    if row.type == "url"
}


@pytest.fixture
def sdk(simulator: tm.Simulator) -> Iterator[Any]:
    with tm.mock_twilio(simulator):
        yield Sdk()


def is_taken(asked: Any, row: Parameter, value: str) -> bool:
    return row.name not in {each.parameter for each in find_invalid(asked, {row.name: [value]})}


@pytest.mark.parametrize("name", URLS)
def test_a_url_has_one_of_the_schemes_of_its_row(name: str) -> None:
    asked, row = URLS[name]
    taken = {
        scheme for scheme in SCHEMES if is_taken(asked, row, f"{scheme}://shop.example.com/a?b=c")
    }

    assert taken == set(row.schemes)
    assert is_taken(asked, row, "/told?step=2") == row.relative
    assert not is_taken(asked, row, "https://")
    assert not is_taken(asked, row, "wss://exa mple.com/")


def test_the_rows_that_are_no_plain_web_addresses() -> None:
    """Twilio opens a WebSocket for a stream alone; callbacks of payments may be relative, and so may streams."""
    strange = {name for name, (_, row) in URLS.items() if row.schemes != ("http", "https")}
    relative = {name for name, (_, row) in URLS.items() if row.relative}

    assert strange == {"calls.streams.create-Url"}
    assert relative == {
        "calls.streams.create-Url",
        "calls.payments.create-StatusCallback",
        "calls.payments.update-StatusCallback",
    }


def test_a_stream_goes_to_a_websocket(simulator: tm.Simulator, client: tm.Client, sdk: Any) -> None:
    call = client.calls.create(to=TO, from_=FROM, twiml=WAITS)
    simulator.advance(10)

    assert call.streams.create(url="wss://agent.example.com/media").call_sid == call.sid
    assert sdk.calls(call.sid).streams.create(url="wss://agent.example.com/media").sid
    with pytest.raises(tm.RequestError, match="not the address of a WebSocket") as refused:
        call.streams.create(url="https://agent.example.com/media")
    assert refused.value.hint == "Give a whole address, such as wss://example.com/voice."
    with pytest.raises(TwilioRestException) as answered:
        sdk.calls(call.sid).streams.create(url="https://agent.example.com/media")
    assert answered.value.status == 400


def test_a_relative_callback_of_a_payment_is_read_against_the_document_of_the_call(
    simulator: tm.Simulator, sdk: Any
) -> None:
    simulator.mount(SHOP, WAITS)
    told: list[str] = []
    simulator.webhook("https://shop.example.com/voice/paid")(
        lambda form: told.append(form["PaymentSid"])
    )
    call = sdk.calls.create(to=TO, from_=FROM, url=SHOP)
    simulator.advance(10)

    payment = sdk.calls(call.sid).payments.create(idempotency_key="one", status_callback="paid")
    simulator.advance(1)

    assert told == [payment.sid]
