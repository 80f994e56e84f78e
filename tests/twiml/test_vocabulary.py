"""The table: complete, consistent, and the source of everything that is written from it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import twilio_magic
from tests.twiml.reference import PAGES, STUB, pages, stub
from twilio_magic import twiml
from twilio_magic.twiml import check, describe, vocabulary


def test_the_table_has_all_of_twiml_voice() -> None:
    table = vocabulary()

    assert (len(table.elements), len(table.attributes)) == (62, 337)
    assert (len(table.codes), len(table.voices)) == (302, 900)
    assert sum(len(row.children) for row in table.elements.values()) == 139
    assert vocabulary() is table


def test_parents_and_children_agree() -> None:
    elements = vocabulary().elements
    down = {(row.name, child) for row in elements.values() for child in row.children}
    up = {(parent, row.name) for row in elements.values() for parent in row.parents}

    assert down == up


def test_every_code_that_a_row_names_is_in_the_table_of_codes() -> None:
    table = vocabulary()
    named = {code for row in table.elements.values() for code in row.codes.values()}
    named |= {code for row in table.attributes.values() for code in row.codes.values()}
    named |= set(table.document["codes"].values())

    assert named <= set(table.codes)


def test_every_status_and_every_way_to_end_is_in_the_table() -> None:
    table = vocabulary()
    kinds = table.elements.values(), table.attributes.values(), table.voices.values()

    assert {row.status for rows in kinds for row in rows} <= set(table.statuses)
    assert {row.ends for row in table.elements.values()} == set(table.endings)


def test_checker_and_simulator_read_error_codes_from_the_table() -> None:
    """But for the answers of the API, which the REST API of the simulator gives."""
    package = Path(twilio_magic.__file__).parent
    modules = (
        path for floor in ("twiml", "simulation") for path in (package / floor).rglob("*.py")
    )
    typed = {
        (path.name, node.value)
        for path in modules
        if path.parent.name != "rest"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, int)
    }

    assert {place for place in typed if place[1] in vocabulary().codes} == set()


def test_patterns_compile_and_have_words() -> None:
    for row in vocabulary().attributes.values():
        if row.pattern is not None:
            assert re.compile(row.pattern)
            assert row.form or row.type == "ssml-duration"


def test_everything_can_be_described() -> None:
    for row in vocabulary().elements.values():
        assert row.summary in describe(row.name).replace("\n  ", " ")
        for name in row.attributes:
            assert describe(row.name, name).startswith(f"{name} of <{row.name}>")


def test_the_reference_pages_and_the_types_of_the_builder_are_up_to_date() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}

    assert written == pages(), "run python -m tests.twiml.reference"
    assert STUB.read_text(encoding="utf-8") == stub()


def test_an_old_name_works_with_a_warning() -> None:
    with pytest.warns(DeprecationWarning, match=r"twiml\.describe_values"):
        old = twiml.wanted  # type: ignore[attr-defined] # it is old

    assert old is twiml.describe_values


def test_every_page_has_an_example_with_its_element_that_was_run() -> None:
    """What is shown of the call is what the simulator says now: the pages are compared as a whole above."""
    for name in vocabulary().elements:
        section = (PAGES / f"{name}.md").read_text("utf-8").partition("## Example\n")[2]
        document, _, rest = section.partition("```xml\n")[2].partition("```")
        what_happens = rest.partition("```text\n")[2].partition("```")[0]

        assert f"<{name}" in section.partition("```text")[0], name
        assert not [each for each in check(document) if each.level == "error"], name
        assert what_happens.strip(), name
