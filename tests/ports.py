"""Ports for servers that are told their port before they start."""

from __future__ import annotations

import socket
from random import SystemRandom

# Below those that systems give to whoever asks for any port: the kernels of notebooks do, all the time.
_PORTS = range(20_000, 30_000)


def free_port() -> int:
    """A port of loopback on which nothing listens, and which the system gives to nobody else."""
    while True:
        port = SystemRandom().choice(_PORTS)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
