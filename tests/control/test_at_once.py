"""Several programs, and the page, use a served world at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import twilio_magic as tm

from .driver import CALLER, Driver, driving


def test_whoever_looks_while_others_call_and_begin_anew_is_answered(
    simulator: tm.Simulator,
) -> None:
    """A call that is gone is told so; nothing breaks, and nobody waits for ever."""

    def look(driver: Driver, number: int) -> int:
        path = ("/state", "/calls", "/webhooks", "/phones", "/numbers", "/mounts")[number % 6]
        return driver.ask("GET", path).status_code

    def call(driver: Driver, number: int) -> int:
        order = {"from": CALLER, "phone": "press 1", "wait": number % 2 == 0}
        return driver.ask("POST", "/calls", order).status_code

    def begin_anew(driver: Driver, _: int) -> int:
        return driver.ask("POST", "/reset").status_code

    with driving(simulator, speed=50) as driver, ThreadPoolExecutor(6) as pool:
        tasks = [look, look, call, look, call, look, begin_anew, look] * 8
        done = [pool.submit(task, driver, number) for number, task in enumerate(tasks)]
        statuses = {each.result(timeout=120) for each in done}
        driver.post("/reset")

        assert driver.get("/state")["calls"] == []
    assert statuses <= {200, 201, 409}
