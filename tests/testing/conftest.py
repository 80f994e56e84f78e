"""Runs of pytest within tests have the plugin and what it must get along with, and not all that is installed."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def few_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing Hypothesis and nbval takes each run as long as ten runs without them."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "twilio_magic.testing,xdist.plugin")
