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
        place()
        place()
        cls.addClassCleanup(cls.find_three)
        assert len(tm.Client(simulator=cls.twilio_simulator).calls.list()) == placed() == 2

    @classmethod
    def tearDownClass(cls):
        place()

    @classmethod
    def find_three(cls):
        assert placed() == 3

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
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        assert placed() == 2

    def test_three(self):
        self.assertEqual(placed(), 1)


@tm.mock_twilio(tm.Simulator(seed=7))
class TestGivenToCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        place()

    def test_shares_the_world_of_the_class(self):
        self.assertEqual(placed(), 1)
        self.assertIs(self.twilio_simulator, type(self).twilio_simulator)


@tm.mock_twilio()
class TestAsync(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        place()

    async def test_coroutine(self):
        assert placed() == 1


@tm.mock_twilio()
def setUpModule():
    place()


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
        assert placed() == 0

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


class TestBelow(TestPlain):
    def test_of_its_own(self):
        assert placed() == 1


@tm.mock_twilio(tm.Simulator(seed=9))
class TestBelowAnother(TestPlain):
    def test_seed(self):
        assert self.twilio_simulator.seed == 9

    test_one = test_two = test_static = None


@tm.mock_twilio
class TestOnceForTheClass:
    @classmethod
    def setup_class(cls):
        place()
        assert cls.twilio_simulator is not None

    def setup_method(self, method):
        assert method.__name__.startswith("test_")
        place()

    def test_has_a_world_of_its_own(self):
        assert placed() == 1
        assert self.twilio_simulator is not type(self).twilio_simulator

    def teardown_class(cls):
        assert placed() == 1


@tm.mock_twilio
class TestStaticForTheClass:
    @staticmethod
    def setup_class():
        place()

    def test_runs(self):
        assert placed() == 0

    @staticmethod
    def teardown_class(cls):
        assert placed() == 1


class Base:
    def test_inherited(self):
        assert is_inside()


@tm.mock_twilio(tm.Simulator(seed=7))
class TestGiven(Base):
    def test_seed(self):
        assert self.twilio_simulator.seed == 7
        assert is_inside()
"""


#: Fixtures of a class are set up by pytest, and so by hooks of the plugin.
FIXTURES = """

@tm.mock_twilio()
class TestFixtures:
    @pytest.fixture
    def prepared(self):
        place()
        yield placed()
        assert placed() == 2

    @pytest.fixture(autouse=True)
    def checked(self):
        assert is_inside()

    def test_has_them(self, prepared):
        assert (prepared, placed()) == (1, 1)
        place()


@tm.mock_twilio()
class TestFixturesOfCase(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def prepared(self):
        place()

    def test_has_them(self):
        assert placed() == 1
"""

MODULE = """

@tm.mock_twilio
def setup_module(module):
    assert module.SID == SID
    place()
"""


#: A module whose tests share a world, and another one behind it.
STARTED = """
import unittest

from twilio.rest import Client

import twilio_magic as tm

mock = tm.mock_twilio()


def place():
    Client().calls.create(to="+13105555555", from_="+12125551234", twiml="<Response/>")
    return len(Client().calls.list())


def setUpModule():
    global simulator
    simulator = mock.start()
    assert place() == 1


def tearDownModule():
    mock.stop()


class TestFirst(unittest.TestCase):
    def test_has_the_call_of_the_module(self):
        assert place() == 2
        assert simulator.call_count == 2


class TestSecond(unittest.TestCase):
    def test_has_those_of_the_first(self):
        assert place() == 3
"""
BEHIND = """
import os
import unittest


class TestBehind(unittest.TestCase):
    def test_all_is_as_before(self):
        assert "TWILIO_ACCOUNT_SID" not in os.environ
"""


def run(folder: Path, *command: str, tests: str) -> str:
    (folder / "test_app.py").write_text(tests)
    ran = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False
    )
    return ran.stdout + ran.stderr


def test_unittest_runs_each_test_inside(tmp_path: Path) -> None:
    printed = run(tmp_path, "unittest", "test_app", tests=TESTS)

    assert "Ran 7 tests" in printed
    assert printed.endswith("OK\n")


@pytest.mark.parametrize("options", [(), ("-p", "no:twilio_magic")], ids=str)
def test_pytest_runs_each_test_inside(tmp_path: Path, options: Sequence[str]) -> None:
    printed = run(tmp_path, "pytest", "-q", "-p", "no:cacheprovider", *options, tests=TESTS + PLAIN)

    assert "23 passed" in printed, printed


def test_fixtures_of_a_class_run_inside(tmp_path: Path) -> None:
    printed = run(tmp_path, "pytest", "-q", "-p", "no:cacheprovider", tests=TESTS + FIXTURES)

    assert "9 passed" in printed, printed


def test_what_runs_once_for_a_module_is_decorated_by_itself(tmp_path: Path) -> None:
    tests = TESTS.replace("def setUpModule", "def other") + MODULE
    printed = run(tmp_path, "pytest", "-q", "-p", "no:cacheprovider", tests=tests)

    assert "7 passed" in printed, printed


@pytest.mark.parametrize("command", [("unittest", "test_app", "test_behind"), ("pytest", "-q")])
def test_the_tests_of_a_module_share_a_world_that_is_started_and_stopped(
    tmp_path: Path, command: Sequence[str]
) -> None:
    (tmp_path / "test_behind.py").write_text(BEHIND)
    printed = run(tmp_path, *command, tests=STARTED)

    assert "Ran 3 tests" in printed or "3 passed" in printed, printed


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
