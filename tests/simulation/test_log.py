"""Twilio's log of a call, the Notifications resource: each mistake in it is one entry, with the code of the checker."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, told
from tests.twiml.test_codes import CASES

MENU = "https://ivr.example.com/menu"
RECORDING, TRANSCRIPTION = "<Start><Recording {}/></Start>", "<Start><Transcription {}/></Start>"


def logged(call: tm.Call) -> list[int | None]:
    return [entry.error_code for entry in call.notifications.list()]


@pytest.mark.parametrize(
    ("twiml", "code"),
    [
        (RECORDING.format('recordingStatusCallback="/cb"'), 11200),
        (TRANSCRIPTION.format('statusCallbackUrl="/cb"'), 11100),
        (TRANSCRIPTION.format('transcriptionEngine="none"'), 32650),
        ('<Dial callerId="client:ann">+14155550101</Dial>', 13214),
        ('<Gather><Say voice="nobody">x</Say></Gather>', 13321),
        ("<Enqueue></Enqueue>", 14204),
        ("<Redirect>http://</Redirect>", 11100),
    ],
)
@pytest.mark.parametrize("inline", [True, False])
def test_what_is_warned_of_and_then_fails_is_one_entry(
    simulator: tm.Simulator, client: tm.Client, twiml: str, code: int, inline: bool
) -> None:
    document = f"<Response>{twiml}<Pause length='2'/></Response>"
    given = {"twiml": document} if inline else {"url": simulator.host(document)}
    call = client.calls.create(to=TO, from_=FROM, **given).wait()

    assert logged(call) == [code]
    assert len(told(call, "warned")) == 1  # the timeline says what was wrong, and what came of it


@pytest.mark.parametrize(
    ("twiml", "code"),
    [
        ("<Redirect>/menu</Redirect>", 11100),
        ("<Play>/a.mp3</Play>", 11100),
        ('<Dial action="/menu">+14155550101</Dial>', 15004),
        ('<Gather action="/menu" timeout="1"/>', None),
        ('<Gather action="/menu" timeout="1" actionOnEmptyResult="true"/>', 15004),
        ('<Record action="/menu" timeout="1"/>', 15004),
        ('<Enqueue waitUrl="/menu">q</Enqueue>', 11100),
    ],
)
def test_a_relative_url_of_inline_twiml_has_the_code_of_the_checker(
    client: tm.Client, twiml: str, code: int | None
) -> None:
    """15004 is for actions; what nobody asks for only stands in the log as a warning."""
    document = f"<Response>{twiml}</Response>"
    (problem,) = (each for each in tm.check(document, inline=True) if each.level != "advice")
    call = client.calls.create(to=TO, from_=FROM, twiml=document).wait()

    assert logged(call) == [problem.code]
    assert [text[:5] for text in told(call, "failed")] == ([str(code)] if code else [])


def test_no_mistake_of_a_document_is_two_entries(simulator: tm.Simulator) -> None:
    simulator.numbers[FROM].voice_url = MENU
    simulator.phones["client:*"] = "answer; hang up"
    shown, twice = [""], []
    simulator.webhook(MENU)(lambda: shown[-1])
    for case in (each for each in CASES if not each.options):
        shown.append(case.document)
        call = simulator.receive(TO, FROM, phone="wait 3; hang up").wait()
        times = [exchange.url for exchange in call.webhooks].count(MENU)
        if logged(call).count(case.code) > times:
            twice.append(case.document)

    assert twice == []


def test_the_same_mistake_in_the_next_document_is_another_entry(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    rounds: list[str] = []

    @simulator.webhook(MENU)
    def menu() -> str:
        rounds.append("")
        ends = "<Hangup/>" if len(rounds) == 3 else f"<Redirect>{MENU}</Redirect>"
        return f'<Response><Dial callerId="client:ann">+14155550101</Dial>{ends}</Response>'

    call = client.calls.create(to=TO, from_=FROM, url=MENU).wait()

    assert logged(call) == [13214] * 3
