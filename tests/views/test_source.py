"""The source of a document in its preview: whole, escaped, and no larger than it needs to be."""

from __future__ import annotations

from html import unescape
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers import XmlLexer
from pygments.token import _TokenType

from twilio_magic.twiml import parse
from twilio_magic.views._source import _color, highlight
from twilio_magic.views._theme import ATTRIBUTE, REMARK, STRING, TAG
from twilio_magic.views.preview import html

SAY = '<Say voice="Polly.Joanna">Two &amp; three.</Say>'
LONG = f"<Response>{SAY * 1200}</Response>"


def _plain(line: str) -> str:
    """What a browser shows of *line*, in which all tags are ours."""
    pieces = str(line).split("<")
    return unescape(pieces[0] + "".join(piece.partition(">")[2] for piece in pieces[1:]))


def test_a_long_source_is_shown_whole_and_has_colors_at_the_beginning() -> None:
    (line,) = highlight(LONG)
    painted = line.rpartition("</span>")[0]

    assert _plain(line) == LONG
    assert 3_500 < len(_plain(painted)) < 4_100


@given(st.text("<>&\"' =/ab!-\n", max_size=200), st.integers(0, 4_100))
def test_any_source_is_shown_as_it_is_written(text: str, before: int) -> None:
    source = "x" * before + text
    shown = highlight(source)

    assert all(line.count("<") == 2 * line.count("</span>") for line in shown)
    assert [_plain(line) for line in shown] == (source.splitlines() or [""])


def test_a_preview_of_64_kb_has_four_times_its_size_at_most() -> None:
    assert len(LONG) > 55_000
    assert len(html(parse(LONG))) < 4 * len(LONG)


MARKS = [
    "<",
    ">",
    "/",
    "</",
    "/>",
    "=",
    '"',
    "'",
    "&",
    ";",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml",
]
SPACES = [" ", "\n", "\r\n", "\r", "\t", "\x0b", "\x85", "\ufeff"]
WORDS = [
    "?>",
    "<!",
    "[",
    "é",
    "&amp;",
    "Say",
    "a:b.c-d",
    'voice="man"',
    "<Say>",
    "</ Say >",
    "< Response",
]
PIECES = st.sampled_from([*MARKS, *SPACES, *WORDS])


@given(source=st.lists(PIECES, max_size=30).map("".join))
def test_the_words_of_a_document_are_those_that_pygments_finds(source: str) -> None:
    tokens = [
        (_color_of(token), value)
        for token, value in XmlLexer(stripnl=False, ensurenl=False).get_tokens(source)
    ]
    theirs = [
        (color, "".join(value for _, value in run))
        for color, run in groupby(tokens, lambda word: word[0])
    ]

    assert list(_color(source)) == theirs


def _color_of(token: _TokenType) -> str | None:
    """The color of a token of Pygments; of what it is one kind of, if it has none of its own."""
    colors = {"Token.Name.Tag": TAG, "Token.Name.Attribute": ATTRIBUTE}
    colors |= {"Token.Literal.String": STRING, "Token.Comment": REMARK}
    return next((color for kind, color in colors.items() if str(token).startswith(kind)), None)
