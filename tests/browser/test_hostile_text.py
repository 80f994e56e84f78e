"""What a document, a phone or a web application says is shown as text, and never becomes part of the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from . import hostile
from .conftest import Open
from .notebook import Notebook

pytestmark = pytest.mark.browser

# What hostile text could have made: an element of its own, anything that loads or runs, a handler on anything. The
# pictures of ladders and the players of recordings are ours; in a picture there are lines, boxes and words.
_INTRUDERS = """outputs => outputs.flatMap(output => [...output.querySelectorAll("*")])
    .filter(element => element.matches("[data-hostile], script, style, link, iframe, object, embed, form, video")
        || element.matches("img:not([alt^='Ladder of '][src^='data:image/svg+xml;'])")
        || element.matches("svg") && !element.getAttribute("aria-label")?.startsWith("Ladder of ")
        || element.matches("svg *:not(title, desc, rect, path, text, tspan, g)")
        || element.matches("audio") && !element.src.startsWith("data:audio/wav;")
        || element.getAttributeNames().some(name => name.startsWith("on")))
    .map(element => element.outerHTML)"""
_NO_IMAGE = """() => new Promise(failed => {
    const image = new Image();
    image.onerror = failed;
    image.src = "x";  // as in the hostile text
}).then(() => null)"""
_RAN = "() => window.__pwned"


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("hostile", hostile.CELLS)
    opened.run_all()
    expect(opened.cell(-1).error).to_be_visible()
    opened.unfold()
    opened.screenshot("hostile-light")
    return opened


@pytest.mark.parametrize("cell", hostile.SHOWN)
def test_hostile_text_is_shown_as_it_was_written(notebook: Notebook, cell: str) -> None:
    shown = notebook.cell(hostile.CELLS.index(cell))

    assert "window.__pwned" in shown.text


def test_hostile_text_makes_no_element(notebook: Notebook) -> None:
    outputs = notebook.page.locator(".jp-OutputArea-output")

    assert outputs.evaluate_all(_INTRUDERS) == []


def test_hostile_text_runs_no_script(notebook: Notebook) -> None:
    notebook.page.evaluate(_NO_IMAGE)  # one that was asked for before would have said so by now

    assert notebook.page.evaluate(_RAN) is None


def test_text_that_reverses_what_follows_is_not_obeyed(notebook: Notebook) -> None:
    """A person reads the characters in the order in which Twilio does."""
    read = "".join(notebook.page.locator(".jp-OutputArea-output").all_inner_texts())

    assert not set(hostile.REVERSING) & set(read)


def test_the_trap_is_set(notebook: Notebook) -> None:
    """The same text, shown as HTML, does what the tests above say that it never does. (Last: it spoils the page.)"""
    trap = notebook.write(f"from IPython.display import HTML\nHTML({hostile.IMAGE!r})")
    notebook.run()

    notebook.page.wait_for_function("() => window.__pwned === 1")
    assert len(trap.outputs.evaluate_all(_INTRUDERS)) == 1
