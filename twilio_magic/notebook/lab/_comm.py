"""The comm through which the extension of JupyterLab asks; what is asked is bounded, and nothing of it is trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ...errors import TwilioMagicError
from ._check import MOST, check_cell, format_cell

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

#: The name by which the extension opens its comm.
TARGET = "twilio_magic"
_MOST_PAGES = 20

Names = Callable[[], Mapping[str, Any]]


class _Pages:
    """The pages that have a comm open, the newest last."""

    def __init__(self) -> None:
        self._comms: list[Any] = []

    def open(self, comm: Any, names: Names) -> None:
        """Answer what comes through *comm*."""
        self._comms = [*self._comms, comm][-_MOST_PAGES:]
        comm.on_msg(lambda message: _answer(comm, message, names))
        comm.on_close(lambda _: self._forget(comm))
        comm.send({"ready": True})

    def write_below(self, text: str) -> bool:
        """Let the newest page put *text* into a new cell below the current one; whether there is a page."""
        if not self._comms:
            return False
        self._comms[-1].send({"insert": text})
        return True

    def close(self) -> None:
        """Tell all pages that nothing answers any more."""
        for comm in self._comms:
            comm.close()
        self._comms = []

    def _forget(self, comm: Any) -> None:
        self._comms = [each for each in self._comms if each is not comm]


_pages = _Pages()


def install_lab(shell: InteractiveShell) -> None:
    """Let the kernel of *shell* answer the extension of JupyterLab; without a kernel there is none."""
    manager = _manager(shell)
    if manager is not None:
        manager.register_target(TARGET, lambda comm, _: _pages.open(comm, lambda: shell.user_ns))


def uninstall_lab(shell: InteractiveShell) -> None:
    """Undo :func:`install_lab`."""
    manager = _manager(shell)
    if manager is not None and TARGET in manager.targets:
        manager.unregister_target(TARGET, None)
        _pages.close()


def write_below(text: str) -> bool:
    """Put *text* into a new cell below the current one; whether a page with the extension is there to do it."""
    return _pages.write_below(text)


def _manager(shell: InteractiveShell) -> Any:
    return getattr(getattr(shell, "kernel", None), "comm_manager", None)


def _answer(comm: Any, message: Mapping[str, Any], names: Names) -> None:
    """Answer one question; what is no question gets no answer."""
    asked = message.get("content", {}).get("data")
    number = asked.get("id") if isinstance(asked, dict) else None
    if not isinstance(number, int):
        return
    try:
        answer = _look_up(asked, names)
    except TwilioMagicError as error:
        comm.send({"id": number, "error": str(error)})
        return
    comm.send({"id": number, "answer": answer})


def _look_up(asked: Mapping[str, Any], names: Names) -> Any:
    text = asked.get("text")
    if not isinstance(text, str) or len(text) > MOST:
        return None
    match asked.get("ask"):
        case "check":
            return check_cell(text, dict(names()))
        case "format":
            return format_cell(text)
        case _:
            return None
