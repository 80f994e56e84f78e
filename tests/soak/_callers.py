"""Threads that place calls in one world, wait for them and clear them away."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from threading import Lock

import twilio_magic as tm
from tests.calls import FROM

from ._documents import PHONES, document
from ._hostile import HOSTILE, answer_badly, hostile_url
from ._soak import LONGEST, Soak

#: How often applications may break the waiting for one call.
_MOST_WAITS = 50
#: After so many calls another world begins.
CALLS_A_WORLD = 200
#: Everybody answers; who is not listed hangs up after a while.
_OTHERS = "answer; wait 40; hang up"


def hostile_world(seed: int) -> tm.Simulator:
    """A world with phones, where every application misbehaves."""
    simulator = tm.Simulator(seed, network=False)
    for number, script in PHONES.items():
        simulator.phones[number] = script
    simulator.phones["*"] = _OTHERS
    simulator.mount(HOSTILE, answer_badly)
    return simulator


class Worlds:
    """A world that several callers share, and after so many calls another: a world keeps its conferences."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._lock = Lock()
        self._calls = 0

    def find(self) -> tm.Simulator:
        """The world for the next call."""
        with self._lock:
            if self._calls % CALLS_A_WORLD == 0:
                self._now = hostile_world(self._seed + self._calls)
            self._calls += 1
            return self._now


class Caller:
    """One of those who place calls in a world, again and again; *find_world* gives the one for the next call."""

    def __init__(self, soak: Soak, find_world: Callable[[], tm.Simulator], seed: int) -> None:
        self._soak = soak
        self._find_world = find_world
        self._random = Random(seed)  # noqa: S311 - nothing is secret

    def place(self) -> tm.Call:
        """A call of any kind, which nobody waits for yet."""
        random = self._random
        self._simulator = self._find_world()
        self._client = tm.Client(simulator=self._simulator)
        urls = {"url": hostile_url(random), "fallback_url": hostile_url(random)}
        source = {"twiml": document(random)} if random.random() < 0.8 else urls
        return self._client.calls.create(
            to=random.choice([*PHONES]),
            from_=FROM,
            time_limit=LONGEST,
            status_callback=hostile_url(random),
            machine_detection=random.choice(["Enable", "DetectMessageEnd", None]),
            record=random.random() < 0.2,
            **source,
        )

    def turn(self) -> None:
        """One call, from its creation to its deletion."""
        call = self.place()
        with self._soak.blaming(f"waiting for {call.sid}"):
            self._do_something(call)
            call.wait()
        self.finish(call)

    def finish(self, call: tm.Call) -> None:
        """Wait for *call* though applications raise what they like, look at it, and delete it."""
        for _ in range(_MOST_WAITS):
            with self._soak.blaming(f"waiting for {call.sid} again"):
                call.wait()
                break
        self._soak.inspect(call)
        self._delete(call)

    def _do_something(self, call: tm.Call) -> None:
        match self._random.randrange(8):
            case 0:
                call.hang_up()
            case 1:
                self._simulator.advance(self._random.random() * 5)
                call.hang_up()
            case 2:
                self._client.calls.list(limit=5)
            case 3:
                call.ladder()

    def _delete(self, call: tm.Call) -> None:
        for recording in call.recordings.list(limit=None):
            recording.delete()
        for leg in self._client.calls.list(limit=None, parent_call_sid=call.sid):
            if leg.is_over:
                self._delete(leg)
        call.delete()
