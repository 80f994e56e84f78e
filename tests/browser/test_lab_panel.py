"""The panel "Twilio" in JupyterLab's side bar: the world of the notebook in front, and a phone that stays in sight."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, expect

from . import axe, hostile
from .cells import FIRST_CALL
from .conftest import Open
from .lab import Lab
from .notebook import DARK, LIGHT, SCREENSHOTS, Notebook, written

pytestmark = pytest.mark.browser

PHONES = (
    "%phone Ann = +13105550101: ring 3; answer\n%twilio fault https://down.example.com/* status=500"
)
MENU = """\
import twilio_magic as tm
@tm.simulator().webhook("https://bakery.example.com/menu")
def menu():
    return "<Response><Gather timeout='600'><Say>Welcome to the bakery.</Say></Gather></Response>"
%number +12125551234 https://bakery.example.com/menu"""
WAIT = """\
from pathlib import Path
from time import sleep
while not Path("go-on").exists():
    sleep(0.05)"""
# What the page sends to the kernel of the notebook in front from now on, in `window.sent`.
_LISTEN = """() => {
    window.sent = [];
    window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.anyMessage.connect(
        (_, { msg, direction }) => direction === "send" && window.sent.push(msg.header.msg_type));
}"""
_REST = "time => new Promise(done => setTimeout(() => done(window.sent), time))"
_IS_OVERFULL = "box => box.scrollWidth > box.clientWidth"


class Panel:
    """The panel, as a person sees it."""

    def __init__(self, notebook: Notebook) -> None:
        notebook.command("twilio-magic:show-panel")
        self.root = notebook.page.locator(".tm-panel")
        self.contents = self.root.locator(".tm-panel-contents")
        self.calls = self.root.locator(".tm-panel-call")
        self.phone = self.root.locator(".tm-phone")

    def section(self, name: str) -> Locator:
        return self.root.get_by_role("region", name=name, exact=True)

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def screenshot(self, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        self.root.screenshot(path=SCREENSHOTS / f"panel-{name}.png")


@pytest.fixture(scope="module")
def notebook(open_notebook: Open, lab: Lab) -> Notebook:
    (lab.root / "other.ipynb").write_text(json.dumps(written(["1 + 1"])), "utf-8")
    return open_notebook(
        "panel", ["# a bakery", PHONES, MENU, FIRST_CALL, *hostile.CELLS[1:5], WAIT]
    )


@pytest.fixture(scope="module")
def panel(notebook: Notebook) -> Panel:
    """The panel of a notebook in which the magics were loaded by its button, and a call was placed."""
    found = Panel(notebook)
    expect(found.contents).to_contain_text("The magics are not loaded yet")
    found.screenshot("empty")
    found.button("Run %load_ext twilio_magic").click()
    expect(found.section("Calls")).to_contain_text("Nobody has called yet")
    for index in range(2, 5):  # below the cell that loads
        notebook.select(index)
        notebook.run()
    expect(found.calls).to_have_count(1)
    return found


def test_the_button_of_the_empty_panel_runs_a_cell_that_loads_the_magics(
    notebook: Notebook, panel: Panel
) -> None:
    expect(
        notebook.page.locator(".jp-CodeCell .cm-content").get_by_text("%load_ext")
    ).to_have_count(1)


def test_the_panel_shows_what_there_is_in_the_world(panel: Panel) -> None:
    expect(panel.section("Numbers")).to_contain_text("https://bakery.example.com/menu")
    expect(panel.section("Phones")).to_contain_text("ring 3; answer")
    expect(panel.section("Web addresses")).to_contain_text("function menu")
    expect(panel.section("Faults")).to_contain_text("status=500")
    expect(panel.contents).to_contain_text("Calls are simulated")
    expect(panel.contents).to_contain_text("time stands still")


def test_the_keyboard_opens_and_closes_the_card_of_a_call(notebook: Notebook, panel: Panel) -> None:
    panel.button("Open").focus()
    notebook.page.keyboard.press("Tab")
    notebook.page.keyboard.press("Tab")
    expect(panel.calls.first).to_be_focused()
    notebook.page.keyboard.press("Enter")

    card = panel.root.locator(".tm-panel-rendered")
    expect(card).to_contain_text("Your first call works")
    expect(panel.calls.first).to_have_attribute("aria-expanded", "true")
    assert not panel.contents.evaluate(_IS_OVERFULL)
    panel.screenshot("card")
    notebook.page.keyboard.press("Enter")
    expect(card).to_have_count(0)
    expect(panel.calls.first).to_be_focused()


def test_a_part_of_the_panel_folds(panel: Panel) -> None:
    fault = panel.section("Faults").get_by_text("status=500")
    panel.section("Faults").get_by_role("button").click()
    expect(fault).to_be_hidden()
    panel.section("Faults").get_by_role("button").click()
    expect(fault).to_be_visible()


def test_the_panel_follows_the_notebook_that_comes_to_the_front(
    notebook: Notebook, panel: Panel
) -> None:
    notebook.show("other.ipynb")
    expect(panel.root.get_by_role("heading", level=2)).to_have_text("Twilio: other.ipynb")
    expect(panel.contents).to_contain_text("The magics are not loaded yet")
    notebook.command("docmanager:open", path="panel.ipynb")

    expect(panel.calls).to_have_count(1)


def test_while_nothing_happens_the_kernel_is_asked_nothing(
    notebook: Notebook, panel: Panel
) -> None:
    """A question makes the kernel busy and idle: that must be no reason for the next question."""
    notebook.wait_until_quiet(milliseconds=3_000)


def test_while_a_cell_runs_the_kernel_is_asked_nothing_and_the_panel_says_so(
    notebook: Notebook, panel: Panel, lab: Lab
) -> None:
    notebook.select(-1)
    notebook.page.keyboard.press("Control+Enter")
    expect(panel.root.get_by_role("status")).to_have_text(
        "A cell is running. This is how it was before."
    )
    notebook.page.evaluate(_LISTEN)
    panel.button("Look again").click()
    panel.calls.first.click()
    try:
        assert notebook.page.evaluate(_REST, 3_000) == []
    finally:
        (lab.root / "go-on").touch()

    expect(panel.root.locator(".tm-panel-rendered")).to_contain_text("Your first call works")
    expect(panel.root.get_by_role("status")).to_have_text("")
    panel.calls.first.click()


def test_a_phone_in_the_panel_calls_and_the_call_is_seen_while_it_lasts(
    notebook: Notebook, panel: Panel
) -> None:
    panel.button("Open").click()
    panel.phone.get_by_role("button", name="Call the number").click()
    expect(panel.phone.get_by_role("log")).to_contain_text("Welcome to the bakery.")
    expect(panel.calls.first).to_contain_text("in-progress")
    expect(panel.contents).to_contain_text("in real time")
    panel.screenshot("call")
    assert not panel.contents.evaluate(_IS_OVERFULL)
    panel.phone.get_by_role("button", name="Hang up").click()

    expect(panel.calls.first).to_contain_text("completed")
    expect(panel.calls).to_have_count(2)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_panel_is_accessible(notebook: Notebook, panel: Panel, theme: str) -> None:
    axe.require()
    notebook.use_theme(theme)
    panel.calls.first.click()
    expect(panel.root.locator(".tm-panel-rendered").last).to_contain_text("What was heard")
    panel.screenshot(theme.rsplit(maxsplit=1)[-1].lower())

    assert axe.violations(panel.root, axe.ALL) == []
    panel.calls.first.click()


def test_a_phone_that_is_put_away_is_gone_and_the_page_finds_others_again(
    notebook: Notebook, panel: Panel
) -> None:
    notebook.reopen()
    Panel(notebook)
    expect(panel.phone).to_have_count(1)
    panel.button("Put the phone +13105555555 away").click()

    expect(panel.phone).to_have_count(0)
    expect(panel.contents).to_contain_text("time stands still")


def test_hostile_text_is_shown_and_makes_nothing_of_the_page(
    notebook: Notebook, panel: Panel
) -> None:
    for index in range(5, 9):
        notebook.select(index)
        notebook.run()
    expect(panel.calls).to_have_count(4)
    for place in range(2):
        panel.calls.nth(place).click()
    cards = panel.root.locator(".tm-panel-rendered")
    expect(cards).to_have_count(2)
    expect(cards.last).to_contain_text("window.__pwned")

    assert panel.root.locator("[data-hostile], script, iframe, form form").count() == 0
    assert notebook.page.evaluate("() => window.__pwned") is None
    assert not set(hostile.REVERSING) & set(panel.root.inner_text())
