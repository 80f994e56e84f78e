"""The few colors and shapes that all views share."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ..display import keep_units, visible


def fold(title: object, *parts: Markup, style: str = "") -> Markup:
    """*parts* folded below *title*. It needs no script, and prints and exports as it stands."""
    return Markup(
        '<details style="margin:6px 0 0;{}">'
        '<summary style="cursor:pointer;color:{};{}">{}</summary>'
        "{}</details>"
    ).format(style, FAINT, WRAP, plain(title), Markup("").join(parts))


_BULLETS = 12  # that are shown at once

FONT = "var(--jp-content-font-family, system-ui, sans-serif)"
MONO = "var(--jp-code-font-family, ui-monospace, monospace)"
INK = "var(--jp-content-font-color1, currentColor)"
FAINT = "var(--jp-content-font-color2, color-mix(in srgb, currentColor 72%, transparent))"
QUIET = f"color-mix(in srgb, {INK} 76%, transparent)"  # faint, and readable on a shade
RULE = "var(--jp-border-color2, color-mix(in srgb, currentColor 25%, transparent))"
#: JupyterLab keeps colors and background colors of the theme in a notebook that it does not trust, and no such border.
GRAY = "#9aa0a6"
FRAME = f"border:1px solid {GRAY};border:1px solid {RULE}"
#: Long words break. JupyterLab keeps the first of both in a notebook that it does not trust; the second counts for the
#: least width, too.
WRAP = "overflow-wrap:break-word;overflow-wrap:anywhere"
#: The lines of a ``<pre>`` break between words; JupyterLab's own style breaks them anywhere.
WRAP_LINES = f"white-space:pre-wrap;word-break:normal;{WRAP}"


def _tint(hue: str, share: int = 62) -> str:
    """*hue* mixed into the ink of the theme: darker on a light page, lighter on a dark one, and readable.

    The hue is written as ``rgb(…)``: JupyterLab takes a color with a ``#`` inside away from what it does not trust.
    """
    red, green, blue = bytes.fromhex(hue.removeprefix("#"))
    return f"color-mix(in srgb, rgb({red},{green},{blue}) {share}%, {INK})"


SHADE = f"color-mix(in srgb, {INK} 4%, transparent)"
GOOD = _tint("#2e9e4f")
BAD = _tint("#e0352b", 72)
CARE = _tint("#d97706")
CALM = _tint("#0284c7")

#: A color of a picture, for programs that know neither variables nor mixtures, and the same of the theme.
Paint = tuple[str, str]

INK_PAINT: Paint = ("#1a1a1a", INK)
FAINT_PAINT: Paint = ("#5f6368", FAINT)
RULE_PAINT: Paint = ("#9aa0a6", RULE)
GOOD_PAINT: Paint = ("#1d6b34", GOOD)
BAD_PAINT: Paint = ("#a3261e", BAD)

#: The same for shapes without words, which stand out from a light page and from a dark one.
GOOD_SHAPE: Paint = ("#2e9e4f", GOOD)
BAD_SHAPE: Paint = ("#e0352b", BAD)
FAINT_SHAPE: Paint = ("#80868b", FAINT)

#: The colors of parties in a conversation, after that of the first.
OTHERS = (_tint("#2e9e4f"), _tint("#8b5cf6"), _tint("#d97706"), _tint("#db2777"))

TAG = _tint("#2e9e4f")
ATTRIBUTE = _tint("#2f6fed")
STRING = _tint("#d1402f")
REMARK = _tint("#6b7f86")


def card(*parts: Markup) -> Markup:
    """One framed block with *parts* below each other."""
    style = (
        f"font-family:{FONT};color:{INK};{FRAME};border-radius:6px;"
        "padding:10px 14px;max-width:60em;line-height:1.45"
    )
    return Markup('<div style="{}">{}</div>').format(style, Markup("").join(parts))


def block(content: object, style: str = "") -> Markup:
    """A block of text or markup."""
    return Markup('<div style="{}">{}</div>').format(style, plain(content))


def span(content: object, style: str = "") -> Markup:
    """A run of text or markup."""
    return Markup('<span style="{}">{}</span>').format(style, plain(content))


def plain(content: object) -> str:
    """*content* as text or markup that reads as it is written."""
    kind = Markup if isinstance(content, Markup) else str
    return kind(visible(str(content)))


def verbatim(content: object) -> Markup:
    """A block of text whose lines stay as they are."""
    style = (
        f"margin:0;font-family:{MONO};font-size:85%;line-height:1.4;color:{INK};background-color:{SHADE};"
        f"padding:6px 8px;border-radius:4px;{WRAP_LINES}"
    )
    return Markup('<pre style="{}">{}</pre>').format(style, plain(content))


def heading(content: str) -> Markup:
    """A small heading inside a card."""
    return block(keep_units(content), f"color:{FAINT};font-size:85%;margin:10px 0 2px")


def card_title(content: str) -> Markup:
    """What a card is of, in its first line."""
    return block(keep_units(content), f"color:{FAINT};font-size:85%;margin:0 0 2px")


def bullets(items: Iterable[str]) -> Markup:
    """A bulleted list."""
    rows = Markup("").join(Markup("<li>{}</li>").format(plain(keep_units(item))) for item in items)
    return Markup('<ul style="margin:0;padding-left:1.3em;{}">{}</ul>').format(WRAP, rows)


def fold_bullets(items: Iterable[str]) -> Markup:
    """A bulleted list, of which all but the first screen is folded."""
    listed = list(items)
    rest = listed[_BULLETS:]
    folded = fold(f"{len(rest):,} more", bullets(rest)) if rest else ""
    return bullets(listed[:_BULLETS]) + folded


def scroll(shown: Markup, label: str) -> Markup:
    """*shown* in a box called *label* that is no taller than half a screen; keys scroll it, too."""
    return Markup(
        '<div style="max-height:30em;overflow:auto" tabindex="0" role="group" aria-label="{}">{}</div>'
    ).format(label, shown)


def grid(columns: str, cells: Iterable[Markup]) -> Markup:
    """*cells* in rows of as many columns as *columns* has widths."""
    style = f"display:grid;grid-template-columns:{columns};column-gap:1em;row-gap:1px"
    return Markup('<div style="{}">{}</div>').format(style, Markup("").join(cells))
