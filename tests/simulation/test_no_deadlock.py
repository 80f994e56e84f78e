"""Whoever moves simulated time, a webhook that waits for it is refused, and nothing hangs.

The scenarios run in a process of their own, where a deadlock fails: see ``tests/deadlocks.py``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Lock
from time import sleep
from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, placing
from tests.deadlocks import ends, ends_within
from tests.waiting import until

VOICE = "https://ivr.example.com/voice"
NEXT = "https://ivr.example.com/next"
STATUS = "https://ivr.example.com/status"
REFUSED = "WaitingInsideWebhook"
PAUSE = "<Response><Pause length='9'/></Response>"
FAST = 500  # simulated seconds in a real one


class Waiting:
    """A world in which every webhook, in every way there is, waits for time to pass; *got* is what came of it."""

    def __init__(self) -> None:
        self.simulator = tm.Simulator()
        self.client = tm.Client(simulator=self.simulator)
        self.got: list[str] = []
        self.person = tm.Person()
        self.simulator.phones[TO] = "answer; wait 30; hang up"
        self.simulator.webhook(VOICE)(
            lambda: self.wait(f"<Gather input='speech dtmf' action='{NEXT}'/>")
        )
        self.simulator.webhook(NEXT)(lambda: self.wait("<Hangup/>"))
        self.simulator.webhook(STATUS)(lambda: self.wait(""))

    def wait(self, verb: str) -> str:
        """Try every way to wait, then answer with *verb*."""
        call = self.client.calls.list()[-1]
        for way in (
            lambda: self.simulator.advance(1),
            lambda: self.simulator.wait(call),
            self.simulator.run,
            call.wait,
            lambda: list(call.watch()),
            self._serve_time,
        ):
            try:
                way()
            except tm.SimulatorError as error:
                self.got.append(type(error).__name__)
            else:
                self.got.append("waited")
        return f"<Response>{verb}</Response>"

    def _serve_time(self) -> None:
        with self.simulator.serve(speed=1):
            pass

    def place(self, **parameters: str) -> tm.Call:
        """A call whose webhooks wait."""
        return self.client.calls.create(to=TO, from_=FROM, url=VOICE, **parameters)

    def ringing(self) -> tm.Call:
        """The same, to a person whose phone rings."""
        self.simulator.phones[TO] = self.person
        call = self.place(status_callback=STATUS)
        self.simulator.advance(3)
        assert self.person.state == "ringing"
        return call

    def talking(self) -> tm.Call:
        """The same, answered."""
        call = self.ringing()
        self.person.answer()
        self.got.clear()
        return call


def by_call_wait(world: Waiting) -> None:
    world.place().wait()


def by_simulator_wait(world: Waiting) -> None:
    world.simulator.wait(world.place())


def by_run(world: Waiting) -> None:
    world.place()
    world.simulator.run()


def by_advance(world: Waiting) -> None:
    world.place()
    world.simulator.advance(10)


def by_real_time(world: Waiting) -> None:
    async def cell() -> None:
        with world.simulator.real_time(FAST):
            world.place()
            while not world.got:
                await asyncio.sleep(0.01)

    asyncio.run(cell())


def by_a_look_in_real_time(world: Waiting) -> None:
    """Time catches up in the request, because no other thread or task lets it pass."""

    async def cell() -> None:
        with world.simulator.real_time(FAST):
            world.place()
            sleep(10 / FAST)
            while not world.got:
                world.client.calls.list()

    asyncio.run(cell())


def by_serve(world: Waiting) -> None:
    with world.simulator.serve(speed=FAST):
        world.place()
        until(lambda: bool(world.got))


def by_leaving_the_block_of_serve(world: Waiting) -> None:
    """The webhook stops the thread that waits for its turn while the webhook runs."""
    served = world.simulator.serve(speed=1)
    served.__enter__()

    @world.simulator.webhook(NEXT)
    def leave() -> str:
        served.__exit__(None, None, None)
        return world.wait("<Hangup/>")

    world.client.calls.create(to=TO, from_=FROM, url=NEXT).wait()


def by_answer(world: Waiting) -> None:
    world.ringing()
    world.person.answer()


def by_decline(world: Waiting) -> None:
    world.ringing()
    world.person.decline()


def by_press(world: Waiting) -> None:
    world.talking()
    world.person.press("1#")


def by_hang_up(world: Waiting) -> None:
    world.talking()
    world.person.hang_up()


def by_giving_up(world: Waiting) -> None:
    """A person who calls hangs up before anybody answers."""
    number = world.simulator.numbers[FROM]
    number.voice_url, number.status_callback = VOICE, STATUS
    world.simulator.receive(TO, FROM, phone=world.person)
    world.person.hang_up()


def by_say(world: Waiting) -> None:
    """The webhook is due when the words are over, and somebody looks."""
    world.talking()

    async def cell() -> None:
        with world.simulator.real_time(FAST):
            world.person.say("sales")
            while not world.got:
                sleep(0.01)
                with suppress(tm.SimulatorError):
                    world.person.mute()

    asyncio.run(cell())


WAYS: Mapping[str, Callable[[Waiting], None]] = {
    name: way for name, way in list(globals().items()) if name.startswith("by_")
}


def what_webhooks_get(way: str) -> list[str]:
    world = Waiting()
    WAYS[way](world)
    return world.got


@pytest.mark.parametrize("way", WAYS)
def test_a_webhook_that_waits_is_refused_however_time_is_moved(way: str) -> None:
    got = ends(what_webhooks_get, way)

    assert set(got) == {REFUSED}


def what_a_listener_gets(notice: str) -> list[str]:
    """A person's listener waits when it is told *notice*; another thread wants to move time at that moment."""
    simulator, got = tm.Simulator(), list[str]()

    def listen(told: tm.Notice) -> None:
        if told.kind == notice:
            mover = pool.submit(simulator.advance, 1)
            while not mover.running():
                sleep(0.01)
            try:
                simulator.advance(1)
            except tm.SimulatorError as error:
                got.append(type(error).__name__)

    person = tm.Person(listen)
    simulator.phones[TO] = person
    with ThreadPoolExecutor(1) as pool:
        call = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=PAUSE)
        simulator.advance(3)
        with suppress(tm.SimulatorError):  # it is over where the listener itself came too late
            (person.answer if notice == "answered" else person.decline)()
        simulator.wait(call)
    return got


@pytest.mark.parametrize("notice", ["ringing", "answered", "declined", "over"])
def test_a_listener_that_waits_is_refused_while_another_thread_moves_time(notice: str) -> None:
    assert ends(what_a_listener_gets, notice) == [REFUSED]


def what_a_phone_gets() -> str:
    simulator = tm.Simulator()

    def phone() -> Generator[str, Any, None]:
        yield "answer"
        simulator.advance(1)

    simulator.phones[TO] = phone
    placing(simulator)("<Pause length='9'/>")
    return str(simulator.phones.failures[0])


def test_a_phone_that_waits_is_refused() -> None:
    assert f"{REFUSED}: A phone cannot wait for the clock" in ends(what_a_phone_gets)


def what_many_threads_get() -> tuple[set[str], set[str]]:
    """People act, cells place calls, wait and look, time passes by itself, and every webhook waits."""
    world = Waiting()
    person, simulator = world.person, world.simulator
    simulator.phones[TO] = person
    acts = (person.answer, person.hang_up, person.decline, partial(person.press, "1"))
    cells = (
        lambda: world.place(status_callback=STATUS),
        lambda: simulator.advance(0.5),
        lambda: world.client.calls.list(limit=5),
        lambda: world.place(status_callback=STATUS).wait(),
    )

    def act(number: int) -> None:
        for turn in range(12):
            with suppress(tm.SimulatorError):
                (*acts, *cells)[(number + turn) % 8]()

    def is_quiet() -> bool:
        for leave in (person.decline, person.hang_up):
            with suppress(tm.SimulatorError):
                leave()
        return all(call.is_over for call in world.client.calls.list())

    with simulator.serve(speed=FAST), ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(8)))
        until(is_quiet)
    return set(world.got), {call.status for call in world.client.calls.list()}


def test_many_threads_at_once_come_to_an_end() -> None:
    got, statuses = ends(what_many_threads_get)

    assert got == {REFUSED}
    assert statuses <= {"completed", "busy", "no-answer"}


def held_twice() -> None:
    lock = Lock()
    with lock, lock:
        pass


def test_a_deadlock_fails_and_does_not_hang() -> None:
    with pytest.raises(AssertionError, match="held_twice never ends: a deadlock"):
        ends_within(0.5, held_twice)
