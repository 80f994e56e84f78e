"""*Take another key here*, in the cards of calls: buttons at each Gather, and the branches beside the card.

A card stays plain HTML, as it is stored and exported. The buttons come from a widget that is never displayed: its
module finds the cards in the page, as long as their kernel lives. Without the extra ``phone`` there are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...display import mime_bundle
from .._page_buttons import PageButtons
from ..replay import offer_replay, remove_replays
from ._difference import tell_difference

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ...api import Call
    from ._buttons import BranchButtons

__all__ = ["install_branches", "show_card", "tell_difference", "uninstall_branches"]


def install_branches(shell: InteractiveShell) -> None:
    """Let the cards of calls in *shell* have buttons, where a page of Jupyter shows them."""
    _page.install(shell, show_card)


def uninstall_branches(shell: InteractiveShell) -> None:
    """Let cards be as they are, and take the buttons from those in the page."""
    _page.uninstall(shell)
    remove_replays()


def show_card(call: Call) -> dict[str, Any]:
    """The MIME bundle of *call*, whose card gets its buttons wherever a page shows it."""
    bundle = mime_bundle(call)
    buttons = _page.find()
    if buttons is not None:
        buttons.offer(call, bundle["text/html"])
        offer_replay(call, bundle["text/html"])
    return bundle


def _make() -> BranchButtons:
    from ._buttons import BranchButtons

    return BranchButtons()


_page = PageButtons(("twilio_magic.api.resources._calls", "Call"), _make)
