"""Ctrl-C ends a simulation of many callers with all its processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.waiting import until

HOME = Path(__file__).parents[2]
PROGRAM = """
import sys
import twilio_magic as tm
from tests.populations import scenarios

def tell(done, whole):
    print("begun" if done else "made", flush=True)

if __name__ == "__main__":
    try:
        # with this seed the first two callers have an end, and the others have none
        tm.simulate([scenarios.call_twice, scenarios.never_end], 6, processes=2, seed=26, progress=tell)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups")
@pytest.mark.parametrize("whole_group", [True, False], ids=["terminal", "kernel"])
def test_ctrl_c_ends_all_processes(tmp_path: Path, whole_group: bool) -> None:
    """A terminal interrupts all processes, a kernel's stop button the first one; a caller that never ends, too."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(HOME)}
    running = subprocess.Popen(
        [sys.executable, program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    try:
        assert running.stdout is not None
        assert running.stdout.readline() == "made\n"
        assert running.stdout.readline() == "begun\n"
        if whole_group:
            os.killpg(running.pid, signal.SIGINT)
        else:
            running.send_signal(signal.SIGINT)
        told, errors = running.communicate()

        assert told.splitlines()[-1] == "interrupted"
        assert errors == ""
        until(lambda: not is_there(running.pid))
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)


def is_there(group: int) -> bool:
    """Whether a process of *group* is running."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
