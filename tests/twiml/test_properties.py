"""What holds for every document, every text and every byte."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.twiml.documents import Node, documents
from twilio_magic.errors import NotXml
from twilio_magic.twiml import check, complete, explain, fill, names, parse, speech, vocabulary
from twilio_magic.twiml.language._values import to_value

PIECES = [
    *"<>/=\"'& !?-[]${}\n",
    "Response",
    "Say",
    "Gather",
    "voice",
    "CDATA",
    "é🍕",
    "<!--",
    "]]>",
]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
#: Types of which some text is no value.
PARTICULAR = {"boolean", "digits", "enum", "enum-list", "http-method", "integer", "sid", "url"}


def test_the_walk_is_tried_with_every_element_that_is_not_removed() -> None:
    known = vocabulary().elements.values()
    removed = {row.name for row in known if row.status == "removed"}

    assert removed == {"Assistant", "Autopilot"}


@given(documents())
@settings(max_examples=150)
def test_documents_made_from_the_vocabulary_are_accepted(root: Node) -> None:
    text = root.write()

    assert [str(problem) for problem in check(text) if problem.level != "advice"] == []


@given(documents())
@settings(max_examples=60)
def test_every_document_can_be_explained_and_spoken(root: Node) -> None:
    document = parse(root.write())

    assert all(line.strip() == line and line for line in explain(document))
    for verb in document.verbs:
        if verb.name == "Say":
            assert speech(verb).seconds > 0


def test_no_pair_of_elements_in_any_place_stops_the_checker_or_the_explanation() -> None:
    """Whatever stands inside whatever, wherever the document is run: a list of problems, and sentences."""
    table = vocabulary()
    for outer in table.elements:
        for inner in table.elements:
            text = f"<Response><{outer}>a<{inner}>b</{inner}></{outer}><{inner}/></Response>"
            document = parse(text)
            for context in (None, *(table.contexts if outer in table.verbs else ())):
                assert all(problem.line == 1 for problem in check(document, context=context))
            assert all(explain(document)), text


@given(documents(), st.data())
@settings(max_examples=150)
def test_one_mistake_in_a_good_document_is_reported_at_its_place(
    root: Node, data: st.DataObject
) -> None:
    nodes = [node for node in root.all() if node is not root]
    if not nodes:
        return
    node = data.draw(st.sampled_from(nodes))
    mistake = data.draw(st.sampled_from(["name", "attribute", "value"]))
    row = vocabulary().elements[node.name]
    particular = [n for n in node.attributes if row.attributes[n].type in PARTICULAR]
    attribute = ""
    if mistake == "name":
        node.name = node.name.swapcase()
    elif mistake == "value" and particular:
        attribute = data.draw(st.sampled_from(particular))
        node.attributes[attribute] = "no\tsuch value" * 20
    else:
        attribute = "colour"
        node.attributes[attribute] = "red"
    text = root.write()
    at = text.index(f" {attribute}=", node.start) + 1 if attribute else node.start
    lines = text[:at].replace("\r\n", "\n").split("\n")
    place = (len(lines), len(lines[-1]) + 1)

    assert place in {(p.line, p.column) for p in check(text) if p.level != "advice"}


@given(st.one_of(st.text(), st.binary(), MARKUP, MARKUP.map(lambda s: f"<Response>{s}</Response>")))
@settings(max_examples=300)
def test_any_text_and_any_bytes_give_a_document_or_not_xml(given_text: str | bytes) -> None:
    mistake = None
    try:
        document = parse(given_text)
    except NotXml as error:
        mistake = error

    problems = check(given_text)
    if mistake is None:
        assert explain(document)
    else:
        assert [(p.code, p.line, p.column) for p in problems] == [
            (mistake.code, mistake.line, mistake.column)
        ]


@given(MARKUP)
@settings(max_examples=150)
def test_filling_and_completing_take_any_text(text: str) -> None:
    completion = complete(text, names=["name"])
    known = dict.fromkeys(names(text), "x")

    assert text.endswith(completion.fragment)
    assert isinstance(fill(text, known), str)


@given(MARKUP.map(lambda s: f"<Response>{s}</Response>"))
@settings(max_examples=200)
def test_what_lxml_refuses_is_refused_and_what_it_reads_has_places(text: str) -> None:
    plain = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        etree.fromstring(text.encode(), plain)
    except etree.XMLSyntaxError:
        with pytest.raises(NotXml):
            parse(text)
    else:
        for element in parse(text).verbs:
            line = text.split("\n")[element.line - 1]
            assert line[element.column - 1 :].startswith(f"<{element.name}")


@given(st.one_of(st.text(), st.sampled_from(["-1", "1e9", "٣", "True", "auto", "2s", "", " "])))
@settings(max_examples=60)
def test_every_attribute_gives_a_value_of_its_type_whatever_is_written(raw: str) -> None:
    for known in vocabulary().attributes.values():
        value = to_value(known, raw)

        if known.type in {"boolean", "integer", "float", "decimal"}:
            words = (known.default, *known.also_accepts)
            assert value is None or isinstance(value, (bool, int, float)) or value in words
        elif known.type in {"enum-list", "integer-list"}:
            assert value is None or isinstance(value, tuple)
        else:
            assert value is None or isinstance(value, str)


#: What stands between tags, and looks like a tag in places.
BETWEEN = [
    "\n",
    " x ",
    "<!-- <Say> -->",
    "<![CDATA[ <Say/> ]]>",
    "<?pi <Say/> ?>",
    "é🍕",
    "&lt;Say>",
]
TAGS = ["<Say a='!-- -->'\n b='>'/>", '<Pause length="1"/>', "<Hangup></Hangup>"]


@given(st.lists(st.sampled_from([*BETWEEN, *TAGS])).map("".join))
def test_an_element_begins_where_its_tag_does_whatever_stands_between_tags(body: str) -> None:
    text = f"<Response>{body}</Response>"

    for element in parse(text).elements():
        start, _ = element.extent
        before = text[:start].split("\n")
        assert text.startswith(f"<{element.name}", start)
        assert (element.line, element.column) == (len(before), len(before[-1]) + 1)
