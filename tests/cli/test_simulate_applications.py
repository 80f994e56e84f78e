"""``twilio-magic simulate agent.py:app``: an application in the place of a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from twilio_magic.cli import main

AGENT = """
from fastapi import FastAPI, Request, Response, WebSocket

app = FastAPI()

@app.post("/incoming-call")
def voice(request: Request) -> Response:
    url = f"wss://{request.headers['host']}/ws"
    relay = f"<ConversationRelay url='{url}' welcomeGreeting='Can I help you?'/>"
    return Response(f"<Response><Connect>{relay}</Connect></Response>", media_type="text/xml")

@app.websocket("/ws")
async def talk(websocket: WebSocket) -> None:
    await websocket.accept()
    async for message in websocket.iter_json():
        if message["type"] == "prompt" and message["last"]:
            answer = "We are open from nine to five. On Sundays we are closed."
            await websocket.send_json({"type": "text", "token": answer, "last": True})
"""
FLASK_AGENT = """
import os
from flask import Flask, request
from flask_sock import Sock
from twilio.request_validator import RequestValidator

app = Flask("agent")

@app.post("/voice")
def voice():
    validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
    assert validator.validate(request.url, request.form, request.headers["X-Twilio-Signature"])
    relay = f"<ConversationRelay url='wss://{request.host}/ws'/>"
    return f"<Response><Connect>{relay}</Connect></Response>", {"Content-Type": "text/xml"}

@Sock(app).route("/ws")
def talk(connection):
    while True:
        if '"prompt"' in connection.receive():
            connection.send('{"type": "text", "token": "We are open.", "last": true}')
"""
BROKEN = "import no_such_package_here\n"
SEVERAL = """
raise SystemExit("it is read, and not run")
def plain(environ, start_response): ...
async def other(message): ...
site: object = starlette.applications.Starlette(routes=[])
a = b[0] = flask.Flask("a")
answer = print("app = Flask()")
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with applications, which is the current one; their modules are forgotten afterwards."""
    applications = {
        "agent_a": AGENT,
        "agent_b": FLASK_AGENT,
        "broken_a": BROKEN,
        "several_a": SEVERAL,
    }
    applications["wrong_a"] = "def ("
    for name, source in applications.items():
        (tmp_path / f"{name}.py").write_text(source)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield tmp_path
    for name in applications:
        sys.modules.pop(name, None)


def simulate(*arguments: str) -> int:
    return main(["simulate", *arguments])


@pytest.mark.parametrize("named", ["agent_a.py:app", "agent_a:app", "./agent_a.py:app"])
def test_a_voice_agent_is_talked_with_and_interrupted(
    folder: Path, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = "hear 'help you'; say 'When do you open?'; hear 'open'; say 'Stop it'; wait 9; hang up"

    assert simulate(named, "--phone", phone) == 0

    out = capsys.readouterr().out
    assert "https://agent.example.com/incoming-call → 200" in out
    assert "“We are open from nine …” (cut off)" in out
    assert "“Stop it”" in out


def test_an_application_of_flask_answers_with_its_signature_checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert simulate("agent_b.py:app", "--phone", "say 'Hello?'; hear 'open'; hang up") == 0
    assert "“We are open.”" in capsys.readouterr().out


def test_two_runs_say_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("agent_a.py:app", "--format", "json", "--phone", "say 'Hello?'; wait 9; hang up")
    simulate(*arguments)
    first = capsys.readouterr().out
    simulate(*arguments)

    assert capsys.readouterr().out == first
    assert json.loads(first)["status"] == "completed"


@pytest.mark.parametrize("url", ["/incoming-call", "https://me.example.org/incoming-call"])
def test_url_says_where_the_call_is_answered(
    folder: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert simulate("agent_a.py:app", "--url", url, "--phone", "hear 'help you'; hang up") == 0
    assert f"{url} → 200" in capsys.readouterr().out


def test_a_path_that_is_not_there_is_told_with_those_that_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert simulate("agent_a.py:app", "--url", "/voice") == 1
    assert "such as /incoming-call" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["agent_a.py:ap"], "Did you mean agent_a.py:app?"),
        (["agent_c.py:app"], "there is no such file"),
        (["agent_c:app"], "There is no module agent_c"),
        (["broken_a.py:app"], "No module named 'no_such_package_here'"),
        (["broken_a:app"], "No module named 'no_such_package_here'"),
        (["agent_a.py:AGENT"], "There is no 'AGENT'"),
        (["-", "--url", "/voice"], "Write agent.py:app"),
        (
            ["agent_a.py"],
            "agent_a.py is a Python file, and no TwiML. → Did you mean agent_a.py:app?",
        ),
        (["broken_a.py"], "Name the application in it: broken_a.py:app."),
        (["wrong_a.py"], "Name the application in it: wrong_a.py:app."),
        (
            ["several_a.py"],
            "Did you mean several_a.py:plain or several_a.py:site or several_a.py:a?",
        ),
    ],
    ids=str,
)
def test_what_names_no_application_is_told_with_the_next_step(
    folder: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert simulate(*arguments) == 1

    words = " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert told in words


def test_other_commands_say_so_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, meant in [
        (["explore", "agent_a.py"], "Did you mean agent_a.py:app?"),
        (
            ["serve", "--mount", "https://ivr.example.com=agent_a.py"],
            "Did you mean agent_a.py:app?",
        ),
    ]:
        assert main(arguments) == 1
        assert meant in capsys.readouterr().err
