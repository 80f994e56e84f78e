"""The widgets that tell forms what happens in the page. They are never displayed themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from anywidget import AnyWidget
from traitlets import Unicode

_HERE = Path(__file__).parent


class PageEvents(AnyWidget):
    """Passes the events of the page to *tell*."""

    _esm = _HERE / "page.js"

    def __init__(self, tell: Callable[[Any], None]) -> None:
        super().__init__()
        self.on_msg(lambda _, message, __: tell(message))

    def __repr__(self) -> str:
        return "<what happens in the page of forms>"


class PageAnswers(AnyWidget):
    """Lets the page make the number in *answered* equal to the one in *asked* once the kernel has what was typed.

    Both are models of widgets, by their ids.
    """

    _esm = _HERE / "order.js"
    asked = Unicode().tag(sync=True)
    answered = Unicode().tag(sync=True)

    def __repr__(self) -> str:
        return "<the answers of the page to forms>"
