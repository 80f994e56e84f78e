"""The keys that a person presses while writing a cell."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .cells import LOAD
from .conftest import Open
from .notebook import Notebook

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("editing", [f"{LOAD}\n%phone Ann = +13105550101: answer"])
    opened.run_all()
    return opened


def test_tab_completes_the_name_of_a_magic(notebook: Notebook) -> None:
    notebook.write("%twim")

    assert "%twiml" in notebook.complete()


def test_shift_tab_tells_what_a_magic_is_for(notebook: Notebook) -> None:
    notebook.write("%call")

    assert "Place a call" in notebook.inspect()


def test_a_new_cell_runs(notebook: Notebook) -> None:
    cell = notebook.write("%%twiml\n<Response><Say>Hello!</Say></Response>")
    notebook.run()

    expect(cell.html).to_contain_text("Twilio accepts this document")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("%%twiml\n<Response>\n  <Gat", "Gather"),
        ("%%twiml\n<Response><Gather nu", "numDigits"),
        ("%%twiml\n<Response><Say voice='Polly.Joan", "Polly.Joanna"),
        ("%call +13105555555 --status-callback-m", "--status-callback-method"),
        ("%call +1310555", "+13105550101"),
        ("%call +13105555555 --from +12", "+12125551234"),
        ('%call +13105555555 --phone "answer; hear b', "hear beep"),
        ("%%phone\n+13105550101: ring 3; ans", "answer"),
    ],
)
def test_tab_completes_twiml_options_numbers_and_scripts(
    notebook: Notebook, typed: str, offered: str
) -> None:
    notebook.write(typed)

    assert any(offered in word for word in notebook.complete())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("%%twiml\n<Response><Gather", "Collects key presses"),
        ("%%twiml\n<Response><Gather numDigits", "numDigits of <Gather>"),
        ("%call +13105555555 --send-digits", "Keys pressed once the call is answered"),
    ],
)
def test_shift_tab_describes_elements_attributes_and_options(
    notebook: Notebook, typed: str, told: str
) -> None:
    notebook.write(typed)

    assert told in notebook.inspect()


def test_a_document_is_edited_run_and_called_again_and_again(open_notebook: Open) -> None:
    """Each call has the words of the last edit, in a card that takes the place of the one before."""
    words = "%%twiml menu\n<Response><Say>{}</Say></Response>"
    call = "%call +13105555555 --from +12125551234 --twiml menu"
    notebook = open_notebook("loop", [LOAD, words.format("Fresh bread"), call])
    document, card = notebook.cell(1).html, notebook.cell(2).html
    notebook.run_all()
    expect(card).to_contain_text("Fresh bread")

    for before, after in [("Fresh bread", "Warm cake"), ("Warm cake", "Cold tea")]:
        notebook.edit(1, words.format(after))
        notebook.run()
        expect(document).to_contain_text(after)
        expect(card).to_contain_text(before)  # a call that was placed stays as it was
        notebook.select(2)
        notebook.run()

        expect(card).to_contain_text(after)
        expect(card).to_have_count(1)
        expect(card).not_to_contain_text(before)
