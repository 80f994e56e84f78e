"""*Copy*, beside the programs that ``--as`` shows, and below those of forms.

A program stays plain HTML, as it is stored and exported. The buttons come from a widget that is never displayed, as
those in the cards of calls. Without the extra ``phone`` there are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._page_buttons import PageButtons

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ...api import Code
    from ._buttons import CopyButtons

__all__ = ["install_copy_buttons", "offer_copy_buttons", "uninstall_copy_buttons"]


def install_copy_buttons(shell: InteractiveShell) -> None:
    """Let the programs that *shell* shows have a button, where a page of Jupyter shows them."""
    _page.install(shell, _show)


def uninstall_copy_buttons(shell: InteractiveShell) -> None:
    """Take the buttons from the page, and offer none any more."""
    _page.uninstall(shell)


def offer_copy_buttons() -> None:
    """Let the programs that a form shows have their buttons."""
    _page.find()


def _show(code: Code) -> dict[str, Any]:
    """The MIME bundle of *code*, which gets its button."""
    _page.find()
    return code._repr_mimebundle_()


def _make() -> CopyButtons:
    from ._buttons import CopyButtons

    return CopyButtons()


_page = PageButtons(("twilio_magic.api.requests._snippets", "Code"), _make)
