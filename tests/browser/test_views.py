"""Everything that is shown, as people see it: light and dark, narrow and wide, with a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from playwright.sync_api import expect

from . import axe, gallery
from .conftest import Open
from .contrast import ENOUGH, contrast, runs
from .notebook import DARK, LIGHT, Cell, Notebook
from .sticking_out import NARROW, STICKING_OUT, WIDE

pytestmark = pytest.mark.browser

_WIDTHS = {"wide": WIDE, "narrow": NARROW}
_WIDTH = "element => element.getBoundingClientRect().width"


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("views", gallery.CELLS)
    opened.run_all()
    expect(opened.cell(gallery.PLACE["status"]).html).to_be_visible()
    for mistake in gallery.MISTAKES.values():
        cell = opened.write(mistake)
        opened.run()
        expect(cell.error).to_be_visible()
    return opened


@pytest.fixture(scope="module", params=[LIGHT, DARK])
def themed(request: pytest.FixtureRequest, notebook: Notebook) -> Notebook:
    theme: str = request.param
    notebook.use_theme(theme)
    for width, pixels in _WIDTHS.items():
        with notebook.as_wide(pixels):
            notebook.screenshot(f"views-{theme.rsplit(maxsplit=1)[-1].lower()}-{width}")
    notebook.unfold()
    return notebook


@pytest.fixture(params=_WIDTHS)
def as_wide(request: pytest.FixtureRequest, themed: Notebook) -> Iterator[Notebook]:
    with themed.as_wide(_WIDTHS[request.param]):
        yield themed


@pytest.fixture(params=[False, True], ids=["our font", "wider than any font"])
def with_any_font(request: pytest.FixtureRequest, as_wide: Notebook) -> Iterator[Notebook]:
    with as_wide.with_spaced_text() if request.param else nullcontext():
        yield as_wide


def shown(notebook: Notebook, name: str) -> Cell:
    return notebook.cell(gallery.PLACE[name])


@pytest.mark.parametrize("name", [*gallery.SHOWN, "refused document"])
def test_every_word_stands_out_from_what_is_behind_it(themed: Notebook, name: str) -> None:
    read = runs(shown(themed, name).html)
    faint = {run.text: round(run.contrast, 2) for run in read if run.contrast < ENOUGH}

    assert read
    assert not faint


def test_black_on_white_has_the_contrast_that_the_standard_says() -> None:
    black, white, glass = (0, 0, 0, 1), (255, 255, 255, 1), (0, 0, 0, 0)

    assert contrast(black, [glass, white]) == pytest.approx(21)
    assert contrast((119, 119, 119, 1), [white]) == pytest.approx(4.48, abs=0.01)


def test_every_word_of_a_picture_stands_out(themed: Notebook) -> None:
    """Words in SVG have their colour by ``fill``."""
    read = runs(shown(themed, "ladder").html.locator("svg"), colour="fill")
    faint = {run.text: round(run.contrast, 2) for run in read if run.contrast < ENOUGH}

    assert read
    assert not faint


@pytest.mark.parametrize("name", gallery.SHOWN)
def test_nothing_sticks_out_of_a_cell_however_narrow(with_any_font: Notebook, name: str) -> None:
    assert shown(with_any_font, name).html.evaluate(STICKING_OUT) == []


def test_a_narrow_cell_is_as_narrow_as_that_of_a_small_screen(themed: Notebook) -> None:
    """Else the test above would not say much."""
    with themed.as_wide(_WIDTHS["narrow"]):
        assert shown(themed, "call").root.evaluate(_WIDTH) <= 420


def test_a_recording_can_be_played_without_asking_any_host(themed: Notebook) -> None:
    player = shown(themed, "recorded call").html.locator("audio")
    loaded = "player => player.duration > 1 && player.error === null"

    themed.page.wait_for_function(loaded, arg=player.element_handle())
    assert themed.hosts == {"127.0.0.1"}


def test_the_ladder_is_a_picture_with_a_name(themed: Notebook) -> None:
    picture = shown(themed, "ladder").html.get_by_role("img", name="Ladder of +12125551234")

    expect(picture).to_be_visible()


def test_folds_open_by_keyboard(notebook: Notebook) -> None:
    fold = shown(notebook, "busy call").html.locator("details").first
    fold.evaluate("fold => { fold.open = false }")
    fold.locator("summary").first.focus()
    notebook.page.keyboard.press("Enter")

    expect(fold.locator("svg")).to_be_visible()


def test_a_checker_of_accessibility_finds_nothing_serious(themed: Notebook) -> None:
    axe.require()
    found = axe.violations(themed.outputs)

    assert not found, "\n".join(map(str, found))


def test_an_error_is_read_with_the_page_that_explains_it(notebook: Notebook) -> None:
    box = shown(notebook, "API error").error

    expect(box.get_by_role("link", name="docs/errors/20404")).to_be_visible()


def test_the_checker_of_accessibility_sees_what_is_wrong(notebook: Notebook) -> None:
    """A button without a name is found. (Last: it stays in the notebook.)"""
    axe.require()
    cell = notebook.write("from IPython.display import HTML\nHTML('<button></button>')")
    notebook.run()
    expect(cell.html).to_have_count(1)

    assert [each.rule for each in axe.violations(cell.outputs)] == ["button-name"]
