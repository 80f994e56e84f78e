"""XML with its words colored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from markupsafe import Markup, escape
from pygments.lexers import XmlLexer
from pygments.token import Comment, Name, String, Token, _TokenType

from ._theme import ATTRIBUTE, REMARK, STRING, TAG

_TOKEN_COLOUR: Mapping[_TokenType, str] = {
    Name.Tag: TAG,
    Name.Attribute: ATTRIBUTE,
    String: STRING,
    Comment: REMARK,
}
#: How many characters have colors, which take ten times the room: as many as an inline document may have.
_COLORED = 4000
_LINE_END = "\n"


def highlight(source: str) -> list[Markup]:
    """The lines of *source*, each with its words colored; nothing of it becomes markup.

    The lines of a long one have colors at the beginning only.
    """
    end = _colored_end(source)
    lines: list[list[str]] = [[]]
    for color, words in (*_color(source[:end]), (None, _with_usual_ends(source[end:]))):
        for count, part in enumerate(words.split(_LINE_END)):
            if count:
                lines.append([])
            lines[-1].append(_paint(part, color))
    shown = lines[: max(len(source.splitlines()), 1)]
    return [Markup("".join(parts)) for parts in shown]  # noqa: S704 - all parts are escaped


def _colored_end(source: str) -> int:
    """Where the colors of *source* end: behind a tag, if it is long."""
    if len(source) <= _COLORED:
        return len(source)
    return source.rfind(">", 0, _COLORED) + 1 or _COLORED


def _with_usual_ends(text: str) -> str:
    """*text* with its line ends as the lexer writes them."""
    return text.replace("\r\n", _LINE_END).replace("\r", _LINE_END)


def _color(source: str) -> Iterator[tuple[str | None, str]]:
    """The words of *source* with their colors; neighbors of one color are together."""
    tokens = XmlLexer(stripnl=False, ensurenl=False).get_tokens(source)
    colored = ((_find_color(token), value) for token, value in tokens)
    for color, run in groupby(colored, itemgetter(0)):
        yield color, "".join(value for _, value in run)


def _paint(words: str, color: str | None) -> str:
    if not words or color is None:
        return str(escape(words))
    return f'<span style="color:{color}">{escape(words)}</span>'


def _find_color(token: _TokenType) -> str | None:
    while token is not Token and token is not None:
        if token in _TOKEN_COLOUR:
            return _TOKEN_COLOUR[token]
        token = token.parent  # type: ignore[assignment] # None at the root
    return None
