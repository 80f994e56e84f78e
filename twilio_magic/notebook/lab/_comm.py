"""The comm through which the extension of JupyterLab asks; what is asked is bounded, and nothing of it is trusted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any

from ...errors import TwilioMagicError
from .._session import session
from ._check import MOST, check_cell, format_cell

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ...simulation import Simulator

#: The name by which the extension opens its comm.
TARGET = "twilio_magic"
_MOST_PAGES = 20


class _Pages:
    """The pages that have a comm open, the newest last."""

    def __init__(self) -> None:
        self._comms: list[Any] = []
        self._watching: list[Any] = []
        self._following = ExitStack()
        self._is_following = False

    def open(self, comm: Any, shell: InteractiveShell) -> None:
        """Answer what comes through *comm*."""
        self._comms = [*self._comms, comm][-_MOST_PAGES:]
        comm.on_msg(lambda message: _answer(comm, message, shell))
        comm.on_close(lambda _: self._forget(comm))
        comm.send({"ready": True})

    def write_below(self, text: str) -> bool:
        """Let the newest page put *text* into a new cell below the current one; whether there is a page."""
        if not self._comms:
            return False
        self._comms[-1].send({"insert": text})
        return True

    def watch(self, comm: Any, simulator: Simulator) -> None:
        """Tell the page of *comm*, once, when something happens in the world of *simulator* from now on."""
        self._watching = [each for each in self._watching if each is not comm] + [comm]
        if not self._is_following:
            self._is_following = True
            self._following.enter_context(simulator.follow_events(self._tell_change))

    def close(self) -> None:
        """Tell all pages that nothing answers any more."""
        self._following.close()
        self._is_following = False
        for comm in self._comms:
            comm.close()
        self._comms, self._watching = [], []

    def _tell_change(self, *_: object) -> None:
        """Tell the pages that look on, which ask again then: so a long call is not a flood of messages."""
        watching, self._watching = self._watching, []
        for comm in watching:
            comm.send({"changed": True})

    def _forget(self, comm: Any) -> None:
        self._comms = [each for each in self._comms if each is not comm]
        self._watching = [each for each in self._watching if each is not comm]


_pages = _Pages()


def install_lab(shell: InteractiveShell) -> None:
    """Let the kernel of *shell* answer the extension of JupyterLab; without a kernel there is none."""
    manager = _manager(shell)
    if manager is not None:
        manager.register_target(TARGET, lambda comm, _: _pages.open(comm, shell))


def uninstall_lab(shell: InteractiveShell) -> None:
    """Undo :func:`install_lab`."""
    manager = _manager(shell)
    if manager is not None and TARGET in manager.targets:
        manager.unregister_target(TARGET, None)
        _pages.close()
        softphones = sys.modules.get(f"{__package__}._softphones")
        if softphones is not None:
            softphones.leave_all()


def write_below(text: str) -> bool:
    """Put *text* into a new cell below the current one; whether a page with the extension is there to do it."""
    return _pages.write_below(text)


def _manager(shell: InteractiveShell) -> Any:
    return getattr(_kernel(shell), "comm_manager", None)


def _kernel(shell: InteractiveShell) -> Any:
    return getattr(shell, "kernel", None)


def _answer(comm: Any, message: Mapping[str, Any], shell: InteractiveShell) -> None:
    """Answer one question; what is no question gets no answer."""
    asked = message.get("content", {}).get("data")
    number = asked.get("id") if isinstance(asked, dict) else None
    if not isinstance(number, int):
        return
    if asked.get("ask") in _OF_MAIN_THREAD and current_thread() is not main_thread():
        _kernel(shell).io_loop.add_callback(_reply, comm, number, asked, shell)
        return
    _reply(comm, number, asked, shell)


def _reply(comm: Any, number: int, asked: Mapping[str, Any], shell: InteractiveShell) -> None:
    try:
        answer = _look_up(asked, shell, comm)
    except TwilioMagicError as error:
        comm.send({"id": number, "error": str(error)})
        return
    comm.send({"id": number, "answer": answer})


def _look_up(asked: Mapping[str, Any], shell: InteractiveShell, comm: Any) -> Any:
    text = asked.get("text")
    if not isinstance(text, str) or len(text) > MOST:
        return None
    match asked.get("ask"):
        case "check":
            return check_cell(text, dict(shell.user_ns))
        case "format":
            return format_cell(text)
        case "world":
            return _show_world(comm)
        case str(what) if what in _OF_PANEL:
            return _OF_PANEL[what](text)
        case _:
            return None


def _show_world(comm: Any) -> Any:
    from ._world import describe_world

    _pages.watch(comm, session().simulator)  # before: what happens meanwhile is told, too
    return describe_world()


def _find_card(sid: str) -> str:
    from ._world import find_card

    return find_card(sid)


def _take_softphone(address: str) -> bool:
    from ._softphones import take_softphone

    take_softphone(address)
    return True


def _leave_softphone(address: str) -> bool:
    from ._softphones import leave_softphone

    leave_softphone(address)
    return True


#: What a person does in the panel; each takes a sid or an address.
_OF_PANEL: Mapping[str, Callable[[str], Any]] = {
    "card": _find_card,
    "take": _take_softphone,
    "leave": _leave_softphone,
}
#: Time that begins to pass is kept by an event loop: that of the main thread, for the others end with their page.
_OF_MAIN_THREAD = ("take", "leave")
