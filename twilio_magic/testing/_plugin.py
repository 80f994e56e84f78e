"""The hooks of the pytest plugin: a test fails whose phones' scripts do not come true, and its report says why."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from ..errors import TwilioMagicError
from ._coverage import DialogCoverage, add_pytest_options, add_tracks, is_coverage_asked
from ._dialogs import DialogItem
from ._fixtures import SIMULATOR
from ._own_frames import keep_own_frames, keep_own_lines
from ._summary import shorten_summary

if TYPE_CHECKING:
    from ..simulation import Simulator

_MARKER = "twilio_calls"
#: Whether the reason of a failure tells of its calls.
_IS_TOLD: pytest.StashKey[bool] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option ``twilio_network`` to the configuration file, and those of coverage to the command line."""
    add_pytest_options(parser)
    parser.addini(
        "twilio_network",
        "whether simulated calls may request addresses that are not mounted (default: false)",
        type="bool",
        default=False,
    )


def pytest_configure(config: pytest.Config) -> None:
    """Describe the marker ``twilio_calls``; gather the coverage of dialogs, in the process that tells of the run."""
    if is_coverage_asked(config) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(DialogCoverage(config))
    config.addinivalue_line(
        "markers",
        f"{_MARKER}(number): the test fails unless so many simulated calls are made in it",
    )


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(request: pytest.FixtureRequest) -> Generator[None, Any, Any]:
    """Let a fixture run, when it is set up and taken down, in the world of the test whose class is decorated."""
    is_of_tests = request.scope in ("function", "class")
    decorator = getattr(request.cls, "_twilio_decorator", None) if is_of_tests else None
    if decorator is None:
        return (yield)
    test = request.cls if request.scope == "class" else request.instance
    around = ExitStack()
    request.addfinalizer(around.close)
    with decorator.block_of(test):
        result = yield
    request.addfinalizer(lambda: around.enter_context(decorator.block_of(test)))
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Fail the test if a script has not come true, or if another number of calls was made than it expects."""
    result = yield
    simulator = item.stash.get(SIMULATOR, None)
    if simulator is not None:
        reason = _find_failure(item, simulator)
        if reason:
            item.stash[_IS_TOLD] = True
            pytest.fail(reason, pytrace=False)
    elif item.get_closest_marker(_MARKER) is not None and not isinstance(item, DialogItem):
        pytest.fail(
            f"Nobody counts the calls of this test: {_MARKER} counts those of the fixtures twilio_simulator,"
            " twilio_client, twilio_call and mock_twilio, and it asks for none of them.",
            pytrace=False,
        )
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave the frames of this package out, and tell what happened in the call where something else has failed.

    What is told of a failure is in its report, and a sentence of it in pytest's summary, which has all of it in CI.
    """
    simulator, error = item.stash.get(SIMULATOR, None), call.excinfo
    if isinstance(item, DialogItem):
        report = yield
        report.sections = [(title, keep_own_lines(text)) for title, text in report.sections]
        if call.when == "call" and item.tracks:
            add_tracks(report, item.dialog, item.tracks)
        return report
    if simulator is None or error is None:
        return (yield)
    is_cut = not item.config.getoption("fulltrace", False)
    if is_cut:
        keep_own_frames(error)
    report = yield
    if is_cut:
        report.sections = [(title, keep_own_lines(text)) for title, text in report.sections]
    is_told = item.stash.get(_IS_TOLD, False)
    if is_told or isinstance(error.value, TwilioMagicError):
        shorten_summary(report)
    if report.failed and call.when == "call" and not is_told:
        from ._report import describe_last_call

        report.sections += describe_last_call(simulator, _width(item))
    return report


def _find_failure(item: pytest.Item, simulator: Simulator) -> str:
    """Why *item* fails, in one screen; empty if it does not."""
    unmet = simulator.unmet_scripts()
    if unmet:
        from ._report import describe_unmet

        return describe_unmet(unmet, simulator, _width(item))
    marker = item.get_closest_marker(_MARKER)
    if marker is not None:
        from ._report import describe_count

        return describe_count(_number(marker), simulator)
    return ""


def _number(marker: pytest.Mark) -> int:
    """How many calls *marker* says."""
    if len(marker.args) != 1 or not isinstance(marker.args[0], int) or marker.kwargs:
        pytest.fail(
            f"{_MARKER} takes the number of calls: @pytest.mark.{_MARKER}(1)", pytrace=False
        )
    return int(marker.args[0])


def _width(item: pytest.Item) -> int:
    """How many characters a line of the report may have."""
    return min(item.config.get_terminal_writer().fullwidth, 100) - 1
