"""Rules of the test suite itself: what pytest collects, and that no test depends on speed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import twilio_magic

PACKAGE = Path(twilio_magic.__file__).parent
TESTS = Path(__file__).parent


def test_pytest_finds_nothing_to_collect_in_the_package() -> None:
    """Whatever a project calls its test files: no function of ours is taken for a test.

    The package for Locust is left out: it cannot be imported without Locust, which changes sockets.
    """
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    every_file = ["--assert=plain", "-o", "python_files=*.py", "--ignore-glob=*__main__.py"]
    without_locust = [f"--ignore={PACKAGE / 'load'}"]
    ran = subprocess.run(
        [*command, *every_file, *without_locust, PACKAGE],
        check=False,
        capture_output=True,
        text=True,
    )

    assert ran.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, ran.stdout + ran.stderr


def test_no_property_test_has_a_deadline_or_fails_because_it_is_slow() -> None:
    assert settings.default is not None
    assert settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check


def test_no_test_sets_a_deadline_of_its_own() -> None:
    """What a test suppresses stands in the place of the profile's, so it has to say ``too_slow`` again."""
    assert list(_speed_limits()) == []


def _speed_limits() -> Iterator[str]:
    """Where a test sets a deadline, or has the check of its speed again."""
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and (
                node.arg == "deadline"
                or (node.arg == "suppress_health_check" and "too_slow" not in ast.dump(node))
            ):
                yield f"{path.relative_to(TESTS)}:{node.lineno}"
