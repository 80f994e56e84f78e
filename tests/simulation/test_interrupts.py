"""Interrupts take effect between steps of the clock: no lock stays taken, and every call can be gone on with or ended.

The scenarios run in a process of their own, where a deadlock fails: see ``tests/deadlocks.py``.
"""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from random import Random
from threading import Event, Thread, Timer, main_thread
from time import sleep
from traceback import format_exception
from types import FrameType
from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, told
from tests.deadlocks import ends, ends_within
from tests.interrupts import HOST, KINDS, World, press, pressing_at, tells_a_fault

ROUNDS = 200
LONG = 300  # seconds for all rounds of a kind; they take a small part of it
SOON = 0.3  # seconds until somebody presses; sooner or later, the outcome is the same
VOICE, REPORT = HOST + "/webhooks", HOST + "/report"


def length_of(kind: str) -> int:
    """How many calls and returns the wait for a call has."""
    for _ in range(2):  # the first one also imports
        call = World().place(kind)
        with pressing_at(set()) as counted:
            call.wait()
    return counted()


def what_goes_wrong(kind: str) -> tuple[int, dict[int, str]]:
    """How many waits were interrupted, and what went wrong after which of them."""
    length, interrupted, wrong = length_of(kind), 0, dict[int, str]()
    for seed in range(ROUNDS // len(KINDS)):
        world, before = World(), signal.getsignal(signal.SIGINT)
        call, moments = world.place(kind), moments_within(length, Random(seed))  # noqa: S311 - nothing is secret
        try:
            with pressing_at(moments):
                call.wait()
        except KeyboardInterrupt:
            interrupted += 1
        try:
            assert signal.getsignal(signal.SIGINT) == before, "the handler of signals is another"
            go_on(world, call, hang_up=seed % 2 == 0)
        except Exception as error:
            wrong[seed] = "".join(format_exception(error))
    return interrupted, wrong


def moments_within(length: int, random: Random) -> set[int]:
    """A moment, or two that are close together."""
    moment = random.randrange(length)
    return {moment, moment + random.choice([0, random.randrange(1, 300)])}


def go_on(world: World, call: tm.Call, *, hang_up: bool) -> None:
    """Wait for *call* again, or hang it up, and use the world."""
    if hang_up:
        call.hang_up()
    call.wait()

    assert call.is_over
    assert not any(map(tells_a_fault, call.timeline))
    world.assert_usable()


@pytest.mark.parametrize("kind", KINDS)
def test_after_an_interrupt_at_any_moment_a_call_is_gone_on_with_or_hung_up(kind: str) -> None:
    interrupted, wrong = ends_within(LONG, what_goes_wrong, kind)

    assert wrong == {}
    assert interrupted > ROUNDS // len(KINDS) * 0.9


def press_soon() -> None:
    """Somebody presses Ctrl-C while the main thread waits for something."""
    Timer(SOON, signal.pthread_kill, (main_thread().ident, signal.SIGINT)).start()


def hang() -> None:
    """What never ends, until somebody stops it."""
    press_soon()
    while True:
        sleep(0.01)


def in_an_application(world: World) -> None:
    world.simulator.webhook(VOICE)(hang)


def in_a_report(world: World) -> None:
    world.simulator.webhook(REPORT)(hang)


def in_a_phone(world: World) -> None:
    def phone() -> Generator[str, Any, None]:
        yield "answer"
        hang()

    world.simulator.phones[TO] = phone


def in_a_listener(world: World) -> None:
    world.simulator.phones[TO] = tm.Person(
        lambda notice: None if notice.kind == "unplugged" else hang()
    )


def by_a_server(world: World) -> None:
    """It takes a connection and says nothing."""
    server = socket.create_server(("127.0.0.1", 0))

    def keep_silent() -> None:
        while True:
            kept.append(server.accept())
            press_soon()

    kept: list[object] = [server]
    Thread(target=keep_silent, daemon=True).start()
    silent = f"http://127.0.0.1:{server.getsockname()[1]}/"
    world.simulator.host(f"<Response><Redirect>{silent}</Redirect></Response>", at=VOICE)


#: Ways in which a wait is held up for ever, and how often it has to be stopped: once for each request, each function
#: and each notice.
HOLDS: dict[Callable[[World], None], int] = {
    in_an_application: 1,
    in_a_report: 4,
    in_a_phone: 1,
    in_a_listener: 2,
    by_a_server: 1,
}


def how_it_is_stopped(hold: Callable[[World], None]) -> tuple[int, str]:
    """How often the wait for a call has to be stopped, and what the call tells of it."""
    world, presses = World(), 0
    hold(world)
    call = world.place("/webhooks")
    while not call.is_over:
        try:
            call.wait()
        except KeyboardInterrupt:
            presses += 1
    world.simulator.phones[TO] = "answer; press 1; wait 9; hang up"
    for url in (VOICE, REPORT):
        world.simulator.host("<Response><Say>Hello.</Say></Response>", at=url)
    world.assert_usable()
    return presses, " ".join(told(call, "failed") + told(call, "warned"))


@pytest.mark.parametrize("hold", HOLDS)
def test_what_never_ends_is_stopped_and_the_call_goes_on(hold: Callable[[World], None]) -> None:
    presses, tells = ends(how_it_is_stopped, hold)

    assert presses == HOLDS[hold]
    assert tells.count("was interrupted") == presses


def how_an_application_that_goes_on_is_stopped() -> tuple[list[str], str]:
    """It takes no notice of the first press."""
    world, got = World(), list[str]()

    @world.simulator.webhook(VOICE)
    def stubborn() -> None:
        try:
            press()
        except KeyboardInterrupt:
            got.append("first")
        press()
        got.append("not reached")

    call = world.place("/webhooks")
    with pytest.raises(KeyboardInterrupt) as second:
        call.wait()
    world.simulator.host("<Response/>", at=VOICE)
    go_on(world, call, hang_up=False)
    return got, "".join(format_exception(second.value))


def test_a_second_press_stops_what_took_no_notice_of_the_first_and_shows_where_it_was() -> None:
    got, traceback = ends(how_an_application_that_goes_on_is_stopped)

    assert got == ["first"]
    assert "in stubborn" in traceback


def how_a_wait_for_the_turn_is_stopped() -> bool:
    """Another thread moves time, and its webhook does not answer."""
    world, asked, answered = World(), Event(), Event()

    @world.simulator.webhook(VOICE)
    def late() -> str:
        asked.set()
        answered.wait()
        return "<Response/>"

    call = world.place("/webhooks")
    other = Thread(target=world.simulator.run)
    other.start()
    asked.wait()
    press_soon()
    with pytest.raises(KeyboardInterrupt):
        call.wait()
    is_still_asked = not answered.is_set()
    answered.set()
    other.join()
    go_on(world, call, hang_up=False)
    return is_still_asked and call.status == "completed"


def test_who_waits_for_another_thread_is_stopped_at_once() -> None:
    assert ends(how_a_wait_for_the_turn_is_stopped)


@contextmanager
def handling(handler: Callable[[int, FrameType | None], Any] | signal.Handlers) -> Iterator[None]:
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def what_a_handler_gets() -> tuple[list[str], set[str], bool]:
    """A handler of somebody's own that raises nothing; a press comes in a step, later four in webhooks."""
    moment, world, got = length_of("/webhooks") // 2, World(), list[str]()

    def handle(number: int, _: FrameType | None) -> None:
        got.append(signal.Signals(number).name)

    with handling(handle):
        first = world.place("/webhooks")
        with pressing_at({moment}):
            first.wait()
        world.simulator.webhook(REPORT)(press)
        second = world.place("/webhooks").wait()
        is_restored = signal.getsignal(signal.SIGINT) is handle
    return got, {first.status, second.status}, is_restored


def test_a_handler_that_raises_nothing_gets_every_press_and_the_wait_goes_on() -> None:
    got, statuses, is_restored = ends(what_a_handler_gets)

    assert got == ["SIGINT"] * 5
    assert statuses == {"completed"}
    assert is_restored


def what_a_webhook_sets() -> bool:
    world = World()

    def handle(_: int, __: FrameType | None) -> None:
        """Do nothing."""

    world.simulator.webhook(VOICE)(lambda: signal.signal(signal.SIGINT, handle) and "<Response/>")
    world.place("/webhooks").wait()
    return signal.getsignal(signal.SIGINT) is handle


def test_a_handler_that_a_webhook_sets_stays() -> None:
    with handling(signal.default_int_handler):
        assert what_a_webhook_sets()


def what_a_debugger_does() -> str:
    """It sets a handler in a webhook, and puts back later the one that it found there."""
    world, found = World(), list[Any]()
    world.simulator.webhook(REPORT)(
        lambda: found.append(signal.signal(signal.SIGINT, signal.default_int_handler))
    )
    call = world.place("/webhooks").wait()
    with handling(found[0]):
        with pytest.raises(KeyboardInterrupt):
            press()
        world.simulator.host("<Response/>", at=REPORT)
        in_an_application(world)
        with pytest.raises(KeyboardInterrupt):
            world.place("/webhooks").wait()
        is_restored = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    return f"{call.status}, {is_restored}"


def test_a_handler_that_was_found_in_a_webhook_and_is_put_back_later_does_as_the_one_before() -> (
    None
):
    assert ends(what_a_debugger_does) == "completed, True"


@pytest.mark.parametrize("handler", [signal.SIG_IGN, signal.SIG_DFL])
def test_where_signals_are_left_to_the_system_nothing_is_changed(handler: signal.Handlers) -> None:
    world, got = World(), list[object]()
    world.simulator.webhook(REPORT)(lambda: got.append(signal.getsignal(signal.SIGINT)))
    with handling(handler):
        call = world.place("/webhooks").wait()

    assert call.status == "completed"
    assert set(got) == {handler}


async def live_through(world: World) -> tm.Call:
    """A call in real time whose application never answers."""
    with world.simulator.real_time(500):
        call = world.client.calls.create(to=TO, from_=FROM, url=VOICE)
        while not call.fetch().is_over:
            await asyncio.sleep(0.01)
        return call


def how_real_time_is_stopped(handler: signal.Handlers | None) -> str:
    world = World()
    in_an_application(world)
    with handling(handler or signal.default_int_handler):
        try:
            return asyncio.run(live_through(world)).status
        except KeyboardInterrupt:
            world.simulator.webhook(VOICE)(lambda: "<Response><Say>Hello.</Say></Response>")
            world.assert_usable()
            return "stopped"


def test_in_real_time_a_press_stops_what_never_ends_and_the_program() -> None:
    assert ends(how_real_time_is_stopped, None) == "stopped"


def test_in_real_time_a_press_stops_what_never_ends_where_presses_are_ignored() -> None:
    """As in a kernel that runs no cell: nothing but the webhook is stopped."""
    assert ends(how_real_time_is_stopped, signal.SIG_IGN) == "completed"
