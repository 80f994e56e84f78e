"""What documents, file names and applications say gives no command to a terminal or to GitHub Actions."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

import twilio_magic as tm
from tests.architecture import modules
from tests.calls import FROM, TO
from tests.hostile_texts import COMMAND, CONTROLS, HOSTILE, IN_XML, commands, obeyed
from twilio_magic.api import code
from twilio_magic.cli import main

_NAMES = (
    f"{COMMAND}.twiml",
    f"  {COMMAND}.twiml",
    f"x\n{COMMAND}\x1b[31m.twiml",
    f"y\r{COMMAND}\u2028\u202e\x9b.twiml",
    "##[add-matcher]z.twiml",
    os.fsdecode(b"\xff\n::w.twiml"),
)
_BAD = (
    f'<Response><Say voise="{IN_XML}">{IN_XML}</Say><Dial timeout="\n{COMMAND}">x</Dial></Response>'
)
_BROKEN = f"<Response>\n{COMMAND}</{COMMAND}\n{COMMAND}>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(_NAMES):
        Path(name).write_text(_BROKEN if number % 2 else _BAD, "utf-8")
    return tmp_path


def _printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    with suppress(SystemExit):
        main(arguments)
    printed = capsys.readouterr()
    return printed.out, printed.err


@pytest.mark.parametrize("kind", ["text", "json", "sarif"])
def test_no_line_of_a_report_is_a_command(
    folder: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    for paths in ([*_NAMES, "absent\n::x"], ["."], [f"{COMMAND}/absent.twiml"]):
        out, err = _printed(["check", f"--format={kind}", *paths], capsys)

        assert obeyed(out + err) == []
        assert commands(out) + commands(err) == []


def test_the_report_for_github_has_one_command_a_finding(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _ = _printed(["check", "--format=json", "."], capsys)
    out, _ = _printed(["check", "--format=github", "."], capsys)
    lines = out.splitlines()

    assert len(lines) == len(json.loads(found)["problems"]) > len(_NAMES)
    assert obeyed(out) == []
    assert all(
        line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in lines
    )


def test_json_says_what_is_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = _printed(["check", "--format=json", _NAMES[2]], capsys)

    assert json.loads(out)["problems"][0]["file"] == _NAMES[2]


@pytest.mark.parametrize("kind", ["text", "json"])
def test_no_line_of_a_simulated_call_is_a_command(
    folder: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    said = "".join(char for char in IN_XML if char not in "'\";\r\n")
    Path("said.twiml").write_text(
        f"<Response><Say>{IN_XML}</Say><Gather><Say>\n{COMMAND}\n</Say></Gather>"
        f"<Play>http://x.example/{said}\n{COMMAND}</Play><Redirect>\n{COMMAND}</Redirect></Response>",
        "utf-8",
    )
    for document in ("said.twiml", _NAMES[0], _NAMES[1], f"absent\n{COMMAND}"):
        out, err = _printed(
            ["simulate", document, f"--format={kind}", f"--phone=say '{said}'", "--no-network"],
            capsys,
        )

        assert obeyed(out + err) == []
        assert commands(out) + commands(err) == []


def test_no_line_of_another_command_is_a_command_of_github(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = [TO, "--from", FROM]
    twiml = f"<Response><Say>{IN_XML}</Say></Response>"
    for arguments in (
        [*place, "--twiml", twiml, "--dry-run"],
        [*place, "--twiml", twiml],
        [*place, "--twiml", twiml, "--as", "curl"],
        [*place, "--twiml", twiml, "--as", "python"],
        [*place, "--twiml", twiml, "--as", "requests"],
        [*place, "--url", f"https://x.example/\n{COMMAND}"],
        [*place, "--twiml", f"absent\n{COMMAND}"],
        [*place, f"--unheard\x1b\n{COMMAND}"],
        [f"\n{COMMAND}{CONTROLS[1:]}"],
    ):
        out, err = _printed(["call", *arguments], capsys)

        assert obeyed(out + err) == []
        assert commands(out) + commands(err) == []
    out, err = _printed(["check", "--format", f"\n{COMMAND}\x1b", "."], capsys)
    assert obeyed(out + err) + commands(out + err) == []
    out, err = _printed(["serve", f"\n{COMMAND}\x1b"], capsys)
    assert obeyed(out + err) + commands(out + err) == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell")
@pytest.mark.parametrize("language", ["curl", "requests"])
def test_a_program_still_sends_what_it_was_given(client: tm.Client, language: str) -> None:
    text = IN_XML.replace("\r", "")
    request = client.calls.prepare(
        to=TO, from_=FROM, twiml=f"<Response><Say>{text}</Say></Response>"
    )
    program = code(request, language).text  # type: ignore[arg-type] # one of those there are

    assert obeyed(program) + commands(program) == []
    if language == "requests":
        rows = ast.literal_eval(program.partition("data=")[2].partition("],")[0] + "]")
        assert rows == list(request.form)
        return
    script = "curl() { printf '%s\\0' \"$@\"; }\n" + program
    ran = subprocess.run(["bash", "-c", script], capture_output=True, check=True)  # noqa: S607 - whichever there is
    words = ran.stdout.decode().split("\0")
    assert words[4:-3:2] == [f"{name}={value}" for name, value in request.form]


def test_the_command_line_prints_in_one_place() -> None:
    """... which keeps control characters and commands out."""
    printing = [
        module.name
        for module in modules().values()
        if module.name.startswith("cli")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]

    assert set(printing) == {"cli._terminal"}


def test_hostile_is_hostile() -> None:
    assert obeyed(HOSTILE)
    assert commands(HOSTILE)
    assert sys.getfilesystemencoding() == "utf-8"
