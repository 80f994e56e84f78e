"""The page of a served world: calls as they happen, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect

import twilio_magic as tm

from . import axe, chromium

pytestmark = pytest.mark.browser

CALLER, NUMBER = "+14155550100", "+12125551234"
MENU = "<Response><Gather numDigits='1'><Say>Press 1 for bread.</Say></Gather><Say>Goodbye.</Say></Response>"
HOLD = "<Response><Say>Please hold the line.</Say><Pause length='600'/></Response>"
HOSTILE = "<img src=x onerror='window.taken = true'><script>window.taken = true</script>"
TOKEN = "open-sesame-of-ours"

#: Opens the page of the world that a test has, at an address behind /simulator/.
Visit = Callable[..., Page]


@pytest.fixture
def console() -> list[str]:
    """What stands in the console of the browser; nothing may be left there."""
    return []


@pytest.fixture
def visit(browser: BrowserContext, simulator: tm.Simulator, console: list[str]) -> Iterator[Visit]:
    """Pages whose console stays empty: what the policy of the page forbids would be told there."""
    assert browser.browser is not None
    started: Browser = browser.browser
    simulator.numbers[NUMBER].voice_url = simulator.host(MENU)

    def note(message: ConsoleMessage) -> None:
        if not message.text.startswith("Failed to load resource"):  # it was refused: no fault
            console.append(message.text)

    with ExitStack() as open_until_then:

        def open_page(
            fragment: str = "",
            *,
            width: int = 1280,
            scheme: Literal["light", "dark"] = "light",
            **options: Any,
        ) -> Page:
            base_url = open_until_then.enter_context(simulator.serve(**options))
            context = chromium.new_context(
                started, viewport={"width": width, "height": 1000}, color_scheme=scheme
            )
            page = open_until_then.enter_context(context).new_page()
            page.on("console", note)
            page.on("pageerror", lambda error: console.append(str(error)))
            page.goto(f"{base_url}/simulator/{fragment}")
            return page

        yield open_page
    assert console == []


def first_call(page: Page) -> Any:
    return page.locator(".call").first


def test_a_call_is_placed_with_the_form_and_seen_as_it_happens(
    visit: Visit, simulator: tm.Simulator
) -> None:
    page = visit()
    expect(page.get_by_text("Nobody has called yet")).to_be_visible()
    page.get_by_label("What the caller does").fill("hear 'press 1'; press 1; wait 1; hang up")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(first_call(page).locator(".status")).to_have_text("ringing")
    simulator.advance(1.5)
    expect(first_call(page).locator(".status")).to_have_text("in progress")
    expect(first_call(page).locator(".shown")).to_contain_text("Press 1 for")
    page.get_by_role("button", name="To the end").click()

    expect(first_call(page).locator(".status")).to_contain_text("completed, ")
    expect(first_call(page).locator(".shown")).to_contain_text("presses 1")
    expect(page.get_by_text("Nobody has called yet")).to_be_hidden()


def test_the_ladder_is_a_picture(visit: Visit, simulator: tm.Simulator) -> None:
    simulator.receive(CALLER, NUMBER).wait()
    page = visit()
    ladder = first_call(page).get_by_role("button", name="Ladder")
    ladder.click()

    expect(first_call(page).locator("svg")).to_be_visible()
    expect(ladder).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Story")).to_have_attribute("aria-pressed", "false")


def test_what_is_folded_out_stays_so_when_there_is_news(
    visit: Visit, simulator: tm.Simulator
) -> None:
    simulator.numbers[NUMBER].voice_url = simulator.host(HOLD)
    call = simulator.receive(CALLER, NUMBER, phone="wait 600")
    simulator.advance(1)
    page = visit()
    first_call(page).locator("summary", has_text="Requests").click()
    call.hang_up()
    simulator.advance(1)

    expect(first_call(page).locator(".status")).to_contain_text("completed")
    expect(first_call(page).locator(".shown")).to_contain_text("hung up")
    expect(first_call(page).locator("details[open]")).to_contain_text("voice url")


def test_the_newest_call_is_open_and_another_one_where_somebody_opens_it(
    visit: Visit, simulator: tm.Simulator
) -> None:
    for _ in range(2):
        simulator.receive(CALLER, NUMBER).wait()
    page = visit()
    expect(page.locator(".head[aria-expanded=true]")).to_have_count(1)
    page.locator(".head").nth(1).click()
    simulator.receive("+14155550111", NUMBER).wait()

    expect(page.locator(".call")).to_have_count(3)
    expect(first_call(page)).to_contain_text("+14155550111")
    expect(page.locator(".body:visible")).to_have_count(2)
    expect(page.locator(".head").nth(2)).to_have_attribute("aria-expanded", "true")


def test_a_call_is_hung_up_and_the_world_begins_anew(visit: Visit, simulator: tm.Simulator) -> None:
    simulator.numbers[NUMBER].voice_url = simulator.host(HOLD)
    simulator.receive(CALLER, NUMBER, phone="wait 600")
    page = visit()
    page.get_by_role("button", name="+10 s").click()
    page.get_by_role("button", name="Hang up").click()
    page.get_by_role("button", name="+10 s").click()
    expect(first_call(page).locator(".status")).to_contain_text("completed")
    expect(page.locator("#clock")).to_have_text("10:00:20")
    page.get_by_role("button", name="Reset").click()
    assert simulator.call_count == 1
    page.get_by_role("button", name="Forget all calls?").click()

    expect(page.locator(".call")).to_have_count(0)
    expect(page.locator("#clock")).to_have_text("10:00:00")


def test_numbers_and_phones_are_set(visit: Visit, simulator: tm.Simulator) -> None:
    page = visit()
    page.get_by_role("button", name=f"Edit {NUMBER}").click()
    page.get_by_label("Web address that answers").fill("https://ivr.example.com/menu")
    page.get_by_role("button", name="Save number").click()
    page.get_by_text("Write a script").click()
    page.get_by_label("Phone", exact=True).fill("client:alice")
    page.get_by_label("What it does").fill("ring 2; busy")
    page.get_by_role("button", name="Save script").click()

    expect(page.locator("#numbers")).to_contain_text("https://ivr.example.com/menu")
    expect(page.locator("#phones")).to_contain_text("ring 2; busy")
    assert simulator.numbers[NUMBER].voice_url == "https://ivr.example.com/menu"
    assert str(simulator.phones["client:alice"]) == "ring 2; busy"
    page.get_by_role("button", name="Remove client:alice").click()
    expect(page.locator("#phones")).not_to_contain_text("ring 2; busy")


def test_a_call_is_placed_only_when_the_page_knows_who_can_be_called(visit: Visit) -> None:
    first = visit()
    page = first.context.new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        held.append(route)

    page.route("**/simulator/state", hold)
    page.goto(first.url)
    expect(page.get_by_role("button", name="Call", exact=True)).to_be_disabled()
    held[0].continue_()
    page.get_by_role("button", name="Call", exact=True).click()

    expect(first_call(page).locator(".status")).to_have_text("ringing")


def test_what_is_wrong_is_said_at_the_field(visit: Visit) -> None:
    page = visit()
    field = page.get_by_label("What the caller does")
    field.fill("sing")
    page.get_by_role("button", name="Call", exact=True).click()

    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(page.locator("#phone-wrong")).to_contain_text("'sing' is not a step")


def test_what_others_wrote_is_text_and_no_markup(visit: Visit, simulator: tm.Simulator) -> None:
    said = HOSTILE.replace("&", "&amp;").replace("<", "&lt;")
    simulator.numbers[NUMBER].voice_url = simulator.host(
        f"<Response><Say>{said}</Say></Response>", at="https://ivr.example.com/<b>"
    )
    simulator.phones["client:<b>"] = f"say '{HOSTILE.replace(chr(39), '')}'"
    simulator.receive("client:<i>joe\u202eeoj", NUMBER).wait()
    page = visit()
    expect(first_call(page).locator(".from")).to_have_text("client:<i>joe⟨U+202E⟩eoj")
    assert "\u202e" not in page.inner_text("body")
    expect(first_call(page).locator(".shown")).to_contain_text("window.taken = true")
    first_call(page).get_by_role("button", name="Ladder").click()
    expect(first_call(page).locator("svg")).to_be_visible()

    assert (
        page.locator("img:not(header img, [alt^='Ladder of ']), main script, main i").count() == 0
    )
    assert page.evaluate("window.taken") is None


def test_a_script_that_stands_in_the_page_does_not_run(visit: Visit, console: list[str]) -> None:
    """The policy forbids it, should some text ever become markup."""
    page = visit()
    seen = page.evaluate(
        """() => new Promise(done => {
            addEventListener("securitypolicyviolation", event => done(event.violatedDirective));
            const added = document.createElement("script");
            added.textContent = "window.taken = true";
            document.body.append(added);
        })"""
    )

    assert seen.startswith("script-src")
    assert "Content Security Policy" in console.pop()
    assert page.evaluate("window.taken") is None


def test_a_token_is_asked_for_kept_for_the_tab_and_shown_nowhere(
    visit: Visit, simulator: tm.Simulator
) -> None:
    page = visit(token=TOKEN)
    asked = page.get_by_role("dialog")
    expect(asked).to_be_visible()
    for token in ("wrong", TOKEN):
        page.get_by_role("textbox", name="Token").fill(token)
        page.get_by_role("button", name="Open").click()
    expect(page.locator("#clock")).to_have_text("10:00:00")
    expect(asked).to_be_hidden()
    page.reload()

    expect(page.locator("#clock")).to_have_text("10:00:00")
    assert TOKEN not in page.content()
    assert TOKEN not in page.url


def test_a_token_in_the_fragment_is_taken_and_is_gone_from_the_address(visit: Visit) -> None:
    asked: list[str] = []
    page = visit(f"#token={TOKEN}", token=TOKEN)
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator("#clock")).to_have_text("10:00:00")
    page.get_by_role("button", name="+10 s").click()
    expect(page.locator("#clock")).to_have_text("10:00:10")

    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/simulator/", page.url)
    assert asked
    assert TOKEN not in str(asked)


def test_a_page_of_another_site_drives_nothing(
    visit: Visit, simulator: tm.Simulator, console: list[str]
) -> None:
    """Not even with a request that browsers send to other sites without asking them before."""
    page = visit()
    base_url = page.url
    elsewhere = "http://hostile.example.com/"
    page.route(
        elsewhere, lambda route: route.fulfill(body="<title>.</title>", content_type="text/html")
    )
    simulator.receive(CALLER, NUMBER)
    page.goto(elsewhere)
    page.evaluate(
        """async base => {
            for (const kind of ["text/plain", "application/json"]) {
                await fetch(base + "reset", {method: "POST", mode: "no-cors", headers: {"Content-Type": kind}})
                    .catch(String);
            }
        }""",
        base_url,
    )
    console.clear()

    assert simulator.call_count == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 700, 360])
def test_everybody_can_read_and_use_it(
    visit: Visit, simulator: tm.Simulator, scheme: Literal["light", "dark"], width: int
) -> None:
    """Nothing that axe-core finds, however small, and no text that runs out of the page."""
    axe.require()
    simulator.webhook("https://broken.example.com")(lambda: ("", 500))
    simulator.numbers["+442079460000"].voice_url = "https://broken.example.com"
    simulator.phones["client:alice"] = "busy"
    simulator.receive(CALLER, "+442079460000").wait()
    simulator.receive(CALLER, NUMBER, phone="press 1; hang up").wait()
    simulator.numbers[NUMBER].voice_url = simulator.host(HOLD)
    simulator.receive(CALLER, NUMBER, phone="wait 600")
    simulator.advance(2)
    page = visit(width=width, scheme=scheme)
    for place in (1, 2):
        page.locator(".head").nth(place).click()
    expect(page.locator(".shown > div")).to_have_count(3)
    page.get_by_role("button", name="Ladder").nth(1).click()
    expect(page.locator(".call").nth(1).locator("svg")).to_be_visible()
    page.get_by_text("Write a script").click()
    page.get_by_text("Set what answers").click()

    assert axe.violations(page.locator("body"), axe.ALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
