"""A user of Locust that is a caller."""

from __future__ import annotations

import random
from collections.abc import Mapping
from time import perf_counter, sleep
from typing import Any, ClassVar

from locust import User, task  # before what it changes is used

from ..simulation import Simulator
from ._behavior import CallerBehavior, find_behaviors
from ._call import RunningCall, dial_application
from ._requests import report_call, report_requests

_STEP = 0.1  # real seconds between two steps of a call that is kept in step with real time


class Caller(User):  # type: ignore[misc] # Locust is not there to every type checker
    """A caller who calls an application that runs: its webhooks are real requests, timed in real time.

    In a file of Locust's::

        from locust import between
        from twilio_magic.load import Caller

        class Customer(Caller):
            host = "http://127.0.0.1:5000"
            voice_url = "/voice"
            wait_time = between(1, 5)
            behavior = "hear 'press 1'; press 1; wait 5; hang up"

    *behavior* is the script of the caller's phone, the path of a ``.dialog`` file, a dialog, or several of these, in a
    list or with the weight of each. *voice_url* is the address, or the path at *host*, that answers calls of *number*;
    dialogs may name their own.

    Without *pace* a call goes as fast as the application answers. With it, so many simulated seconds pass in a real
    one: 1 is a call as it is, that speaks and waits as people do. *phones* has the scripts of other phones by number,
    and *mounts* the server that stands for another address: ``{"https://agent.example.com": "http://127.0.0.1:8000"}``
    for a voice agent, to which calls then hold real WebSockets.

    Locust's statistics have a row for each path that was requested, a failure for each answer that Twilio would log as
    an error, and a row ``CALL`` with the real time that whole calls took.
    """

    abstract = True

    voice_url: ClassVar[str] = "/voice"
    behavior: ClassVar[Any] = "answer"
    phones: ClassVar[Mapping[str, str]] = {}
    mounts: ClassVar[Mapping[str, str]] = {}
    number: ClassVar[str] = "+12125551234"
    address: ClassVar[str] = "+14155550100"
    pace: ClassVar[float | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._behaviors = find_behaviors(self.behavior)

    @task  # type: ignore[untyped-decorator]
    def call(self) -> None:
        """Call once, with one of the behaviors."""
        [chosen] = random.choices(  # noqa: S311 - no secret is made of it
            self._behaviors, [each.weight for each in self._behaviors]
        )
        self.place_call(chosen)

    def prepare(self, simulator: Simulator) -> None:
        """Change the world of the call that begins next; to be overridden."""

    def place_call(self, behavior: CallerBehavior) -> None:
        """Call and do what *behavior* says, until the call is over; Locust is told of each request, and of the call."""
        simulator = Simulator(random.getrandbits(48))
        for address, script in self.phones.items():
            simulator.phones[address] = script
        for url, server in self.mounts.items():
            simulator.mount(url, server)
        self.prepare(simulator)
        began = perf_counter()
        running = dial_application(self, behavior, simulator)
        while not running.is_over:
            self._go_on(running)
            report_requests(self, running)
        report_requests(self, running)
        report_call(self, running, perf_counter() - began)
        simulator.reset()  # ends what is still open

    def _go_on(self, running: RunningCall) -> None:
        """Let the call go on to its end, or for a step in real time."""
        if self.pace is None:
            running.finish()
            return
        began = perf_counter()
        running.advance(_STEP * self.pace)
        sleep(max(0.0, _STEP - (perf_counter() - began)))
