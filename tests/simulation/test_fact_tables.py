"""``docs/fidelity.md`` shows the tables of what is known."""

from __future__ import annotations

from .fact_tables import PAGE, TABLES, facts, page


def test_the_page_has_the_tables_of_what_is_known() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.simulation.fact_tables"


def test_no_table_is_empty() -> None:
    assert all(facts(table) for table in TABLES)
