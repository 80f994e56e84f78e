"""One server and one browser for all tests here, and a page for each notebook.

They live as long as this directory's tests and no longer: while Playwright runs, its event loop occupies the main
thread, and other tests want to run loops of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from playwright.sync_api import BrowserContext, ViewportSize, expect, sync_playwright

from . import chromium
from .lab import Lab, running_lab
from .notebook import Notebook

Open = Callable[[str, Sequence[str]], Notebook]

_VIEWPORT: ViewportSize = {"width": 1200, "height": 2400}


@pytest.fixture(scope="package")
def browser() -> Iterator[BrowserContext]:
    missing = chromium.missing()
    if missing is not None:
        if chromium.is_required():
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright, chromium.launch(playwright) as launched:
        expect.set_options(timeout=chromium.PATIENCE)
        yield chromium.new_context(launched, viewport=_VIEWPORT)  # one: JupyterLab is loaded once


@pytest.fixture(scope="package")
def lab(browser: BrowserContext, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The server; it is not started where there is no browser to look at it."""
    with running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def open_notebook(browser: BrowserContext, lab: Lab) -> Iterator[Open]:
    """Opens notebooks by name and cells; they are closed after the module's last test."""
    opened: list[Notebook] = []

    def open_one(name: str, cells: Sequence[str]) -> Notebook:
        notebook = Notebook(browser.new_page(), lab)
        opened.append(notebook)
        notebook.open(name, cells)
        return notebook

    yield open_one
    for notebook in opened:
        notebook.close()
