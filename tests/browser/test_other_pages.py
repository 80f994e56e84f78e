"""The softphone on a page that is not Jupyter's, such as marimo's: it has less to say of its kernel."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import BrowserContext, expect

import twilio_magic as tm
from twilio_magic.notebook.softphone._sharing import shared_assets

pytestmark = pytest.mark.browser

#: What anywidget asks of every page: values, events, messages, and other models by their name.
PAGE = """async ([module, values, shared]) => {
  const model = (values, more = {}) => ({ get: (name) => values[name], on() {}, off() {}, ...more });
  window.sent = [];
  const widget_manager = { get_model: async () => model(shared.values, shared.more) };
  const phone = model(values, { widget_manager, send: (message) => window.sent.push(message) });
  const url = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  await (await import(url)).default.render({ model: phone, el: document.body });
}"""


@pytest.mark.parametrize(
    ("told", "is_there"), [({}, True), ({"comm_live": True}, True), ({"comm_live": False}, False)]
)
def test_a_phone_works_unless_its_page_says_that_the_kernel_is_gone(
    browser: BrowserContext, simulator: tm.Simulator, told: dict[str, bool], is_there: bool
) -> None:
    phone = tm.softphone("+13105555555", simulator=simulator)
    own, shared = phone.get_state(), shared_assets().get_state()
    values = {
        name: own[name] for name in ("address", "screen", "transcript", "document", "_shared")
    }
    looks = {"values": {name: shared[name] for name in ("module", "style")}, "more": told}
    page = browser.new_page()
    page.evaluate(PAGE, [own["_esm"], json.loads(json.dumps(values)), looks])

    status = page.locator(".status")
    if not is_there:
        expect(status).to_contain_text("Not connected: the kernel is gone.")
        expect(page.get_by_role("button", name="Call the number")).to_be_disabled()
    else:
        expect(status).to_have_text("Ready")
        page.get_by_role("combobox", name="Number to call").fill("+12125551234")
        page.get_by_role("button", name="Call the number").click()
        sent = page.evaluate("sent")
        assert sent[-1].items() >= {"type": "dial", "value": "+12125551234"}.items()
        assert [each["number"] for each in sent] == [*range(1, len(sent) + 1)]
        assert len({each["page"] for each in sent}) == 1
    page.close()


def test_a_drawing_is_seen_and_its_image_is_not_where_a_page_insists_on_what_is_hidden(
    browser: BrowserContext, client: tm.Client
) -> None:
    call = client.calls.create(
        to="+13105555555", from_="+12125551234", twiml="<Response><Say>Hello</Say></Response>"
    )
    page = browser.new_page()
    shown = call.wait().ladder()._repr_mimebundle_()["text/html"]
    page.set_content(f"<style>[hidden] {{ display: none !important }}</style>{shown}")

    expect(page.locator("svg").first).to_be_visible()
    expect(page.locator("img").first).to_be_hidden()
    page.close()
