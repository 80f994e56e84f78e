"""An agent whose libraries work on threads of their own, as some for databases do, is waited for in real time."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from fastapi import FastAPI, WebSocket

import twilio_magic as tm
from tests.calls import Place, heard

BASE = "https://agent.example.com"
RELAY = f'<Connect><ConversationRelay url="{BASE.replace("https", "wss")}/ws"/></Connect>'
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


def test_who_waits_for_ever_is_not_waited_for_for_ever(
    place: Place, simulator: tm.Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = "twilio_magic.simulation.clock._virtual_loop"
    monkeypatch.setattr(f"{loop}._REQUEST_PATIENCE", 0.2)

    async def wait() -> Any:
        await asyncio.Event().wait()

    simulator.mount(BASE, agent(wait))
    call = place(RELAY, phone="answer; wait 2; say 'hello'; wait 60; hang up")

    assert call.status == "completed"
    assert "Agent: you said hello" not in heard(call)
