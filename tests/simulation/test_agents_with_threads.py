"""An agent whose libraries work on threads of their own, as some for databases do, is waited for in real time."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from fastapi import FastAPI, WebSocket

import twilio_magic as tm
from tests.calls import Place, heard
from tests.waiting import SECONDS

BASE = "https://agent.example.com"
RELAY = f'<Connect><ConversationRelay url="{BASE.replace("https", "wss")}/ws"/></Connect>'
GIVEN_UP = threading.Event()
PHONE = "answer; wait 2; say 'hello'; hear 'you said hello'; wait 60; hang up"

Work = Callable[[], Awaitable[None]]


def agent(work: Work) -> FastAPI:
    """An application that does *work* before it answers, and meanwhile does not listen."""
    app = FastAPI()

    @app.websocket("/ws")
    async def converse(socket: WebSocket) -> None:
        await socket.accept()
        async for text in socket.iter_text():
            message = json.loads(text)
            if message["type"] == "prompt":
                await work()
                said = {"type": "text", "token": "you said hello", "last": True}
                await socket.send_text(json.dumps(said))

    return app


async def on_own_thread(seconds: float = 0.2) -> None:
    """Wait for a thread that the loop knows nothing of, as that of aiosqlite."""
    loop, done = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()

    def work() -> None:
        threading.Event().wait(seconds)
        loop.call_soon_threadsafe(done.set_result, None)

    threading.Thread(target=work, daemon=True).start()
    await done


async def on_own_thread_within_a_limit() -> None:
    async with asyncio.timeout(60):
        await on_own_thread()


async def on_own_thread_in_a_task() -> None:
    await asyncio.gather(asyncio.create_task(on_own_thread()), on_own_thread())


@pytest.mark.parametrize(
    "work", [on_own_thread, on_own_thread_within_a_limit, on_own_thread_in_a_task]
)
def test_it_is_waited_for_while_the_agent_does_not_listen(
    place: Place, simulator: tm.Simulator, work: Work
) -> None:
    simulator.mount(BASE, agent(work))
    call = place(RELAY, phone=PHONE)

    assert "Agent: you said hello" in heard(call)
    assert simulator.unmet_scripts() == []


def test_sleep_is_simulated_as_ever(place: Place, simulator: tm.Simulator) -> None:
    """... though the agent does not listen meanwhile."""
    slept: list[float] = []

    async def sleep() -> None:
        begun = asyncio.get_running_loop().time()
        await asyncio.sleep(20)
        slept.append(asyncio.get_running_loop().time() - begun)

    simulator.mount(BASE, agent(sleep))

    assert "Agent: you said hello" in heard(place(RELAY, phone=PHONE))
    assert slept == [20]


async def for_ever() -> None:
    await asyncio.Event().wait()


async def on_a_thread_of_the_loop() -> None:
    await asyncio.to_thread(GIVEN_UP.wait, SECONDS)


async def on_a_silent_socket() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        reader, writer = await asyncio.open_connection(*silent.getsockname())
        try:
            await reader.read()
        finally:
            writer.close()


async def without_a_rest() -> None:
    while True:
        await asyncio.sleep(0)


@pytest.fixture
def _threads_end() -> Iterator[None]:
    """Threads of agents that are given up end with the test."""
    GIVEN_UP.clear()
    yield
    GIVEN_UP.set()


@pytest.mark.usefixtures("_threads_end")
@pytest.mark.parametrize(
    ("work", "why"),
    [
        (for_ever, "the application is still at work"),
        (on_a_silent_socket, "the application is still at work"),
        (on_a_thread_of_the_loop, "a thread of the application still works"),
        (without_a_rest, "the application is busy without a rest"),
    ],
)
def test_who_never_answers_is_waited_for_as_long_as_the_patience_says(
    place: Place, simulator: tm.Simulator, work: Work, why: str
) -> None:
    """... once for each prompt, and the timeline tells it."""
    simulator.patience = 0.3
    simulator.mount(BASE, agent(work))
    call = place(RELAY, phone="answer; wait 2; say 'hello'; wait 60; hang up")

    assert call.status == "completed"
    assert "Agent: you said hello" not in heard(call)
    [(session, warned)] = [
        (event.data["session"], event.text) for event in call.timeline if event.kind == "warned"
    ]
    assert session == call.sessions[0].sid
    assert warned == (
        f"no whole answer to the prompt “hello”: {why} after 0.3 real seconds; time goes on"
    )
    simulator.reset()


def test_a_patience_that_is_long_enough_lets_a_slow_thread_answer(
    place: Place, simulator: tm.Simulator
) -> None:
    simulator.patience = SECONDS
    simulator.mount(BASE, agent(lambda: on_own_thread(1.0)))
    call = place(RELAY, phone=PHONE)

    assert "Agent: you said hello" in heard(call)
    assert [event for event in call.timeline if event.kind == "warned"] == []


def test_a_socket_that_an_agent_keeps_open_holds_nothing_up(
    place: Place, simulator: tm.Simulator
) -> None:
    """A connection to a database is open all the time, and owes nothing while the agent listens."""
    simulator.patience = 3600

    with closing(socket.create_server(("127.0.0.1", 0))) as silent:

        async def keep() -> None:
            kept.append(await asyncio.open_connection(*silent.getsockname()))

        kept: list[Any] = []
        simulator.mount(BASE, agent(keep))
        call = place(RELAY, phone=PHONE)

        assert "Agent: you said hello" in heard(call)
        for _, writer in kept:
            writer.close()
        simulator.reset()


def test_a_task_that_still_listens_when_its_agent_has_returned_is_canceled_as_any_other(
    place: Place, simulator: tm.Simulator
) -> None:
    ended: list[str] = []
    tasks: list[asyncio.Task[None]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError

        async def listen() -> None:
            try:
                while True:
                    await receive()
            except BaseException as error:
                ended.append(type(error).__name__)
                raise

        await receive()
        await send({"type": "websocket.accept"})
        tasks.append(asyncio.create_task(listen()))
        await asyncio.sleep(5)

    simulator.mount(BASE, app)
    assert place(RELAY, phone="answer; wait 60; hang up").sessions[0].close_code == 1006
    simulator.reset()

    assert ended == ["CancelledError"]
