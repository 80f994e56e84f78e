"""A person opens JupyterLab, loads the extension, and places calls."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .cells import STORY
from .conftest import Open
from .notebook import Notebook

pytestmark = pytest.mark.browser

load, first_call, greeting, second_call, with_source = range(len(STORY))


@pytest.fixture(scope="module")
def story(open_notebook: Open) -> Notebook:
    notebook = open_notebook("story", STORY)
    notebook.run_all()
    for index in (first_call, greeting, second_call, with_source):
        expect(notebook.cell(index).html).to_be_visible()
    notebook.screenshot("story-light")
    return notebook


def assert_in_order(text: str, *parts: str) -> None:
    """Each of *parts* stands in *text* after the one before."""
    rest = text
    for part in parts:
        before, found, rest = rest.partition(part)
        assert found, f"{part!r} is not in {before!r}"


def test_loading_the_extension_shows_nothing(story: Notebook) -> None:
    expect(story.cell(load).prompt).to_have_text("[1]:")
    expect(story.cell(load).outputs).to_have_count(0)


def test_the_first_call_is_shown_with_its_outcome_and_what_happened(story: Notebook) -> None:
    card = story.cell(first_call)
    happened = card.html.locator("details").filter(has_text="What happened (")

    expect(card.html).to_have_count(1)
    assert_in_order(
        card.text,
        *("completed, connected for 12 s", "+12125551234", "+13105555555"),
        *("What was heard", "Twilio", "Hello!", "What happened ("),
    )
    happened.locator("summary").first.click()
    assert_in_order(
        happened.inner_text(),
        *("queued", "dialing", "ringing", "answered", "fetched", "said", "Hello!", "hung up"),
        "completed",
    )


def test_a_document_is_shown_with_its_verdict_and_its_experience(story: Notebook) -> None:
    assert_in_order(
        story.cell(greeting).text,
        "Twilio accepts this document",
        "What the caller experiences",
        "Welcome to the bakery.",
        "Press 1 for bread.",
        "Goodbye.",
    )


def test_a_document_is_not_shown_a_second_time_below_its_cell(story: Notebook) -> None:
    assert "<Say" not in story.cell(greeting).text


def test_the_source_has_the_line_numbers_of_its_cell(story: Notebook) -> None:
    cell = story.cell(with_source)
    numbered = cell.html.locator("span").all_inner_texts()

    assert '<Say voice="Polly.Joanna">Welcome to the bakery.</Say>' in cell.text
    assert [text for text in numbered if text.isdecimal()] == [str(n) for n in range(2, 10)]


def test_a_call_with_that_document_shows_the_key_that_was_pressed(story: Notebook) -> None:
    assert_in_order(
        story.cell(second_call).text,
        *("completed", "Welcome to the bakery.", "presses", "1", "What happened ("),
    )


def test_the_page_asks_no_host_but_loopback(story: Notebook) -> None:
    assert story.hosts == {"127.0.0.1"}
