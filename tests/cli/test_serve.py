"""``twilio-magic serve`` as it is typed, in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
import requests

from tests.waiting import until
from twilio_magic.cli import main

SERVE = [sys.executable, "-m", "twilio_magic", "serve", "--port", "0", "--speed", "100"]


@pytest.fixture
def served() -> Iterator[tuple[subprocess.Popen[str], str, tuple[str, str]]]:
    """The process, its address, and how to sign in, as it says."""
    process = subprocess.Popen(SERVE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    words = [process.stdout.readline().split()[-1] for _ in range(4)]
    try:
        yield process, words[0], (words[1], words[2])
    finally:
        process.kill()
        process.communicate()


def test_calls_are_placed_over_http_and_time_passes(
    served: tuple[subprocess.Popen[str], str, tuple[str, str]],
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
    served: tuple[subprocess.Popen[str], str, tuple[str, str]],
) -> None:
    process, *_ = served
    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=20) == 0


def test_a_speed_that_is_none_is_an_error_in_a_box(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", "0", "--speed", "0"]) == 1
    assert "at speed 0" in capsys.readouterr().err
