"""A moment after which nobody waits any more, and a socket that is read until then."""

from __future__ import annotations

from contextvars import ContextVar, Token
from io import RawIOBase
from time import monotonic
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from socket import socket

    from _typeshed import WriteableBuffer

#: The deadline of the block that this thread or task is in.
_AROUND: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


class Deadline:
    """A moment *seconds* from now; ``None`` is never.

    As a context manager it is the deadline of all requests in its block together, where a :class:`DeadlineAdapter`
    sends them.
    """

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else monotonic() + seconds
        self._token: Token[Deadline | None] | None = None

    @classmethod
    def within(cls, seconds: float | None) -> Deadline:
        """The moment *seconds* from now, or that of the block around, whatever comes first."""
        own, around = cls(seconds), _AROUND.get()
        if around is None or around._end is None:
            return own
        return around if own._end is None or around._end < own._end else own

    @property
    def is_over(self) -> bool:
        """Whether the moment has come."""
        return self._end is not None and monotonic() >= self._end

    def remaining(self) -> float | None:
        """The seconds until then, as the timeout of a socket; raises :class:`TimeoutError` when there are none."""
        if self._end is None:
            return None
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError("the deadline is over")
        return left

    def __enter__(self) -> Deadline:
        self._token = _AROUND.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._token is not None  # noqa: S101 - the block was entered
        _AROUND.reset(self._token)


class _Closes(Protocol):
    def close(self) -> None:
        """Give up what it holds."""


class DeadlineReader(RawIOBase):
    """The bytes that come over *connection* until *deadline*; then reading raises :class:`TimeoutError`.

    *file* is closed along with it.
    """

    def __init__(self, connection: socket, deadline: Deadline, file: _Closes | None = None) -> None:
        self._connection = connection
        self._deadline = deadline
        self._file = file

    def readable(self) -> bool:
        """``True``: it is there to be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read what is there into *buffer*, and return how much it was; 0 at the end."""
        self._connection.settimeout(self._deadline.remaining())
        return self._connection.recv_into(buffer)

    def fileno(self) -> int:
        """The file descriptor of the connection."""
        return self._connection.fileno()

    def close(self) -> None:
        """Close the file."""
        super().close()
        if self._file is not None:
            self._file.close()
