"""``twilio-magic serve`` as it is typed, in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests

import twilio_magic as tm
from tests.waiting import until
from twilio_magic.cli import main

WELL_KNOWN = tm.Simulator().credentials.password.reveal()
SERVE = [sys.executable, "-m", "twilio_magic", "serve", "--port", "0", "--speed", "100"]


Served = tuple[subprocess.Popen[str], str, tuple[str, str]]


@contextmanager
def serving(*options: str) -> Iterator[Served]:
    """The process, its address, and how to sign in, as it says."""
    process = subprocess.Popen([*SERVE, *options], stdout=subprocess.PIPE, text=True)
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

    assert process.wait(timeout=20) == 0


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
