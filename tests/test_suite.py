"""Rules of the test suite itself: what pytest collects."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import twilio_magic

PACKAGE = Path(twilio_magic.__file__).parent


def test_pytest_finds_nothing_to_collect_in_the_package() -> None:
    """Whatever a project calls its test files: no function of ours is taken for a test."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    every_file = ["--assert=plain", "-o", "python_files=*.py", "--ignore-glob=*__main__.py"]
    ran = subprocess.run(
        [*command, *every_file, PACKAGE], check=False, capture_output=True, text=True
    )

    assert ran.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, ran.stdout + ran.stderr
