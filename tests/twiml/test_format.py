"""The layout of a document: what it looks like, and that it says the same before and after."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.twiml.documents import Node, documents
from tests.twiml.test_properties import MARKUP
from twilio_magic import twiml
from twilio_magic.errors import NotXml
from twilio_magic.twiml import check, explain, parse, speech

PAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- the bakery -->
<Response>
  <Gather numDigits="1" action="/menu">
    <Say voice="alice">Press <emphasis>one</emphasis> for bread.</Say>
    <Pause length="1"/>
  </Gather> <!-- nobody pressed -->

  <Say>
    Goodbye.
      Come again.
  </Say>
  $closing
  <Hangup/>
</Response>
"""
CRAMPED = (
    """<?xml version="1.0" encoding="UTF-8"?><!-- the bakery --><Response><Gather numDigits='1' """
    """ action = "/menu" ><Say voice='alice' >Press <emphasis>one</emphasis> for bread.</Say>"""
    """<Pause length="1"></Pause></Gather> <!-- nobody pressed -->\n\n\n\n<Say>\n\tGoodbye.\n\t  Come again."""
    """\n\t\t</Say>$closing<Hangup/></Response>"""
)


def test_each_verb_and_noun_gets_a_line_and_words_stay_in_theirs() -> None:
    assert twiml.format(CRAMPED) == PAGE


@pytest.mark.parametrize(
    "text",
    [
        "<Response/>\n",
        "<Response></Response>\n",
        "<Response>\n  <Dial>+13105550101</Dial>\n</Response>\n",
        "<Response>\n  <Sms>Two\n lines,  as they are.</Sms>\n</Response>\n",
        "<Response>\n  <Say><![CDATA[ a\n b ]]> &amp; c</Say>\n</Response>\n",
        """<Response>\n  <Play digits='"'/>\n</Response>\n""",
        "<Response>\n  <!-- a comment\n in two lines -->\n  <Hangup/>\n</Response>\n",
        "<Response>\r\n  <Hangup/>\r\n</Response>\r\n",
        "<Response>\n  <Unknown>\n    <Child/>\n  </Unknown>\n</Response>\n",
    ],
)
def test_a_document_that_is_laid_out_stays_as_it_is(text: str) -> None:
    assert twiml.format(text) == text


def test_a_tag_with_more_than_a_line_of_attributes_has_a_line_for_each() -> None:
    address = "https://ivr.example.com/" + "a" * 60
    text = f'<Response><Dial action="{address}" timeout="20" record="record-from-answer">+13105550101</Dial></Response>'

    assert twiml.format(text).split("\n")[1:5] == [
        "  <Dial",
        f'      action="{address}"',
        '      timeout="20"',
        '      record="record-from-answer">+13105550101</Dial>',
    ]


def test_what_is_no_xml_is_refused_with_its_place() -> None:
    with pytest.raises(NotXml) as caught:
        twiml.format("<Response>\n  <Say>Hello.\n</Response>")

    assert (caught.value.line, caught.value.column) == (3, 1)


@given(documents())
@settings(max_examples=150)
def test_a_document_says_and_does_the_same_after_it(root: Node) -> None:
    before = root.write()
    after = twiml.format(before)

    assert _canonical(after) == _canonical(before)
    assert explain(after) == explain(before)
    assert _tell(after) == _tell(before)
    assert _listen(after) == _listen(before)


@given(st.one_of(MARKUP, MARKUP.map(lambda inner: f"<Response>{inner}</Response>"), documents()))
@example("<Response>\ra\r\n\n\r<Say>\r\n b\n\n\n c</Say> <!---->\n<!----></Response>")
@settings(max_examples=300)
def test_a_second_time_changes_nothing_and_any_text_is_laid_out_or_refused(
    source: str | Node,
) -> None:
    try:
        once = twiml.format(source.write() if isinstance(source, Node) else source)
    except NotXml:
        return

    assert twiml.format(once) == once


WORDS = st.lists(
    st.sampled_from(
        [
            "a",
            "b c",
            " ",
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            "<break time='1s' />",
            "<p>",
            "<!-- d\n e -->",
        ]
    ),
    max_size=12,
).map(lambda pieces: "".join(pieces) + "</p>" * pieces.count("<p>"))


@given(WORDS)
@settings(max_examples=200)
def test_line_breaks_among_words_are_heard_as_before(words: str) -> None:
    before = f"<Response><Gather><Say>{words}</Say></Gather></Response>"
    after = twiml.format(before)

    assert _canonical(after) == _canonical(before)
    assert _listen(after) == _listen(before)
    assert twiml.format(after) == after


def _canonical(text: str) -> list[Any]:
    """All elements, attributes, words, comments and instructions in order, with blanks between them made equal."""
    root = etree.fromstring(text.encode())
    return [
        (event, str(node.tag), dict(node.attrib), _squeeze(node.text), _squeeze(node.tail))
        for event, node in etree.iterwalk(root, events=("start", "comment", "pi"))
    ]


def _squeeze(words: str | None) -> str:
    return " ".join((words or "").split())


def _tell(text: str) -> list[tuple[object, ...]]:
    return [(problem.level, problem.code, problem.message, problem.hint) for problem in check(text)]


def _listen(text: str) -> list[object]:
    """Each word that is spoken, and when."""
    says = [each for each in parse(text).elements() if each.name == "Say"]
    return [speech(each).words for each in says]
