"""Building in Python, and documents as the Python code that builds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from lxml import etree

from tests.twiml.documents import documents
from twilio_magic.errors import TwimlError
from twilio_magic.twiml import build, check, fill, parse, vocabulary

if TYPE_CHECKING:
    from tests.twiml.documents import Node

MENU = """\
<Response>
  <Say voice="Polly.Joanna">Hi &amp; welcome</Say>
  <Gather numDigits="1" input="dtmf speech" profanityFilter="false">
    <Say>Press <emphasis level="strong">1</emphasis> now</Say>
  </Gather>
  <Hangup/>
</Response>"""


def test_calls_are_chained_and_children_nested() -> None:
    response = (
        build.Response()
        .say("Hi & welcome", voice="Polly.Joanna")
        .gather(
            build.Say("Press ", build.Emphasis("1", level="strong"), " now"),
            num_digits=1,
            input=["dtmf", "speech"],
            profanity_filter=False,
        )
        .hangup()
    )

    assert str(response) == MENU
    assert response.document == parse(MENU)
    assert [problem.level for problem in response.problems] == []


def test_an_element_that_is_no_response_is_put_into_one() -> None:
    assert build.Say("Hi").document.verbs[0].text == "Hi"
    assert fill("<Response>$say</Response>", {"say": build.Say("Hi")}) == (
        "<Response><Say>Hi</Say></Response>"
    )


def wrong(name: str, *content: Any, **attributes: Any) -> Any:
    """Build something without the help of the types."""
    return getattr(build, name)(*content, **attributes)


@pytest.mark.parametrize(
    ("name", "content", "attributes", "code", "message"),
    [
        ("Say", [], {"voise": "man"}, 12200, "no attribute voise"),
        ("Gather", [], {"num_digits": "many"}, 13314, "whole number"),
        ("Dial", [build.Say("Hi")], {}, 13215, "may not stand inside"),
        ("Pause", ["text"], {}, None, "takes no text"),
        ("Say", ["\x00"], {}, None, "XML cannot carry"),
    ],
)
def test_mistakes_are_found_while_a_document_grows(
    name: str, content: list[Any], attributes: dict[str, Any], code: int | None, message: str
) -> None:
    with pytest.raises(TwimlError, match=message) as caught:
        wrong(name, *content, **attributes)

    assert caught.value.code == code


def test_unknown_names_say_what_was_meant() -> None:
    response = wrong("Response")
    with pytest.raises(AttributeError, match="did you mean say"):
        response.saay("Hi")
    with pytest.raises(AttributeError, match="Sing"):
        wrong("Sing")


def test_every_element_has_a_class_and_every_child_a_method() -> None:
    for row in vocabulary().elements.values():
        name = "".join(part[:1].upper() + part[1:] for part in row.name.split("-"))
        node = wrong(name)

        assert name in dir(build)
        assert node.row is row
        assert len(set(dir(node)) - set(dir(object))) >= len(row.children)


def canonical(text: object) -> bytes:
    """The XML without what only lays it out."""
    parser = etree.XMLParser(remove_comments=True, remove_pis=True)
    root = etree.fromstring(str(text).encode(), parser)
    for node in root.iter("*"):
        if node.tag not in SPOKEN:
            node.text = (node.text or "").strip() or None
            for child in node:
                child.tail = None
    return bytes(etree.tostring(root, method="c14n"))


SPOKEN = {row.name for row in vocabulary().elements.values() if row.text.type == "speech-text"}


def run(code: str, result: str) -> Any:
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - the code is what is being tested
    return names[result]


@given(documents())
@settings(max_examples=80)
def test_the_code_of_a_document_builds_it_again(root: Node) -> None:
    document = parse(root.write())

    assert canonical(run(document.to_python(), "document")) == canonical(document)


@given(documents())
@settings(max_examples=80)
def test_the_code_for_the_sdk_builds_it_again(root: Node) -> None:
    document = parse(root.write())

    assert canonical(run(document.to_python("sdk"), "response")) == canonical(document)


def test_the_code_reads_well() -> None:
    assert (
        parse(MENU).to_python()
        == """\
from twilio_magic.twiml import build

response = build.Response(
    build.Say("Hi & welcome", voice="Polly.Joanna"),
    build.Gather(
        build.Say("Press ", build.Emphasis("1", level="strong"), " now"),
        num_digits=1,
        input="dtmf speech",
        profanity_filter=False,
    ),
    build.Hangup(),
)

document = response.document
"""
    )
    assert (
        parse(MENU).to_python("sdk")
        == """\
from twilio.twiml.voice_response import VoiceResponse

response = VoiceResponse()
response.say("Hi & welcome", voice="Polly.Joanna")
gather = response.gather(num_digits=1, input="dtmf speech", profanity_filter=False)
say = gather.say("Press ")
say.emphasis("1", level="strong")
say.append(" now")
response.hangup()
"""
    )


def test_what_is_not_twiml_becomes_code_for_the_sdk_only() -> None:
    document = parse('<Response><Foo my_x="1">a</Foo></Response>')

    with pytest.raises(TwimlError, match="Foo"):
        document.to_python()
    assert canonical(run(document.to_python("sdk"), "response")) == canonical(document)
    assert check(document)[0].code == 12200
