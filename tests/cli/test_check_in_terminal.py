"""``twilio-magic check`` in a terminal: color, and a caret below the place; in a pipe the lines that scripts read."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile_texts import COMMAND, IN_XML, commands, obeyed
from twilio_magic.cli import main
from twilio_magic.ladder import cells

HOME = Path(__file__).parents[2]
WARNED = '<Response>\n  <Say voise="x">Hello.</Say>\n</Response>'
PLAIN = "menu.twiml:2:8 warning 12200: <Say> has no attribute voise (did you mean voice?)"
_COLOR = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "menu.twiml").write_text(WARNED, "utf-8")
    return tmp_path


def run_in_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """What the command shows in a pseudo-terminal."""
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "twilio_magic", *arguments],
        cwd=folder,
        stdout=theirs,
        check=False,
        env={**os.environ, "PYTHONPATH": str(HOME), "TERM": "xterm", **environment},
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    return shown.replace("\r\n", "\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_terminal_shows_the_line_in_color_and_a_caret_below_the_place(folder: Path) -> None:
    shown = run_in_terminal(folder, "check", "menu.twiml")
    lines = _COLOR.sub("", shown).splitlines()

    assert "\x1b[33;1mwarning 12200\x1b[0m" in shown
    assert lines[:4] == [
        "menu.twiml:2:8 warning 12200: <Say> has no attribute voise",
        '  2 │   <Say voise="x">Hello.</Say>',
        "    │        ^^^^^",
        "  → did you mean voice?",
    ]
    assert lines[-1] == "1 document checked: 1 warning."


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("quiet", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_a_terminal_without_color_shows_the_caret(folder: Path, quiet: dict[str, str]) -> None:
    shown = run_in_terminal(folder, "check", "menu.twiml", **quiet)

    assert "\x1b" not in shown
    assert "    │        ^^^^^\n" in shown


def test_a_pipe_gets_a_line_for_each_problem(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "menu.twiml"])

    out = capsys.readouterr().out
    assert out.startswith(f"{PLAIN}\n")
    assert "│" not in out


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_the_formats_for_programs_have_no_color_though_it_is_forced(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    main(["check", "menu.twiml", "--format", form])
    plain = capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["check", "menu.twiml", "--format", form])

    assert capsys.readouterr().out == plain


def forced(
    document: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    """What the report of *document* shows where color is forced."""
    Path("menu.twiml").write_text(document, "utf-8")
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["check", "menu.twiml"])
    out = capsys.readouterr().out
    assert "\x1b[" in out
    return _COLOR.sub("", out)


@pytest.mark.parametrize(
    ("document", "line", "carets"),
    [
        ("<Response>\n\t<Sya/></Response>", "<Sya/></Response>", "<Sya"),
        ("<Response>\n<Say>Hello.\n</Response>", "</Response>", "</Response"),
        ("<Response><Say>" + "ab " * 90 + "<Sya/></Say></Response>", "<Sya/></Say>", "<Sya"),
        ("<Response><Say>日本語</Say><Sya/></Response>", "<Sya/></Response>", "<Sya"),
    ],
    ids=["tab", "not well-formed", "long line", "wide characters"],
)
def test_the_carets_stand_below_the_word(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    document: str,
    line: str,
    carets: str,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = forced(document, monkeypatch, capsys).splitlines()
    at = max(
        i
        for i, each in enumerate(lines)
        if each.endswith("^" * len(carets)) and line in lines[i - 1]
    )
    shown, below = lines[at - 1], lines[at]
    assert cells(shown.partition(line)[0]) == below.index("^")
    assert below.count("^") == len(carets)
    assert cells(shown) <= 80


def test_nothing_of_a_document_gives_a_command_in_color_either(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in (
        f'<Response><Say voise="{IN_XML}">{IN_XML}</Say></Response>',
        f"<Response>\n{COMMAND}</{COMMAND}",
    ):
        out = forced(text, monkeypatch, capsys)

        assert obeyed(out) == commands(out) == []
