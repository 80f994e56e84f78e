"""The widget that tells forms what happens in the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from anywidget import AnyWidget

_HERE = Path(__file__).parent


class PageEvents(AnyWidget):
    """Passes the events of the page to *tell*. It is never displayed itself."""

    _esm = _HERE / "page.js"

    def __init__(self, tell: Callable[[Any], None]) -> None:
        super().__init__()
        self.on_msg(lambda _, message, __: tell(message))

    def __repr__(self) -> str:
        return "<what happens in the page of forms>"
