"""A class on one machine: each learner's kernel is a world of its own, and opens no port for it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jupyter_client")

_CALL = "%call +13105555555 --from +12125551234 --say '{}' --out call"
_FLASK = """
from flask import Flask
app = Flask("ivr")
app.post("/voice")(lambda: "<Response><Say>This is {}.</Say></Response>")
tm.simulator().mount("https://ivr.example.com", app)
%call +13105555555 --from +12125551234 --url https://ivr.example.com/voice --out call
print(call.transcript)
"""


class Learner:
    """Somebody at a notebook."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self._client = client
        self.process = int(self.run("import os\nprint(os.getpid())"))

    def run(self, cell: str) -> str:
        """What *cell* prints; an error in it fails the test."""
        printed: list[str] = []

        def hear(message: Any) -> None:
            if message["msg_type"] == "stream":
                printed.append(message["content"]["text"])

        reply = self._client.execute_interactive(cell, output_hook=hear, timeout=60)
        assert reply["content"]["status"] == "ok", reply["content"]
        return "".join(printed).strip()


@contextmanager
def learner() -> Iterator[Learner]:
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        someone = Learner(client)
        someone.run("%load_ext twilio_magic\nimport twilio_magic as tm")
        yield someone
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def two() -> Iterator[tuple[Learner, Learner]]:
    with ExitStack() as stack:
        yield stack.enter_context(learner()), stack.enter_context(learner())


def test_two_learners_share_nothing(two: tuple[Learner, Learner]) -> None:
    """The same account, the same first sid, and neither sees the other's calls, phones or applications."""
    ann, bob = two
    sids = [one.run(_CALL.format("Hello") + "\nprint(call.sid)") for one in two]
    ann.run("%phone +13105555555: busy")
    ann.run(_CALL.format("Again"))
    told = [one.run(_FLASK.format(name)) for one, name in [(bob, "Bob"), (ann, "Ann")]]
    counts = [one.run("print(len(tm.client().calls.list()))") for one in two]

    assert sids[0] == sids[1]
    assert told[0].endswith("is in the variable call: completed.\nTwilio: This is Bob.")
    assert told[1].endswith("is in the variable call: busy.\nnothing was heard")  # Ann's phone
    assert counts == ["3", "2"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc")
def test_a_world_opens_no_port(two: tuple[Learner, Learner]) -> None:
    """After calls, webhooks and an application, a kernel listens where it listened before, and nowhere else."""
    ann, _ = two
    before = listening(ann.process)
    ann.run("%twilio reset")
    ann.run(_CALL.format("Hello"))
    ann.run(_FLASK.format("Ann"))

    assert before
    assert listening(ann.process) == before


def listening(process: int) -> set[str]:
    """The sockets that *process* has open and that listen."""
    code = """
import os, sys
from contextlib import suppress
own = set()
for fd in os.listdir(f"/proc/{sys.argv[1]}/fd"):
    with suppress(FileNotFoundError):  # a file that was closed in the meantime
        own.add(os.readlink(f"/proc/{sys.argv[1]}/fd/{fd}"))
for family in ("tcp", "tcp6"):
    for line in open(f"/proc/{sys.argv[1]}/net/{family}").readlines()[1:]:
        words = line.split()
        if words[3] == "0A" and f"socket:[{words[9]}]" in own:
            print(words[1])
"""
    ran = subprocess.run(
        [sys.executable, "-c", code, str(process)], capture_output=True, text=True, check=True
    )
    return set(ran.stdout.split())
