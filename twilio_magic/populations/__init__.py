"""Populations: many simulated callers at once, and what became of them, as figures that can be added."""

from ._as_text import (
    describe_callers,
    describe_measured,
    describe_population,
    describe_share,
    format_seconds,
    list_counts,
    measured_rows,
    measured_to_text,
)
from ._histogram import Histogram
from ._measured import Measured
from ._population import CallerFailure, Population
from ._requests import WebhookFigures, WebhookTable
from ._scenario import Scenario, find_scenarios
from ._seeds import caller_seed, choose_weighted
from ._simulate import simulate

__all__ = [
    "CallerFailure",
    "Histogram",
    "Measured",
    "Population",
    "Scenario",
    "WebhookFigures",
    "WebhookTable",
    "caller_seed",
    "choose_weighted",
    "describe_callers",
    "describe_measured",
    "describe_population",
    "describe_share",
    "find_scenarios",
    "format_seconds",
    "list_counts",
    "measured_rows",
    "measured_to_text",
    "simulate",
]
