"""Stop is pressed while a cell of a real kernel waits for a call: the call can be waited for again, or hung up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import KernelManager

from tests.calls import FROM, TO
from tests.waiting import SECONDS, until

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

#: A cell says that it hangs, and then does, wherever it is told to.
BEGIN = f"""
import time, threading
import twilio_magic as tm
simulator, client = tm.simulator(), tm.client()
hanging = {{"/voice", "/status"}}

def hang(path):
    if path in hanging:
        print("hanging in", path, flush=True)
        while True:
            time.sleep(0.01)

@simulator.webhook("https://ivr.example.com/voice")
def voice():
    hang("/voice")
    return "<Response><Say>Hello.</Say></Response>"

@simulator.webhook("https://ivr.example.com/status")
def status():
    hang("/status")

def place():
    return client.calls.create(
        to="{TO}", from_="{FROM}", url="https://ivr.example.com/voice",
        status_callback="https://ivr.example.com/status")
"""
#: A call that never leaves a loop: time passes, and it takes for ever.
LOOP = f"""
rounds = 0

@simulator.webhook("https://ivr.example.com/loop")
def loop():
    global rounds
    rounds += 1
    if rounds == 10:
        print("looping", flush=True)
    return '<Response><Pause length="1"/><Redirect>/loop</Redirect></Response>'

simulator.phones["{TO}"] = "answer"
call = client.calls.create(to="{TO}", from_="{FROM}", url="https://ivr.example.com/loop", time_limit=86400)
call.wait()
"""
USABLE = f"""
hanging.clear()
simulator.phones["{TO}"] = "answer; wait 3; hang up"
other = threading.Thread(target=simulator.advance, args=(1,))
other.start()
other.join()
print(call.status, place().wait().status)
"""


class Kernel:
    """A kernel with a person who presses stop when a cell tells that it hangs."""

    def __init__(self) -> None:
        self._manager = KernelManager(kernel_name="python3")

    @contextmanager
    def running(self) -> Iterator[None]:
        self._manager.start_kernel()
        self._client = self._manager.client()
        self._client.start_channels()
        try:
            self._client.wait_for_ready(timeout=SECONDS)
            yield
        finally:
            self._client.stop_channels()
            self._manager.shutdown_kernel(now=True)

    def run(self, code: str) -> str:
        """Run a cell; returns what it prints, and the name of its error."""
        told: list[str] = []

        def output(message: dict[str, Any]) -> None:
            content = message["content"]
            if message["msg_type"] == "error":
                told.append(content["ename"])
            elif message["msg_type"] == "stream":
                told.append(content["text"].strip())
                if "hanging" in content["text"] or "looping" in content["text"]:
                    self.interrupt()

        self._client.execute_interactive(code, output_hook=output, timeout=SECONDS)
        return " ".join(told)

    def interrupt(self) -> None:
        """Press stop."""
        self._manager.interrupt_kernel()


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    kernel = Kernel()
    with kernel.running():
        kernel.run(BEGIN)
        yield kernel


def test_a_call_is_waited_for_again_after_each_stop(kernel: Kernel) -> None:
    assert kernel.run("call = place(); call.wait()") == "hanging in /voice KeyboardInterrupt"
    assert kernel.run("call.wait()") == "hanging in /status KeyboardInterrupt"
    assert kernel.run("call.wait(); print(call.status)") == "completed"
    assert kernel.run(USABLE) == "completed completed"


def test_a_call_is_hung_up_after_a_stop(kernel: Kernel) -> None:
    assert kernel.run("call = place(); call.wait()") == "hanging in /voice KeyboardInterrupt"
    assert (
        kernel.run("hanging.clear(); call.hang_up(); call.wait(); print(call.status)")
        == "completed"
    )
    assert kernel.run(USABLE) == "completed completed"


def test_a_call_that_takes_for_ever_is_stopped(kernel: Kernel) -> None:
    assert kernel.run(LOOP) == "looping KeyboardInterrupt"
    assert kernel.run("call.hang_up(); call.wait(); print(call.status)") == "completed"
    assert kernel.run(USABLE) == "completed completed"


def test_stop_breaks_what_hangs_in_real_time_while_no_cell_runs(
    kernel: Kernel, tmp_path: Path
) -> None:
    """It would hold up the kernel for good, which ignores the signal when it runs no cell."""
    hung = tmp_path / "hung"
    kernel.run(f"""
import pathlib

@simulator.webhook("https://ivr.example.com/voice")
def voice():
    while "/voice" in hanging:
        pathlib.Path({str(hung)!r}).touch()
        time.sleep(0.01)
    return "<Response/>"

real_time = simulator.real_time(500)
call = client.calls.create(to="{TO}", from_="{FROM}", url="https://ivr.example.com/voice")
""")
    until(hung.exists)
    kernel.interrupt()

    told = kernel.run("call.wait(); print(call.status, real_time.is_running)")
    assert told.endswith("completed True")
    kernel.run("real_time.stop()")
    assert kernel.run(USABLE) == "completed completed"
