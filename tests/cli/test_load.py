"""``twilio-magic load``: many callers on the command line."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile_texts import HOSTILE, commands, obeyed
from twilio_magic.cli import main

SCENARIO = """\
import twilio_magic as tm

def scenario(seed):
    simulator = tm.Simulator(seed, network=False)
    return tm.Client(simulator=simulator).calls.create(
        to="+13105555555", from_="+12125551234", twiml="<Response><Say>Hello.</Say></Response>")

def fail(seed):
    raise ValueError(%r)
"""
DIALOG = """\
twiml: <Response><Say>Hello.</Say></Response>

dialog "hello"
  hear "hello"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with scenarios, which is the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    tmp_path.joinpath("many_callers.py").write_text(SCENARIO % HOSTILE, "utf-8")
    tmp_path.joinpath("hello.dialog").write_text(DIALOG, "utf-8")
    return tmp_path


def test_callers_are_simulated_and_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["load", "many_callers.py:scenario", "--callers", "4", "--processes", "1"])
    told = capsys.readouterr()

    assert status == 0
    assert told.out.startswith("4 callers, 4 calls: none failed\n")
    assert "in 1 process" in told.out
    assert told.err == ""


def test_several_processes_have_the_file_of_the_scenario(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = []
    for processes in ("1", "2"):
        command = [
            "load",
            "many_callers.py:scenario",
            "-n",
            "4",
            "-p",
            processes,
            "--format",
            "json",
        ]
        assert main(command) == 0
        answers.append(json.loads(capsys.readouterr().out))

    assert answers[1].pop("measured")["processes"] == 2
    assert answers[0].pop("measured")["processes"] == 1
    assert answers[0] == answers[1]
    assert answers[0]["outcomes"] == {"completed": 4}


def test_scenarios_and_dialogs_have_weights(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["load", "many_callers.py:scenario=1", "hello.dialog=2.5", "many_callers.py:fail=0"]
    status = main([*command, "-n", "20", "-p", "1", "--format", "json"])
    callers = json.loads(capsys.readouterr().out)["scenarios"]

    assert status == 0
    assert callers["hello"] > callers["scenario"] > 0
    assert sum(callers.values()) == 20


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_failed_is_told_and_obeyed_by_nobody(
    folder: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    status = main(["load", "many_callers.py:fail", "-n", "2", "-p", "1", "--format", form])
    told = capsys.readouterr().out

    assert status == 1
    assert "ValueError" in told
    assert obeyed(told) == commands(told) == []


def test_what_names_no_scenario_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["load", "many_callers.py:scenaro", "-n", "1"])

    assert status == 1
    assert "many_callers.py:scenario" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_terminal_shows_a_bar_and_keeps_nothing_of_it(folder: Path) -> None:
    ours, theirs = pty.openpty()
    command = ["-m", "twilio_magic", "load", "many_callers.py:scenario", "-n", "4", "-p", "1"]
    ran = subprocess.run(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    os.close(theirs)

    assert "░ 0 of 4" in shown
    assert "█ 4 of 4" in shown
    assert shown.endswith("\r\x1b[K")
    assert ran.stdout.startswith("4 callers")
