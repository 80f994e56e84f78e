"""A program as text that can be copied, with the colors of its language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from ._theme import ATTRIBUTE, INK, MONO, REMARK, SHADE, STRING, TAG, WRAP_LINES, plain, span

if TYPE_CHECKING:
    from pygments.token import _TokenType

    from ..api import Code

#: The colors of tokens, by the beginning of their names in Pygments.
_COLORS: Mapping[str, str] = {
    "Token.Comment": REMARK,
    "Token.Keyword": TAG,
    "Token.Name.Builtin": TAG,
    "Token.Name.Variable": ATTRIBUTE,
    "Token.Literal.String": STRING,
    "Token.Literal.Number": ATTRIBUTE,
}


def bundle(code: Code) -> dict[str, str]:
    """The MIME bundle of *code*."""
    style = (
        f"font-family:{MONO};font-size:90%;background-color:{SHADE};color:{INK};padding:6px 8px;"
        f"margin:0;border-radius:4px;{WRAP_LINES}"
    )
    html = Markup('<pre data-copy="{}" style="{}">{}</pre>').format(
        code.language, style, _color(code)
    )
    return {"text/plain": code.text, "text/html": str(html)}


def _color(code: Code) -> Markup:
    """The text of *code* with its tokens in color."""
    from pygments.lexers import get_lexer_by_name

    lexer = get_lexer_by_name(code.language, stripnl=False, ensurenl=False)
    tokens = ((_find_color(kind), text) for kind, text in lexer.get_tokens(code.text))
    return Markup("").join(
        span(text, f"color:{color}") if color else Markup("{}").format(plain(text))
        for color, text in tokens
    )


def _find_color(kind: _TokenType) -> str:
    name = str(kind)
    return next((color for prefix, color in _COLORS.items() if name.startswith(prefix)), "")
