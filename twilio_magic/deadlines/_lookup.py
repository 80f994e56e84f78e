"""Looks up host names until a deadline.

The system's function for it cannot be told when to give up; but a thread that waits for it can be left behind.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from urllib3.util.connection import allowed_gai_family

from ..hosts import is_public_address

if TYPE_CHECKING:
    from ._deadline import Deadline

#: As ``socket.getaddrinfo`` returns them: family, type, protocol, name, and the address for ``connect``.
Addresses = list[tuple[Any, ...]]


#: Whether names may lead to public addresses alone, in the block that this thread or task is in.
_PUBLIC_ONLY: ContextVar[bool] = ContextVar("public_only", default=False)


class NotPublicError(ValueError):
    """A name that anybody may look up leads to an address of this machine, or of a private network.

    It is no :class:`OSError`, which urllib3 would take for a broken connection.
    """


@contextmanager
def public_addresses_only() -> Iterator[None]:
    """Inside the block a host is connected to at public addresses alone, whatever name servers say of its name."""
    token = _PUBLIC_ONLY.set(True)
    try:
        yield
    finally:
        _PUBLIC_ONLY.reset(token)


def refuse_unless_public(found: Addresses) -> Addresses:
    """*found*, where it may be connected to; raises :class:`NotPublicError` inside ``public_addresses_only``."""
    if _PUBLIC_ONLY.get():
        for *_, address in found:
            if not is_public_address(address[0]):
                raise NotPublicError(f"its name leads to {address[0]}, which is not public")
    return found


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
