"""``mock_twilio()`` decorates a class of tests: each test runs inside, with a world of its own, as with moto."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import twilio_magic as tm

TESTS = """
import os
import unittest

import pytest
from twilio.rest import Client

import twilio_magic as tm

SID = "AC" + "7" * 32
HELLO = "<Response><Say>Hello.</Say></Response>"


def place():
    return Client(SID, "token").calls.create(to="+13105555555", from_="+12125551234", twiml=HELLO)


def placed():
    return len(Client(SID, "token").calls.list())


def is_inside():
    return "TWILIO_ACCOUNT_SID" in os.environ


class Foreign:
    def test_of_somebody_else(self):
        assert not is_inside()


@tm.mock_twilio()
class TestCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        assert not is_inside()

    def setUp(self):
        place()
        self.addCleanup(place)

    def test_one(self):
        place()
        self.assertEqual(placed(), 2)

    def test_two(self):
        self.assertEqual(placed(), 1)
        call = tm.Client(simulator=self.twilio_simulator).calls.list()[0].wait()
        self.assertEqual(str(call.transcript), "Twilio: Hello.")

    def tearDown(self):
        assert placed() in (1, 2)


class TestInherited(TestCase):
    def test_three(self):
        self.assertEqual(placed(), 1)


@tm.mock_twilio()
class TestAsync(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        place()

    async def test_coroutine(self):
        assert placed() == 1


def tearDownModule():
    assert not is_inside()
"""

PLAIN = """

@pytest.fixture
def number():
    return 7


@tm.mock_twilio
class TestPlain:
    other = Foreign

    def setup_method(self):
        place()

    def test_one(self, number):
        place()
        assert (placed(), number) == (2, 7)

    @pytest.mark.parametrize("number", [1, 2])
    def test_two(self, number):
        assert placed() == 1
        assert len(tm.Client(simulator=self.twilio_simulator).calls.list()) == 1

    @staticmethod
    def test_static():
        assert not is_inside()

    def teardown_method(self):
        assert placed() in (0, 1, 2)


@tm.mock_twilio()
class TestOuter:
    class TestInner:
        def test_inner(self):
            assert is_inside()
            assert placed() == 0


class TestForeign(Foreign):
    pass


class Base:
    def test_inherited(self):
        assert is_inside()


@tm.mock_twilio(tm.Simulator(seed=7))
class TestGiven(Base):
    def test_seed(self):
        assert self.twilio_simulator.seed == 7
        assert is_inside()
"""


def run(folder: Path, *command: str, tests: str) -> str:
    (folder / "test_app.py").write_text(tests)
    ran = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False
    )
    return ran.stdout + ran.stderr


def test_unittest_runs_each_test_inside(tmp_path: Path) -> None:
    printed = run(tmp_path, "unittest", "test_app", tests=TESTS)

    assert "Ran 6 tests" in printed
    assert printed.endswith("OK\n")


@pytest.mark.parametrize("options", [(), ("-p", "no:twilio_magic")], ids=str)
def test_pytest_runs_each_test_inside(tmp_path: Path, options: Sequence[str]) -> None:
    printed = run(tmp_path, "pytest", "-q", "-p", "no:cacheprovider", *options, tests=TESTS + PLAIN)

    assert "14 passed" in printed, printed


def test_a_class_is_decorated_and_stays_itself() -> None:
    class Tests:
        def helper(self) -> str:
            """What a helper does."""
            return "helped"

        async def coroutine(self) -> str:
            return "awaited"

        def generator(self) -> Any:
            yield "one"

    decorated = tm.mock_twilio()(Tests)

    assert decorated is Tests
    assert Tests.helper.__doc__ == "What a helper does."
    assert (Tests().helper(), list(Tests().generator())) == ("helped", ["one"])


def test_the_class_of_simulators_is_no_simulator() -> None:
    wrong: Any = tm.Simulator
    with pytest.raises(tm.SimulatorError, match="Simulator is a class"):
        tm.mock_twilio(wrong)
