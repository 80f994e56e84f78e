"""What a front end does with widgets: it sends messages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

Widget = Any


def _send(widget: Widget, data: dict[str, Any]) -> None:
    widget._handle_msg({"content": {"data": data}, "buffers": []})


def fill(widget: Widget, value: object) -> None:
    """Type or check *value*."""
    _send(widget, {"method": "update", "state": {"value": value}, "buffer_paths": []})


def choose(widget: Widget, word: str) -> None:
    """Press the one of a row of buttons that says *word*."""
    index = list(widget._options_labels).index(word)
    _send(widget, {"method": "update", "state": {"index": index}, "buffer_paths": []})


def press(widget: Widget) -> None:
    """Press a button, unless it cannot be pressed."""
    assert not widget.disabled
    _send(widget, {"method": "custom", "content": {"event": "click"}})


def everything(widget: Widget) -> Iterator[Widget]:
    """*widget* and all that is in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from everything(child)


def is_shown(root: Widget, wanted: Widget) -> bool:
    """Whether *wanted* is in *root*, and nothing around it is left out of the page."""
    if root.layout.display == "none":
        return False
    return root is wanted or any(is_shown(child, wanted) for child in getattr(root, "children", ()))


def button(root: Widget, words: str) -> Widget:
    """The button in *root* that says *words*."""
    return next(
        each
        for each in everything(root)
        if type(each).__name__ in ("Button", "ToggleButton") and each.description == words
    )


def said(root: Widget) -> str:
    """All that *root* shows as HTML, as a person reads it."""
    shown = [
        each.value
        for each in everything(root)
        if type(each).__name__ == "HTML" and is_shown(root, each)
    ]
    return html.unescape(re.sub(r"<[^>]*>", " ", "\n".join(shown)))
