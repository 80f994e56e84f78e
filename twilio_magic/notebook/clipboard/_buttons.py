"""The widget that gives the programs of a page their buttons."""

from __future__ import annotations

from pathlib import Path

from anywidget import AnyWidget

_HERE = Path(__file__).parent


class CopyButtons(AnyWidget):
    """A button at each program in the page. It is never displayed itself."""

    _esm = _HERE / "clipboard.js"

    def __repr__(self) -> str:
        return "<buttons that copy programs>"
