"""What is shown of a live call: what the API tells, what it costs, and nothing that nobody knows."""

from __future__ import annotations

import re

import pytest

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO
from tests.live.conftest import Connect
from tests.live.server import CALL, call, says, serving
from twilio_magic.ladder import Note

RECORDINGS = f"/2010-04-01/Accounts/AC1/Calls/{CALL}/Recordings.json"
OVER = call(
    "completed",
    direction="outbound-api",
    duration="7",
    price="-0.013",
    price_unit="USD",
    date_created="Tue, 06 Jan 2026 10:00:00 +0000",
    start_time="Tue, 06 Jan 2026 10:00:03 +0000",
    end_time="Tue, 06 Jan 2026 10:00:10 +0000",
    subresource_uris={"recordings": RECORDINGS},
)


def card(made: tm.Call) -> str:
    """The HTML of the card, without its tags."""
    return " ".join(re.sub("<[^>]*>", " ", made._repr_mimebundle_()["text/html"]).split())


def test_a_live_call_has_a_ladder_of_what_the_api_dates(connect: Connect) -> None:
    with serving(says(200, OVER)) as server:
        drawn = connect(server).calls.fetch(CALL).ladder()

    assert [lifeline.name for lifeline in drawn.lifelines] == [TO, "Twilio"]
    assert [(step.at, step.text) for step in drawn.steps] == [
        (0.0, f"queued: {FROM} calls {TO}"),
        (3.0, "answers"),
        (10.0, "completed"),
    ]
    assert isinstance(drawn.steps[0], Note)


def test_live_calls_share_a_ladder_on_one_clock(connect: Connect) -> None:
    """Two clients of one account may have fetched them; a call of another account is refused."""
    later = OVER | {
        "sid": "CA" + "8" * 32,
        "to": "+14155550100",
        "date_created": "Tue, 06 Jan 2026 10:00:02 +0000",
        "start_time": "Tue, 06 Jan 2026 10:00:04 +0000",
    }
    with serving(says(200, later), says(200, OVER)) as server:
        second, first = connect(server).calls.fetch(later["sid"]), connect(server).calls.fetch(CALL)
        other = connect(server).subaccount("AC" + "9" * 32).calls.fetch(CALL)
    drawn = second.ladder(first)

    assert [lifeline.name for lifeline in drawn.lifelines] == ["+14155550100", TO, "Twilio"]
    assert [(step.at, step.text) for step in drawn.steps if step.text != "completed"] == [
        (0.0, f"queued: {FROM} calls {TO}"),
        (2.0, f"queued: {FROM} calls +14155550100"),
        (3.0, "answers"),
        (4.0, "answers"),
    ]
    with pytest.raises(tm.TwilioMagicError, match="another account"):
        second.ladder(other)


def test_a_live_call_shares_no_ladder_with_a_simulated_one(connect: Connect) -> None:
    simulated = tm.Client(simulator=tm.Simulator()).calls.create(to=TO, from_=FROM, url=DEMO)
    with serving(says(200, OVER)) as server:
        live = connect(server).calls.fetch(CALL)

    for one, other in ((live, simulated), (simulated, live)):
        with pytest.raises(tm.TwilioMagicError, match="another simulator"):
            one.ladder(other)


def test_a_live_card_says_what_the_call_cost(connect: Connect) -> None:
    with serving(says(200, OVER)) as server:
        shown = card(connect(server).calls.fetch(CALL))

    assert "A live call: it cost 0.013 USD." in shown
    assert "What was heard" not in shown


def test_a_live_card_of_a_call_without_a_price_says_when_there_is_one(connect: Connect) -> None:
    with serving(says(200, call("in-progress"))) as server:
        shown = card(connect(server).calls.fetch(CALL))

    assert "Twilio charges each begun minute" in shown


def test_showing_a_live_card_asks_nobody_and_links_to_the_recordings(connect: Connect) -> None:
    with serving(says(200, OVER)) as server:
        made = connect(server).calls.fetch(CALL)
        html = made._repr_mimebundle_()["text/html"]

        assert len(server.seen) == 1
    assert f'href="https://api.twilio.com{RECORDINGS}"' in html
    assert "<audio" not in html


@pytest.mark.parametrize("uri", ["@evil.example.com/x", ".evil.example.com", 7, None, ""])
def test_an_address_that_is_not_in_the_api_is_no_link(connect: Connect, uri: object) -> None:
    with serving(says(200, {**OVER, "subresource_uris": {"recordings": uri}})) as server:
        html = connect(server).calls.fetch(CALL)._repr_mimebundle_()["text/html"]

    assert "<a " not in html


@pytest.mark.parametrize(
    ("twiml", "charged"),
    [
        ("<Say voice='Polly.Joanna-Neural'>Hi</Say>", "the voice Polly.Joanna-Neural"),
        ('<Say voice = "Polly.Joanna">Hi</Say>', "the voice Polly.Joanna"),
        (
            """<Gather><Say voice="Google.en-US-Neural2-C">One.</Say></Gather>
            <Say voice="Polly.New">Two.</Say><Say voice="Polly.New">Three.</Say>""",
            "the voice Google.en-US-Neural2-C, the voice Polly.New",
        ),
        ('<Say voice="woman">Hi</Say>', ""),
        ('<Say voice="alice">Hi</Say>', ""),
        ("<Say>Write voice=\"Polly.Joanna\".</Say><!-- voice='Polly.Amy' -->", ""),
    ],
)
def test_a_request_names_the_voices_that_cost_extra(
    connect: Connect, twiml: str, charged: str
) -> None:
    """All but Twilio's own basic ones, however the document writes them."""
    with serving() as server:
        client = connect(server)
        request = client.calls.prepare(to=TO, from_=FROM, twiml=f"<Response>{twiml}</Response>")
    said = request._repr_mimebundle_()["text/plain"]

    assert said.partition(" Twilio also charges for ")[2] == (charged and f"{charged}.")
