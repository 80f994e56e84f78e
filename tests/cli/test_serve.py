"""``twilio-magic serve`` as it is typed, in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

import twilio_magic as tm
from tests.waiting import until
from twilio_magic.cli import main
from twilio_magic.display import UNSEEN

WELL_KNOWN = tm.Simulator().credentials.password.reveal()
SERVE = [sys.executable, "-m", "twilio_magic", "serve", "--port", "0", "--speed", "100"]


Served = tuple[subprocess.Popen[str], str, tuple[str, str]]


@contextmanager
def serving(*options: str, cwd: Path | None = None) -> Iterator[Served]:
    """The process, its address, and how to sign in, as it says."""
    command = [*SERVE, *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=cwd
    )
    assert process.stdout is not None
    words = [process.stdout.readline().split()[-1] for _ in range(4)]
    try:
        yield process, words[0], (words[1], words[2])
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def served() -> Iterator[Served]:
    with serving() as given:
        yield given


def test_calls_are_placed_over_http_and_time_passes(
    served: Served,
) -> None:
    _, base_url, signed_in = served
    calls = f"{base_url}/2010-04-01/Accounts/{signed_in[0]}/Calls"
    form = {"To": "+13105555555", "From": "+12125551234", "Twiml": "<Response/>"}
    made = requests.post(f"{calls}.json", form, auth=signed_in, timeout=60).json()

    def status() -> str:
        seen = requests.get(f"{calls}/{made['sid']}.json", auth=signed_in, timeout=60)
        return str(seen.json()["status"])

    assert made["status"] == "queued"
    until(lambda: status() == "completed")


def test_an_interrupt_ends_it_well(
    served: Served,
) -> None:
    process, *_ = served
    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=60) == 0


def status_of(base_url: str, account: str, token: str) -> int:
    """The status of a list of calls that is asked for with *token*."""
    calls = f"{base_url}/2010-04-01/Accounts/{account}/Calls.json"
    return requests.get(calls, auth=(account, token), timeout=60).status_code


def test_a_random_token_is_shown_once_and_the_one_that_everybody_knows_is_refused() -> None:
    with serving("--token") as (_, base_url, (account, token)):
        answers = [status_of(base_url, account, each) for each in (token, WELL_KNOWN)]

    assert answers == [200, 401]


def test_a_typed_token_is_not_shown_and_signs_in() -> None:
    with serving("--token", "only-mine-0815") as (_, base_url, (account, shown)):
        answers = [status_of(base_url, account, each) for each in ("only-mine-0815", WELL_KNOWN)]

    assert answers == [200, 401]
    assert "0815" not in shown


def test_a_speed_that_is_none_is_an_error_in_a_box(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", "0", "--speed", "0"]) == 1
    assert "at speed 0" in capsys.readouterr().err


def drive(base_url: str, method: str, path: str, body: Any = None) -> Any:
    answer = requests.request(method, f"{base_url}/simulator{path}", json=body, timeout=60)
    assert answer.ok, answer.text
    return answer.json()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with scripts, a document and an application."""
    tmp_path.joinpath("phones.txt").write_text(
        "# who is who\n+14155550100:\n  wait 9\n  hang up\n\nclient:alice: busy\n", "utf-8"
    )
    tmp_path.joinpath("menu.xml").write_text(
        "<Response><Say>Hello from a file.</Say><Pause length='9'/></Response>", "utf-8"
    )
    tmp_path.joinpath("ivr_of_test.py").write_text(
        """
from flask import Flask

app = Flask("ivr")


@app.post("/voice")
def voice():
    return "<Response><Say>Hello from an app.</Say></Response>"
""",
        "utf-8",
    )
    return tmp_path


def test_phones_and_numbers_come_from_files_and_are_there_again_after_a_reset(folder: Path) -> None:
    """The document is the one that the file has at the time of the call."""
    file = folder / "menu.xml"
    options = ["--phones", str(folder / "phones.txt"), "--number", f"+12125551234={file}"]
    with serving(*options) as (_, base_url, _):
        order = {"from": "+14155550100", "wait": True}
        first = drive(base_url, "POST", "/calls", order)
        file.write_text("<Response><Say>Hello again.</Say></Response>", "utf-8")
        drive(base_url, "POST", "/reset")
        again = drive(base_url, "POST", "/calls", order)
        file.unlink()
        gone = drive(base_url, "POST", "/calls", order)
        events = drive(base_url, "GET", f"/calls/{gone['sid']}/timeline")["timeline"]
        drive(base_url, "POST", "/reset")
        phones = drive(base_url, "GET", "/phones")["phones"]

    assert first["transcript"][0]["text"] == "Hello from a file."
    assert again["transcript"][0]["text"] == "Hello again."
    assert "there is no such file" in str([each["text"] for each in events])
    assert phones == {"+14155550100": "wait 9\n  hang up", "client:alice": "busy"}


def test_applications_servers_and_documents_are_mounted(folder: Path) -> None:
    voice = "https://ivr.example.com/voice"
    options = [
        *("--mount", "https://ivr.example.com=ivr_of_test:app"),
        *("--mount", f"https://menu.example.com={folder / 'menu.xml'}"),
        *("--mount", "https://agent.example.com=http://127.0.0.1:1"),
        *("--number", f"+12125551234={voice}", "--number", f"+442079460000={voice}"),
    ]
    with serving(*options, cwd=folder) as (_, base_url, _):
        call = drive(base_url, "POST", "/calls", {"from": "+14155550100", "wait": True})
        mounts = drive(base_url, "GET", "/mounts")["mounts"]
        numbers = drive(base_url, "GET", "/numbers")["numbers"]

    assert call["transcript"][0]["text"] == "Hello from an app."
    assert {each["url"]: each["answers"] for each in mounts} == {
        "https://agent.example.com": "the server at http://127.0.0.1:1",
        "https://ivr.example.com": "Flask ivr",
        "https://menu.example.com": "TwiML",
    }
    assert {each["phone_number"]: each["voice_url"] for each in numbers} == {
        "+12125551234": voice,
        "+442079460000": voice,
    }


def test_the_log_has_a_line_for_each_event_and_obeys_nobody(folder: Path) -> None:
    """What a document says moves no cursor, and is no line of its own."""
    file = folder / "menu.xml"
    said = "Red \x9b31m and a\u2028second line &#10; ::error::not ours"
    file.write_text(f"<Response><Say>{said}</Say></Response>", "utf-8")
    with serving("--log", "--number", f"+12125551234={file}") as (process, base_url, _):
        assert process.stdout is not None
        process.stdout.readline()
        sid = drive(base_url, "POST", "/calls", {"from": "+14155550100", "wait": True})["sid"]
        events = drive(base_url, "GET", f"/calls/{sid}/timeline")["timeline"]
        lines = [process.stdout.readline() for _ in events]

    assert [line.split()[3] for line in lines] == [event["kind"].split()[0] for event in events]
    assert {(line.split()[1], line.split()[2]) for line in lines} == {(sid[:10], "+14155550100")}
    assert not [line for line in lines if UNSEEN.search(line.rstrip("\n"))]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--phones", "{folder}/nothing.txt"], "there is no such file"),
        (["--phones", "{folder}/wrong.txt"], "wrong.txt:3:4"),
        (["--phones", "{folder}/menu.xml"], "menu.xml:1:1"),
        (["--number", "+12125551234"], "does not say what answers"),
        (["--number", "+12125551234=http://h h/"], "not a web address: 'http://h h/'"),
        (["--number", "menu=https://ivr.example.com"], "not a phone number"),
        (["--number", "+12125551234={folder}/nothing.xml"], "there is no such file"),
        (["--number", "+12125551234=localhost:3000/voice"], "named with its scheme"),
        (["--number", "+12125551234=ivr:app"], "--mount https://ivr.example.com=module:app"),
        (["--mount", "https://ivr.example.com"], "does not say what answers"),
        (["--mount", "ivr.example.com={folder}/menu.xml"], "no web address"),
        (["--mount", "https://ivr.example.com=no_such_module_here:app"], "There is no module"),
        (["--mount", "https://ivr.example.com=json:app"], "There is no 'app' in json"),
        (["--mount", "https://ivr.example.com=json:decoder"], "cannot answer"),
        (["--mount", "https://ivr.example.com={folder}"], "Is a directory"),
        (["--mount", "https://ivr.example.com=127.0.0.1:5050"], "'http://127.0.0.1:5050'"),
        (["--mount", "https://ivr.example.com=ftp://x"], "'http://x'"),
    ],
)
def test_what_is_wrong_with_an_option_is_told_before_anything_is_served(
    folder: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.joinpath("wrong.txt").write_text("+13105555555: answer\n+14155550100: busy\n   prss 1")

    assert main(["serve", "--port", "0", *(each.format(folder=folder) for each in options)]) == 1
    assert said in " ".join(capsys.readouterr().err.replace("│", " ").split())


def test_a_document_that_cannot_run_is_told_at_once_and_served(tmp_path: Path) -> None:
    """Its file may be mended while the world is served."""
    (tmp_path / "menu.xml").write_text("<Response><Say>Hi")
    command = [*SERVE, "--number", "+12125551234=menu.xml"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    started = process.stdout.readline()
    process.kill()
    _, said = process.communicate()

    assert started.startswith("Twilio Voice, simulated")
    assert said.startswith("menu.xml:1:11 error 12100")
