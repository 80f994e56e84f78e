"""*Copy*, beside the programs that ``--as`` shows.

A program stays plain HTML, as it is stored and exported. The buttons come from a widget that is never displayed, as
those in the cards of calls. Without the extra ``phone`` there are none.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ...api import Code
    from ._buttons import CopyButtons

__all__ = ["install_copy_buttons", "uninstall_copy_buttons"]

_CODE = ("twilio_magic.api.requests._snippets", "Code")
_IN_JUPYTER = "JPY_SESSION_NAME"  # what a Jupyter server gives the kernels that a page is open for

_opened: list[CopyButtons] = []


def install_copy_buttons(shell: InteractiveShell) -> None:
    """Let the programs that *shell* shows have a button, where a page of Jupyter shows them."""
    if shell.display_formatter is not None:
        shell.display_formatter.mimebundle_formatter.for_type_by_name(*_CODE, _show)


def uninstall_copy_buttons(shell: InteractiveShell) -> None:
    """Take the buttons from the page, and offer none any more."""
    if shell.display_formatter is not None:
        shell.display_formatter.mimebundle_formatter.pop(".".join(_CODE), None)
    while _opened:
        _opened.pop().close()


def _show(code: Code) -> dict[str, Any]:
    """The MIME bundle of *code*, which gets its button."""
    if _IN_JUPYTER in os.environ and (not _opened or _opened[-1].comm is None):
        _open()
    return code._repr_mimebundle_()


def _open() -> None:
    """Make the widget of this kernel; there is none where anywidget is not installed."""
    try:
        from ._buttons import CopyButtons
    except ModuleNotFoundError as error:
        if error.name != "anywidget":
            raise
        return
    _opened[:] = [CopyButtons()]
