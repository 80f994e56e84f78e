"""Looks up host names until a deadline.

The system's function for it cannot be told when to give up; but a thread that waits for it can be left behind.
"""

from __future__ import annotations

import socket
from contextvars import copy_context
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from urllib3.util.connection import allowed_gai_family

if TYPE_CHECKING:
    from ._deadline import Deadline

#: As ``socket.getaddrinfo`` returns them: family, type, protocol, name, and the address for ``connect``.
Addresses = list[tuple[Any, ...]]


def look_up(host: str, port: int, deadline: Deadline) -> Addresses:
    """The addresses of *host*; raises :class:`TimeoutError` at the *deadline*, else as ``socket.getaddrinfo`` does."""
    if _is_address(host):
        return _ask(host, port)
    answers: SimpleQueue[Addresses | BaseException] = SimpleQueue()

    def answer() -> None:
        try:
            answers.put(_ask(host, port))
        except BaseException as error:
            answers.put(error)

    # the context says on whose behalf it is: see simulation/mounts/_rehearsal.py
    Thread(target=copy_context().run, args=(answer,), name=f"lookup of {host}", daemon=True).start()
    try:
        found = answers.get(timeout=deadline.remaining())
    except Empty:
        raise TimeoutError(f"no answer about {host} in time") from None
    if isinstance(found, BaseException):
        raise found
    return found


def _ask(host: str, port: int) -> Addresses:
    return list(socket.getaddrinfo(host, port, allowed_gai_family(), socket.SOCK_STREAM))


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
