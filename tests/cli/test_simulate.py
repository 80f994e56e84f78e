"""``twilio-magic simulate`` as it is typed: a call in one line, and whether it went well."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from twilio_magic.cli import main

MENU = """\
<Response>
  <Gather numDigits="1"><Say>Press 1 for sales.</Say></Gather>
  <Say>No key came.</Say>
</Response>
"""


@pytest.fixture
def menu(tmp_path: Path) -> str:
    path = tmp_path / "menu.twiml"
    path.write_text(MENU)
    return str(path)


def test_a_file_is_run_and_shown(menu: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", menu]) == 0
    out = capsys.readouterr().out

    assert "“Press 1 for sales.”" in out
    assert "“No key came.”" in out
    assert "+12125551234 → +13105555555, completed" in out


def test_standard_input_is_a_dash(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("<Response><Say>Hello.</Say></Response>"))

    assert main(["simulate", "-"]) == 0
    assert "“Hello.”" in capsys.readouterr().out


def test_an_address_is_requested(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "https://demo.twilio.com/welcome/voice/"]) == 0
    assert "fetched" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("phone", "status"),
    [
        ("answer; hear 'press 1'; hang up", 0),
        ("answer; hear 'press 2'", 1),
        ("busy", 0),
        ("fail", 1),
    ],
)
def test_the_exit_status_says_whether_it_went_well(
    menu: str, phone: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """A phone that waits in vain for words makes a test fail; a busy one is an answer like any other."""
    assert main(["simulate", menu, "--phone", phone]) == status


def test_an_application_error_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.twiml"
    broken.write_text("<Response><Say>")

    assert main(["simulate", str(broken)]) == 1
    assert "12100" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "nothing.twiml"]) == 2
    assert "nothing.twiml" in capsys.readouterr().err


def test_json_tells_everything_and_the_same_every_time(
    menu: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["simulate", menu, "--format", "json", "--to", "+14155550100", "--seed", "7"]
    main(arguments)
    first = capsys.readouterr().out
    main(arguments)
    shown = json.loads(first)

    assert capsys.readouterr().out == first
    assert (shown["status"], shown["to"], shown["failures"]) == ("completed", "+14155550100", [])
    assert [line["text"] for line in shown["transcript"]] == ["Press 1 for sales.", "No key came."]
    assert shown["webhooks"][0]["parameters"]["ToCity"] == "SAN FRANCISCO"
    assert shown["timeline"][0]["kind"] == "queued"


def test_without_a_network_a_document_requests_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.twiml"
    page.write_text("<Response><Redirect>http://127.0.0.1:9/inside</Redirect></Response>")

    assert main(["simulate", str(page), "--no-network"]) == 1
    assert "this simulator has no network" in capsys.readouterr().out
