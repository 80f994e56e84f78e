"""Text messages that come when the calls are over."""

from __future__ import annotations

import asyncio

import pytest
from fastapi import FastAPI, Response
from twilio.rest import Client

import twilio_magic as tm


def create_app() -> FastAPI:
    """Sends a text message half an hour after the call."""
    app, tasks = FastAPI(), set()

    async def remind() -> None:
        await asyncio.sleep(1800)
        Client().messages.create(to="+14155550100", from_="+12125551234", body="Your reminder")

    @app.post("/voice")
    async def voice() -> Response:
        tasks.add(asyncio.get_running_loop().create_task(remind()))
        return Response("<Response><Say>Goodbye.</Say></Response>", media_type="text/xml")

    return app


@pytest.mark.parametrize(
    ("line", "passes"),
    [
        ('expect text message "reminder" within 1900', True),
        ('expect text message "reminder" to +14155550100 within 3600', True),
        ("expect text message within 1700", False),
        ("expect no text message within 1700", True),
        ("expect no text message within 3600", False),
        ("expect no text message", True),
    ],
)
def test_messages_count_that_are_sent_within_so_long(line: str, passes: bool) -> None:
    [dialog] = tm.dialogs(
        f'app: create_app()\ndialog "it"\n  hear "goodbye"\n  {line}\n',
        names={"create_app": create_app},
    )
    result = dialog.run()

    assert result.passed == passes, result.report


def test_each_expectation_has_its_own_time() -> None:
    lines = "expect no text message within 1700\n  expect text message within 1900"
    [dialog] = tm.dialogs(
        f'app: create_app()\ndialog "it"\n  hear "goodbye"\n  {lines}\n',
        names={"create_app": create_app},
    )

    assert dialog.run().passed
