"""The softphone in a real JupyterLab: rung, answered, typed on, spoken into, and hung up."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from . import axe
from .conftest import Open
from .contrast import ENOUGH, runs
from .lab import Lab
from .notebook import DARK, LIGHT, SCREENSHOTS, Notebook

pytestmark = pytest.mark.browser

PHONE, NUMBER, OTHER = "+13105555555", "+12125551234", "+14155550100"
LOAD = "import twilio_magic as tm\n%load_ext twilio_magic\nsimulator = tm.simulator()"
SHOP = f'''\
@simulator.webhook("https://bakery.example.com/menu")
def menu():
    return """<Response>
  <Gather numDigits="1" action="/chosen" timeout="3600">
    <Say loop="20">Press 1 for bread, or 2 for cake. Take your time, we are in no hurry at all today.</Say>
  </Gather>
</Response>"""

@simulator.webhook("https://bakery.example.com/chosen")
def chosen(request):
    said = {{"1": "Bread it is.", "2": "Cake it is."}}.get(request["Digits"], "We do not have that.")
    return f"<Response><Say>{{said}}</Say><Gather input='speech dtmf' timeout='3600'/></Response>"

simulator.numbers["{NUMBER}"].voice_url = "https://bakery.example.com/menu"'''
SHOWN = f'phone = tm.softphone("{PHONE}")\nphone'
CALL = f"%call {PHONE} --from {NUMBER} --url https://bakery.example.com/menu --timeout 600"
HOSTILE = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"


#: Presses a key in the same moment in which the page learns that the call is over.
_PRESS_AS_THE_CALL_ENDS = """(root, name) => {
    new MutationObserver((_, observer) => {
        if (root.dataset.state !== "free") return;
        observer.disconnect();
        root.querySelector(`button[aria-label="${name}"]`).click();
        root.dataset.pressed = name;
    }).observe(root, { attributes: true, attributeFilter: ["data-state"] });
}"""
_RESTART = "() => window.jupyterapp.shell.currentWidget.context.sessionContext.restartKernel()"
_SAVE_WIDGETS = "@jupyter-widgets/jupyterlab-manager:saveWidgetState"  # a switch
_SAVES_WIDGETS = "command => window.jupyterapp.commands.isToggled(command)"
_PRESS_AGAIN_WHEN_SOMETHING_IS_HEARD = """phone => {
    const mute = phone.querySelector(".mute");
    new MutationObserver((_, observer) => {
        observer.disconnect();
        mute.click();
    }).observe(phone.querySelector(".log"), { childList: true });
    phone.querySelector("button.say").click();
    mute.click();
}"""


class Phone:
    """A softphone on a page, as a person uses it."""

    def __init__(self, root: Locator) -> None:
        self.root = root
        self.display = root.locator(".display")
        self.log = root.get_by_role("log")
        self.source = root.get_by_label("TwiML of the call")
        self.number = root.get_by_role("combobox", name="Number to call")
        self.words = root.get_by_role("textbox", name="Say something")

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def say(self, words: str) -> None:
        self.words.fill(words)
        self.words.press("Enter")

    def screenshot(self, name: str) -> None:
        self.root.screenshot(path=SCREENSHOTS / f"{name}.png")


def phone_in(notebook: Notebook, index: int) -> Phone:
    return Phone(notebook.cell(index).root.locator(".tm-phone"))


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("softphone", (LOAD, SHOP, SHOWN, CALL))
    for index in range(3):
        opened.go_to(index)
        opened.run()
    expect(phone_in(opened, 2).root).to_be_visible()
    return opened


@pytest.fixture
def phone(notebook: Notebook) -> Phone:
    """The phone of the notebook, which nobody is calling."""
    found = phone_in(notebook, 2)
    for name in ("Decline the call", "Hang up"):
        if found.button(name).is_visible():
            found.button(name).click()
    expect(found.button("Call the number")).to_be_visible()
    return found


@pytest.fixture
def ringing(notebook: Notebook, phone: Phone) -> Phone:
    notebook.go_to(3)
    notebook.run()
    expect(phone.button("Answer the call")).to_be_visible()
    return phone


def test_a_call_is_answered_a_key_pressed_a_menu_reached_and_hung_up(
    notebook: Notebook, ringing: Phone
) -> None:
    expect(ringing.display).to_contain_text("Incoming call")
    expect(ringing.display).to_contain_text(NUMBER)
    ringing.screenshot("softphone-ringing")

    ringing.button("Answer the call").click()
    expect(ringing.log).to_contain_text("Press 1 for bread")
    expect(ringing.source.locator("[aria-current=step]")).to_contain_text("Press 1 for bread")
    expect(ringing.root).to_contain_text("now: <Say>")
    ringing.screenshot("softphone-menu")

    ringing.button("2 A B C").click()
    expect(ringing.log).to_contain_text("Cake it is.")
    expect(ringing.display).to_contain_text("2")

    ringing.say("Happy birthday, please")
    expect(ringing.log).to_contain_text("You Happy birthday, please")

    ringing.button("Hang up").click()
    expect(ringing.display).to_contain_text("Call ended: completed")
    expect(notebook.cell(3).html).to_contain_text("completed")  # the card of the call followed it
    ringing.button("Card of the call").click()
    own = ringing.root.get_by_role("group", name="Card of the call")
    for card in (notebook.cell(3).root, own):
        expect(card.get_by_role("button", name="Play this call")).to_be_visible()
        expect(card.get_by_role("button", name="Take another key here: Gather 1")).to_be_visible()
    ringing.button("Card of the call").click()
    assert notebook.hosts == {"127.0.0.1"}


def test_the_keyboard_is_enough(notebook: Notebook, ringing: Phone) -> None:
    """Keys reach the call, and none of the notebook's shortcuts: 0 0 would restart its kernel."""
    keyboard = notebook.page.keyboard
    ringing.button("Answer the call").focus()
    keyboard.press("Enter")
    expect(ringing.log).to_contain_text("Press 1 for bread")

    focused = ringing.root.locator(".pad :focus")
    keyboard.press("1")
    expect(focused).to_have_attribute("aria-label", "1")
    expect(ringing.log).to_contain_text("Bread it is.")
    keyboard.press("ArrowRight")
    keyboard.press("ArrowDown")
    expect(focused).to_have_attribute("aria-label", "5 J K L")
    for key in "00a":
        keyboard.press(key)
    keyboard.press("Enter")  # the key that has the focus
    expect(ringing.display).to_contain_text("1000")

    expect(notebook.page.locator(".jp-Dialog")).to_have_count(0)
    expect(notebook.page.locator(".jp-NotebookPanel:visible .jp-CodeCell")).to_have_count(4)
    tab_stops = ringing.root.locator(".pad button:not([tabindex='-1'])")
    expect(tab_stops).to_have_count(1)


def test_a_number_of_the_account_is_called(phone: Phone) -> None:
    phone.number.fill("+1 212 555 1234")
    phone.number.press("Enter")

    expect(phone.log).to_contain_text("Press 1 for bread")
    expect(phone.button("Hang up")).to_be_visible()


def test_a_click_into_the_number_selects_it_so_that_another_one_can_be_typed(phone: Phone) -> None:
    phone.number.fill("+12125551234")
    phone.number.blur()
    phone.number.click()
    phone.number.press_sequentially("+13105550101")

    expect(phone.number).to_have_value("+13105550101")


def test_what_cannot_be_called_is_said(phone: Phone) -> None:
    phone.number.fill("+1 415 555 9999")
    phone.button("Call the number").click()

    expect(phone.display).to_contain_text("+14155559999 is no number of this account")


def test_the_microphone_is_turned_off_and_on(ringing: Phone) -> None:
    ringing.button("Answer the call").click()
    mute = ringing.button("Mute the microphone")
    expect(mute).to_have_attribute("aria-pressed", "false")
    mute.click()
    expect(mute).to_have_text("Muted")
    expect(mute).to_have_attribute("aria-pressed", "true")
    ringing.say("nobody hears this")

    expect(ringing.log).to_contain_text("nobody heard “nobody hears this”")


def test_the_microphone_is_as_it_was_pressed_last_however_slow_the_kernel_is(
    ringing: Phone,
) -> None:
    """What is heard meanwhile shows the microphone as the kernel still has it."""
    ringing.button("Answer the call").click()
    mute = ringing.button("Mute the microphone")
    expect(mute).to_be_enabled()
    ringing.words.fill("Is anybody there?")
    ringing.root.evaluate(_PRESS_AGAIN_WHEN_SOMETHING_IS_HEARD)
    expect(ringing.log).to_contain_text("You Is anybody there?")
    ringing.say("Good, this is heard.")

    expect(ringing.log).to_contain_text("You Good, this is heard.")
    expect(mute).to_have_attribute("aria-pressed", "false")


def test_what_was_done_is_saved_as_a_script_and_a_test(ringing: Phone) -> None:
    ringing.button("Answer the call").click()
    expect(ringing.log).to_contain_text("Press 1 for bread")
    ringing.button("1").click()
    expect(ringing.log).to_contain_text("Bread it is.")
    ringing.button("Hang up").click()
    ringing.button("Save as script and as test what you did").click()

    expect(ringing.root.get_by_label("phone script", exact=True)).to_contain_text("press 1")
    expect(ringing.root.get_by_label("dialog", exact=True)).to_contain_text("expect status")
    expect(ringing.root.get_by_label("test", exact=True)).to_contain_text("def test_")
    ringing.screenshot("softphone-saved")


def answer_and_save(phone: Phone) -> None:
    """Answer the call, end it, and show what can be kept of it."""
    phone.button("Answer the call").click()
    phone.button("Hang up").click()
    expect(phone.display).to_contain_text("Call ended")
    phone.button("Save as script and as test what you did").click()


def test_what_was_saved_of_a_call_goes_as_the_next_one_comes(
    notebook: Notebook, ringing: Phone
) -> None:
    answer_and_save(ringing)
    expect(ringing.root.get_by_label("phone script", exact=True)).to_be_visible()
    notebook.go_to(3)
    notebook.run()

    expect(ringing.button("Answer the call")).to_be_visible()
    expect(ringing.root.get_by_label("phone script", exact=True)).to_be_hidden()


def test_what_was_saved_goes_into_a_cell_below_the_current_one(
    notebook: Notebook, ringing: Phone
) -> None:
    answer_and_save(ringing)
    script = ringing.root.get_by_label("phone script", exact=True)
    expect(script).to_have_text(re.compile(r"answer[^p]*hang up"))  # and not that of a call before
    below = notebook.cell(3)  # the phone's own cell is the current one
    with notebook.as_high(700):
        ringing.button("Copy the phone script to a cell").click()
        told = ringing.root.get_by_text("below the current one")
        expect(told).to_be_in_viewport(ratio=1)
        expect(below.root).to_be_in_viewport(ratio=1)
        title = ringing.root.get_by_role("heading", name="Phone script")
        assert title.evaluate("title => title.nextElementSibling.textContent") == told.inner_text()

    expect(below.root.locator(".cm-line")).to_have_count(1)
    expect(below.root.locator(".cm-line")).to_have_text(
        re.compile(re.escape(f"%phone {PHONE}: ring ") + ".*; answer; .*hang up$")
    )
    ringing.screenshot("softphone-inserted")
    ringing.button("Copy the dialog to a cell").click()
    expect(notebook.page.locator(".cm-content").get_by_text("%%dialog")).to_have_count(1)
    for _ in range(2):
        notebook.go_to(3)
        notebook.command("notebook:delete-cell")
    expect(below.root).to_contain_text("%call")


def test_hostile_words_stay_text(notebook: Notebook, ringing: Phone) -> None:
    """No markup comes of them, no script runs, and nothing is asked for."""
    ringing.button("Answer the call").click()
    ringing.say(HOSTILE)

    expect(ringing.log).to_contain_text(HOSTILE)
    assert ringing.log.locator("img, script").count() == 0
    assert notebook.page.evaluate("window.hacked") is None
    assert notebook.hosts == {"127.0.0.1"}


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_word_stands_out_from_what_is_behind_it(
    notebook: Notebook, ringing: Phone, theme: str
) -> None:
    notebook.use_theme(theme)
    ringing.button("Answer the call").click()
    expect(ringing.source.locator("[aria-current=step]")).to_contain_text("Press 1 for bread")
    read = runs(ringing.root.locator(".beside"))
    ringing.button("1").click()
    expect(ringing.log).to_contain_text("Bread it is.")
    ringing.screenshot(f"softphone-{theme.rsplit(maxsplit=1)[-1].lower()}")
    read += runs(ringing.root.locator(".display")) + runs(ringing.root.locator(".beside"))
    faint = {run.text: round(run.contrast, 2) for run in read if run.contrast < ENOUGH}

    assert read
    assert not faint


def test_who_writes_elsewhere_by_then_is_not_taken_to_the_card(
    notebook: Notebook, ringing: Phone
) -> None:
    ringing.button("Answer the call").click()
    expect(ringing.button("Card of the call")).to_be_enabled()
    notebook.press_and_write(ringing.button("Card of the call"), 0)
    expect(ringing.root.get_by_role("group", name="Card of the call")).to_be_visible()

    expect(notebook.cell(0).editor).to_be_focused()
    ringing.button("Card of the call").click()


def test_the_phone_can_be_used_by_everybody(notebook: Notebook, phone: Phone) -> None:
    """As far as axe-core can tell: names, roles, focus, contrast, live regions."""
    axe.require()
    found = axe.violations(phone.root)
    notebook.go_to(3)
    notebook.run()
    phone.button("Answer the call").wait_for()
    found += axe.violations(phone.root)
    phone.button("Answer the call").click()
    expect(phone.log).to_contain_text("Press 1 for bread")
    phone.button("1").click()
    expect(phone.log).to_contain_text("Bread it is.")
    found += axe.violations(phone.root)

    assert [str(each) for each in found] == []


@pytest.mark.parametrize("spaced", [False, True], ids=["our font", "wider than any font"])
def test_in_a_narrow_window_the_phone_stands_above_what_goes_on(
    notebook: Notebook, phone: Phone, spaced: bool
) -> None:
    handset, beside = (phone.root.locator(name) for name in (".handset", ".beside"))
    text = notebook.with_spaced_text() if spaced else nullcontext()
    with notebook.as_wide(420, alone=True), text:
        expect(handset).to_be_visible()
        phone.screenshot(f"softphone-narrow{'-spaced' if spaced else ''}")
        above, below = handset.bounding_box(), beside.bounding_box()
        overflow = phone.root.evaluate("root => root.scrollWidth - root.clientWidth")

    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]
    assert overflow <= 0


def test_at_a_desk_one_phone_is_put_through_to_the_other(open_notebook: Open) -> None:
    """Both parties of a call stand side by side, each hears the other, and shows the card of the call."""
    axe.require()
    dial = f"<Response><Say>One moment, please.</Say><Dial timeout='600'>{OTHER}</Dial></Response>"
    notebook = open_notebook(
        "desk",
        (
            LOAD,
            f'simulator.numbers["{NUMBER}"].voice_url = simulator.host("{dial}")',
            f'tm.softphones("{PHONE}", "{OTHER}")',
        ),
    )
    notebook.run_all()
    one, other = (Phone(notebook.cell(2).root.locator(".tm-phone").nth(place)) for place in (0, 1))
    one.number.fill(NUMBER)
    one.number.press("Enter")
    expect(one.log).to_contain_text("One moment, please.")
    other.button("Answer the call").press("Enter")
    expect(other.source).to_contain_text("it was dialed, and hears the other party")
    expect(other.log).to_have_text(f"connected with {PHONE}")
    expect(one.log).to_contain_text(f"connected with {OTHER}")

    one.say("Is there any bread left?")
    expect(other.log).to_contain_text(f"{PHONE} Is there any bread left?")
    other.say("There is.")
    expect(one.log).to_contain_text(f"{OTHER} There is.")
    expect(one.source.locator("[aria-current=step]")).to_contain_text(OTHER)
    one.button("5 J K L").click()
    expect(other.log).to_contain_text("the tones of 5")
    other.button("Card of the call").press("Enter")
    card = other.root.get_by_role("group", name="Card of the call")
    expect(card).to_contain_text("Is there any bread left?")
    expect(card).to_contain_text(f"{PHONE} → {NUMBER}")  # the call that dialed this phone
    expect(other.button("Sound")).to_have_text("Sound: on")
    other.button("Sound").click()
    expect(other.button("Sound")).to_have_text("Sound: off")
    expect(other.button("Sound")).to_have_attribute("aria-pressed", "false")
    notebook.screenshot("softphone-desk")
    assert [str(each) for each in axe.violations(notebook.cell(2).root.locator(".tm-phone"))] == []

    one.root.evaluate(_PRESS_AS_THE_CALL_ENDS, "5 J K L")
    with notebook.as_high(700):
        other.button("Hang up").scroll_into_view_if_needed()
        before = notebook.scrolled
        other.button("Hang up").click()
        for phone in (one, other):
            expect(phone.display).to_contain_text("Call ended: completed")
        assert before > 0
        assert notebook.scrolled == before
    assert one.root.get_attribute("data-pressed") == "5 J K L"
    expect(one.number).to_have_value(NUMBER)
    expect(card).to_contain_text("completed")
    with notebook.as_wide(700, alone=True):
        above, below = one.root.bounding_box(), other.root.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]
    assert notebook.hosts == {"127.0.0.1"}


def test_after_a_restart_of_the_kernel_the_phone_is_dead_and_can_be_read(
    open_notebook: Open,
) -> None:
    notebook = open_notebook("softphone-restart", (LOAD, SHOP, SHOWN, CALL))
    notebook.run_all()
    phone = phone_in(notebook, 2)
    phone.button("Answer the call").click()
    expect(phone.log).to_contain_text("Press 1 for bread")
    notebook.page.evaluate(_RESTART)

    expect(phone.display).to_contain_text("Not connected: the kernel is gone.")
    expect(phone.log).to_contain_text("Press 1 for bread")
    expect(phone.button("1")).to_be_disabled()
    expect(phone.root.locator(".pad button:enabled")).to_have_count(0)
    phone.screenshot("softphone-dead")


def test_a_notebook_of_five_phones_is_light_and_opens_without_a_kernel_and_a_network(
    open_notebook: Open, lab: Lab
) -> None:
    five = [f'tm.softphone("+1310555010{place}")' for place in range(5)]
    notebook = open_notebook("five-softphones", (LOAD, *five))
    notebook.run_all()
    expect(phone_in(notebook, 5).root).to_be_visible()
    notebook.command(_SAVE_WIDGETS)
    size = len(json.dumps(saved_widgets(notebook, lab.root / "five-softphones.ipynb")))
    notebook.page.evaluate(_RESTART)  # the phones' kernel is gone
    notebook.reopen()
    for index in range(1, 6):
        expect(phone_in(notebook, index).display).to_contain_text("Not connected")
    notebook.command(_SAVE_WIDGETS)

    assert size < 100_000
    assert notebook.hosts == {"127.0.0.1"}


def saved_widgets(notebook: Notebook, path: Path) -> Any:
    """What JupyterLab saves of the widgets of *notebook*, once it has heard that it is to save it."""
    notebook.page.wait_for_function(_SAVES_WIDGETS, arg=_SAVE_WIDGETS)
    notebook.command("docmanager:save")
    return json.loads(path.read_text("utf-8"))["metadata"]["widgets"]
