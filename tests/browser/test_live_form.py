"""In live mode a form has a button that rings a real phone, and the question is asked in the form itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.live.server import ACCOUNT, TOKEN, Server, call, says, serving
from tests.live.test_kernel import GO_LIVE

from .cells import LOAD
from .conftest import Open
from .notebook import Notebook

pytestmark = pytest.mark.browser

PLACE = "Place a real call…"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(*GO_LIVE, says(201, call("queued")), says(200, call("completed"))) as running:
        yield running


@pytest.fixture
def notebook(open_notebook: Open, server: Server) -> Notebook:
    environ = {
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_MAGIC_STAND_IN": server.base,
        "CI": "",  # somebody is there
    }
    cells = (
        f"import os\nos.environ |= {environ!r}",
        f"{LOAD}\nimport twilio_magic as tm",
        "tm.call_form()",
    )
    opened = open_notebook("live-form", cells)
    opened.run_all()
    return opened


def placed(server: Server) -> int:
    return sum(method == "POST" for method, _, _ in server.seen)


def test_a_real_call_is_placed_after_a_yes_in_the_form(notebook: Notebook, server: Server) -> None:
    page = notebook.page
    expect(page.get_by_role("button", name="Simulate", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=PLACE)).to_have_count(0)

    notebook.write("%twilio live")
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-cell') }")
    page.locator(".jp-Stdin-input").fill("yes")
    page.locator(".jp-Stdin-input").press("Enter")
    page.get_by_role("button", name=PLACE).press("Enter")
    expect(page.get_by_text("Place a real call, from +12125551234")).to_be_visible()
    expect(page.get_by_role("button", name="No", exact=True)).to_be_focused()
    notebook.screenshot("forms-live-question")
    assert placed(server) == 0

    page.get_by_role("button", name="Yes, place it").press("Enter")
    expect(page.get_by_text("A live call:")).to_be_visible()
    notebook.screenshot("forms-live-placed")
    assert placed(server) == 1
