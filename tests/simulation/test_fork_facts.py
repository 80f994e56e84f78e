"""Each row of what is known of live transcriptions, Siprec and absent services names the test that shows it."""

from __future__ import annotations

from importlib import import_module

import pytest

from .fact_tables import facts


@pytest.mark.parametrize("name", facts("fork"))
def test_a_row_names_a_test_that_there_is_or_says_why_no_call_can_show_it(name: str) -> None:
    row = facts("fork")[name]
    module, _, function = row.shown_by.partition(".")

    assert bool(row.shown_by) != bool(row.unshown)
    if row.shown_by:
        assert callable(getattr(import_module(f"tests.simulation.{module}"), function))
