"""The notebook around a form: its variables, its next cell, and the event after each cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakSet

from IPython.core.getipython import get_ipython

from .._session import session
from ._page_events import stop_listening

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ...twiml import Document

_EVENT = "post_run_cell"


class Refreshable(Protocol):
    """An object that follows the notebook."""

    def refresh(self) -> None:
        """Follow a change of the notebook."""


_watching: WeakSet[Refreshable] = WeakSet()


def variables() -> Mapping[str, Any]:
    """Return the user's variables; none outside IPython."""
    shell = get_ipython()
    return {} if shell is None else shell.user_ns


def documents() -> dict[str, Document]:
    """Return the documents among the user's variables, the newest first."""
    from ...twiml import Document

    found = [
        (name, value)
        for name, value in list(variables().items())
        if isinstance(value, Document) and not name.startswith("_")
    ]
    return dict(reversed(found))


def watch(form: Refreshable) -> None:
    """Refresh *form* after each cell."""
    _watching.add(form)
    shell = get_ipython()
    if shell is not None and _cell_ran not in shell.events.callbacks[_EVENT]:
        shell.events.register(_EVENT, _cell_ran)


def unwatch(shell: InteractiveShell) -> None:
    """Stop refreshing forms in *shell*, and listening to their page."""
    stop_listening()
    if _cell_ran in shell.events.callbacks[_EVENT]:
        shell.events.unregister(_EVENT, _cell_ran)


def _cell_ran(*_: object) -> None:
    with session().lock:
        for form in list(_watching):
            form.refresh()
