"""A pytest plugin: a simulated world for each test, a failure where a phone's script does not come true, and dialogs.

It is found by pytest where the package is installed, and offers the fixtures `twilio_simulator`, `twilio_client`,
`twilio_call` and `mock_twilio`, and the marker `twilio_calls`. Nothing of it acts on tests that do not ask for them.
Files that end in ``.dialog`` are collected: each dialog is a test.
"""

from ._dialogs import pytest_collect_file
from ._fixtures import TwilioCall, mocked_twilio, twilio_call, twilio_client, twilio_simulator
from ._plugin import (
    pytest_addoption,
    pytest_configure,
    pytest_fixture_setup,
    pytest_runtest_call,
    pytest_runtest_makereport,
)

__all__ = [
    "TwilioCall",
    "mocked_twilio",
    "pytest_addoption",
    "pytest_collect_file",
    "pytest_configure",
    "pytest_fixture_setup",
    "pytest_runtest_call",
    "pytest_runtest_makereport",
    "twilio_call",
    "twilio_client",
    "twilio_simulator",
]
