"""``twilio_magic.load.Caller`` under Locust's own master and workers, with an application that runs.

Locust changes sockets and threads of the process that imports it, so it runs in processes of its own, from a folder of
its own, which ``make test`` fills where a registry answers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.serving import make_server

import twilio_magic as tm
from tests.ports import free_port
from tests.simulation.agent_servers import SERVERS, running

HOME = Path(__file__).parents[2]
PLACE = HOME / ".venv" / "locust"
FILE = """
import os
from gevent import sleep, spawn
from locust import constant, events
from locust.runners import WorkerRunner
from twilio_magic.load import Caller

TALK = "press 2; say 'When do you open?'; hear 'closed'; hang up"

class Customer(Caller):
    wait_time = constant(0)
    behavior = {"hear 'press 1'; press 1; hear 'thank you'": 2, "press 3": 1, "menu.dialog": 1, TALK: 1}
    phones = {"+13105550002": "busy"}
    mounts = {"https://agent.example.com": os.environ["AGENT"]}

NAMES = {"press 3", "a caller who hangs up", "hear 'press 1'; press 1; hear 'thank you'", TALK}

@events.init.add_listener
def end_when_all_has_been_done(environment, **_):
    def watch():
        while {name for name, kind in environment.runner.stats.entries if kind == "CALL"} != NAMES:
            sleep(0.2)
        environment.runner.quit()
    if not isinstance(environment.runner, WorkerRunner):
        spawn(watch)
"""
DIALOG = """
app: another:app

dialog "a caller who hangs up"
  hear "press 1"
  hang up
  expect status completed
  expect no errors
"""


ANSWERS = {
    "1": "<Response><Say>Thank you.</Say></Response>",
    "2": "<Response><Connect><ConversationRelay url='wss://agent.example.com/ws'/></Connect></Response>",
}
TALK = "press 2; say 'When do you open?'; hear 'closed'; hang up"


def application() -> Flask:
    """A menu with a voice agent, and with a department that fails."""
    made = Flask(__name__)

    @made.post("/voice")
    def voice() -> str:
        return (
            "<Response><Gather action='/menu' numDigits='1'><Say>Press 1.</Say></Gather></Response>"
        )

    @made.post("/menu")
    def menu() -> tuple[str, int]:
        return (ANSWERS[key], 200) if (key := request.form["Digits"]) in ANSWERS else ("", 500)

    return made


@contextmanager
def run_server(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def locust(folder: Path, agent: str, *options: str) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(PLACE), str(HOME), *sys.path])
    return subprocess.Popen(
        [sys.executable, "-m", "locust", "--headless", "--skip-log-setup", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "AGENT": agent},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if not (PLACE / "locust").is_dir():
        reason = f"there is no locust in {PLACE}: `make test` installs it where a registry answers"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    tmp_path.joinpath("locustfile.py").write_text(FILE, "utf-8")
    tmp_path.joinpath("menu.dialog").write_text(DIALOG, "utf-8")
    return tmp_path


def test_callers_of_two_workers_call_an_application_that_runs(folder: Path) -> None:
    """Scripts, dialogs and talks with a voice agent; each request has a row, and each kind of call."""
    port = str(free_port())
    with ExitStack() as stack:
        host = stack.enter_context(run_server(application()))
        agent = stack.enter_context(running(*SERVERS["fastapi"]))
        workers = [locust(folder, agent, "--worker", "--master-port", port) for _ in range(2)]
        master = locust(
            *(
                folder,
                agent,
                "--master",
                "--master-bind-host",
                "127.0.0.1",
                "--master-bind-port",
                port,
            ),
            *(
                "--expect-workers",
                "2",
                "--users",
                "4",
                "--spawn-rate",
                "4",
                "--host",
                host,
                "--json",
            ),
        )
        try:
            told, errors = master.communicate(timeout=540)
        finally:
            for each in (*workers, master):
                each.kill()
                each.communicate()

    rows: dict[str, Any] = {f"{row['method']} {row['name']}": row for row in json.loads(told)}
    assert rows["POST /voice"]["num_failures"] == 0, errors
    assert rows["POST /voice"]["total_response_time"] > 0
    assert rows["POST /menu"]["num_failures"] == rows["CALL press 3"]["num_failures"] > 0
    assert rows["CALL press 3"]["num_failures"] == rows["CALL press 3"]["num_requests"]
    for name in (TALK, "a caller who hangs up", "hear 'press 1'; press 1; hear 'thank you'"):
        assert rows[f"CALL {name}"]["num_failures"] == 0


def test_without_locust_the_error_names_what_installs_it() -> None:
    code = "import sys; sys.modules['locust'] = None\nimport twilio_magic.load"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert "NotInstalled: Locust is not installed." in ran.stderr
    assert 'pip install "twilio-magic[load]"' in ran.stderr
    assert tm.NotInstalled.__name__ in ran.stderr


def test_a_saved_world_is_loaded_also_where_locust_was_imported(folder: Path) -> None:
    """The package ``twilio_magic.load`` then stands where the function ``twilio_magic.load`` stood."""
    tm.Simulator(7).save(folder / "world.json")
    code = (
        "import twilio_magic.load\nimport twilio_magic as tm\nprint(tm.load('world.json').numbers)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(PLACE), str(HOME), *sys.path])},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout == f"{tm.load(folder / 'world.json').numbers}\n"
