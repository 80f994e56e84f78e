"""XML with its words colored."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup
from pygments.lexers import XmlLexer
from pygments.token import Comment, Name, String, Token, _TokenType

from ._theme import ATTRIBUTE, REMARK, STRING, TAG, span

_TOKEN_COLOUR: Mapping[_TokenType, str] = {
    Name.Tag: TAG,
    Name.Attribute: ATTRIBUTE,
    String: STRING,
    Comment: REMARK,
}


def highlight(source: str) -> list[Markup]:
    """The lines of *source*, each with its words colored; nothing of it becomes markup."""
    lines: list[list[Markup]] = [[]]
    for token, value in XmlLexer(stripnl=False, ensurenl=False).get_tokens(source):
        colour = _color(token)
        for count, part in enumerate(value.split("\n")):
            if count:
                lines.append([])
            lines[-1].append(
                span(part, f"color:{colour}") if colour and part else Markup.escape(part)
            )
    shown = lines[: max(len(source.splitlines()), 1)]
    return [Markup("").join(parts) for parts in shown]


def _color(token: _TokenType) -> str | None:
    while token is not Token and token is not None:
        if token in _TOKEN_COLOUR:
            return _TOKEN_COLOUR[token]
        token = token.parent  # type: ignore[assignment] # None at the root
    return None
