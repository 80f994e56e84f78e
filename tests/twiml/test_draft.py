"""Edits of a document change their own place in the text, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.twiml.documents import Node, documents
from twilio_magic.errors import NotXml
from twilio_magic.twiml import Document, Draft, Element, Path, fill, literal, parse

ODD = """\
<?xml version='1.0' encoding="UTF-8"?>
<!-- before -->
<Response version = '1'>
\t<?note keep?>
  <Gather  numDigits='1'   hints="a &amp; b"
          timeout = "5" >
    <Say voice='Polly.Joanna'>Press &#49; for <emphasis>bread</emphasis> <!-- fresh --> now.</Say>
  </Gather><Say><![CDATA[5 < 6]]></Say>
  <Own thing="1" other='"'/>
  <Hangup/>
</Response>
<!-- after -->
"""
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


def odd() -> Draft:
    return Draft(parse(ODD))


@st.composite
def places(draw: st.DrawFn) -> tuple[Draft, Path]:
    """A draft of some document, and an element in it."""
    root: Node = draw(documents())
    draft = Draft(parse(root.write()))
    return draft, draw(st.sampled_from(list(draft.parts)))


def names(document: Document) -> list[str]:
    return [element.name for element in document.elements()]


def shape(element: Element) -> tuple[object, ...]:
    """All that *element* means: its name, its attributes, and what is in it as it is written."""
    content = [piece if isinstance(piece, str) else shape(piece) for piece in element.content]
    return element.name, dict(element.attributes), content


@given(documents())
@settings(max_examples=40)
def test_a_draft_sees_what_the_parser_sees(root: Node) -> None:
    document = parse(root.write())
    draft = Draft(document)

    assert [part.name for part in draft.parts.values()] == names(document)
    for path, element in zip(draft.parts, document.elements(), strict=True):
        assert list(draft.attributes(path).values()) == list(element.attributes.values())
        words = draft.words(path)
        content = [*element.content, ""][0]
        assert words is None or words.replace("\r\n", "\n") == content


@given(places(), WORDS)
@settings(max_examples=50)
def test_a_new_value_changes_that_value_only(place: tuple[Draft, Path], value: str) -> None:
    draft, path = place
    for written in draft.parts[path].attributes:
        edited = draft.with_attribute(path, written.name, value)
        behind = len(draft.text) - written.value_end

        assert edited.text.startswith(draft.text[: written.value_start])
        assert edited.text.endswith(draft.text[-behind:])
        assert edited.attributes(path) == draft.attributes(path) | {written.name: value}


@given(places(), WORDS)
@settings(max_examples=40)
def test_an_attribute_that_is_added_and_removed_leaves_no_trace(
    place: tuple[Draft, Path], value: str
) -> None:
    draft, path = place
    added = draft.with_attribute(path, "our-own", value)

    assert added.attributes(path)["our-own"] == value
    assert added.without_attribute(path, "our-own").text == draft.text


@given(places(), st.data())
@settings(max_examples=40)
def test_a_child_that_is_added_is_there_and_the_others_are_as_they_were(
    place: tuple[Draft, Path], data: st.DataObject
) -> None:
    draft, path = place
    index = data.draw(st.integers(0, len(draft.children(path))))
    added = draft.with_child(path, index, "Say")
    before, after = names(draft.document), names(added.document)

    assert added.parts[*path, index].name == "Say"
    assert len(after) == len(before) + 1
    again = added.without((*path, index))
    assert names(again.document) == before


@given(places())
@settings(max_examples=40)
def test_two_that_change_places_twice_are_where_they_were(place: tuple[Draft, Path]) -> None:
    draft, path = place
    if not path or path[-1] == 0:
        return
    moved = draft.with_moved(path, -1)

    assert moved.parts[*path[:-1], path[-1] - 1].name == draft.parts[path].name
    assert moved.with_moved((*path[:-1], path[-1] - 1), 1).text == draft.text


def test_what_nobody_touches_stays_as_it_is_written() -> None:
    edited = odd().with_attribute((0,), "timeout", "9")

    assert edited.text == ODD.replace('timeout = "5"', 'timeout = "9"')


def test_removing_an_attribute_takes_the_blanks_before_it() -> None:
    edited = odd().without_attribute((0,), "numDigits")

    assert edited.text == ODD.replace("<Gather  numDigits='1'   hints", "<Gather   hints")


def test_an_element_goes_with_its_line() -> None:
    assert odd().without((3,)).text == ODD.replace("  <Hangup/>\n", "")
    assert odd().without((0,)).text.count("<Say>") == 1
    with pytest.raises(KeyError):
        odd().without(())


def test_words_are_escaped_and_markup_is_not() -> None:
    assert odd().with_words((1,), "a < b & c").content((1,)) == "a &lt; b &amp; c"
    assert odd().with_content((3,), "<Parameter/>").content((3,)) == "<Parameter/>"


@pytest.mark.parametrize(
    "markup", ["<Say>", "&nbsp;", "a & b", "\x0b", "</Gather><Gather>x", "</Gather>"]
)
def test_what_is_not_xml_inside_an_element_is_refused(markup: str) -> None:
    draft = odd()
    with pytest.raises(NotXml):
        draft.with_content((0,), markup)

    assert draft.text == ODD


def test_markup_and_words_are_told_apart() -> None:
    draft = odd()

    assert draft.words((0, 0)) is None
    assert draft.words((1,)) is None  # CDATA
    assert draft.words((0, 0, 0)) == "bread"
    assert draft.words((3,)) == ""
    assert draft.attributes((0,))["hints"] == "a & b"


def test_a_document_without_layout_is_kept_without() -> None:
    draft = Draft(parse("<Response><Say>A</Say></Response>"))

    assert draft.with_child((), 1, "Hangup").text == "<Response><Say>A</Say><Hangup/></Response>"


def test_a_new_document_is_laid_out() -> None:
    draft = Draft(parse("<Response/>")).with_child((), 0, "Gather").with_child((0,), 0, "Say")

    assert draft.text == "<Response>\n  <Gather>\n    <Say></Say>\n  </Gather>\n</Response>"


def test_lines_end_as_the_document_has_them() -> None:
    draft = Draft(parse("<Response>\r\n  <Say>A</Say>\r\n</Response>\r\n"))

    assert "</Say>\r\n  <Hangup/>\r\n" in draft.with_child((), 1, "Hangup").text


def test_a_problem_is_laid_at_its_element_and_attribute() -> None:
    text = "<Response>\n  <Gather\n   timeout='-5'><Say/></Gather>\n</Response>"
    draft = Draft(parse(text, first_line=2))
    blamed = {problem.name: draft.locate(problem) for problem in draft.document.problems}

    assert ((0,), "timeout") in blamed.values()
    assert ((0, 0), None) in blamed.values()


MARKUP = st.lists(
    st.sampled_from(["$name", "${a.b}", "$$", "$5", "x ", "<Say>", "</Say>", "<![CDATA[$name]]>", "<Play a='$name'/>"]),
    max_size=8,
).map(lambda pieces: f"<Response>{''.join(pieces)}</Response>")  # fmt: skip


@given(MARKUP)
@settings(max_examples=50)
def test_a_literal_document_is_filled_with_nothing_and_means_the_same(text: str) -> None:
    try:
        document = parse(text)
    except NotXml:
        return
    filled = parse(fill(literal(text), {}))

    assert shape(filled.root) == shape(document.root)
