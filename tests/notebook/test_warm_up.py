"""``%twilio set warmup on``: what the first cells need is loaded while no cell runs."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from tests.notebook.conftest import Notebook, extensions_of
from tests.notebook.test_twilio import told
from tests.waiting import SECONDS

NAME = "twilio-magic warm-up"
HEAVY = {"lxml", "requests", "simpy", "phonenumbers", "asyncio", "ipywidgets"}
BEGIN = """
import json, sys, threading
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config
config = Config()
config.HistoryManager.enabled = False
shell = InteractiveShell.instance(config=config)

def warm_up():
    return [each for each in threading.enumerate() if each.name == "twilio-magic warm-up"]

def new(act):
    before = set(sys.modules)
    act()
    return sorted(set(sys.modules) - before)

def run(text):
    shell.run_cell(text).raise_error()

run("%load_ext twilio_magic")
"""


def in_a_fresh_kernel(then: str) -> Any:
    """What *then* keeps in ``told``; nothing else is printed."""
    code = f"{BEGIN}{then}\nprint(json.dumps(told))"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=SECONDS
    )
    assert ran.stderr == ""
    return json.loads(ran.stdout)


def test_after_it_the_first_cell_and_the_first_call_load_only_the_verbs_that_are_performed() -> (
    None
):
    written, called = in_a_fresh_kernel(
        """
run("%twilio set warmup on")
for thread in warm_up():
    thread.join()
def write():
    found = shell.run_cell_magic("twiml", "", "<Response><Say>Hello</Say></Response>")
    shell.display_formatter.format(found)
def call():
    found = shell.run_line_magic("call", "+13105555555 --from +12125551234 --say Hi")
    shell.display_formatter.format(found)
told = [new(write), new(call)]
"""
    )

    assert written == []
    own = {name for name in called if name.startswith("twilio_magic.")}
    assert own == {"twilio_magic.simulation.verbs.say"}
    assert not HEAVY & {*called}


def test_to_switch_it_on_loads_nothing_at_once_and_prints_nothing() -> None:
    loaded = in_a_fresh_kernel(
        'told = new(lambda: shell.run_line_magic("twilio", "set warmup on"))'
    )

    assert not HEAVY & {*loaded}


def test_nothing_is_loaded_while_a_cell_runs_and_the_rest_when_it_is_over() -> None:
    meanwhile, is_loaded = in_a_fresh_kernel(
        """
run("import sys, threading")
run("%twilio set warmup on")
run("before = set(sys.modules); threading.Event().wait(0.5); found = set(sys.modules) - before")
for thread in warm_up():
    thread.join()
told = [sorted(shell.user_ns["found"]), "twilio_magic.simulation.legs._leg" in sys.modules]
"""
    )

    assert meanwhile == []
    assert is_loaded


@pytest.mark.parametrize("end", ["%twilio set warmup off", "%twilio unset warmup"])
def test_it_is_shown_where_calls_go_until_it_is_switched_off(notebook: Notebook, end: str) -> None:
    assert "warmup" not in told(notebook, "%twilio")

    assert notebook.value("%twilio set warmup on") is None
    assert "warmup    on, " in told(notebook, "%twilio")

    assert notebook.value(end) is None
    assert "warmup" not in told(notebook, "%twilio")
    assert NAME not in {thread.name for thread in threading.enumerate()}


def test_it_ends_with_the_extension(shell: InteractiveShell, notebook: Notebook) -> None:
    notebook.value("%twilio set warmup on")
    extensions_of(shell).unload_extension("twilio_magic")

    assert NAME not in {thread.name for thread in threading.enumerate()}


def test_another_word_is_told_which_there_are(notebook: Notebook) -> None:
    for line in ("%twilio set warmup", "%twilio set warmup=full"):
        assert str(notebook.error(line)) == "%twilio set warmup takes on or off."
