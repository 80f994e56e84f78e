"""What forms hear of the page that plain controls do not tell: that a field is left, Ctrl+Z, where the person is.

They come from a widget that is never displayed. Without the extra ``phone`` there is none: then a field counts as left
when something else of the form is used, and undo has its buttons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakValueDictionary

from .._page_buttons import PageButtons
from .._page_messages import PageMessages
from ._order import follow_typing

if TYPE_CHECKING:
    from ._layout import Widget
    from ._page_widget import PageEvents

#: The class of what is left as a whole: a control with its messages.
IN_FIELD = "tm-field"


class PageListener(Protocol):
    """A form that wants to be told."""

    widget: Widget

    def hear(self, event: str) -> None:
        """Do what follows from *event*: ``leave``, ``undo`` or ``redo``."""


_listening: WeakValueDictionary[str, PageListener] = WeakValueDictionary()


def listen(form: PageListener) -> None:
    """Let *form* hear what happens in its part of the page."""
    form.widget.add_class(f"tm-form-{form.widget.model_id}")
    _listening[form.widget.model_id] = form
    _page.find()


def focus(control: Widget) -> None:
    """Put the cursor into *control*, unless the person has left its form meanwhile."""
    page = _page.find()
    if page is None:
        control.focus()
    else:
        page.send({"type": "focus", "model": control.model_id})


def stop_listening() -> None:
    """Take the widget from the page."""
    _page.close()


def _make() -> PageEvents:
    from ._page_widget import PageEvents

    return PageEvents(PageMessages(_tell).take)


def _tell(message: Any) -> None:
    form = _listening.get(str(message.get("form")))
    if form is not None:
        event = str(message.get("type"))
        follow_typing(lambda: form.hear(event))


_page: PageButtons[PageEvents] = PageButtons(("", ""), _make)
