"""The few colours and shapes that all views share."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

FONT = "var(--jp-content-font-family, system-ui, sans-serif)"
MONO = "var(--jp-code-font-family, ui-monospace, monospace)"
INK = "var(--jp-content-font-color1, #1a1a1a)"
FAINT = "var(--jp-content-font-color2, #5f6368)"
RULE = "var(--jp-border-color2, #d0d0d0)"
SHADE = "var(--jp-layout-color2, #f5f5f5)"
GOOD = "var(--jp-success-color0, #1b5e20)"
BAD = "var(--jp-error-color0, #b71c1c)"
CARE = "var(--jp-warn-color0, #9a4a00)"
CALM = "var(--jp-info-color0, #01579b)"


def card(*parts: Markup) -> Markup:
    """One framed block with *parts* below each other."""
    style = (
        f"font-family:{FONT};color:{INK};border:1px solid {RULE};border-radius:6px;"
        "padding:10px 14px;max-width:60em;line-height:1.45"
    )
    return Markup('<div style="{}">{}</div>').format(style, Markup("").join(parts))


def block(content: object, style: str = "") -> Markup:
    """A block of text or markup."""
    return Markup('<div style="{}">{}</div>').format(style, content)


def span(content: object, style: str = "") -> Markup:
    """A run of text or markup."""
    return Markup('<span style="{}">{}</span>').format(style, content)


def heading(content: str) -> Markup:
    """A small heading inside a card."""
    return block(content, f"color:{FAINT};font-size:85%;margin:10px 0 2px")


def listed(items: Iterable[object]) -> Markup:
    """A bulleted list."""
    rows = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    return Markup('<ul style="margin:0;padding-left:1.3em">{}</ul>').format(rows)


def grid(columns: str, cells: Iterable[Markup]) -> Markup:
    """*cells* in rows of as many columns as *columns* has widths."""
    style = f"display:grid;grid-template-columns:{columns};column-gap:1em;row-gap:1px"
    return Markup('<div style="{}">{}</div>').format(style, Markup("").join(cells))
