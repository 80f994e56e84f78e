"""*Take another key here*, in the cards of calls: buttons at each Gather, and the branches beside the card.

A card stays plain HTML, as it is stored and exported. The buttons come from a widget that is never displayed: its
module finds the cards in the page, as long as their kernel lives. Without the extra ``phone`` there are none.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from ._difference import tell_difference

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ...api import Call
    from ._buttons import BranchButtons

__all__ = ["install_branches", "tell_difference", "uninstall_branches"]

_CALL = ("twilio_magic.api.resources._calls", "Call")
_IN_JUPYTER = "JPY_SESSION_NAME"  # what a Jupyter server gives the kernels that a page is open for

_opened: list[BranchButtons] = []


def install_branches(shell: InteractiveShell) -> None:
    """Let the cards of calls in *shell* have buttons, where a page of Jupyter shows them."""
    if shell.display_formatter is not None:
        shell.display_formatter.mimebundle_formatter.for_type_by_name(*_CALL, _show)


def uninstall_branches(shell: InteractiveShell) -> None:
    """Let cards be as they are, and take the buttons from those in the page."""
    if shell.display_formatter is not None:
        shell.display_formatter.mimebundle_formatter.pop(".".join(_CALL), None)
    while _opened:
        _opened.pop().close()


def _show(call: Call) -> dict[str, Any]:
    """The MIME bundle of *call*, whose card gets its buttons."""
    bundle = call._repr_mimebundle_()
    if _IN_JUPYTER in os.environ and (buttons := _of_this_kernel()) is not None:
        buttons.offer(call, bundle["text/html"])
    return bundle


def _of_this_kernel() -> BranchButtons | None:
    """The widget of this kernel; none where anywidget is not installed."""
    if not _opened or _opened[-1].comm is None:
        try:
            from ._buttons import BranchButtons
        except ModuleNotFoundError as error:
            if error.name != "anywidget":
                raise
            return None
        _opened[:] = [BranchButtons()]
    return _opened[-1]
