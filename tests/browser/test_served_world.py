"""A page that somebody visits places no call in a world that is served on the visitor's machine, and reads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import twilio_magic as tm
from tests.calls import FROM, TO
from twilio_magic.simulation.server import serving

from . import chromium

pytestmark = pytest.mark.browser

HOSTILE = "hostile.example.com"
CALLS = "/2010-04-01/Accounts/{user}/Calls.json"
FORM = {
    "To": TO,
    "From": FROM,
    "Twiml": "<Response><Redirect>http://127.0.0.1/</Redirect></Response>",
}
PLACE = """async ([url, form, authorization]) => {
    try {
        const answer = await fetch(url, {
            method: "POST", body: new URLSearchParams(form), headers: authorization ? {authorization} : {},
            mode: authorization ? "cors" : "no-cors"});
        return answer.status;
    } catch (error) { return String(error); }
}"""


@pytest.fixture(scope="module")
def visitor(browser: BrowserContext) -> Iterator[Browser]:
    """A browser for which the hostile name leads to this machine: it was bound anew since the page was loaded."""
    path = chromium.executable()
    assert path is not None
    assert browser.browser is not None
    rules = f"--host-resolver-rules=MAP {HOSTILE} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    flags = ["--no-sandbox", "--disable-gpu", rules]
    with browser.browser.browser_type.launch(
        executable_path=path, args=flags, timeout=chromium.PATIENCE
    ) as launched:
        yield launched


@pytest.fixture
def page(visitor: Browser) -> Iterator[Page]:
    with chromium.new_context(visitor) as context:
        yield context.new_page()


def visit(page: Page, url: str, html: str = "<title>Hello</title>") -> None:
    """Open a page of the attacker's; his server answers, and not the one that the name leads to now."""
    page.route(url, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(url)


def form_page(action: str) -> str:
    fields = "".join(f'<input name="{k}" value="{escape(v)}">' for k, v in FORM.items())
    return f'<form method="post" action="{action}">{fields}<button>Win</button></form>'


def signed_in(simulator: tm.Simulator, base_url: str) -> str:
    """The address of calls with the user and the password that everybody knows in it."""
    given = simulator.credentials
    host = base_url.removeprefix("http://")
    path = CALLS.format(user=given.account_sid)
    return f"http://{given.username}:{given.password.reveal()}@{host}{path}"


def placed(simulator: tm.Simulator) -> int:
    return len(tm.Client(simulator=simulator).calls.list())


def press(page: Page) -> tuple[int, str]:
    """Press the button of the form; the status and the text that the browser gets."""
    with page.expect_navigation() as navigation:
        page.get_by_role("button").click()
    return navigation.value.status, navigation.value.text()


def test_a_form_of_another_site_places_no_call(page: Page, simulator: tm.Simulator) -> None:
    with simulator.serve() as base_url:
        visit(page, f"http://{HOSTILE}/win", form_page(signed_in(simulator, base_url)))
        status, text = press(page)

    assert (status, placed(simulator)) == (403, 0)
    assert "may not use the simulated Twilio" in text


def test_the_same_form_reaches_a_server_that_does_not_look(
    page: Page, simulator: tm.Simulator
) -> None:
    """Otherwise the rule above would be the browser's and not ours."""
    seen: list[dict[str, Any]] = []

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.append(environ)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"taken"]

    with serving(app, 0) as base_url:
        visit(page, f"http://{HOSTILE}/win", form_page(signed_in(simulator, base_url)))
        status, _ = press(page)

    assert (status, seen[0]["REQUEST_METHOD"]) == (200, "POST")
    assert seen[0]["HTTP_ORIGIN"] == f"http://{HOSTILE}"


@pytest.mark.parametrize("signs_in", [True, False])
def test_a_script_of_another_site_places_no_call(
    page: Page, simulator: tm.Simulator, signs_in: bool
) -> None:
    given = simulator.credentials
    with simulator.serve() as base_url:
        url = base_url + CALLS.format(user=given.account_sid)
        visit(page, f"http://{HOSTILE}/win")
        page.evaluate(PLACE, [url, FORM, basic(given) if signs_in else ""])

    assert placed(simulator) == 0


def test_a_name_that_was_bound_to_this_machine_reads_nothing(
    page: Page, simulator: tm.Simulator
) -> None:
    with simulator.serve() as base_url:
        answer = page.goto(signed_in(simulator, base_url).replace("127.0.0.1", HOSTILE))

    assert answer is not None
    assert answer.status == 421
    assert "Ask for the simulated Twilio as" in answer.text()


def basic(given: tm.Credentials) -> str:
    from requests.auth import _basic_auth_str

    return _basic_auth_str(given.username, given.password.reveal())
