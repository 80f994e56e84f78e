"""XML with its words colored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from operator import itemgetter

from markupsafe import Markup, escape

from ._theme import ATTRIBUTE, REMARK, STRING, TAG

#: The words of XML, by where they stand: between tags, in one, and behind an equals sign. They are those of Pygments,
#: which would load the lexers of four other languages, and need three times as long for each document.
_WORDS = {
    "text": (
        r"[^<&]+|&\S*?;"
        r"|(?P<remark><!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>|<![^>]*>)"
        r"|(?P<begin><\s*[\w:.-]+)|(?P<tag><\s*/\s*[\w:.-]+\s*>)"
    ),
    "tag": r"\s+|(?P<attribute>[\w.:-]+\s*=)|(?P<end>/?\s*>)",
    "value": r"""\s+|(?P<string>".*?"|'.*?'|[^\s>]+)""",
}
_COLOR: Mapping[str | None, str] = {
    "begin": TAG,
    "tag": TAG,
    "end": TAG,
    "attribute": ATTRIBUTE,
    "string": STRING,
    "remark": REMARK,
}
#: Where the words stand that follow one of these.
_THEN = {"begin": "tag", "attribute": "value", "string": "tag", "end": "text"}
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
    words = _list_words(_with_usual_ends(source.removeprefix("\ufeff")))
    for color, run in groupby(words, itemgetter(0)):
        yield color, "".join(value for _, value in run)


def _list_words(text: str) -> Iterator[tuple[str | None, str]]:
    """The words of *text*, each with its color; what is none of XML is a word of one character."""
    patterns, where, at = _compile_words(), "text", 0
    while at < len(text):
        found = patterns[where].match(text, at)
        kind = found.lastgroup if found else None
        end = found.end() if found else at + 1
        yield _COLOR.get(kind), text[at:end]
        where, at = _THEN.get(str(kind), where), end


@cache
def _compile_words() -> Mapping[str, re.Pattern[str]]:
    return {where: re.compile(words, re.DOTALL) for where, words in _WORDS.items()}


def _paint(words: str, color: str | None) -> str:
    if not words or color is None:
        return str(escape(words))
    return f'<span style="color:{color}">{escape(words)}</span>'
