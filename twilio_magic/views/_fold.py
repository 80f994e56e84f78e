"""What is folded away until somebody opens it. It needs no script, and prints and exports as it stands."""

from __future__ import annotations

from markupsafe import Markup

from ._look import FAINT, plain


def fold(title: object, *parts: Markup, style: str = "") -> Markup:
    """*parts* below *title*, which opens them."""
    return Markup(
        '<details style="margin:6px 0 0;{}">'
        '<summary style="cursor:pointer;color:{};overflow-wrap:anywhere">{}</summary>'
        "{}</details>"
    ).format(style, FAINT, plain(title), Markup("").join(parts))
