"""Each row of what is known of live transcriptions, Siprec and absent services names the test that shows it."""

from __future__ import annotations

from importlib import import_module

import pytest

from .fork_facts import PAGE, facts, page


@pytest.mark.parametrize("name", facts())
def test_a_row_names_a_test_that_there_is_or_says_why_no_call_can_show_it(name: str) -> None:
    row = facts()[name]
    module, _, function = row.shown_by.partition(".")

    assert bool(row.shown_by) != bool(row.unshown)
    if row.shown_by:
        assert callable(getattr(import_module(f"tests.simulation.{module}"), function))


def test_the_page_has_the_table_of_what_is_known() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.simulation.fork_facts"
