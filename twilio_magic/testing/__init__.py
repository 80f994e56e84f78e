"""A pytest plugin: a simulated world for each test, and a failure where a phone's script does not come true.

It is found by pytest where the package is installed, and offers the fixtures `twilio_simulator`, `twilio_client` and
`mock_twilio`. Nothing of it acts on tests that do not ask for them.
"""

from ._plugin import mocked_twilio, pytest_addoption, twilio_client, twilio_simulator

__all__ = ["mocked_twilio", "pytest_addoption", "twilio_client", "twilio_simulator"]
