"""``twilio-magic simulate`` of a folder, of calls that come in, and with a person at the phone in the terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from twilio_magic.cli import main

HOME = Path(__file__).parents[2]
MENU = """\
<Response>
  <Gather numDigits="1" input="dtmf speech" action="sales.twiml"><Say>Press 1 for sales.</Say></Gather>
  <Say>No key came.</Say>
</Response>
"""
SALES = "<Response><Say>You reached sales.</Say></Response>"
BROKEN = "<Response><Redirect>nowhere.twiml</Redirect></Response>"
IVR = """
from flask import Flask, request

app = Flask("ivr")

@app.post("/voice")
def voice():
    says = f"<Say>Hello {request.form['From']}, {request.form['Direction']}.</Say>"
    return f'<Response>{says}<Gather numDigits="2" action="/chosen"/></Response>'

@app.post("/chosen")
def chosen():
    return f"<Response><Say>You chose {request.form['Digits']}.</Say></Response>"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "menus").mkdir()
    (tmp_path / "menus" / "menu.twiml").write_text(MENU)
    (tmp_path / "menus" / "sales.twiml").write_text(SALES)
    (tmp_path / "menus" / "pom.xml").write_text("<project/>")
    (tmp_path / "ivr_c.py").write_text(IVR)
    return tmp_path


def test_each_document_of_a_folder_gets_a_call_and_leads_to_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", "menus", "--phone", "answer; press 1"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("✓ menus/menu.twiml: completed, ")
    assert lines[0].endswith("“Press 1 …” [presses 1] “You reached sales.”")
    assert lines[1].endswith("“You reached sales.”")
    assert lines[2] == "2 documents, 0 failed."


def test_a_document_that_fails_is_told_with_its_reason(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "menus" / "broken.twiml").write_text(BROKEN)

    assert main(["simulate", "menus"]) == 1

    out = capsys.readouterr().out
    assert "✗ menus/broken.twiml: " in out
    assert "nowhere.twiml" in out
    assert out.endswith("3 documents, 1 failed.\n")


def test_a_folder_as_json_is_a_list_of_calls(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", "menus", "--format", "json"]) == 0

    rows = json.loads(capsys.readouterr().out)
    assert [row["document"] for row in rows] == ["menus/menu.twiml", "menus/sales.twiml"]
    assert rows[1]["transcript"][0]["text"] == "You reached sales."


def test_what_cannot_be_read_in_a_folder_is_told_and_the_rest_is_run(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "menus" / "latin.twiml").write_bytes(
        "<Response><Say>é</Say></Response>".encode("latin-1")
    )

    assert main(["simulate", "menus"]) == 2
    told = capsys.readouterr()
    assert "menus/latin.twiml: this is no text in UTF-8" in told.err
    assert "2 documents, 0 failed." in told.out


def test_a_folder_without_documents_says_what_documents_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "none").mkdir()

    assert main(["simulate", "none"]) == 1
    assert ".twiml or .xml" in capsys.readouterr().err


@pytest.mark.parametrize("named", ["ivr_c:app", "ivr_c.py:app"])
def test_a_call_that_comes_in_is_answered_by_an_application(
    folder: Path, named: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    arguments = ["--inbound", "--from", "+14155550100", "--phone", "hear 'inbound'; press 12"]

    assert main(["simulate", named, *arguments]) == 0

    out = capsys.readouterr().out
    assert "+14155550100 → +12125551234, completed" in out
    assert "“Hello +14155550100, inbound.”" in out
    assert "“You chose 12.”" in out
    sys.modules.pop("ivr_c", None)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "twilio_magic", *arguments]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(HOME), "PYTHONIOENCODING": "utf-8", "TERM": "dumb"}


def typed(lines: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What becomes of the command when *lines* are typed, through a pipe."""
    return subprocess.run(
        command("simulate", *arguments, "-i"),
        input=lines,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=environment(),
    )


def without_times(text: str) -> list[str]:
    return [
        line[10:] if line[:3] == "  0" or line[:4] == "  0:" else line for line in text.splitlines()
    ]


def test_a_person_asks_for_help_and_mistypes_and_speaks(folder: Path) -> None:
    ran = typed("?\npress x\n5x\n", "ivr_c.py:app")
    assert ran.returncode == 0
    assert "press keys" in ran.stdout
    assert "You: “5x”" in ran.stdout
    assert "A phone has no key 'x'." in ran.stdout
    assert "The call is over: completed." in ran.stdout


def test_what_is_typed_goes_on_after_what_was_heard_whole(folder: Path) -> None:
    ran = typed("12\n", "ivr_c.py:app", "--inbound")
    told = without_times(ran.stdout)

    assert told[1:] == [
        "You call +12125551234.",
        "The call is answered.",
        "Twilio: “Hello +13105555555, inbound.”",
        "You press 1",
        "You press 2",
        "Twilio: “You chose 12.”",
        "The call is over: completed.",
        told[-1],
    ]


def test_the_command_that_it_ends_with_does_the_same_again(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    ran = typed("34\n", "ivr_c.py:app", "--to", "+14155550100")
    again = ran.stdout.splitlines()[-1].removeprefix("Again: twilio-magic ")

    assert main(shlex.split(again)) == 0
    assert "“You chose 34.”" in capsys.readouterr().out
    sys.modules.pop("ivr_c", None)


def test_waiting_stops_in_the_middle_of_what_is_said(folder: Path) -> None:
    """Several things in one line: the second key comes while Twilio still speaks."""
    (folder / "two.twiml").write_text(
        MENU.replace("sales.twiml", "").replace("1 for", "1 or 2 for")
    )
    ran = typed("1; wait 0.5; 2\n", "two.twiml")

    assert "… cut off after “Press 1" in ran.stdout


@pytest.mark.parametrize("lines", ["", "12"], ids=["nothing", "no end of line"])
def test_the_end_of_the_input_ends_the_call_politely(folder: Path, lines: str) -> None:
    ran = typed(lines, "menus/sales.twiml" if lines else "ivr_c.py:app")

    assert ran.returncode == 0
    assert "The call is over: completed." in ran.stdout
    assert "Traceback" not in ran.stderr


def test_a_failure_is_told_and_makes_the_exit_status(folder: Path) -> None:
    (folder / "broken.twiml").write_text(BROKEN)
    ran = typed("", "broken.twiml")

    assert ran.returncode == 1
    assert "! " in ran.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize(
    "leave",
    [
        lambda keyboard, _: os.write(keyboard, b"\x04"),
        lambda _, process: process.send_signal(signal.SIGINT),
    ],
    ids=["Ctrl-D", "Ctrl-C"],
)
def test_in_a_terminal_a_prompt_asks_and_leaving_hangs_up(
    folder: Path, leave: Callable[[int, subprocess.Popen[bytes]], object]
) -> None:
    keyboard, theirs = pty.openpty()
    process = subprocess.Popen(
        command("simulate", "ivr_c.py:app", "-i"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(),
        start_new_session=True,
    )
    os.close(theirs)
    shown = read_until(keyboard, "> ")
    leave(keyboard, process)
    while not select.select([keyboard], [], [], 5)[0]:
        leave(
            keyboard, process
        )  # it came before the prompt was read from, where Python does not notice it
    shown += read_until(keyboard, "Again: ")

    assert process.wait() == 0
    os.close(keyboard)
    assert "You hang up." in shown
    assert "Traceback" not in shown


def read_until(terminal: int, words: str) -> str:
    shown = ""
    while words not in shown:
        shown += os.read(terminal, 4096).decode("utf-8", "replace")
    return shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["menus/menu.twiml", "--phone", "busy"], "With -i you are the phone"),
        (["menus/menu.twiml", "--format", "json"], "-i is for people"),
        (["menus"], "Name one file."),
        (["-"], "Name one file."),
    ],
    ids=str,
)
def test_what_does_not_go_with_a_person_says_so(
    folder: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", *arguments, "-i"]) == 1
    assert told in " ".join(capsys.readouterr().err.replace("│", " ").split())
