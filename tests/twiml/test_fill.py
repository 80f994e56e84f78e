"""Filling: values become words, documents become markup, and nothing else becomes markup."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from twilio.twiml.voice_response import VoiceResponse

from twilio_magic.errors import Unfilled
from twilio_magic.twiml import fill, names, parse


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("<Say>Hi $name</Say>", "<Say>Hi Tom &amp; Ann</Say>"),
        ("<Say>${user.first}, ${user.tags[1]}, ${by['key']}</Say>", "<Say>Ada, b, v</Say>"),
        ('<Say voice="$quoted"/>', '<Say voice="&quot;&apos;&lt;"/>'),
        ("<Dial hangupOnStar='$yes' timeout='$n'/>", "<Dial hangupOnStar='true' timeout='7'/>"),
        ('<Number statusCallbackEvent="$events"/>', '<Number statusCallbackEvent="a b"/>'),
        ("<Say>It costs $5.00 or $$, {{From}}, $ 1</Say>",) * 2,
        ("<Response><!-- $nobody --></Response>",) * 2,
        ("<Say><![CDATA[$name $cdata]]></Say>", "<Say><![CDATA[Tom & Ann ]]]]><![CDATA[>]]></Say>"),
        ("<Say>$name", "<Say>Tom &amp; Ann"),
    ],
)
def test_names_are_filled_for_the_place_where_they_stand(text: str, filled: str) -> None:
    namespace = {
        "name": "Tom & Ann",
        "user": SimpleNamespace(first="Ada", tags=["a", "b"]),
        "by": {"key": "v"},
        "quoted": "\"'<",
        "yes": True,
        "n": 7,
        "events": ["a", "b"],
        "cdata": "]]>",
    }

    assert fill(text, namespace) == filled


def test_documents_and_sdk_responses_are_inserted_as_markup() -> None:
    sdk = VoiceResponse()
    sdk.say("One & two", voice="man")
    namespace = {"menu": parse("<Response><Pause/></Response>"), "sdk": sdk}

    assert fill("<Response>$menu$sdk<Hangup/></Response>", namespace) == (
        '<Response><Pause/><Say voice="man">One &amp; two</Say><Hangup/></Response>'
    )
    assert fill("$menu", namespace) == "<Response><Pause/></Response>"


@pytest.mark.parametrize(
    ("text", "namespace", "message", "hint"),
    [
        ("<Say>\n $nmae</Say>", {"name": 1}, "$nmae has no value", "did you mean $name?"),
        ("<Say>\n ${a.frist}</Say>", {"a": SimpleNamespace(first=1)}, ".frist", "first"),
        ("<Say>\n ${a[3]}</Say>", {"a": [1]}, "a list has no [3]", None),
        ("<Say>\n $a</Say>", {"a": None}, "$a is None", "value"),
        ("<Say>\n $a</Say>", {"a": "\x07"}, "U+0007", None),
        ('<Say\n b="$a"/>', {"a": parse("<Response/>")}, "an attribute", "between"),
    ],
)
def test_what_cannot_be_filled_says_what_and_where(
    text: str, namespace: dict[str, object], message: str, hint: str | None
) -> None:
    with pytest.raises(Unfilled) as caught:
        fill(text, namespace, first_line=2)

    assert message in caught.value.message
    assert caught.value.place is not None
    assert caught.value.place.startswith("line 3, column ")
    assert hint is None or hint in (caught.value.hint or "")


def test_the_names_of_a_template_can_be_listed() -> None:
    assert names('<Say voice="$voice">$name ${user.x} $name $5</Say>') == ["voice", "name", "user"]


XML_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r"))


@given(XML_TEXT.filter(lambda s: not set(s) & {"\ufffe", "\uffff"}))
def test_no_value_changes_the_structure_of_a_document(value: str) -> None:
    template = "<Response><Say voice=\"$v\" x='$v'>a $v b<![CDATA[$v]]></Say><!-- $v --></Response>"

    say = etree.fromstring(fill(template, {"v": value}).encode())[0]

    assert len(say) == 0
    assert dict(say.items()) == {"voice": value, "x": value}
    assert say.text == f"a {value} b{value}".replace(f"b{value}", "b" + value.replace("\r", "\n"))
