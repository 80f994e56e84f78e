"""``twilio-magic test``: dialogs on the command line, their reports, and writing what was heard."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import twilio_magic as tm
from tests.hostile_texts import HOSTILE, commands, obeyed
from twilio_magic.cli import main

DIALOGS = """\
app: menu.xml

dialog "all is well"
  hear "press 1"
  press 1
  expect webhook /menu

dialog "nobody says cake"
  hear "cake"
  expect status busy
"""
MENU = "<Response><Gather numDigits='1' action='/menu'><Say>Press 1.</Say></Gather></Response>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a document and dialogs, which is the current one."""
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("menu.xml").write_text(MENU, "utf-8")
    tmp_path.joinpath("menu.dialog").write_text(DIALOGS, "utf-8")
    return tmp_path


def test_a_file_of_dialogs_is_run_and_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", "menu.dialog"]) == 1
    said = capsys.readouterr().out

    assert "✓ all is well (menu.dialog:3)" in said
    assert "✗ menu.dialog:9: nobody says cake: failed" in said
    assert "heard “Press 1.”" in said
    assert said.endswith("2 dialogs, 1 failed.\n")


@pytest.mark.parametrize("asked", ["-v", "--verbose", "--format=steps"])
def test_the_steps_of_dialogs_that_passed_are_told_where_that_is_asked(
    folder: Path, capsys: pytest.CaptureFixture[str], asked: str
) -> None:
    assert main(["test", "menu.dialog", asked]) == 1
    said = capsys.readouterr().out

    passed, failed = tm.dialogs(Path("menu.dialog")).run()
    told = [f"✓ {passed.report}", f"✗ {failed.report}"]
    assert said == f"\n{told[0]}\n\n\n{told[1]}\n\n2 dialogs, 1 failed.\n"
    assert '✓  0:00.7  hear "press 1"' in said


def test_dialogs_are_chosen_by_their_names(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", ".", "-k", "WELL"]) == 0
    assert "1 dialog, 0 failed" in capsys.readouterr().out


def test_several_processes_say_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["test", "menu.dialog"])
    alone = capsys.readouterr().out
    main(["test", "menu.dialog", "--jobs", "2"])

    assert capsys.readouterr().out == alone


def test_reports_for_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "menu.dialog", "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    main(["test", "menu.dialog", "--format", "junit"])
    suite = ET.fromstring(capsys.readouterr().out)
    main(["test", "menu.dialog", "--format", "github"])
    annotations = capsys.readouterr().out

    assert (told["dialogs"], told["failed"]) == (2, 1)
    assert told["results"][1]["lines"][0]["heard"] == "Press 1."
    assert suite.attrib["failures"] == "1"
    assert "Press 1." in (suite.findtext(".//failure") or "")
    assert annotations.startswith("::error file=menu.dialog,line=9,col=1,title=nobody says cake::")
    assert annotations.count("\n") == 1


def test_what_was_heard_is_written_into_the_dialog(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", "menu.dialog", "--update"]) == 0
    assert "menu.dialog: 2 lines written anew" in capsys.readouterr().err
    expected = DIALOGS.replace('"cake"', '"Press 1."').replace("status busy", "status completed")
    assert folder.joinpath("menu.dialog").read_text("utf-8") == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('hear "cake" or "bread" within 30', 'hear "Press 1." within 30'),
        ("hear /cake/", 'hear "Press 1."'),
        ('hear "press 1"\n  hear "cake"', 'hear "press 1"'),
        ('hear "cake"\n  press 1\n  hear "bread"', None),
        ("hear 'press 1'; press 1", "hear 'press 1'; press 1"),
    ],
)
def test_only_what_was_heard_is_written(folder: Path, before: str, after: str | None) -> None:
    """... and what stands behind it stays; a line at whose place nothing was heard is left out."""
    head = 'app: menu.xml\n\n# a remark\ndialog "it"\n  '
    folder.joinpath("menu.dialog").write_text(f"{head}{before}\n", "utf-8")
    status = main(["test", "menu.dialog", "--update"])
    written = folder.joinpath("menu.dialog").read_text("utf-8")

    assert status == 0
    assert written.startswith(head)
    assert after is None or written == f"{head}{after}\n"


@pytest.mark.parametrize("text", ["", "# nothing", 'dialog "x"\n  sing', None])
def test_what_cannot_be_read_ends_with_2(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str | None
) -> None:
    if text is not None:
        folder.joinpath("odd.dialog").write_text(text, "utf-8")

    assert main(["test", "odd.dialog"]) == 2
    assert "odd.dialog" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "steps", "json", "junit", "github"])
def test_nothing_of_a_hostile_dialog_is_obeyed(
    folder: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    words = " ".join(HOSTILE.replace('"', "").encode("utf-8", "ignore").decode().split())
    text = f'app: menu.xml\ndialog "{words}"\n  hear "{words}"\n'
    folder.joinpath("menu.dialog").write_text(text, "utf-8", newline="")
    assert main(["test", "menu.dialog", "--format", form]) == 1
    said = capsys.readouterr().out

    assert "heard" in said
    assert obeyed(said) == []
    assert len(commands(said)) == (form == "github")
