"""Dialogs: what passes, what fails, and what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import twilio_magic as tm
from twilio_magic.dialog import DialogResult

HEAD = "app: tests.dialog.bakery:create_app()\nurl: /voice\n"
TICKET = """\
dialog "a caller with a ticket"
  hear "press 2"
  press 2
  hear "ticket number"
  press 4711
  hear /\\d{4} is being worked on/
"""


def run(body: str, head: str = HEAD) -> DialogResult:
    """What becomes of the one dialog in *body*; without a first line of its own it is one."""
    text = body if body.startswith("dialog") else f'dialog "it"\n{body}'
    [dialog] = tm.dialogs(f"{head}{text}")
    return dialog.run()


def marks(result: DialogResult) -> str:
    return "".join(line.mark for line in result.lines)


def test_a_conversation_that_goes_as_written_passes() -> None:
    result = run(
        TICKET
        + "  expect status completed\n  expect webhook /ticket Digits=4711\n  expect no errors"
    )

    assert result.passed
    assert marks(result) == "✓" * 8
    assert result.call is not None
    assert result.call.status == "completed"


def test_the_report_of_a_failure_says_what_was_heard_when_and_why() -> None:
    result = run(TICKET.replace('press 2\n  hear "t', 'press 9\n  hear "t'))

    assert not result.passed
    assert "0:08." in result.report
    for told in (
        "a caller with a ticket: failed (completed,",
        "✗  0:",
        "heard “We are sorry, an application error has occurred. Goodbye.”",
        "the call ended at",
        "11200: no TwiML from https://ivr.example.com/key: HTTP 500",
        "KeyError: '9'",
        "bakery.py:",
    ):
        assert told in result.report
    assert len(result.report.splitlines()) < 25


@pytest.mark.parametrize(
    "lines",
    [
        "press 1\n hear 'One moment'\n expect dialed +13105551111\n expect no dialed +13105551112",
        "press 1\n hear 'the bakery was busy'\n given phone +13105551111: busy",
        "press 1\n hear 'the bakery was busy'\n given phone +1310*: busy",
        "given phone *: fail\n given phone +1310*: busy\n press 1\n hear 'the bakery was busy'",
        "given phone +1310*: busy\n press 1\n hear 'Bakery'\n as +13105551111\n answer; say 'Bakery'; hang up",
        "press 1\n as +13105551111\n ring 2; answer; say 'Bakery'; hang up\n expect status completed",
        (
            "press 1\n hear 'bakery'; say 'Two loaves'\n hear 'coming'\n hang up\n as +13105551111\n answer\n"
            " say 'Bakery'\n hear 'two loaves'\n say 'coming'\n expect duration at most 20"
        ),
        "press 3\n hear 'What?'\n say 'bread'\n hear 'you said bread'\n expect text message 'bread'",
        "press 4\n hear beep\n say 'call me back'\n hear 'Caller 1, goodbye'\n expect recording at least 1",
        "hear 'Goodbye' within 20\n expect no recording\n expect no text message\n expect no webhook /key",
        "hear 'press 4'; silence 3\n hear 'goodbye'\n expect duration 10 to 20",
        "given fault /key status=503\n press 1\n expect error 11200\n not 'One moment'",
        "hear 'press 1'\n repeat 2\n  wait 1\n hang up\n expect status completed\n expect no errors",
        "one of\n  press 2\n   hear 'ticket'\n  press 3\n   hear 'what'\n expect webhook POST /key",
        "press 2\n expect interrupted after 'For sales'\n hear 'ticket'",
    ],
)
def test_what_a_dialog_can_say(lines: str) -> None:
    result = run(lines)

    assert result.passed, result.report


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("press 2\n hear 'sales'", "heard “"),
        (
            "press 2\n press 4711\n hear 'x'\n hear 'y'\n press 1",
            "4711 is being worked on.”",
        ),
        ("hear 'x' within 2", "given up at 0:02.0"),
        ("not 'press 1'\n hear 'goodbye'", "it was said"),
        ("hear 'goodbye'\n press 1", "the call ended at"),
        ("press 1\n as +13105551112\n answer", "no call reached +13105551112"),
        ("press 1\n as +13105551111\n answer; hear 'never'; hang up", "given up at 10:0"),
        ("expect status busy", "it was completed"),
        ("expect duration at most 3", "it was 1"),
        ("press 2\n expect webhook /ticket Digits=1", "requested were /voice, /key"),
        ("press 2; press 4711\n expect webhook /ticket Digits=1", "it was POST Digits=4711"),
        ("given fault /voice status=500\n expect no errors", "Twilio logged 11200"),
        ("expect error", "Twilio logged none"),
        ("expect error 13224", "Twilio logged none"),
        ("expect recording", "there was none"),
        ("press 3\n say 'bread'\n expect text message 'cake'", "“bread” was sent to +14155550100"),
        ("expect dialed +13105551111", "nobody was dialed"),
        ("expect interrupted", "nothing was cut off"),
        ("press 2\n expect interrupted after 'Goodbye'", "it was after “For"),
        ("expect session ended", "there was none"),
        ("press 1\n as +13105551111\n busy\n expect status completed", "it was busy"),
    ],
)
def test_what_does_not_come_true_is_told_at_its_line(lines: str, told: str) -> None:
    result = run(lines)

    assert not result.passed
    assert told in result.report
    assert "✗" in marks(result)


def test_an_application_that_is_made_for_each_dialog_remembers_nothing() -> None:
    text = f"{HEAD}" + "".join(
        f'dialog "{number}"\n  press 4; hear beep; wait 3; hear "Caller 1"\n' for number in (1, 2)
    )

    assert tm.dialogs(text).run().passed


def test_an_outbound_call_is_placed_with_its_parameters() -> None:
    head = (
        HEAD
        + "direction: outbound\nto: +13105555555\nparameters: timeout=5 machine_detection=Enable\n"
    )

    assert run("ring 3; answer\n hear 'press 1'\n hang up\n expect status completed", head).passed
    assert run("ring 9; answer\n expect status no-answer", head).lines[-1].mark == "✓"
    assert run("busy\n expect status busy", head).passed
    called = run(
        "machine 'Hello, leave a message.'\n expect webhook /voice AnsweredBy=machine_start", head
    )
    assert called.passed, called.report


def test_two_parties_may_call() -> None:
    head = "twiml: <Response><Dial><Conference>room</Conference></Dial></Response>\n"
    result = run(
        "hear 'hello'; hang up\n as +13105551111 dials +12125551234\n wait 2; say 'Hello'; wait 3; hang up",
        head,
    )

    assert result.passed, result.report
    assert len(result.calls) == 2


def test_the_date_is_given() -> None:
    result = run("given date 2026-12-24 18:00\n hang up")

    assert result.call is not None
    assert str(result.call.date_created).startswith("2026-12-24 18:00")


def test_the_seed_decides_what_is_one_of_several() -> None:
    lines = "one of\n  press 1\n  press 2\n  press 3\n  press 4\nhang up"
    [dialog] = tm.dialogs(f'{HEAD}dialog "it"\n{lines}')
    keys = [
        next(line.text for line in dialog.run(seed=seed).lines if line.mark == "✓")
        for seed in range(9)
    ]

    assert len(set(keys)) > 1
    assert keys == [
        next(line.text for line in dialog.run(seed=seed).lines if line.mark == "✓")
        for seed in range(9)
    ]


def test_a_dialog_runs_in_a_world_of_ones_own(simulator: tm.Simulator) -> None:
    simulator.numbers["+12125551234"].voice_url = simulator.host(
        "<Response><Say>Hi.</Say></Response>"
    )
    [dialog] = tm.dialogs('dialog "it"\n  hear "hi"')

    assert dialog.run(simulator).passed
    assert dialog.run(simulator).passed
    assert simulator.call_count == 2


def test_what_is_given_to_one_dialog_is_not_given_to_the_next(simulator: tm.Simulator) -> None:
    text = (
        f"{HEAD}mount: https://ivr.example.com\n"
        'dialog "broken"\n given fault /voice status=500\n given phone +13105551111: busy\n expect error 11200\n'
        'dialog "whole"\n press 1\n expect no errors\n'
    )

    assert tm.dialogs(text).run(simulator).passed
    assert not simulator.faults
    assert not simulator.phones


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('app: nowhere.at:all\ndialog "x"\n press 1', 1, "There is no module nowhere"),
        ('app: tests.dialog.bakery:ap\ndialog "x"\n press 1', 1, "bakery:app?"),
        ('app: nothing\ndialog "x"\n press 1', 1, "There is no application 'nothing'"),
        (
            'given fault https://a.example.com/ staus=1\ndialog "x"\n press 1',
            1,
            "Did you mean status?",
        ),
        ('dialog "x"\n direction: outbound\n press 1', 1, "Nothing answers"),
    ],
)
def test_what_keeps_a_dialog_from_being_run_is_told_at_its_line(
    text: str, line: int, told: str
) -> None:
    [dialog] = tm.dialogs(text)
    result = dialog.run()

    assert not result.passed
    assert isinstance(result.error, tm.DialogError)
    assert result.error.line == line
    assert told in " ".join(result.report.replace("│", " ").split())


def test_nobody_who_calls_what_nothing_answers_is_told_so() -> None:
    assert isinstance(tm.dialogs('dialog "x"\n press 1')[0].run().error, tm.SimulatorError)


def test_dialogs_are_read_from_files_and_folders(tmp_path: Path) -> None:
    tmp_path.joinpath("one.dialog").write_text(HEAD + TICKET, "utf-8")
    tmp_path.joinpath("two.dialog").write_text(f"app: menu.xml\n{TICKET}", "utf-8")
    tmp_path.joinpath("menu.xml").write_text("<Response><Say>No tickets.</Say></Response>", "utf-8")
    one, two = tm.dialogs(tmp_path)

    assert one.path.endswith("one.dialog")
    assert tm.dialogs(str(tmp_path / "one.dialog"))[0].run().passed
    assert "heard “No tickets.”" in two.run().report
    tmp_path.joinpath("two.dialog").write_text('dialog "x"\n sing', "utf-8")
    with pytest.raises(tm.DialogError, match=r"two\.dialog:2:2"):
        tm.dialogs(tmp_path)
    with pytest.raises(tm.DialogError, match="cannot be read"):
        tm.dialogs(tmp_path / "three.dialog")


def test_the_conversation_is_shown_with_its_marks_and_escaped() -> None:
    bundle = run("hear '<b>bread</b>'\n expect status completed")._repr_mimebundle_()

    assert "&lt;b&gt;bread" in bundle["text/html"]
    assert "✗" in bundle["text/plain"]
    assert "<script" not in bundle["text/html"]


def test_the_usual_path_of_an_application_answers_where_none_is_named() -> None:
    assert run("press 2; hear 'ticket'", "app: tests.dialog.bakery:app\n").passed
    assert run(
        "hear 'press 1'", "app: tests.dialog.read_back:app\nmount: https://a.example.com\n"
    ).passed


def test_the_agent_of_a_call_is_interrupted() -> None:
    head = (
        "given app tests.dialog.agents:answer at wss://agent.example.com/ws\n"
        "twiml: <Response><Connect><ConversationRelay url='wss://agent.example.com/ws'"
        " welcomeGreeting='How can I help you?'/></Connect></Response>\n"
    )
    result = run(
        "hear 'help you'\n say 'When do you open?'\n hear 'We are open'\n say 'Stop it, please'\n"
        " hear 'Goodbye'\n expect interrupted after 'We are open'\n expect session ended",
        head,
    )

    assert result.passed, result.report
