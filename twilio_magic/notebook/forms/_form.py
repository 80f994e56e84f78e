"""The base class of forms: how a form is displayed, with and without a kernel."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar

from ...display import html_block
from ...views import still
from .._session import session
from .._text_only import describe_widget
from ..clipboard import offer_copy_buttons
from . import _controls as controls
from ._notebook import watch

if TYPE_CHECKING:
    from ._controls import Widget

_WIDEST = "60em"


class Form(ABC):
    """A form: *widget* is what is displayed, and can stand inside other widgets.

    Beside the widget a form has a still, plain HTML of its values, for readers of the notebook without a kernel.
    """

    name: ClassVar[str]

    def __init__(self, *parts: Widget) -> None:
        self.widget = controls.stack(*parts)
        controls.reshape(self.widget, max_width=_WIDEST, padding="4px 2px")
        watch(self)

    def refresh(self) -> None:  # noqa: B027 - not every form depends on the notebook
        """Follow the notebook: there may be new documents, and calls may go elsewhere."""

    @abstractmethod
    def _rows(self) -> list[tuple[str, str]]:
        """Return labels and values, for the still."""

    def _parts(self) -> list[str]:
        """Return the HTML of what the form shows, for the still."""
        return []

    def _repr_mimebundle_(
        self,
        include: Collection[str] | None = None,
        exclude: Collection[str] | None = None,
        **_: Any,
    ) -> dict[str, Any]:
        with session().lock:
            self.refresh()
            offer_copy_buttons()
            bundle = {
                **self.widget._repr_mimebundle_(),
                "text/plain": describe_widget(self),
                "text/html": html_block(still(self.name, self._rows(), *self._parts())),
            }
        return {
            mime: data
            for mime, data in bundle.items()
            if (not include or mime in include) and (not exclude or mime not in exclude)
        }
