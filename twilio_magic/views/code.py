"""A program as text that can be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ._theme import INK, MONO, SHADE

if TYPE_CHECKING:
    from ..api import Code


def bundle(code: Code) -> dict[str, str]:
    """The MIME bundle of *code*."""
    style = (
        f"font-family:{MONO};font-size:90%;background:{SHADE};color:{INK};padding:6px 8px;"
        "margin:0;border-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere"
    )
    html = Markup('<pre style="{}">{}</pre>').format(style, code.text)
    return {"text/plain": code.text, "text/html": str(html)}
