"""Parsing: what a document is, where its elements are, what cannot be read."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twilio_magic.errors import NotXml
from twilio_magic.twiml import check, parse

MENU = """\
<?xml version="1.0" encoding="UTF-8"?>
<Response>
\t<!-- <Pause/> -->
  <Gather numDigits="1"
          timeout="8"><Say>Press 1 for 🍕 &amp; <![CDATA[<2>]]> <break/></Say></Gather>
  <Hangup/>
</Response>
"""


def test_a_document_keeps_its_text_and_knows_its_verbs() -> None:
    document = parse(MENU, name="menu")

    assert str(document) == MENU
    assert [verb.name for verb in document.verbs] == ["Gather", "Hangup"]
    assert repr(document) == "<Document menu: Gather, Hangup>"


def test_documents_with_the_same_text_are_equal_and_survive_pickling() -> None:
    document = parse(MENU, name="menu", first_line=2)
    again = pickle.loads(pickle.dumps(document))  # noqa: S301 - our own bytes

    assert again == document == parse(MENU)
    assert hash(again) == hash(document)
    assert (again.name, again.first_line, again.root.line) == ("menu", 2, 3)
    assert document != parse("<Response/>")


def test_lines_and_columns_count_the_users_characters() -> None:
    gather, hangup = parse(MENU).verbs
    (say,) = gather
    (pause,) = say

    assert (gather.line, gather.column) == (4, 3)
    assert (say.line, say.column) == (5, 23)
    assert (pause.name, pause.line, pause.column) == ("break", 5, 64)
    assert (hangup.line, hangup.column) == (6, 3)


def test_the_first_line_of_a_cell_body_may_have_another_number() -> None:
    document = parse("<Response>\n<Sya/></Response>", first_line=2)

    assert document.verbs[0].line == 3
    assert [problem.line for problem in document.problems] == [3]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts_as_one(end: str) -> None:
    document = parse(f"<Response>{end}{end}  <Hangup/></Response>")

    assert (document.verbs[0].line, document.verbs[0].column) == (3, 3)


def test_text_is_an_elements_own_with_blanks_collapsed() -> None:
    say = parse("<Response><Say>\n one <emphasis>two</emphasis>\n three </Say></Response>").verbs[0]

    assert say.text == "one three"
    assert say.markup == "<Say>\n one <emphasis>two</emphasis>\n three </Say>"


def test_attributes_have_the_vocabularys_types_and_defaults() -> None:
    gather = parse(
        '<Response><Gather input="dtmf speech" numDigits="4" timeout="soon" profanityFilter="false"'
        ' finishOnKey="" x="1"/></Response>'
    ).verbs[0]

    assert gather["input"] == ("dtmf", "speech")
    assert gather["numDigits"] == 4
    assert gather["timeout"] == 5, "a bad number is replaced by the default"
    assert gather["profanityFilter"] is False
    assert gather["finishOnKey"] == ""
    assert gather["method"] == "POST"
    assert gather["action"] is None
    assert gather["x"] == "1"
    assert gather.get("action", "/menu") == "/menu"
    assert gather.get("no such thing") is None
    assert dict(gather.attributes)["timeout"] == "soon"
    with pytest.raises(KeyError, match="nonsense"):
        gather["nonsense"]


def test_any_root_is_a_document() -> None:
    assert parse("<Answer/>").root.name == "Answer"
    assert [problem.code for problem in check("<Answer/>")] == [12102]


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("", (1, 1), "empty"),
        ("hello", (1, 1), "outside the root"),
        ("<Response>\n<Say>Tom & Jerry</Say></Response>", (2, 10), "bare &"),
        ("<Response>\n<Say>hello</Response>", (2, 11), "<Say> must be closed first"),
        ("<Response><Say>hello</Say>", (1, 1), "never closed"),
        ("<Response><Say voice=man>hi</Say></Response>", (1, 22), "not in quotes"),
        ("<Response><Say loop>hi</Say></Response>", (1, 16), "has no value"),
        ('<Response><Say loop="1" loop="2">hi</Say></Response>', (1, 25), "twice"),
        ("<Response/><Response/>", (1, 12), "second root"),
        ("<Response>&nbsp;</Response>", (1, 11), "&nbsp;"),
        ("<Response>a < b</Response>", (1, 13), "begins no tag"),
        ("<Response>\x00</Response>", (1, 11), "U+0000"),
        ("<Response>\ud83c</Response>", (1, 11), "half a character"),
        ('\n<?xml version="1.0"?><Response/>', (1, 1), "before the XML declaration"),
        (
            '<?xml version="1.0"?>\n<?xml version="1.0"?><Response/>',
            (2, 1),
            "second XML declaration",
        ),
        ('<Response/>\n<?xml version="1.0"?><Response/>', (2, 1), "stands inside the document"),
        (
            '<Response>\n<?xml version="1.0"?><Say>hi</Say></Response>',
            (2, 1),
            "an XML declaration stands inside the document",
        ),
        ("<Response><!-- a</Response>", (1, 11), "never closed"),
        ("<!DOCTYPE html><html/>", (1, 1), "DOCTYPE"),
        ("<twilio:Response/>", (1, 1), "prefix"),
    ],
)
def test_what_is_not_xml_says_why_and_where(text: str, place: tuple[int, int], reason: str) -> None:
    with pytest.raises(NotXml) as caught:
        parse(text)

    assert reason in caught.value.message
    assert (caught.value.line, caught.value.column) == place
    assert caught.value.code == 12100
    (problem,) = check(text)
    assert (problem.code, problem.level, problem.line) == (12100, "error", place[0])


@pytest.mark.parametrize(
    ("text", "place", "reasons"),
    [
        (
            "<Response>\n  <Say>hello\n",
            (2, 3),
            ["<Say> is never closed", "ends on line 2, column 13"],
        ),
        (
            "<Response>\n<Say>hello</Say>\n<Gat",
            (3, 5),
            ["<Gat has no >", "ends on line 3, column 5, inside <Response> of line 1"],
        ),
        (
            '<Response>\n<Gather>\n<Say voice="man>hello</Say>\n</Gather></Response>',
            (3, 12),
            ["voice has no closing", "ends on line 4, column 21, inside <Gather> of line 2"],
        ),
        (
            "<Response>\n<Say>hello</Sa",
            (2, 11),
            ["</Sa has no >", "ends on line 2, column 15, inside <Say> of line 2"],
        ),
        (
            "<Response>\n<!-- <Say>hello</Say></Response>\n\n",
            (2, 1),
            ["comment", "ends on line 2, column 33, inside <Response> of line 1"],
        ),
        ("<Response><", (1, 11), ["begins no tag", "ends on line 1, column 12, inside <Response>"]),
        ("<Resp", (1, 6), ["<Resp has no >", "ends on line 1, column 6"]),
    ],
)
def test_a_document_that_ends_too_early_says_where_and_what_is_open(
    text: str, place: tuple[int, int], reasons: list[str]
) -> None:
    [problem] = check(text)

    assert (problem.line, problem.column) == place
    assert all(reason in problem.message for reason in reasons), problem.message


def test_lines_are_counted_as_the_user_sees_them() -> None:
    with pytest.raises(NotXml, match="ends on line 12, column 5, inside <Response> of line 11"):
        parse("<Response>\n<Gat", first_line=11)


@given(st.integers(min_value=1, max_value=200))
@settings(max_examples=60)
def test_wherever_a_document_is_cut_its_end_is_told(at: int) -> None:
    text = (
        '<Response>\n<Gather action="/a">\n<Say>Hi &amp; <break/>you</Say>\n</Gather>\n<!-- x -->\n'
    )
    cut = (text + "<Hangup/></Response>")[:at]
    if cut.rstrip().endswith("</Response>"):
        return
    [problem] = check(cut)
    line, column = cut.rstrip().count("\n") + 1, len(cut.rstrip().rpartition("\n")[2]) + 1

    assert problem.code == 12100
    assert f"the document ends on line {line}, column {column}" in problem.message


def test_the_place_of_a_mistake_is_shown() -> None:
    with pytest.raises(NotXml) as caught:
        parse("<Response>\n  <Say>\n  Tom & Jerry</Say></Response>", first_line=2)

    assert caught.value.excerpt == ["   4 │   Tom & Jerry</Say></Response>", "     │       ^"]


@pytest.mark.parametrize(
    "encoding", ["iso-8859-12", "iso-8859-99", "windows-1259", "rot13", "idna"]
)
def test_an_encoding_that_cannot_be_read_is_said(encoding: str) -> None:
    text = f"<?xml version='1.0' encoding='{encoding}'?><Response/>".encode()

    with pytest.raises(NotXml, match=encoding):
        parse(text)
    assert [problem.code for problem in check(text)] == [12100]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_bytes_are_read_in_their_encoding(encoding: str) -> None:
    declared = encoding.replace("-sig", "")
    text = f'<?xml version="1.0" encoding="{declared}"?><Response><Say>Grüße</Say></Response>'

    assert parse(text.encode(encoding)).verbs[0].text == "Grüße"


def test_bytes_that_are_no_text_are_refused_at_their_place() -> None:
    with pytest.raises(NotXml) as caught:
        parse(b"<Response>\n<Say>\xff</Say></Response>")

    assert (caught.value.line, caught.value.column) == (2, 6)


def test_more_than_64_kib_is_not_read() -> None:
    text = "<Response><Say>" + "a" * 65_536 + "</Say></Response>"
    with pytest.raises(NotXml) as caught:
        parse(text)

    assert caught.value.code == 11750
    assert [problem.code for problem in check(text)] == [11750]
