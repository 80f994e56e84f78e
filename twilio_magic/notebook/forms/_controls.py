"""Plain ipywidgets with our layout: the label above, as wide as there is room.

JupyterLab takes the arrow keys and single letters for itself while the notebook is in command mode, except in what is
typed into. So there is no dropdown, list box or slider here: a choice is a row of buttons or a text with suggestions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

import ipywidgets

from .._session import session
from ._layout import Widget, above, labeled_above, reshape, set_visible, shape, style
from ._order import expect_presses, follow_typing
from ._page_events import focus


def on_change(control: Widget, then: Callable[[], None]) -> None:
    """Call *then* when the value of *control* changes, on any thread, one at a time."""

    def notify(_: Any) -> None:
        with session().lock:
            then()

    control.observe(notify, "value")


def text_input(label: str, value: str = "", *, placeholder: str = "") -> Widget:
    """One line of text."""
    return ipywidgets.Text(value, description=label, placeholder=placeholder, **labeled_above())


def combobox(
    label: str, options: Iterable[str], value: str = "", *, placeholder: str = ""
) -> Widget:
    """One line of text, with suggestions that fit what is typed."""
    return ipywidgets.Combobox(
        value=value,
        description=label,
        options=tuple(dict.fromkeys(options)),
        placeholder=placeholder,
        **labeled_above(),
    )


def text_area(label: str, value: str = "", *, rows: int = 4, placeholder: str = "") -> Widget:
    """Several lines of text."""
    return ipywidgets.Textarea(
        value, description=label, placeholder=placeholder, rows=rows, **labeled_above()
    )


def checkbox(label: str, value: bool = False) -> Widget:
    """Yes or no."""
    return ipywidgets.Checkbox(
        value,
        description=label,
        indent=False,
        layout=shape(width="auto", margin="0"),
        style=style(ipywidgets.Checkbox),
    )


def choice(label: str, options: Sequence[tuple[str, str]], value: str) -> Widget:
    """One of a few values: a button for each of *options*, which are labels with their values."""
    return ipywidgets.ToggleButtons(
        options=options,
        value=value,
        description=label,
        style=style(ipywidgets.ToggleButtons, description_width="fit-content", button_width="auto"),
        layout=above(),
    )


def button(words: str, then: Callable[[], None], *, kind: str = "", tooltip: str = "") -> Widget:
    """A button that calls *then* with all that was typed before it is pressed, on any thread, one at a time."""
    expect_presses()
    made = ipywidgets.Button(
        description=words,
        button_style=kind,
        tooltip=tooltip or None,
        layout=shape(width="auto", max_width="100%", margin="0"),
        style=style(ipywidgets.Button),
    )

    made.on_click(lambda _: follow_typing(then))
    return made


def html_box(value: str = "") -> Widget:
    """HTML that takes no room while it is empty. *value* has to be escaped already."""
    made = ipywidgets.HTML(
        value, layout=shape(width="auto", margin="0"), style=style(ipywidgets.HTML)
    )
    set_html(made, value)
    return made


def card_box(shown: str = "") -> Widget:
    """A card, which is as wide as there is room for, whatever is in it: wide parts scroll."""
    return html_box(_fit(shown))


def set_card(made: Widget, shown: str) -> None:
    """Show the card *shown* in a control that :func:`card_box` made."""
    set_html(made, _fit(shown))


def _fit(shown: str) -> str:
    """*shown* in a grid, whose column does not ask for the width of what is in it."""
    style = "display:grid;grid-template-columns:minmax(0,1fr)"
    return f'<div style="{style}">{shown}</div>' if shown else ""


def set_html(made: Widget, value: str) -> None:
    """Show *value* in an HTML control."""
    made.value = value
    set_visible(made, bool(value))


def count_views(control: Widget) -> None:
    """Let the front end count the views of *control*, so that we know when it is in the page."""
    control._view_count = 0  # the front end counts views only if this is not None


def forget_views(control: Widget) -> None:
    """Let the front end count no views of *control* that is about to be closed: it would tell a closed control."""
    control._view_count = None


def focus_when_shown(control: Widget) -> None:
    """Put the cursor into *control*, whose views are counted, as soon as it is in the page."""

    def look(_: Any = None) -> None:
        if control._view_count:
            control.unobserve(look, "_view_count")
            focus(control)

    control.observe(look, "_view_count")
    look()


def caption(text: str) -> Widget:
    """Plain words above a group of controls."""
    return ipywidgets.Label(text, layout=shape(margin="0"), style=style(ipywidgets.Label))


def stack(*children: Widget, gap: str = "10px") -> Widget:
    """*children* in a column."""
    layout = shape(display="flex", flex_flow="column", grid_gap=gap, width="auto")
    return ipywidgets.Box(children, layout=layout)


def row(*children: Widget, gap: str = "4px", align: str = "center") -> Widget:
    """*children* in a row, which wraps where there is no room; *align* says how they stand beside each other."""
    layout = shape(display="flex", flex_flow="row wrap", align_items=align, grid_gap=gap)
    return ipywidgets.Box(children, layout=layout)


def columns(*children: Widget, width: int = 280) -> Widget:
    """*children* in as many columns of at least *width* pixels as there is room for."""
    layout = shape(
        display="grid",
        grid_template_columns=f"repeat(auto-fit, minmax(min({width}px, 100%), 1fr))",
        grid_gap="10px 20px",
        align_items="flex-start",
        width="auto",
    )
    return ipywidgets.Box(children, layout=layout)


def close(widget: Widget) -> None:
    """Close *widget* and all widgets in it. Layouts are shared, and stay open."""
    for child in getattr(widget, "children", ()):
        close(child)
    widget.close()


class Fold:
    """A part of a form that a *button* with its name opens and folds; *body* is the part.

    What is in it is made by *make* when it is first opened, because most parts of most forms never are.
    """

    def __init__(self, name: str, make: Callable[[], Sequence[Widget]]) -> None:
        self._name = name
        self._make: Callable[[], Sequence[Widget]] | None = make
        self.body = stack()
        reshape(self.body, margin="0 0 8px 12px")
        self.button = ipywidgets.ToggleButton(
            False, layout=shape(width="auto", margin="0"), style=style(ipywidgets.ToggleButton)
        )
        on_change(self.button, self._turn)
        self._turn()

    @cached_property
    def widget(self) -> Widget:
        """The button with the body below it."""
        return stack(row(self.button), self.body, gap="4px")

    def open(self) -> None:
        """Show what is folded."""
        self.button.value = True

    def _turn(self) -> None:
        is_open = self.button.value
        if is_open and self._make is not None:
            make, self._make = self._make, None
            made = make()
            self.body.children = (columns(*made),) if len(made) > 1 else tuple(made)
        self.button.description = f"{'▾' if is_open else '▸'} {self._name}"
        set_visible(self.body, is_open)


__all__ = [
    "Fold",
    "Widget",
    "button",
    "caption",
    "card_box",
    "checkbox",
    "choice",
    "close",
    "columns",
    "combobox",
    "count_views",
    "focus",
    "focus_when_shown",
    "forget_views",
    "html_box",
    "on_change",
    "reshape",
    "row",
    "set_card",
    "set_html",
    "set_visible",
    "shape",
    "stack",
    "text_area",
    "text_input",
]
