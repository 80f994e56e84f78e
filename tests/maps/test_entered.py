"""How an application is entered that is explored: with which method, and with what beside it."""

from __future__ import annotations

import sys
import wave
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from fastapi import FastAPI
from flask import Flask

import twilio_magic as tm
from twilio_magic.cli import main
from twilio_magic.maps import cover_dialogs, tracks_of

PLAYS = (
    "from flask import Flask\napp = Flask('ivr')\n\n"
    "@app.get('/voice')\ndef voice():\n"
    '    return "<Response><Play>https://files.example.com/hello.wav</Play><Say>Goodbye.</Say></Response>"\n'
)


def flask_with(path: str, method: str) -> Flask:
    """An application that answers at *path* alone."""
    app = Flask("one", static_folder=None)
    answer = "<Response><Say>Hello.</Say></Response>"
    app.add_url_rule(path, view_func=lambda: answer, methods=[method])
    return app


def fastapi_with(path: str) -> FastAPI:
    app = FastAPI()

    @app.post(path)
    def menu() -> str:
        return ""

    return app


DJANGO = """\
import django
from django.conf import settings
from django.http import HttpResponse

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="for the test")
django.setup()

from django.core.wsgi import get_wsgi_application
from django.urls import include, path

def menu(request):
    return HttpResponse("<Response><Say>Hello.</Say></Response>")

urlpatterns = [path("voice/", menu), path("deep/", include([path("menu", menu)]))]
app = get_wsgi_application()
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an application that plays a file, and the folder of that."""
    (tmp_path / "player_of_files.py").write_text(PLAYS, "utf-8")
    (tmp_path / "sounds").mkdir()
    with wave.open(str(tmp_path / "sounds" / "hello.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(32000))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kinds(found: tm.Map) -> list[str]:
    return [each.kind for each in found.problems]


def test_files_are_mounted_beside_an_application(folder: Path) -> None:
    assert kinds(tm.explore("player_of_files.py:app", method="GET")) == ["error"]
    mounts = {"https://files.example.com": "sounds"}
    assert kinds(tm.explore("player_of_files.py:app", method="GET", mounts=mounts)) == []


def test_a_folder_gives_nothing_that_is_outside_of_it(folder: Path) -> None:
    (folder / "sounds" / "link.wav").symlink_to(folder / "player_of_files.py")
    mounts = {"https://files.example.com/": "sounds"}
    document = "<Response><Play>https://files.example.com/{}</Play></Response>"
    for name in ("../player_of_files.py", "%2e%2e/player_of_files.py", "nothing.wav"):
        assert kinds(tm.explore(document.format(name), mounts=mounts))[:1] == ["error"]


def test_what_is_mounted_beside_may_be_an_object(folder: Path) -> None:
    files = Flask("files", static_folder=str(folder / "sounds"), static_url_path="/")
    found = tm.explore(
        "player_of_files.py:app", method="get", mounts={"https://files.example.com": files}
    )

    assert kinds(found) == []


def test_the_dialog_of_a_problem_has_the_method_and_the_mounts(folder: Path) -> None:
    menu = (
        "@app.get('/menu')\ndef menu():\n"
        "    return \"<Response><Play>https://files.example.com/hello.wav</Play><Gather numDigits='1'"
        " action='/nothing'><Say>Press 1.</Say></Gather></Response>\"\n"
    )
    (folder / "menu_of_files.py").write_text(PLAYS + menu, "utf-8")
    mounts = {"https://files.example.com": "sounds"}
    found = tm.explore("menu_of_files.py:app", url="/menu", method="GET", mounts=mounts)
    text = found.problems.to_dialogs()
    (folder / "found.dialog").write_text(text, "utf-8")

    assert "method: GET" in text
    assert "given app sounds at https://files.example.com" in text
    assert tm.dialogs(folder / "found.dialog").run().passed


def test_a_method_that_there_is_none_of_is_refused() -> None:
    with pytest.raises(tm.SimulatorError, match="'PUT'") as raised:
        tm.explore("<Response/>", method="PUT")

    assert raised.value.hint == "Write GET or POST."


def test_the_address_of_the_application_may_be_whole(folder: Path) -> None:
    url = "https://ivr.example.org/voice"
    mounts = {"https://files.example.com": "sounds"}

    assert kinds(tm.explore("player_of_files.py:app", url=url, method="GET", mounts=mounts)) == []


def test_the_command_has_the_same_options(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["explore", "player_of_files.py:app", "--method", "GET", "--mount"]

    assert main([*command, "https://files.example.com=sounds"]) == 0
    with pytest.raises(SystemExit, match="2"):
        main([*command, "sounds"])
    assert "https://files.example.com=sounds" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("app", "method", "said"),
    [
        (
            flask_with("/begin", "POST"),
            "POST",
            "It answers at /begin: say which begins a call, --url /begin",
        ),
        (flask_with("/begin", "POST"), "GET", "Say which path answers a call: --url /PATH"),
        (flask_with("/voice", "GET"), "POST", "It takes GET there: --method GET"),
        (fastapi_with("/begin"), "POST", "It answers at /begin: say which begins a call"),
        (lambda: ("", 404), "POST", "Say which path answers a call"),
    ],
)
def test_where_no_route_answers_those_that_do_are_named(app: Any, method: str, said: str) -> None:
    [problem] = tm.explore(app, method=method).problems

    assert "HTTP 40" in problem.message
    assert said in problem.message


def test_other_errors_at_the_beginning_name_no_routes() -> None:
    [problem] = tm.explore(lambda: ("", 500)).problems
    assert problem.message.endswith("HTTP 500 INTERNAL SERVER ERROR")


def test_the_routes_of_django_are_named_too(folder: Path) -> None:
    """In a process of its own, because a process has one application of Django."""
    (folder / "menu_of_django.py").write_text(DJANGO, "utf-8")
    command = [sys.executable, "-m", "twilio_magic", "explore", "menu_of_django:app"]
    told = run([*command, "--url", "/nothing"], capture_output=True, check=False, text=True)
    usual = run(command, capture_output=True, check=True, text=True)

    assert "It answers at /voice/, /deep/menu: say which" in told.stdout, told.stderr
    assert "Hello." in usual.stdout


def test_an_address_with_something_mounted_is_explored_in_a_copy_of_its_world() -> None:
    simulator = tm.Simulator()
    simulator.mount("https://ivr.example.org/below", flask_with("/voice", "POST"))
    simulator.mount("https://ivr.example.org/document", "<Response><Say>Hello.</Say></Response>")

    def explore(address: str, **more: Any) -> tm.Map:
        return tm.explore(address, simulator=simulator, **more)

    for found in (
        explore("https://ivr.example.org/below"),
        explore("https://ivr.example.org/below/voice"),
        explore("https://ivr.example.org", url="/below/voice"),
        explore("https://ivr.example.org/document"),
    ):
        assert [state.text for state in found.states.values()] == ["Hello."]
        assert not found.problems
    [missed] = explore("https://ivr.example.org/below/other").problems
    assert "It answers at /below/voice" in missed.message
    assert not tm.Client(simulator=simulator).calls.list()


def test_coverage_tells_inbound_and_outbound_calls_apart(folder: Path) -> None:
    head = (
        "app: player_of_files.py:app\nmethod: GET\ngiven app sounds at https://files.example.com\n"
    )
    both = tm.dialogs(
        f'{head}dialog "in"\n  hear "Goodbye"\ndialog "out"\n  direction: outbound\n  hear "Goodbye"\n'
    )
    results = [each.run() for each in both]
    report = cover_dialogs((each.dialog, list(tracks_of(each.simulator))) for each in results)

    assert [each.passed for each in results] == [True, True]
    assert [each.name for each in report] == [
        "player_of_files.py:app /voice",
        "player_of_files.py:app /voice, outbound",
    ]
