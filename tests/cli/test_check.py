"""``twilio-magic check``: exit statuses, formats, and where documents come from."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from twilio_magic.cli import main

GOOD = "<Response><Say>Hello.</Say><Hangup/></Response>"
WARNED = '<Response>\n  <Say voise="x">Hello.</Say>\n</Response>'
BROKEN = "<Response>\n  <Say>Hello.\n</Response>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.twiml").write_text(GOOD)
    (tmp_path / "warned.twiml").write_text(WARNED)
    (tmp_path / "broken.xml").write_text(BROKEN)
    (tmp_path / "notes.txt").write_text("no TwiML")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["good.twiml"], 0),
        (["warned.twiml"], 0),
        (["warned.twiml", "--strict"], 1),
        (["warned.twiml", "--strict", "--ignore", "unknown-attribute"], 0),
        (["broken.xml"], 1),
        (["good.twiml", "absent.twiml"], 2),
        (["."], 1),
    ],
)
def test_the_exit_status_says_whether_twilio_would_run_them(
    folder: Path, arguments: list[str], status: int
) -> None:
    assert main(["check", *arguments]) == status


def test_strict_says_why_it_refuses(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "warned.twiml", "--strict"])

    assert "a warning counts as an error" in capsys.readouterr().out


def test_a_folder_stands_for_the_twiml_in_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "."])

    out = capsys.readouterr().out
    assert "broken.xml:3:1 error 12100" in out
    assert "warned.twiml:2:8 warning 12200" in out
    assert out.endswith("3 documents checked: 1 error, 1 warning.\n")


def test_a_folder_is_read_without_what_is_hidden_or_installed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (".venv", "node_modules", "lib/site-packages/inside"):
        (folder / name).mkdir(parents=True)
        (folder / name / "manifest.xml").write_text("<assembly/>")
    (folder / ".xml").write_text("<assembly/>")

    main(["check", "."])
    assert capsys.readouterr().out.endswith("3 documents checked: 1 error, 1 warning.\n")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("god.twiml", "god.twiml: there is no such file; did you mean good.twiml?\n"),
        ("menus/good.twiml", "menus/good.twiml: there is no such file, nor a folder menus\n"),
        ("something.else", "something.else: there is no such file\n"),
    ],
)
@pytest.mark.parametrize("command", ["check", "simulate"])
def test_a_file_that_is_not_there_leads_to_the_one_that_is(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str, name: str, told: str
) -> None:
    assert main([command, name]) == 2
    assert capsys.readouterr().err == told


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("check good.twiml --strct", "--strict"),
        ("simulate good.twiml --fone busy", "--phone"),
        ("serve --prot 1", "--port"),
        ("call +13105555555 --recrod", "--record"),
    ],
)
def test_a_misspelled_option_is_told_with_the_usage_of_its_command(
    folder: Path, capsys: pytest.CaptureFixture[str], line: str, meant: str
) -> None:
    with pytest.raises(SystemExit) as misuse:
        main(line.split())

    told = capsys.readouterr().err
    assert misuse.value.code == 2
    assert f"(did you mean {meant}?)" in told
    assert f"usage: twilio-magic {line.split(maxsplit=1)[0]}" in told


def test_standard_input_is_a_dash(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))

    assert main(["check", "-"]) == 0
    assert capsys.readouterr().out == "1 document checked: nothing wrong.\n"


def test_json_has_every_field_of_a_problem(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "warned.twiml", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    (problem,) = report["problems"]

    assert report["checked"] == 1
    assert (problem["file"], problem["line"], problem["column"]) == ("warned.twiml", 2, 8)
    assert (problem["code"], problem["level"], problem["attribute"]) == (12200, "warning", "voise")


def test_github_gets_a_command_a_line_with_everything_escaped(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a,b.twiml").write_text(WARNED)
    main(["check", "a,b.twiml", "--format", "github"])
    (line,) = capsys.readouterr().out.splitlines()

    assert line.startswith("::warning file=a%2Cb.twiml,line=2,col=8,title=Twilio 12200::<Say> has")


def test_sarif_names_the_rule_the_level_and_the_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "broken.xml", "--format", "sarif"])
    log = json.loads(capsys.readouterr().out)
    (run,) = log["runs"]
    (result,) = run["results"]

    assert log["version"] == "2.1.0"
    assert result["level"] == "error"
    assert result["ruleId"] in {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 1}


def test_the_context_decides_which_verbs_may_stand_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "hold.twiml").write_text("<Response><Dial>+13105555555</Dial></Response>")

    assert main(["check", "hold.twiml"]) == 0
    main(["check", "hold.twiml", "--context", "wait"])
    assert "Dial" in capsys.readouterr().out


def test_an_unknown_context_names_the_known_ones(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as misuse:
        main(["check", "good.twiml", "--context", "nowhere"])

    assert misuse.value.code == 2
    assert "wait" in capsys.readouterr().err


def test_where_nothing_could_be_read_nothing_is_called_right(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "nothing-here.twiml"]) == 2
    assert capsys.readouterr().out == "0 documents checked.\n"
