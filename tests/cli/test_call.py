"""``twilio-magic call`` as it is typed."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from twilio_magic.cli import main

FIRST = ["call", "+13105555555", "--from", "+12125551234"]


def test_a_call_is_placed_in_the_simulator(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*FIRST, "--say", "Hello"]) == 0
    assert "“Hello”" in capsys.readouterr().out


def test_the_phone_does_what_it_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*FIRST, "--say", "Hello", "--phone", "busy"]) == 0
    assert "+13105555555, busy" in capsys.readouterr().out


def test_twiml_comes_from_a_file_or_from_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = "<Response><Say>From a file.</Say></Response>"
    (tmp_path / "menu.xml").write_text(document)
    monkeypatch.setattr("sys.stdin", io.StringIO(document))

    assert main([*FIRST, "--twiml", str(tmp_path / "menu.xml")]) == 0
    assert main([*FIRST, "--twiml", "-"]) == 0
    assert capsys.readouterr().out.count("From a file.") == 2


def test_words_and_options_come_in_any_order(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["call", "--from", "+12125551234", "Timeout=20", "--say", "Hi", "+13105555555"]

    assert main([*words, "--dry-run"]) == 0
    assert "Timeout = 20" in capsys.readouterr().out


def test_the_request_is_shown_as_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*FIRST, "--say", "Hello", "--as", "curl"]) == 0
    assert '-u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["call", "tel:+13105555555", "--from", "+12125551234", "--say", "x"], "+13105555555"),
        ([*FIRST, "--twiml", "nowhere.xml"], "The file nowhere.xml: there is no such file"),
        ([*FIRST, "--live", "--phone", "busy", "--say", "x"], "--phone is for simulated calls"),
        ([*FIRST, "Timeuot=3", "--say", "x"], "Did you mean timeout?"),
        ([*FIRST, "--twiml", "<Response/>", "--say", "x"], "--say and --twiml are both given"),
        ([*FIRST, "--say", "x", "--profile", "work"], "--profile is for calls that are real"),
    ],
)
def test_what_makes_no_sense_is_told_on_standard_error(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 1
    assert told in capsys.readouterr().err


def test_nobody_is_called_without_a_person(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC" + "0" * 32)
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "0" * 32)
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\nyes\n"))

    assert main([*FIRST, "--say", "Hello", "--live", "--yes", "--yes"]) == 1
    assert "Nobody is at the keyboard" in capsys.readouterr().err


def test_the_table_is_loaded_for_this_command_alone() -> None:
    code = "import sys; from twilio_magic.cli import _parser; _parser(); print('requests' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout == "False\n"


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [(["chek", "menu.twiml"], "check"), (["call", "+1", "--as", "pyton"], "python")],
)
def test_a_wrong_command_or_choice_names_the_right_one(
    arguments: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)

    assert f"(did you mean {meant}?)" in capsys.readouterr().err


def test_a_call_without_a_caller_offers_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["call", "+13105555555", "--say", "Hi"]) == 1
    assert "Give --from +12125551234." in capsys.readouterr().err
