"""Another key at a Gather, taken in the card of a call in a real JupyterLab, by mouse and by keyboard."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, expect

from . import axe
from .conftest import Open
from .contrast import ENOUGH, runs
from .lab import Lab
from .notebook import DARK, LIGHT, SCREENSHOTS, Notebook, written

pytestmark = pytest.mark.browser

NUMBER = "+12125551234"
LOAD = f'''\
import twilio_magic as tm
%load_ext twilio_magic
simulator = tm.simulator()
greeting = "Press 1 for bread, or 2 for cake."

@simulator.webhook("https://bakery.example.com/menu")
def menu():
    return f"<Response><Gather numDigits='1' action='/chosen'><Say>{{greeting}}</Say></Gather></Response>"

@simulator.webhook("https://bakery.example.com/chosen")
def chosen(request):
    said = {{"1": "Bread it is.", "2": "Cake it is."}}.get(request["Digits"], "We do not have that.")
    more = "<Gather input='speech dtmf' action='/thanks'><Say>How many?</Say></Gather>"
    return f"<Response><Say>{{said}}</Say>{{more}}</Response>"

@simulator.webhook("https://bakery.example.com/thanks")
def thanks(request):
    return f"<Response><Say>{{request.get('SpeechResult', 'Thank you')}}.</Say></Response>"

simulator.numbers["{NUMBER}"].voice_url = "https://bakery.example.com/menu"'''
CALL = f'simulator.receive("+14155550100", "{NUMBER}", phone="press 1; say \'Two loaves\'").wait()'
#: A menu that asks the same until the caller has had enough of it.
LOOP = """\
again = "<Response><Gather numDigits='1' timeout='1'><Say>Press 1.</Say></Gather><Redirect/></Response>"
simulator.host(again, at="https://bakery.example.com/again")
simulator.numbers["+12125550002"].voice_url = "https://bakery.example.com/again"
simulator.receive("+14155550100", "+12125550002", phone="wait 20; hang up").wait()"""
_RESTART = "() => window.jupyterapp.shell.currentWidget.context.sessionContext.restartKernel()"


class Card:
    """The first card of a cell, with what stands beside it."""

    def __init__(self, notebook: Notebook, index: int) -> None:
        self.root = notebook.cell(index).root
        self.ways = self.root.get_by_role("group", name="Other ways in this call").first
        self.branches = self.root.get_by_role("region")

    def open(self, gather: int) -> Locator:
        """The form at a Gather."""
        self.button(gather).click()
        return self.ways.get_by_role("listitem").nth(gather - 1)

    def button(self, gather: int) -> Locator:
        return self.ways.get_by_role("button", name=f"Take another key here: Gather {gather},")

    def close(self) -> None:
        while self.branches.count():
            self.branches.first.get_by_role("button", name="Close: ").first.click()


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("branches", (LOAD, CALL, LOOP))
    opened.run_all()
    return opened


@pytest.fixture
def card(notebook: Notebook) -> Card:
    found = Card(notebook, 1)
    expect(found.ways).to_be_visible()
    found.close()
    for shut in found.ways.get_by_role("button", name="Close", exact=True).all():
        if shut.is_visible():
            shut.click()
    return found


def test_of_a_loop_one_gather_is_offered_and_the_others_are_folded(notebook: Notebook) -> None:
    looping = Card(notebook, 2)
    fold = looping.ways.get_by_text("more Gathers")
    expect(looping.button(1)).to_be_visible()
    expect(looping.button(2)).to_be_hidden()
    fold.click()

    expect(looping.button(2)).to_be_visible()
    fold.click()


def test_another_key_is_taken_beside_a_gather_by_mouse_and_both_ways_stand_side_by_side(
    notebook: Notebook, card: Card
) -> None:
    expect(card.ways.get_by_role("listitem")).to_have_count(2)
    expect(card.ways).to_contain_text("“Press 1 for bread, or 2 for cake.”")
    form = card.open(1)
    form.get_by_role("button", name="2", exact=True).click()
    form.get_by_role("button", name="Press", exact=True).click()

    branch = card.branches.first
    expect(branch).to_contain_text("Branch at gather 1: key 2")
    expect(branch).to_contain_text("Cake it is.")
    expect(branch).to_contain_text("Until 0:00.7 nothing is different.")
    expect(branch).to_contain_text("call.fork(before='gather 1', phone='press 2').wait()")
    was, now = (
        shown.get_by_role("listitem").filter(has_text=words).first.bounding_box()
        for shown, words in ((card.root, "Bread it is."), (branch, "Cake it is."))
    )
    assert was is not None
    assert now is not None
    assert was["x"] + was["width"] < now["x"]
    notebook.screenshot("branches")


def test_the_keyboard_is_enough(notebook: Notebook, card: Card) -> None:
    """Typed keys are not shortcuts of the notebook: 0 0 would restart its kernel, d d delete the cell."""
    keyboard = notebook.page.keyboard
    card.button(2).focus()
    keyboard.press("Enter")
    expect(card.ways.get_by_label("Keys at Gather 2")).to_be_focused()
    for _ in range(14):  # Press, and the twelve keys
        keyboard.press("Tab")
    expect(card.ways.get_by_label("Words at Gather 2")).to_be_focused()
    keyboard.type("dd 00 loaves")
    keyboard.press("Enter")
    branch = card.branches.first
    expect(branch).to_contain_text("Branch at gather 2: “dd 00 loaves”")
    expect(branch.get_by_role("heading", level=3).first).to_be_focused()

    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(card.branches).to_have_count(0)
    expect(card.button(2)).to_be_focused()
    keyboard.press("Space")
    expect(card.ways.get_by_label("Keys at Gather 2")).not_to_be_visible()
    expect(notebook.page.locator(".jp-Dialog")).to_have_count(0)
    expect(notebook.page.locator(".jp-NotebookPanel:visible .jp-CodeCell")).to_have_count(3)


def test_who_writes_elsewhere_by_then_is_not_taken_to_the_branch(
    notebook: Notebook, card: Card
) -> None:
    form = card.open(1)
    notebook.press_and_write(form.get_by_role("button", name="Hang up"), 0)
    expect(card.branches).to_have_count(1)

    expect(notebook.cell(0).editor).to_be_focused()


def test_silence_and_a_hang_up_are_ways_too_and_a_branch_has_branches(card: Card) -> None:
    form = card.open(1)
    form.get_by_role("button", name="Say nothing").click()
    expect(card.branches).to_have_count(1)
    expect(card.branches.nth(0)).to_contain_text("Branch at gather 1: silence")
    form.get_by_role("button", name="Hang up").click()
    expect(card.branches).to_have_count(2)
    expect(card.branches.nth(1)).to_contain_text("Branch at gather 1: hang-up")

    branch = card.branches.nth(0)
    branch.get_by_role("button", name="Take another key here: Gather 1,").click()
    branch.get_by_label("Keys at Gather 1").fill("2")
    branch.get_by_label("Keys at Gather 1").press("Enter")
    expect(card.branches).to_have_count(3)
    expect(card.branches.nth(2)).to_contain_text("Cake it is.")


def test_where_nothing_is_different_that_is_said(card: Card) -> None:
    form = card.open(1)
    form.get_by_label("Keys at Gather 1").fill("1")
    form.get_by_label("Keys at Gather 1").press("Enter")
    again = card.branches.first.get_by_role("button", name="Take another key here: Gather 1,")
    again.click()
    keys = card.branches.first.get_by_label("Keys at Gather 1")
    keys.fill("1")
    keys.press("Enter")

    expect(card.branches.nth(1)).to_contain_text(
        "Nothing is different: the call goes the same way to its end."
    )


def test_what_is_no_key_is_said_at_the_gather(card: Card) -> None:
    form = card.open(1)
    keys = form.get_by_label("Keys at Gather 1")
    keys.press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("There is no key to press.")
    keys.fill("x")
    keys.press("Enter")

    expect(form.get_by_role("alert")).to_contain_text("'x' is no key of a phone.")
    expect(card.branches).to_have_count(0)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_word_stands_out_from_what_is_behind_it(
    notebook: Notebook, card: Card, theme: str
) -> None:
    notebook.use_theme(theme)
    form = card.open(1)
    form.get_by_role("button", name="Press", exact=True).click()
    expect(form.get_by_role("alert")).to_be_visible()
    form.get_by_role("button", name="Hang up").click()
    expect(card.branches).to_have_count(1)
    notebook.screenshot(f"branches-{theme.rsplit(maxsplit=1)[-1].lower()}")
    read = runs(card.ways) + runs(card.branches.first)
    faint = {run.text: round(run.contrast, 2) for run in read if run.contrast < ENOUGH}

    assert read
    assert not faint


def test_the_buttons_can_be_used_by_everybody(notebook: Notebook, card: Card) -> None:
    """As far as axe-core can tell: names, roles, focus, contrast, live regions."""
    axe.require()
    form = card.open(1)
    form.get_by_role("button", name="Press", exact=True).click()
    expect(form.get_by_role("alert")).to_be_visible()
    found = axe.violations(card.ways)
    form.get_by_role("button", name="Say nothing").click()
    expect(card.branches).to_have_count(1)
    found += axe.violations(notebook.cell(1).html)

    assert [str(each) for each in found] == []


def test_in_a_narrow_window_the_branch_stands_below_the_card(
    notebook: Notebook, card: Card
) -> None:
    form = card.open(1)
    form.get_by_role("button", name="Hang up").click()
    branch = card.branches.first
    expect(branch).to_be_visible()
    with notebook.as_wide(420, alone=True):
        card.root.screenshot(path=SCREENSHOTS / "branches-narrow.png")
        above, below = card.ways.bounding_box(), branch.bounding_box()
        overflow = notebook.cell(1).html.first.evaluate(
            "root => root.scrollWidth - root.clientWidth"
        )

    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]
    assert overflow <= 0


def test_a_past_that_differs_and_a_world_that_was_reset_are_told_at_the_gather(
    open_notebook: Open,
) -> None:
    """And after a restart of the kernel the card is plain HTML again."""
    changes = f'''\
keys = iter("12")

def caller():
    yield f"press {{next(keys)}}"

simulator.receive("+14155550100", "{NUMBER}", phone=caller).wait()'''
    notebook = open_notebook(
        "branches-differ", (LOAD, changes, CALL, "simulator.reset()\n'forgotten'")
    )
    for index in range(3):
        notebook.go_to(index)
        notebook.run()
    card = Card(notebook, 1)
    form = card.open(2)
    form.get_by_role("button", name="Say nothing").click()
    alert = form.get_by_role("alert")
    expect(alert).to_contain_text("The past of this call is not the same")
    expect(alert).to_contain_text("then:")

    notebook.go_to(3)
    notebook.run()
    expect(notebook.cell(3).outputs.first).to_have_text("'forgotten'")
    after = Card(notebook, 2).open(1)
    after.get_by_role("button", name="Say nothing").click()
    expect(after.get_by_role("alert")).to_contain_text("the simulator was reset since")
    notebook.screenshot("branches-differ")

    notebook.page.evaluate(_RESTART)
    expect(card.ways).to_have_count(0)
    expect(notebook.cell(1).html).to_contain_text("What was heard")


def test_two_notebooks_with_the_same_card_ask_each_its_own_kernel(
    open_notebook: Open, lab: Lab
) -> None:
    """Both calls have the same sid, and both cards say the same."""
    other = LOAD.replace("Cake it is.", "Only pie today.")
    (lab.root / "branches-pie.ipynb").write_text(json.dumps(written((other, CALL))), "utf-8")
    notebook = open_notebook("branches-cake", (LOAD, CALL))
    notebook.run_all()
    for path, said in (("pie", "Only pie today."), ("cake", "Cake it is.")):
        notebook.show(f"branches-{path}.ipynb")
        notebook.run_all()
        card = Card(notebook, 1)
        expect(card.ways).to_be_visible()
        form = card.open(1)
        form.get_by_label("Keys at Gather 1").fill("2")
        form.get_by_label("Keys at Gather 1").press("Enter")

        expect(card.branches.first).to_contain_text(said)
        expect(card.root.get_by_role("group", name="Other ways in this call")).to_have_count(
            2
        )  # of the card, and of its branch
