"""``twilio-magic demo``: the first call in a terminal."""

from __future__ import annotations

import subprocess
import sys

import pytest

from twilio_magic.cli import main


def test_the_demo_shows_the_request_and_the_call(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["demo"])
    out = capsys.readouterr().out

    assert status == 0
    assert "POST https://api.twilio.com/2010-04-01/Accounts/ACfacade" in out
    assert "completed, connected for 12 s" in out
    assert "make lab" in out


def test_the_package_runs_as_a_module() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "twilio_magic", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.startswith("twilio-magic 0.")
