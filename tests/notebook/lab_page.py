"""A page of JupyterLab, as the kernel knows it: a comm that is open; and a kernel that it speaks with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

SECONDS = 60
_number = count(1)


class Page:
    """A comm that is open to *kernel*."""

    def __init__(self, kernel: BlockingKernelClient) -> None:
        self._kernel = kernel
        self._name = f"page-{next(_number)}"
        self._send("comm_open", {"target_name": "twilio_magic", "data": {}})
        assert self.receive() == {"ready": True}

    def ask(self, data: Any) -> Any:
        """The reply to a question; what comes before it is kept in *heard*."""
        self.send(data)
        self.heard: list[Any] = []
        while "id" not in (reply := self.receive()):
            self.heard.append(reply)
        return reply

    def answer(self, what: str, text: str = "") -> Any:
        """What the kernel answers to a question."""
        reply = self.ask({"id": 1, "ask": what, "text": text})
        assert "answer" in reply, reply
        return reply["answer"]

    def send(self, data: Any) -> None:
        self._send("comm_msg", {"data": data})

    def receive(self) -> Any:
        while True:
            message = self._kernel.get_iopub_msg(timeout=SECONDS)
            content = message["content"]
            if message["msg_type"] == "comm_msg" and content["comm_id"] == self._name:
                return content["data"]

    def close(self) -> None:
        self._send("comm_close", {"data": {}})

    def _send(self, kind: str, content: dict[str, Any]) -> None:
        message = self._kernel.session.msg(kind, {"comm_id": self._name, **content})
        self._kernel.shell_channel.send(message)


@contextmanager
def running_kernel() -> Iterator[BlockingKernelClient]:
    """A kernel with the extension of IPython loaded."""
    manager, client = start_new_kernel(kernel_name="python3")
    client.execute_interactive("%load_ext twilio_magic", timeout=SECONDS)
    try:
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
