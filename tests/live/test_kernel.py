"""Live calls from a real kernel: a person answers questions, nobody is there, a token looks for a way out."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

from tests.calls import FROM, TO
from tests.live.conftest import ENVIRON
from tests.live.server import ACCOUNT, CALL, TOKEN, Server, call, says, serving
from tests.live.test_secrets import leaked
from tests.waiting import SECONDS
from twilio_magic.api import UNATTENDED
from twilio_magic.secret import MASK

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

TRIAL = {"sid": ACCOUNT, "type": "Full", "status": "active", "auth_token": TOKEN}
NUMBERS = {"incoming_phone_numbers": [{"sid": "PN1", "phone_number": FROM}]}
GO_LIVE = (says(200, TRIAL), says(200, NUMBERS), says(200, TRIAL))

Run = Callable[..., dict[str, str]]


@contextmanager
def kernel(server: Server, home: Path, **more: str) -> Iterator[Run]:
    """Runs a cell in a kernel; a text for *answers* is what a person types, ``None`` means that nobody is there."""
    env = {name: value for name, value in os.environ.items() if name != "CI"}
    env |= {**ENVIRON, "TWILIO_MAGIC_STAND_IN": server.base, "IPYTHONDIR": str(home), **more}
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(env=env)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)

        def run(code: str, answers: list[str] | None = None) -> dict[str, str]:
            told: dict[str, str] = {"asked": "", "shown": "", "error": ""}
            waiting = iter(answers or [])

            def output(message: dict[str, Any]) -> None:
                content = message["content"]
                if message["msg_type"] == "error":
                    told["error"] += "\n".join(content["traceback"])
                elif message["msg_type"] != "execute_input":  # the front end's own text, sent back
                    told["shown"] += json.dumps(content, ensure_ascii=False)

            def question(message: dict[str, Any]) -> None:
                told["asked"] += message["content"]["prompt"]
                client.input(next(waiting, "no"))

            reply = client.execute_interactive(
                code,
                allow_stdin=answers is not None,
                output_hook=output,
                stdin_hook=question,
                timeout=60,
            )
            payload = reply["content"].get("payload", [])
            told["cell"] = "".join(each["text"] for each in payload if each.get("replace"))
            return told

        run("%load_ext twilio_magic")
        yield run
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_going_live_and_each_call_ask_and_the_card_shows_the_end(tmp_path: Path) -> None:
    states = [says(200, call(state)) for state in ("ringing", "in-progress", "completed")]
    with serving(*GO_LIVE, says(201, call()), *states) as server, kernel(server, tmp_path) as run:
        live = run("%twilio live", ["yes"])
        placed = run(f"%call {TO} --from {FROM} --say 'Hello Ann'", ["yes"])

    assert "AC…abcd" in live["asked"]
    assert f"Calls go to {server.base}, in Twilio's place" in live["shown"]
    assert f"{TO} (US)" in placed["asked"]
    assert "Hello Ann" in placed["asked"]
    assert "completed" in placed["shown"]
    assert "What happened" in placed["shown"]
    assert "Traceback" not in placed["shown"] + live["shown"]
    assert len(server.seen) == 7


@pytest.mark.parametrize("answer", ["no", "", "of course not"])
def test_a_no_leaves_the_phone_alone(tmp_path: Path, answer: str) -> None:
    with serving(*GO_LIVE, says(201, call())) as server, kernel(server, tmp_path) as run:
        run("%twilio live", ["yes"])
        refused = run(f"%call {TO} --from {FROM} --say Hello", [answer])

    assert "LiveCallRefused" in refused["error"]
    assert not any(method == "POST" for method, *_ in server.seen)


def test_plain_python_is_asked_too(tmp_path: Path) -> None:
    code = f"import twilio_magic as tm; tm.client().calls.create(to='{TO}', from_='{FROM}', twiml='<Response/>')"
    with serving(*GO_LIVE, says(201, call())) as server, kernel(server, tmp_path) as run:
        run("%twilio live", ["yes"])
        refused = run(code, ["no"])

    assert "LiveCallRefused" in refused["error"]


def test_magics_and_clients_of_plain_python_count_their_calls_together(tmp_path: Path) -> None:
    code = f"""
import twilio_magic as tm
from twilio_magic.cli import default_guard
client = tm.Client(credentials=tm.Credentials.find(), permit=default_guard())
client.calls.create(to='{TO}', from_='{FROM}', twiml='<Response/>')
"""
    over = says(200, call("completed"))
    with (
        serving(*GO_LIVE, says(201, call()), over) as server,
        kernel(server, tmp_path) as run,
    ):
        run("%config TwilioMagics.max_live_calls = 1")
        run("%twilio live", ["yes"])
        run(f"%call {TO} --from {FROM} --say Hello", ["yes"])
        refused = run(code, ["yes"])

    assert "The limit of live calls is reached: 1 of 1 were placed" in refused["error"]


def test_with_nobody_at_the_keyboard_nothing_is_live(tmp_path: Path) -> None:
    with serving(*GO_LIVE) as server, kernel(server, tmp_path) as run:
        refused = run("%twilio live")

    assert "Nobody is at the keyboard" in refused["error"]
    assert server.seen == []


def test_a_notebook_that_is_executed_by_a_program_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(*GO_LIVE) as server:
        for name, value in {**ENVIRON, "TWILIO_MAGIC_STAND_IN": server.base}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
        monkeypatch.delenv("CI", raising=False)
        cells = ["%load_ext twilio_magic", "%twilio live", f"%call {TO} --from {FROM} --say Hi"]
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        NotebookClient(book, allow_errors=True, kernel_name="python3", timeout=60).execute()

    assert book.cells[1].outputs[0].ename == "LiveCallRefused"
    assert server.seen == []
    assert leaked(nbformat.writes(book)) == []


#: Programs that run a notebook, by their command lines. Papermill runs it as the second one does.
PROGRAMS = {
    "nbconvert": ["-m", "nbconvert", "--to=notebook", "--execute", "--allow-errors", "--stdout"],
    "jupyter execute": ["-c", "from nbclient.cli import main; main()", "--output=out.ipynb"],
    "nbval": ["-m", "pytest", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env"],
}
PLAIN_PYTHON = f"""
import twilio_magic as tm
client = tm.Client(credentials=tm.Credentials.find())
client.calls.create(to='{TO}', from_='{FROM}', twiml='<Response/>')
"""


@pytest.mark.parametrize("program", PROGRAMS)
def test_plain_python_in_a_notebook_that_a_program_runs_is_refused(
    tmp_path: Path, program: str
) -> None:
    cell = nbformat.v4.new_code_cell(PLAIN_PYTHON)
    (tmp_path / "book.ipynb").write_text(nbformat.writes(nbformat.v4.new_notebook(cells=[cell])))
    env = {name: value for name, value in os.environ.items() if name not in ("CI", UNATTENDED)}
    ran = subprocess.run(
        [sys.executable, *PROGRAMS[program], "book.ipynb"],
        cwd=tmp_path,
        env={**env, **ENVIRON, "IPYTHONDIR": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS * 3,
    )
    told = ran.stdout + ran.stderr

    assert "LiveCallRefused" in told
    assert "Nobody is at the keyboard" in told
    assert leaked(told) == []


def test_the_environment_can_allow_a_run_without_a_person(tmp_path: Path) -> None:
    answers = (*GO_LIVE, says(201, call()), says(200, call("completed")))
    with (
        serving(*answers) as server,
        kernel(server, tmp_path, TWILIO_MAGIC_LIVE_UNATTENDED=ACCOUNT) as run,
    ):
        live = run("%twilio live")
        without_yes = run(f"%call {TO} --from {FROM} --say Hello")
        with_yes = run(f"%call {TO} --from {FROM} --say Hello --yes")

    assert live["error"] == ""
    assert "LiveCallRefused" in without_yes["error"]
    assert "completed" in with_yes["shown"]


def test_the_token_gets_nowhere(tmp_path: Path) -> None:
    """Not into output, errors, verbose tracebacks, %config, variables, the history or its file."""
    script = f"""%%call
curl -XPOST https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Calls.json \\
  --data-urlencode "To={TO}" --data-urlencode "From={FROM}" \\
  --data-urlencode "Url=https://demo.twilio.com/welcome/voice/" -u '{ACCOUNT}:{TOKEN}'"""
    with serving(says(401, {"code": 20003, "message": "Authenticate"})) as server:
        with kernel(server, tmp_path) as run:
            told = [
                run("%xmode Verbose"),
                run("%config TwilioMagics.tracebacks = True"),
                run(script),
                run(script.replace("To=", "Tu=")),
                run(script.replace("%%call", "%%twiml")),
                run(script.removeprefix("%%call\n")),
                run(f"%%call\nexport TWILIO_AUTH_TOKEN={TOKEN}\ntime curl -su {ACCOUNT}:{TOKEN}"),
                run("%twilio live", ["yes"]),
                run("%config TwilioMagics"),
                run("%history"),
                run("%history -g curl"),
                run("print(In, Out, _i, _ii, {k: repr(v) for k, v in list(globals().items())})"),
                run("%tb"),
                run("import twilio_magic as tm; print(vars(tm.client()), tm.client())"),
            ]
        stored = sqlite3.connect(tmp_path / "profile_default" / "history.sqlite")
        kept = repr(stored.execute("SELECT source, source_raw FROM history").fetchall())
        stored.close()

    for cell in (script, script.replace("%%call", "%%twiml"), script.removeprefix("%%call\n")):
        assert cell.replace(TOKEN, MASK) in [each["cell"] for each in told]
    shown = json.dumps(told, ensure_ascii=False)
    assert "masked" in shown
    assert "20003" in shown
    assert [one for one in told if leaked(json.dumps(one, ensure_ascii=False))] == []
    assert "curl" in kept
    assert leaked(kept) == []


def test_an_interrupt_leaves_the_call_alone_and_says_how_to_end_it(tmp_path: Path) -> None:
    interrupt = """
import os, signal, threading
threading.Timer(1.0, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
"""
    forever = says(200, call("in-progress"))
    with serving(*GO_LIVE, says(201, call()), forever) as server, kernel(server, tmp_path) as run:
        run("%twilio live", ["yes"])
        told = run(
            f"{interrupt}\nget_ipython().run_line_magic('call', '{TO} --from {FROM} --say Hi --yes')",
            [],
        )

        refused = run(f"%call {TO} --from {FROM} --say Again --yes", [])
    posts = [path for method, path, _ in server.seen if method == "POST"]

    assert f"%hangup {CALL} ends it" in told["shown"]
    assert "is not over" in refused["error"]
    assert len(posts) == 1


def test_a_token_that_is_not_in_the_environment_is_typed_unseen(tmp_path: Path) -> None:
    with serving(*GO_LIVE) as server, kernel(server, tmp_path, TWILIO_AUTH_TOKEN="") as run:
        live = run("%twilio live", [TOKEN, "yes"])
        after = run("print(In, Out, {k: repr(v) for k, v in list(globals().items())})")

    assert "Auth token of AC…abcd" in live["asked"]
    assert live["error"] == ""
    assert leaked(json.dumps([live, after], ensure_ascii=False)) == []


def test_hangup_ends_a_live_call(tmp_path: Path) -> None:
    running, ended = says(200, call("in-progress")), says(200, call("completed"))
    answers = (*GO_LIVE, says(201, call()), running, running, ended)
    with serving(*answers) as server, kernel(server, tmp_path) as run:
        run("%twilio live", ["yes"])
        run(f"%call {TO} --from {FROM} --say Hello --no-wait --yes", [])
        told = run("%hangup", [])
    method, path, *_ = [seen for seen in server.seen if seen[0] == "POST"][-1]

    assert told["error"] == ""
    assert path.endswith(f"/Calls/{CALL}.json")
    assert method == "POST"
