"""A call played again in a real JupyterLab: marked as it is heard, line by line, by mouse and by keyboard."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, expect

from . import axe
from .conftest import Open
from .contrast import ENOUGH, runs
from .notebook import DARK, LIGHT, SCREENSHOTS, Notebook

pytestmark = pytest.mark.browser

LOAD = '''\
import twilio_magic as tm
%load_ext twilio_magic
simulator = tm.simulator()
simulator.mount("https://bakery.example.com/menu", """<Response>
  <Gather numDigits="1" action="/chosen">
    <Say>Press 1 for bread.</Say>
  </Gather>
</Response>""")
simulator.mount("https://bakery.example.com/chosen", """<Response>
  <Say>Bread &lt;b&gt;it&lt;/b&gt; is.</Say><Pause length="3"/>
</Response>""")
simulator.numbers["+12125551234"].voice_url = "https://bakery.example.com/menu"'''
SCRIPT = "hear 'bread'; wait 1; press 1; hear 'is'; say 'Good.'; wait 1; hang up"
CALL = f'simulator.receive("+14155550100", "+12125551234", phone="{SCRIPT}").wait()'
REPLAY = "_.replay()"
_RESTART = "() => window.jupyterapp.shell.currentWidget.context.sessionContext.restartKernel()"
#: Keeps the lines that become marked, in order, and the frequencies that sound.
_WATCH = """() => {
  const kept = (window.kept = { marked: [], tones: [] });
  new MutationObserver((changes) => {
    for (const { target } of changes)
      if (target.hasAttribute("aria-current") && target.matches(".tm-replay-lines button"))
        kept.marked.push(target.textContent);
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["aria-current"] });
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) {
    kept.tones.push(this.frequency.value);
    return start.call(this, at);
  };
}"""
#: Keeps how fast words are spoken, and how lists are scrolled to the line that sounds.
_LISTEN = """() => {
  const heard = (window.heard = { rates: [], scrolls: [] });
  const speak = SpeechSynthesis.prototype.speak, scroll = Element.prototype.scrollTo;
  SpeechSynthesis.prototype.speak = function (utterance) {
    heard.rates.push(utterance.rate);
    return speak.call(this, utterance);
  };
  Element.prototype.scrollTo = function (...given) {
    if (this.closest(".tm-replay-player")) heard.scrolls.push(given[0].behavior);
    return scroll.apply(this, given);
  };
}"""
#: The moments that the player shows, from now on.
_CLOCK = """(time) => {
  const kept = (window.moments = [time.textContent]);
  new MutationObserver(() => kept.push(time.textContent)).observe(time, { childList: true });
}"""
#: What the button says while the call is played, and afterwards.
_PLAY_AND_PAUSE = """(button) => {
  const press = () => (button.click(), button.textContent);
  return [press(), press()];
}"""
#: Plays until the time that is shown has moved on, which is before the call is over, however slow the test is.
_PLAY_A_MOMENT = """(player) => new Promise((done) => {
  const button = player.querySelector(".tm-replay-play");
  const time = player.querySelector(".tm-replay-time");
  const before = time.textContent;
  new MutationObserver((_, observer) => {
    if (time.textContent === before) return;
    observer.disconnect();
    button.click();
    done(time.textContent);
  }).observe(time, { childList: true, characterData: true, subtree: true });
  button.click();
})"""
#: Plays while the page stands still for a minute; what the time is then.
_PLAY_AND_STAND_STILL = """(player) => new Promise((done) => {
  const button = player.querySelector(".tm-replay-play");
  const time = player.querySelector(".tm-replay-time");
  const now = performance.now;
  button.click();
  new MutationObserver((_, observer) => {
    observer.disconnect();
    button.click();
    performance.now = now;
    done(time.textContent);
  }).observe(time, { childList: true, characterData: true, subtree: true });
  performance.now = () => now.call(performance) + 60_000;
})"""
_IS_IN_SIGHT = """(line) => {
  const [inside, outside] = [line, line.closest("ol")].map((each) => each.getBoundingClientRect());
  return inside.top >= outside.top && inside.bottom <= outside.bottom;
}"""
LINES = ["Press 1 for bread.", "[presses 1]", "Bread <b>it</b> is.", "Good."]


class Player:
    """The player in one cell."""

    def __init__(self, notebook: Notebook, index: int) -> None:
        self.cell = notebook.cell(index).root
        self.root = self.cell.get_by_role("region", name="Replay of")
        self.conversation = self.root.get_by_role("group", name="Conversation")
        self.timeline = self.root.get_by_role("group", name="Timeline")
        self.twiml = self.root.get_by_role("group", name="TwiML", exact=True)

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def line(self, words: str) -> Locator:
        return self.conversation.get_by_role("button").filter(has_text=words)

    @property
    def marked(self) -> Locator:
        return self.conversation.locator("[aria-current]")


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("replay", (LOAD, CALL, REPLAY))
    opened.run_all()
    return opened


@pytest.fixture
def player(notebook: Notebook) -> Player:
    """The player of ``call.replay()``, at the beginning of the call."""
    found = Player(notebook, 2)
    expect(found.root).to_be_visible()
    if found.button("Pause").count():
        found.button("Pause").click()
    found.timeline.get_by_role("button").first.click()
    return found


def kept(notebook: Notebook) -> dict[str, Any]:
    told: dict[str, Any] = notebook.page.evaluate("() => window.kept")
    return told


def test_the_button_of_a_card_plays_the_call_and_marks_its_lines_in_order_with_keys_as_tones(
    notebook: Notebook,
) -> None:
    card = Player(notebook, 1)
    expect(card.cell.get_by_role("button", name="Play this call")).to_be_visible()
    notebook.page.evaluate(_WATCH)
    card.cell.get_by_role("button", name="Play this call").click()
    expect(card.root.locator(".tm-replay-play")).to_be_focused()
    card.root.get_by_role("button", name="4 times as fast").click()
    expect(card.button("Play")).to_be_visible()
    told = kept(notebook)
    places = [next(n for n, words in enumerate(LINES) if words in each) for each in told["marked"]]

    assert places == sorted(places)
    assert {1, 2, 3} <= set(places)
    assert told["tones"] == [697, 1209]
    card.button("Close").click()
    expect(card.root).to_have_count(0)
    expect(card.cell.get_by_role("button", name="Play this call")).to_be_focused()


def test_who_writes_elsewhere_by_then_is_not_taken_to_the_player(notebook: Notebook) -> None:
    card = Player(notebook, 1)
    notebook.press_and_write(card.cell.get_by_role("button", name="Play this call"), 0)
    expect(card.root).to_be_visible()

    expect(notebook.cell(0).editor).to_be_focused()
    card.button("Close").click()


def test_line_by_line_conversation_timeline_and_twiml_are_marked_by_keyboard_alone(
    notebook: Notebook, player: Player
) -> None:
    """And what a document says is text, also where it looks like markup."""
    keyboard = notebook.page.keyboard
    player.button("Next line").focus()
    for words, verb in zip(LINES, ("<Say>", "<Gather", "<Say>", "<Pause"), strict=True):
        keyboard.press("Enter")
        expect(player.marked).to_have_count(1)
        expect(player.marked).to_contain_text(words)
        expect(player.timeline.locator("[aria-current]")).to_contain_text(
            words.removeprefix("[presses ").removesuffix("]")
        )
        expect(player.twiml.locator("mark")).to_contain_text(verb)
    keyboard.press("Shift+Tab")
    keyboard.press("Space")

    expect(player.marked).to_contain_text("Bread <b>it</b> is.")
    expect(
        player.root.locator("[aria-live], [role=status], [role=log], [role=alert]")
    ).to_have_count(0)
    expect(notebook.page.locator(".jp-NotebookPanel:visible .jp-CodeCell")).to_have_count(3)


def test_a_click_on_a_line_seeks_and_arrow_keys_go_from_line_to_line(
    notebook: Notebook, player: Player
) -> None:
    player.line("Bread <b>").click()
    expect(player.marked).to_contain_text("Bread")
    moment = player.root.locator(".tm-replay-at").nth(2).text_content() or "?"
    expect(player.root.locator(".tm-replay-time")).to_contain_text(f"{moment} of")
    notebook.page.keyboard.press("ArrowDown")
    expect(player.line("Good.")).to_be_focused()
    notebook.page.keyboard.press("Enter")
    expect(player.marked).to_contain_text("Good.")

    assert player.root.locator(".tm-replay-play").evaluate(_PLAY_AND_PAUSE) == ["Pause", "Play"]


def test_a_moment_is_told_as_in_the_card_and_the_end_of_the_slider_is_the_end_of_the_call(
    notebook: Notebook, player: Player
) -> None:
    told = notebook.cell(2).text.splitlines()
    shown = player.timeline.locator(".tm-replay-at").all_inner_texts()
    notebook.cell(1).root.get_by_text("What happened").click()
    slider = player.root.get_by_role("slider")
    slider.press("End")
    time = player.root.locator(".tm-replay-time").inner_text()
    at, end = time.split(" of ")
    title = next(line for line in told if line.startswith("Replay of"))
    minutes, seconds = end.split(":")

    assert at == end == shown[-1]
    assert title.endswith(f", {60 * int(minutes) + float(seconds):g} s")
    assert all(each in notebook.cell(1).text for each in shown)
    expect(slider).to_have_js_property("value", slider.get_attribute("max"))
    expect(player.button("Next line")).to_be_disabled()
    expect(player.button("Line before")).to_be_enabled()


def test_twiml_is_indented_and_colored_and_what_is_marked_last_is_in_sight(
    notebook: Notebook, player: Player
) -> None:
    notebook.page.emulate_media(reduced_motion="reduce")  # no list glides
    player.line("Bread <b>").click()
    expect(player.twiml).to_contain_text("\n  <Say>")
    tag, text = (
        part.evaluate("part => getComputedStyle(part).color")
        for part in (player.twiml.locator(".tm-xml-tag").first, player.twiml)
    )

    assert tag != text
    for marked in (player.marked, player.timeline.locator("[aria-current]")):
        assert marked.last.evaluate(_IS_IN_SIGHT)


def test_words_are_spoken_as_fast_as_the_call_is_played(notebook: Notebook, player: Player) -> None:
    notebook.page.evaluate(_LISTEN)
    for name in ("2 times as fast", "4 times as fast", "Real time"):
        player.button(name).click()
        expect(player.button(name)).to_have_attribute("aria-pressed", "true")
        player.line("Bread <b>").click()

    assert notebook.page.evaluate("() => window.heard.rates") == [2, 4, 1]


def test_a_call_that_was_paused_goes_on_where_it_was(notebook: Notebook, player: Player) -> None:
    time = player.root.locator(".tm-replay-time")
    paused = player.root.evaluate(_PLAY_A_MOMENT)
    expect(time).to_have_text(paused)
    expect(player.button("Play")).to_be_visible()
    time.evaluate(_CLOCK)
    player.root.evaluate(_PLAY_A_MOMENT)
    moments = notebook.page.evaluate("() => window.moments")

    assert moments[0] == paused
    assert moments == sorted(moments)
    assert moments[-1] > paused


def test_a_page_that_stood_still_has_missed_little_of_the_call(player: Player) -> None:
    assert player.root.evaluate(_PLAY_AND_STAND_STILL).startswith("0:02.0 of ")


@pytest.mark.parametrize(("wanted", "scrolled"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_lists_glide_only_for_who_does_not_want_less_motion(
    notebook: Notebook,
    player: Player,
    wanted: Literal["reduce", "no-preference"],
    scrolled: str,
) -> None:
    notebook.page.emulate_media(reduced_motion=wanted)
    notebook.page.evaluate(_LISTEN)
    for words in LINES:
        player.button("Next line").click()
        expect(player.line(words)).to_have_attribute("aria-current", "true")

    assert set(notebook.page.evaluate("() => window.heard.scrolls")) == {scrolled}


def test_everybody_can_use_it_in_both_themes_and_in_a_narrow_window(
    notebook: Notebook, player: Player
) -> None:
    """As far as axe-core can tell, and words stand out from what is behind them."""
    axe.require()
    player.line("Bread <b>").click()
    assert [str(each) for each in axe.violations(player.root)] == []
    for theme in (DARK, LIGHT):
        notebook.use_theme(theme)
        player.cell.screenshot(
            path=SCREENSHOTS / f"replay-{theme.rsplit(maxsplit=1)[-1].lower()}.png"
        )
        read = runs(player.root)
        assert read
        assert not {run.text: run.contrast for run in read if run.contrast < ENOUGH}
    with notebook.as_wide(700, alone=True):
        player.cell.screenshot(path=SCREENSHOTS / "replay-narrow.png")
        assert player.root.evaluate("root => root.scrollWidth - root.clientWidth") <= 0


def test_without_the_extra_and_after_a_restart_it_is_the_conversation_with_its_times(
    notebook: Notebook, player: Player, open_notebook: Open
) -> None:
    notebook.page.evaluate(_RESTART)
    expect(player.root).to_have_count(0)
    expect(player.cell.get_by_role("listitem").filter(has_text="Good.")).to_be_visible()
    expect(notebook.cell(1).root.get_by_role("button", name="Play this call")).to_have_count(0)

    without = f"import sys\nsys.modules['anywidget'] = None\n{LOAD}"
    other = open_notebook("replay-without", (without, CALL, REPLAY))
    other.run_all()
    shown = other.cell(2).root
    expect(shown.get_by_role("listitem").filter(has_text="Bread <b>it</b> is.")).to_be_visible()
    expect(other.page.get_by_role("button", name="Play this call")).to_have_count(0)
