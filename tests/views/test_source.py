"""The source of a document in its preview: whole, escaped, and no larger than it needs to be."""

from __future__ import annotations

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from twilio_magic.twiml import parse
from twilio_magic.views._source import highlight
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
