"""Buttons in what a page of Jupyter shows, from a widget that is never displayed: its module finds their places."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_IN_JUPYTER = "JPY_SESSION_NAME"  # what a Jupyter server gives the kernels that a page is open for


class Widget(Protocol):
    """What is needed of a widget."""

    comm: Any

    def close(self) -> None:
        """Take it from the page."""


W = TypeVar("W", bound=Widget)


class PageButtons(Generic[W]):
    """The one widget of this kernel that gives objects of a class their buttons; *make* makes it when it is needed.

    The class is named by its module and its name, so that nothing is imported for it.
    """

    def __init__(self, shown: tuple[str, str], make: Callable[[], W]) -> None:
        self._shown = shown
        self._make = make
        self._widget: W | None = None

    def install(self, shell: InteractiveShell, show: Callable[[Any], dict[str, Any]]) -> None:
        """Let *show* give the MIME bundles of the objects that *shell* shows."""
        if shell.display_formatter is not None:
            shell.display_formatter.mimebundle_formatter.for_type_by_name(*self._shown, show)

    def uninstall(self, shell: InteractiveShell) -> None:
        """Let the objects be shown as they are, and take the buttons from the page."""
        if shell.display_formatter is not None:
            shell.display_formatter.mimebundle_formatter.pop(".".join(self._shown), None)
        self.close()

    def close(self) -> None:
        """Take the buttons from the page."""
        if self._widget is not None:
            self._widget.close()
            self._widget = None

    def find(self) -> W | None:
        """The widget; there is none where no page of Jupyter is open, or anywidget is not installed."""
        if _IN_JUPYTER not in os.environ:
            return None
        if self._widget is None or self._widget.comm is None:
            try:
                self._widget = self._make()
            except ModuleNotFoundError as error:
                if error.name != "anywidget":
                    raise
                return None
        return self._widget
