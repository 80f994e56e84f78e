"""An application that never rests, or never lets itself be ended, holds up neither time nor the end of the program."""

from __future__ import annotations

import asyncio
import gc
import logging
import subprocess
import sys
from time import monotonic
from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, Place, told
from tests.simulation.applications import asks
from tests.waiting import SECONDS
from twilio_magic.simulation.clock._virtual_loop import VirtualLoop

BASE = "https://ivr.example.com"
VOICE = f"{BASE}/voice"
LONG = 900  # simulated seconds


class Beats:
    """Tasks that run in the background for ever, and the moments at which they woke."""

    def __init__(self, *pauses: float) -> None:
        self.pauses = pauses
        self.moments: list[float] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def begin(self) -> None:
        self._tasks += [asyncio.create_task(self._beat(pause)) for pause in self.pauses]

    async def _beat(self, pause: float) -> None:
        while True:
            self.moments.append(asyncio.get_running_loop().time())
            await asyncio.sleep(pause)


@pytest.mark.parametrize("pause", [1e-6, 1e-30, 0.0009, 0.001, 0.0035])
def test_time_goes_on_though_a_task_sleeps_for_moments_for_ever(
    place: Place, simulator: tm.Simulator, caplog: pytest.LogCaptureFixture, pause: float
) -> None:
    beats = Beats(pause, pause)
    simulator.mount(BASE, asks(beats.begin))
    with caplog.at_level(logging.WARNING, "twilio_magic"):
        place(url=VOICE)
        simulator.advance(LONG)

    assert beats.moments[-1] > LONG - 1
    assert len(beats.moments) < 2 * (20_000 + LONG * 10)
    assert caplog.text.count("From now on their timers are up to 0.1 s late") == 1


def test_a_webhook_that_sleeps_for_moments_for_ever_is_given_up(
    place: Place, simulator: tm.Simulator
) -> None:
    beats = Beats(1e-6)
    simulator.mount(BASE, asks(lambda: beats._beat(1e-6)))
    call = place(url=VOICE)

    assert told(call, "failed")[0].startswith("11205: ")
    assert len(beats.moments) <= 15_001


def test_timers_that_leave_time_are_exact(place: Place, simulator: tm.Simulator) -> None:
    """Sound is sent every 20 ms, for as long as a call lasts."""
    beats = Beats(0.02, 0.0371)
    simulator.mount(BASE, asks(beats.begin))
    place(url=VOICE)
    begin = beats.moments[0]
    simulator.advance(300)

    wanted = {round(begin + n * 0.02, 6) for n in range(14_000)}
    assert wanted <= {round(moment, 6) for moment in beats.moments}


def test_what_is_busy_without_a_rest_gets_only_a_moment_later() -> None:
    async def spin() -> None:
        while True:
            await asyncio.sleep(0)

    loop = VirtualLoop(0.0)
    task = loop.create_task(spin())
    loop.run_due(0.0, 0.1)
    begin = monotonic()
    loop.run_due(1.0, 2 * SECONDS)

    assert monotonic() - begin < SECONDS
    assert loop.time() == 1.0
    loop.end()
    assert task.cancelled()


def test_who_cleans_up_has_simulated_time_for_it(simulator: tm.Simulator, place: Place) -> None:
    done: list[str] = []

    async def poll() -> None:
        try:
            await asyncio.sleep(LONG)
        finally:
            await asyncio.sleep(2)
            done.append("cleaned up")

    tasks = []

    async def begin() -> None:
        tasks.append(asyncio.create_task(poll()))

    simulator.mount(BASE, asks(begin))
    place(url=VOICE)
    simulator.reset()

    assert done == ["cleaned up"]


PROGRAM = """
import asyncio, gc, logging, sys
import twilio_magic as tm

async def stay(seconds):
    while True:
        try:
            await asyncio.sleep(seconds)
        except BaseException:
            pass

async def app(scope, receive, send):
    if scope["type"] == "lifespan" and where == "lifespan":
        await send({"type": "lifespan.startup.complete"})
        await stay(1)
    if scope["type"] == "lifespan":
        raise NotImplementedError
    if where == "request":
        await stay(1)
    tasks.append(asyncio.create_task(stay(0 if where == "busy" else 1)))
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})

logging.basicConfig()
tasks, where, world = [], *sys.argv[1:]
simulator = tm.Simulator()
simulator.mount("https://ivr.example.com", app)
calls = tm.Client(simulator=simulator).calls
calls.create(to="+13105555555", from_="+12125551234", url="https://ivr.example.com/").wait()
if world == "forgotten":
    del simulator, calls
    gc.collect()
print("done")
"""


@pytest.mark.parametrize(
    ("where", "world"),
    [
        ("background", "kept"),
        ("background", "forgotten"),
        ("busy", "kept"),
        ("request", "kept"),
        ("lifespan", "forgotten"),
    ],
)
def test_a_task_that_catches_everything_does_not_keep_the_program_from_ending(
    where: str, world: str
) -> None:
    command = [sys.executable, "-c", PROGRAM, where, world]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)

    assert ran.stdout == "done\n"
    assert "it refuses to be canceled, and is left" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "destroyed" not in ran.stderr


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("where", ["request", "background"])
def test_an_exception_that_ends_a_program_is_raised_and_not_told_as_lost(
    simulator: tm.Simulator,
    caplog: pytest.LogCaptureFixture,
    kind: type[BaseException],
    where: str,
) -> None:
    async def stop() -> None:
        raise kind("on purpose")

    async def begin() -> None:
        work = stop()
        await (asyncio.create_task(work) if where == "background" else work)

    simulator.mount(BASE, asks(begin))
    call = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, url=VOICE)
    with pytest.raises(kind):
        call.wait()
    call.wait()
    simulator.reset()
    gc.collect()

    assert "never retrieved" not in caplog.text


def test_a_group_of_exceptions_is_told_by_what_is_in_it(
    place: Place, simulator: tm.Simulator
) -> None:
    inner = ExceptionGroup("more", [OSError(), *map(ValueError, "abcd")])

    async def fail() -> None:
        raise ExceptionGroup("two of them", [KeyError("Digits"), inner])

    simulator.mount(BASE, asks(fail))
    (failed,) = told(place(url=VOICE), "failed")

    assert "raised KeyError: 'Digits'; OSError; ValueError: a; ValueError: b; and 2 more" in failed


async def sleeps(scope: Any, _: Any, __: Any) -> None:
    if scope["type"] == "lifespan":
        raise NotImplementedError
    await asyncio.sleep(LONG)


@pytest.mark.parametrize("kind", ["webhook", "WebSocket"])
def test_who_sleeps_until_it_is_given_up_was_not_busy(
    place: Place, simulator: tm.Simulator, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    """Its simulated time is over, and it took no real time: the log has nothing of real seconds."""
    simulator.mount(BASE, sleeps)
    session = "<ConversationRelay url='wss://ivr.example.com/ws'/>"
    simulator.host(
        f"<Response><Connect>{session}</Connect></Response>", at="https://hosted.example.com/agent"
    )
    with caplog.at_level(logging.WARNING, "twilio_magic"):
        call = place(url=VOICE if kind == "webhook" else "https://hosted.example.com/agent")

    assert len(told(call, "failed")) == 1
    assert "real seconds" not in caplog.text
