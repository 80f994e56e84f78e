"""Layouts and styles of controls. Equal ones are shared, so that a form stays small in a saved notebook."""

from __future__ import annotations

from typing import Any

import ipywidgets

Widget = Any  # ipywidgets has no types

_ABOVE = {"description_width": "fit-content"}
_shared: dict[tuple[Any, ...], Widget] = {}


def shape(*, hidden: bool = False, **settings: str) -> Widget:
    """Return the shared layout with these *settings*; *hidden* leaves the control out of the page."""
    key = ("layout", hidden, *sorted(settings.items()))
    layout = _alive(key)
    if layout is None:
        layout = _shared[key] = ipywidgets.Layout(
            **(settings | ({"display": "none"} if hidden else {}))
        )
        layout.settings = settings
    return layout


def labeled_above() -> dict[str, Widget]:
    """Return the arguments that put a label above its control."""
    return {"style": style(ipywidgets.Text, **_ABOVE), "layout": above()}


def above() -> Widget:
    """Return the layout of a control with its label above it."""
    return shape(
        display="flex",
        flex_flow="column",
        align_items="stretch",
        width="auto",
        height="auto",
        margin="0",
    )


def style(control: type[Widget], **settings: str) -> Widget:
    """Return the shared style of such a *control* with these *settings*."""
    kind = control.class_traits()["style"].klass
    key = (kind, *sorted(settings.items()))
    made = _alive(key)
    if made is None:
        made = _shared[key] = kind(**settings)
    return made


def set_visible(widget: Widget, is_shown: bool) -> None:
    """Show *widget*, or leave it out of the page."""
    widget.layout = shape(hidden=not is_shown, **widget.layout.settings)


def reshape(widget: Widget, **settings: str) -> None:
    """Change some *settings* of the layout of *widget*."""
    widget.layout = shape(**{**widget.layout.settings, **settings})


def _alive(key: tuple[Any, ...]) -> Widget | None:
    """Return the shared object under *key*, unless it was closed."""
    made = _shared.get(key)
    return made if made is not None and made.comm is not None else None
