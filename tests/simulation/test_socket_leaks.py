"""Nothing is left of WebSocket sessions: no sockets, tasks or threads, however they end."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
import time
import tracemalloc
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import told
from tests.waiting import until

from .agent_applications import IN_PROCESS, fastapi_agent, flask_agent
from .agents import CALLER, NUMBER, document
from .raw_sockets import Peer, serving

PHONE = "say 'When do you open?'; hear 'closed'; wait 1; hang up"


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """After each test there are no more threads and open files than before."""
    gc.collect()
    threads, files = set(threading.enumerate()), open_files()
    yield
    gc.collect()
    until(lambda: set(threading.enumerate()) <= threads)
    until(lambda: open_files() <= files)


def open_files() -> int:
    """How many files and sockets this process has open, where the system tells."""
    listed = Path("/proc/self/fd")
    return len(list(listed.iterdir())) if listed.exists() else 0


def world(agent: Any) -> tm.Simulator:
    """A world with *agent*, in which calls to a number talk with it."""
    simulator = tm.Simulator()
    simulator.patience = 0.1
    simulator.mount("https://agent.example.com", agent)
    simulator.host(document(), at="https://ivr.example.com/voice")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    return simulator


def never_returns_asgi() -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError
        await send({"type": "websocket.accept"})
        while True:
            await asyncio.sleep(1)

    return app


def flask_that(work: Any) -> Any:
    from flask import Flask
    from flask_sock import Sock

    app = Flask("agent")
    Sock(app).route("/ws")(work)
    return app


def never_returns(connection: Any) -> None:
    while True:
        try:
            connection.receive()
        except Exception:
            time.sleep(0.01)


def computes_for_ever(connection: Any) -> None:
    while connection.receive() and True:
        while True:
            pass


def never_answers(peer: Peer) -> None:
    peer.accept()
    peer.serve()


@pytest.mark.parametrize("kind", [*IN_PROCESS, "over loopback"])
def test_nothing_is_left_after_the_call(kind: str) -> None:
    with serving(never_answers) as address:
        simulator = world(address if kind == "over loopback" else IN_PROCESS[kind]())
        simulator.receive(CALLER, NUMBER, phone="say 'Hello?'; wait 1; hang up").wait()
        simulator.reset()


@pytest.mark.parametrize("kind", [*IN_PROCESS, "over loopback"])
def test_nothing_is_left_after_a_reset_in_the_middle_of_a_session(kind: str) -> None:
    with serving(never_answers) as address:
        simulator = world(address if kind == "over loopback" else IN_PROCESS[kind]())
        call = simulator.receive(CALLER, NUMBER, phone="wait 60; hang up")
        simulator.advance(10)
        assert len(call.sessions) == 1
        simulator.reset()


@pytest.mark.parametrize("kind", [*IN_PROCESS, "over loopback"])
def test_nothing_is_left_of_a_world_that_nobody_has_any_more(kind: str) -> None:
    with serving(never_answers) as address:
        simulator: Any = world(address if kind == "over loopback" else IN_PROCESS[kind]())
        simulator.receive(CALLER, NUMBER, phone="wait 60; hang up")
        simulator.advance(10)
        del simulator
        gc.collect()
        other = world(
            fastapi_agent()
        )  # the loop of the other world is ended when the next one begins
        other.receive(CALLER, NUMBER, phone="wait 1; hang up").wait()
        other.reset()


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (never_returns_asgi(), "was canceled"),
        (flask_that(never_returns), "it was ended"),
        (flask_that(computes_for_ever), "it was ended"),
    ],
    ids=["asgi", "waits", "computes"],
)
def test_an_application_that_never_returns_is_ended_by_a_reset_and_told(
    agent: Any, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    simulator = world(agent)
    simulator.receive(CALLER, NUMBER, phone="wait 1; hang up").wait()

    simulator.reset()

    assert "left" in caplog.text
    assert told in caplog.text


@pytest.mark.parametrize("kind", ["flask-sock", "over loopback"])
def test_an_interrupt_while_an_answer_is_owed_breaks_the_connection_alone_and_leaves_nothing(
    kind: str,
) -> None:
    asked = threading.Event()

    def press() -> None:
        asked.wait()
        os.kill(os.getpid(), signal.SIGINT)

    def thinks(connection: Any) -> None:
        while '"prompt"' not in connection.receive():
            pass
        asked.set()
        while connection.connected:
            time.sleep(0.01)

    def owes(peer: Peer) -> None:
        peer.accept()
        while b'"prompt"' not in (frame := peer.receive())[1]:
            if frame[0] == 9:
                peer.send(10, frame[1])
        asked.set()
        peer.serve()

    interrupting = threading.Thread(target=press)
    interrupting.start()
    with serving(owes) as address:
        simulator = world(address if kind == "over loopback" else flask_that(thinks))
        simulator.patience = 60
        call = simulator.receive(CALLER, NUMBER, phone="say 'Hello?'; wait 9; hang up")
        with pytest.raises(KeyboardInterrupt):
            call.wait()
        interrupting.join()
        assert call.wait().status == "completed"
        assert call.sessions[0].close_code == 1006
        assert "64105: the application closed the WebSocket (1006 “interrupted”)" in told(
            call, "failed"
        )
        simulator.reset()


@pytest.mark.parametrize("agent", [fastapi_agent, flask_agent])
def test_a_hundred_sessions_keep_memory_flat(agent: Any) -> None:
    app = agent()

    def talk(times: int) -> int:
        for _ in range(times):
            simulator = world(app)
            simulator.receive(CALLER, NUMBER, phone=PHONE).wait()
            simulator.reset()
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        held = [talk(25) for _ in range(5)]
    finally:
        tracemalloc.stop()

    # What sessions leave behind grows in each round; what the process keeps once (a module, a cache) does not.
    assert min(after - before for before, after in pairwise(held)) < 2**16
