"""``simulator.environment()``: what a process of any language needs to use the simulated account."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO

SIGN_IN = {"TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"}
PROGRAM = """
import os, sys, requests
account = os.environ["TWILIO_ACCOUNT_SID"]
answer = requests.post(
    f"{os.environ['TWILIO_BASE_URL']}/2010-04-01/Accounts/{account}/Calls.json",
    {"To": sys.argv[1], "From": sys.argv[2], "Twiml": "<Response/>"},
    auth=(account, os.environ["TWILIO_AUTH_TOKEN"]),
)
print(answer.json()["sid"])
"""


def test_another_process_finds_the_served_world(simulator: tm.Simulator) -> None:
    with simulator.serve(token=True):
        ran = subprocess.run(
            [sys.executable, "-c", PROGRAM, TO, FROM],
            env={**os.environ, **simulator.environment(), "NO_PROXY": "127.0.0.1"},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )

    (call,) = tm.Client(simulator=simulator).calls.list()
    assert ran.stdout.strip() == call.sid


def test_the_address_is_that_of_the_world_as_it_is_served_now(simulator: tm.Simulator) -> None:
    assert set(simulator.environment()) == SIGN_IN
    with simulator.serve() as outer:
        assert simulator.environment()["TWILIO_BASE_URL"] == outer
        with simulator.serve() as inner:
            assert simulator.environment()["TWILIO_BASE_URL"] == inner != outer
        simulator.reset()
        assert simulator.environment()["TWILIO_BASE_URL"] == outer
    assert set(simulator.environment()) == SIGN_IN


def test_a_world_that_is_not_served_says_what_to_do(simulator: tm.Simulator) -> None:
    with pytest.raises(tm.SimulatorError, match="not served") as missing:
        simulator.environment()["TWILIO_BASE_URL"]

    assert "with simulator.serve()" in str(missing.value.hint)
    assert simulator.environment().get("TWILIO_BASE_URL") is None
    with pytest.raises(KeyError):
        simulator.environment()["HOME"]
