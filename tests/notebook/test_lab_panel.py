"""What the panel of JupyterLab is told of the notebook's world; a real kernel answers through its comm."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from jupyter_client.blocking.client import BlockingKernelClient

from twilio_magic.display import UNSEEN

from ..hostile_texts import HOSTILE
from .lab_page import SECONDS, Page, running_kernel

BEGIN = """\
import twilio_magic as tm
%load_ext twilio_magic
%twilio reset
simulator = tm.simulator()"""
CALL = "call = %call +13105555555 --from +12125551234 --twiml <Response><Say>Good&#32;morning</Say></Response>"
REAL_TIME = """\
phone = tm.softphone("+13105555555")
simulator.real_time(60)
paused = "<Response><Pause length='30'/></Response>"
second = tm.client().calls.create(to="+13105550199", from_="+12125551234", twiml=paused)"""


@pytest.fixture(scope="module")
def kernel() -> Iterator[BlockingKernelClient]:
    with running_kernel() as client:
        yield client


@pytest.fixture
def page(kernel: BlockingKernelClient) -> Iterator[Page]:
    """A page, in whose notebook nothing has happened yet."""
    run(kernel, BEGIN)
    opened = Page(kernel)
    yield opened
    opened.close()


def run(kernel: BlockingKernelClient, code: str) -> None:
    reply = kernel.execute_interactive(code, timeout=SECONDS, output_hook=lambda _: None)
    assert reply["content"]["status"] == "ok", reply["content"]


def test_a_page_is_told_what_there_is_in_the_world(
    kernel: BlockingKernelClient, page: Page
) -> None:
    run(kernel, "%phone Ann = +13105550101: ring 3; answer")
    run(kernel, "%number +12125551234 https://demo.twilio.com/welcome/voice/")
    run(kernel, "%twilio fault https://ivr.example.com/* status=500 times=2")
    run(kernel, CALL)

    world = page.answer("world")

    (call,) = world["calls"]
    assert (call["from"], call["to"], call["status"]) == (
        "+12125551234",
        "+13105555555",
        "completed",
    )
    assert world["numbers"][0]["answers"] == "https://demo.twilio.com/welcome/voice/"
    assert world["phones"] == [{"address": "+13105550101", "name": "Ann", "does": "ring 3; answer"}]
    assert world["faults"] == [
        {"url": "https://ivr.example.com/*", "fault": "status=500", "left": 2}
    ]
    assert world["where"] == "Calls are simulated, lenient account"
    assert world["speed"] is None


def test_the_card_of_a_call_is_that_of_the_notebook(
    kernel: BlockingKernelClient, page: Page
) -> None:
    run(kernel, CALL)
    sid = page.answer("world")["calls"][0]["sid"]

    assert "Good morning" in page.answer("card", sid)
    assert sid in page.answer("card", sid)


@pytest.mark.parametrize("sid", ["", "CA1", "../Calls", "<b>", "CA" + "0" * 32])
def test_a_call_that_is_not_there_has_no_card(page: Page, sid: str) -> None:
    assert "error" in page.ask({"id": 1, "ask": "card", "text": sid})


def test_a_text_that_is_no_line_is_shown_as_one(kernel: BlockingKernelClient, page: Page) -> None:
    run(
        kernel,
        f"@simulator.webhook('https://a.example.com/')\ndef menu(): pass\nmenu.__qualname__ = {HOSTILE!r}",
    )
    run(kernel, f"simulator.faults.add('https://a.example.com/' + {HOSTILE!r}, status=500)")

    world = page.answer("world")

    shown = [world["mounts"][0]["answers"], world["faults"][0]["url"]]
    assert not any(UNSEEN.search(each) or "\n" in each for each in shown)


def test_a_long_world_is_cut_and_counted(kernel: BlockingKernelClient, page: Page) -> None:
    run(
        kernel,
        "simulator.phones.update({f'+1310555{each:04}': 'answer; wait 1' for each in range(300)})",
    )
    run(kernel, "simulator.phones['+13105559999'] = 'say \"' + 'long ' * 200 + '\"'")

    world = page.answer("world")

    assert (len(world["phones"]), world["counts"]["phones"]) == (200, 301)
    assert all(len(each["does"]) < 210 for each in world["phones"])


def test_a_softphone_in_the_panel_gives_the_phone_back(
    kernel: BlockingKernelClient, page: Page
) -> None:
    run(kernel, "%phone +13105550101: busy")
    page.answer("take", "+1 310 555 0101")

    (shown,) = page.answer("world")["softphones"]
    assert shown["address"] == "+13105550101"
    assert shown["view"]["application/vnd.jupyter.widget-view+json"]["model_id"]
    page.answer("leave", "+13105550101")

    world = page.answer("world")
    assert world["softphones"] == []
    assert world["phones"][0]["does"] == "busy"


def test_the_softphone_of_a_cell_is_shown_and_stays_when_the_panel_lets_it_go(
    kernel: BlockingKernelClient, page: Page
) -> None:
    run(kernel, 'phone = tm.softphone("+13105550102", speed=None)')
    page.answer("take", "+13105550102")
    (shown,) = page.answer("world")["softphones"]
    page.answer("leave", "+13105550102")

    run(kernel, "assert simulator.phones['+13105550102'] is phone.person")
    model = shown["view"]["application/vnd.jupyter.widget-view+json"]["model_id"]
    run(kernel, f"assert phone.model_id == {model!r}; phone.close()")


@pytest.mark.parametrize("address", ["", "nobody", "<b>", "+1"])
def test_no_softphone_is_at_what_is_no_address(page: Page, address: str) -> None:
    assert "error" in page.ask({"id": 1, "ask": "take", "text": address})


def test_a_page_that_looked_is_told_once_when_something_happens(
    kernel: BlockingKernelClient, page: Page
) -> None:
    page.answer("world")
    for _ in range(3):
        kernel.execute(CALL)

    assert len(page.answer("world")["calls"]) == 3
    assert page.heard == [{"changed": True}]


def test_a_page_is_told_of_a_call_that_goes_on_while_no_cell_runs(
    kernel: BlockingKernelClient, page: Page
) -> None:
    run(kernel, REAL_TIME)
    page.answer("world")

    while not page.answer("world")["calls"][0]["is_over"]:
        assert page.receive() == {"changed": True}
    run(kernel, "phone.close()")
