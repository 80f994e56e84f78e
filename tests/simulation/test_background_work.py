"""What an application does behind its answer goes on, in simulated time or on its thread, and is told if it is left."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Any

import pytest
from fastapi import BackgroundTasks, FastAPI, Response

import twilio_magic as tm
from tests.calls import Place, heard
from tests.simulation.applications import django_asgi
from tests.waiting import SECONDS

BASE = "https://ivr.example.com"
HELLO = "<Response><Say>Hello.</Say></Response>"
LONG_CALL = "<Response><Say>Hello.</Say><Pause length='60'/></Response>"
MANY_STEPS = "<Response>" + "<Say>Hello.</Say><Pause/>" * 10 + "</Response>"


def behind(work: Callable[[], Any], document: str = HELLO) -> FastAPI:
    """An application that answers with *document*, and does *work* behind its answer."""
    app = FastAPI()

    @app.post("/{path}")
    async def voice(path: str, later: BackgroundTasks) -> Response:
        later.add_task(work)
        await asyncio.sleep(0.5)
        return Response(document, media_type="text/xml")

    return app


class Sleeps:
    """Work of twenty simulated seconds, and when it began and ended."""

    def __init__(self) -> None:
        self.moments: list[float] = []

    async def __call__(self) -> None:
        self.moments.append(asyncio.get_running_loop().time())
        await asyncio.sleep(20)
        self.moments.append(asyncio.get_running_loop().time())


class Blocks:
    """Work on a thread that lasts until somebody lets it go."""

    def __init__(self) -> None:
        self.released, self.done = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.released.wait(SECONDS)
        self.done.set()


@pytest.fixture
def blocks() -> Iterator[Blocks]:
    work = Blocks()
    yield work
    work.released.set()


@pytest.fixture
def impatient(simulator: tm.Simulator) -> None:
    """Threads are soon given up."""
    simulator.patience = 0.2


def test_it_goes_on_in_simulated_time_beside_the_call(
    place: Place, simulator: tm.Simulator
) -> None:
    sleeps = Sleeps()
    simulator.mount(BASE, behind(sleeps, LONG_CALL))
    call = place(url=f"{BASE}/voice")

    answered = call.webhooks[0].at + call.webhooks[0].seconds
    assert call.webhooks[0].seconds == 0.5
    assert sleeps.moments == [answered, answered + 20]


def test_it_goes_on_after_the_call_as_long_as_time_passes(
    place: Place, simulator: tm.Simulator
) -> None:
    sleeps = Sleeps()
    simulator.mount(BASE, behind(sleeps))
    place(url=f"{BASE}/voice")
    assert len(sleeps.moments) == 1
    simulator.advance(60)

    assert sleeps.moments[1] - sleeps.moments[0] == 20


def test_two_answers_have_their_own(place: Place, simulator: tm.Simulator) -> None:
    sleeps = Sleeps()
    simulator.mount(BASE, behind(sleeps))
    place(url=f"{BASE}/voice", status_callback=f"{BASE}/status")
    simulator.advance(60)

    assert len(sleeps.moments) == 4


def test_what_is_left_at_a_reset_is_told_as_work_behind_an_answer(
    place: Place, simulator: tm.Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    simulator.mount("https://ann:secret@ivr.example.com", behind(Sleeps()))
    place(url="https://ann:secret@ivr.example.com/voice?token=7")
    with caplog.at_level(logging.WARNING, "twilio_magic"):
        simulator.reset()

    (told,) = caplog.messages
    assert "its background work behind the answer to POST https://ivr.example.com/voice" in told
    assert "simulator.advance(60) lets it go on" in told


def test_time_stands_still_while_a_thread_works(place: Place, simulator: tm.Simulator) -> None:
    moments: list[float] = []

    def work() -> None:
        threading.Event().wait(0.1)
        moments.append(simulator.now)

    simulator.mount(BASE, behind(work, LONG_CALL))
    call = place(url=f"{BASE}/voice")

    assert len(moments) == 1
    assert moments[0] <= call.webhooks[0].at + call.webhooks[0].seconds


def on_thread_of_its_own(work: Callable[[], Any]) -> Callable[[], Any]:
    """*work* on a thread that a library begins by itself, as Django's ASGI handler does when it closes a request."""

    async def begin() -> None:
        done: Future[None] = Future()

        def run() -> None:
            work()
            with suppress(InvalidStateError):  # nobody waits any more
                done.set_result(None)

        threading.Thread(target=run, daemon=True).start()
        await asyncio.wrap_future(done)

    return begin


def test_a_thread_that_a_library_begins_by_itself_is_waited_for(
    place: Place, simulator: tm.Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    moments: list[float] = []

    def work() -> None:
        threading.Event().wait(0.1)
        moments.append(simulator.now)

    for _ in range(2):
        simulator.mount(BASE, behind(on_thread_of_its_own(work)))
        place(url=f"{BASE}/voice", status_callback=f"{BASE}/status")
        simulator.reset()

    assert len(moments) == 4
    assert caplog.text == ""


@pytest.mark.usefixtures("impatient")
def test_such_a_thread_that_never_ends_holds_the_call_up_once(
    place: Place, simulator: tm.Simulator, caplog: pytest.LogCaptureFixture, blocks: Blocks
) -> None:
    simulator.mount(BASE, behind(on_thread_of_its_own(blocks), MANY_STEPS))
    with caplog.at_level(logging.WARNING, "twilio_magic"):
        call = place(url=f"{BASE}/voice")
        said, warned = heard(call), [each.text for each in call.timeline if each.kind == "warned"]
        simulator.reset()

    assert len(said) == 10
    assert warned == [
        "a thread of the application still works after 0.2 real seconds; time goes on"
    ]
    assert (
        "its background work behind the answer to POST https://ivr.example.com/voice" in caplog.text
    )


def test_django_leaves_nothing_running(
    place: Place, simulator: tm.Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(10):
        simulator.mount(BASE, django_asgi(simulator.credentials.password.reveal()))
        place(url=f"{BASE}/voice", status_callback=f"{BASE}/voice")
        simulator.reset()

    assert caplog.text == ""


@pytest.mark.usefixtures("impatient")
def test_a_thread_that_works_for_long_holds_the_call_up_once(
    place: Place, simulator: tm.Simulator, caplog: pytest.LogCaptureFixture, blocks: Blocks
) -> None:
    simulator.mount(BASE, behind(blocks, MANY_STEPS))
    with caplog.at_level(logging.WARNING, "twilio_magic"):
        call = place(url=f"{BASE}/voice")
        again = place(url=f"{BASE}/voice")

    assert len(heard(call)) == len(heard(again)) == 10
    assert again.webhooks[0].seconds == 0.5
    told = "a thread of the application still works after 0.2 real seconds; time goes on"
    for each in (call, again):
        assert [event.text for event in each.timeline if event.kind == "warned"] == [told]
    assert caplog.text == ""


@pytest.mark.usefixtures("impatient")
def test_a_thread_that_ends_late_is_not_told_as_left(
    place: Place, simulator: tm.Simulator, caplog: pytest.LogCaptureFixture, blocks: Blocks
) -> None:
    simulator.mount(BASE, behind(blocks))
    place(url=f"{BASE}/voice")
    blocks.released.set()
    assert blocks.done.wait(SECONDS)
    caplog.clear()
    simulator.reset()

    assert caplog.text == ""


@pytest.mark.usefixtures("impatient")
def test_a_thread_that_works_at_a_reset_is_told(
    place: Place, simulator: tm.Simulator, caplog: pytest.LogCaptureFixture, blocks: Blocks
) -> None:
    simulator.mount(BASE, behind(blocks))
    place(url=f"{BASE}/voice")
    simulator.reset()

    assert "A thread of a mounted application cannot be canceled, and still works." in caplog.text
