"""A simulator in a file of functions, named to the commands as dialogs name it: ``ivr.py:simulator``."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import twilio_magic as tm
from twilio_magic.applications import load_application
from twilio_magic.cli import main

from .test_serve import drive, serving

IVR = """
import twilio_magic as tm
from flask import Flask

simulator = tm.Simulator()
simulator.numbers["+12125551234"].voice_url = "https://ivr.example.com/menu"
simulator.phones["+13105555555"] = "answer; press 1"
site = Flask("site")
simulator.mount("https://shop.example.com", site)
silent = tm.Simulator()
silent.mount("https://shop.example.com", site)
other = {}
small = tm.Simulator()
small.mount("https://ivr.example.com/key", "<Response/>")

@site.post("/open")
def hours():
    return "<Response><Say>The shop is open.</Say></Response>"

@simulator.webhook("https://ivr.example.com/menu")
def menu():
    return '<Response><Gather numDigits="1" action="/key"><Say>For bread, press 1.</Say></Gather></Response>'

@simulator.webhook("https://ivr.example.com/key")
def key(request):
    return f"<Response><Say>You chose {request['Digits']}.</Say></Response>"

def create():
    return simulator
"""
NAMED = "ivr_w.py:simulator"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "ivr_w.py").write_text(IVR)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield tmp_path
    sys.modules.pop("ivr_w", None)


def words(said: str) -> str:
    return " ".join(said.replace("│", " ").split())


@pytest.mark.parametrize(
    ("options", "heard"),
    [
        ([], ["For bread", "[presses 1]", "You chose 1."]),
        (["--phone", "press 2"], ["For bread", "[presses 2]", "You chose 2."]),
        (["--inbound", "--phone", "answer"], ["For bread, press 1."]),
        (["--inbound"], ["For bread", "[presses 1]", "You chose 1."]),
        (["--url", "/open", "--to", "+13105550199"], ["The shop is open."]),
        (["--url", "https://shop.example.com/open", "--inbound"], ["The shop is open."]),
    ],
    ids=str,
)
def test_a_call_enters_where_the_number_or_url_says_and_phones_do_as_in_the_file(
    folder: Path, options: list[str], heard: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", NAMED, "--format", "json", *options]) == 0

    lines = [line["text"] for line in json.loads(capsys.readouterr().out)["transcript"]]
    assert len(lines) == len(heard)
    assert all(line.startswith(word) for line, word in zip(lines, heard, strict=True))


@pytest.mark.parametrize("named", [NAMED, "ivr_w:simulator", "ivr_w.py:create()"])
def test_its_map_is_that_of_what_the_number_says(
    folder: Path, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explore", named]) in (0, 1)
    assert "You chose 1." in capsys.readouterr().out


def test_in_python_a_simulator_is_explored_as_it_is(folder: Path) -> None:
    simulator = load_application(NAMED)
    found = tm.explore(simulator)
    elsewhere = tm.explore(simulator, url="/open")

    assert "You chose 1." in repr(found)
    assert "The shop is open." in repr(elsewhere)
    assert not tm.Client(simulator=simulator).calls.list()


def test_it_is_served_and_is_there_again_after_a_reset(folder: Path) -> None:
    with serving(NAMED, "--number", "+442079460000=https://shop.example.com/open", cwd=folder) as (
        _,
        base_url,
        _,
    ):
        drive(base_url, "POST", "/reset")
        order = {"from": "+14155550100", "to": "+12125551234", "wait": True}
        call = drive(base_url, "POST", "/calls", order)
        other = drive(base_url, "POST", "/calls", {**order, "to": "+442079460000"})
        phones = drive(base_url, "GET", "/phones")["phones"]

    assert call["transcript"][0]["text"] == "For bread, press 1."
    assert other["transcript"][0]["text"] == "The shop is open."
    assert phones == {"+13105555555": "answer; press 1"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["simulate", "ivr_v.py:simulator"], "Did you mean ivr_w.py?"),
        (["explore", "ivr_v.py:simulator"], "Did you mean ivr_w.py?"),
        (["serve", "ivr_v.py:simulator"], "Did you mean ivr_w.py?"),
        (["simulate", "ivr_w.py:simulater"], "Did you mean ivr_w.py:simulator?"),
        (["explore", "ivr_w.py:simulater"], "Did you mean ivr_w.py:simulator?"),
        (["serve", "ivr_w.py:simulater"], "Did you mean ivr_w.py:simulator?"),
        (["simulate", "ivr_w.py:other"], "cannot answer for a web address"),
        (["serve", "ivr_w.py:site"], "is no simulator: its type is Flask. → An application is"),
        (["serve", "ivr_w.py"], "Write ivr.py:simulator"),
        (["simulate", "ivr_w.py"], "ivr_w.py:simulator"),
        (["simulate", "ivr_w.py:small", "--url", "/kye"], "Did you mean /key?"),
        (["simulate", NAMED, "--inbound", "--to", "+14155550111"], "no number of this account"),
        (["simulate", "ivr_w.py:silent"], "No number of this simulator says what answers a call."),
        (["explore", "ivr_w.py:silent"], "such as https://shop.example.com: --url /PATH"),
    ],
    ids=str,
)
def test_what_cannot_be_entered_is_told_with_the_next_step(
    folder: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    assert told in words(capsys.readouterr().err)


def test_a_dialog_enters_the_same_world_by_the_path_of_an_application(folder: Path) -> None:
    """The application is mounted at another host than the usual one."""
    lines = [f"app: {NAMED}", "url: /open", 'dialog "the shop"', '  hear "open"']
    (folder / "shop.dialog").write_text("\n".join(lines))
    ran = subprocess.run(
        [sys.executable, "-m", "twilio_magic", "test", "shop.dialog"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
