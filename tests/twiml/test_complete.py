"""What may stand at the cursor, and what there is to know about it."""

from __future__ import annotations

import pytest

from twilio_magic.twiml import complete, describe, pointed_at


def words(before: str, *names: str) -> list[str]:
    return [choice.text for choice in complete(before, names=names).words]


@pytest.mark.parametrize(
    ("before", "fragment", "expected"),
    [
        ("", "", ["<Response"]),
        ("<Re", "Re", ["Response"]),
        ("<Response><ga", "ga", ["Gather"]),
        ("<Response>\n  <Gather><", "", ["Say", "Play", "Pause"]),
        ("<Response><Gather><Say>x</Say></", "", ["Gather>"]),
        ("<Response><Gather></Ga", "Ga", ["Gather>"]),
        ('<Response><Gather numDigits="1" ti', "ti", ['timeout="']),
        ('<Response><Redirect method="', "", ["GET", "POST"]),
        ('<Response><Redirect method = "p', "p", ["POST"]),
        ('<Response><Gather input="dtmf ', "", ["speech"]),
        ('<Response><Gather input="dtmf sp', "sp", ["speech"]),
        ("<Response><Record playBeep='f", "f", ["false"]),
        ("<Response><Say>a & b < c</Say><Hang", "Hang", ["Hangup"]),
        ("<Response><!-- <Gather> --><Hang", "Hang", ["Hangup"]),
        ("<Response><Say>hello", "", []),
        ("<Response><Foo ", "", []),
        ("<Response><Say colour='", "", []),
        ("<!-- <", "", []),
    ],
)
def test_what_fits_is_offered_and_nothing_else(
    before: str, fragment: str, expected: list[str]
) -> None:
    assert complete(before).fragment == fragment
    assert words(before) == expected


def test_between_tags_the_closing_tag_comes_first() -> None:
    assert words("<Response>\n")[:3] == ["</Response>", "<Say", "<Gather"]
    assert complete("<Response>\n").words[0].kind == "closing"


def test_used_attributes_are_not_offered_again_and_needed_ones_come_first() -> None:
    offered = words('<Response><Connect><ConversationRelay language="en-US" ')

    assert 'language="' not in offered
    assert offered[0] == 'url="'


def test_voices_are_those_that_begin_so_and_those_of_the_language_first() -> None:
    assert words('<Response><Say voice="polly.joan') == [
        "Polly.Joanna",
        "Polly.Joanna-Neural",
        "Polly.Joanna-Generative",
    ]
    german = words('<Response><Say language="de-DE" voice="Google.')
    assert german[0].startswith("Google.de-DE-")


def test_names_of_the_notebook_are_offered_for_a_dollar_sign() -> None:
    assert words("<Response><Say>Hi $na", "name", "nation", "other") == ["$name", "$nation"]
    assert words('<Response><Say voice="${v', "voice") == ["${voice}"]


def test_an_element_and_an_attribute_can_be_described() -> None:
    gather, timeout = describe("Gather"), describe("Gather", "timeout")

    assert gather.startswith("<Gather>, verb\nCollects key presses")
    assert "Holds: <Pause>, <Play>, <Say>" in gather
    assert "13320 (warning)" in gather
    assert "Takes: a whole number of seconds, 1 or more\nDefault: 5" in timeout
    assert "13313 (warning)" in timeout
    with pytest.raises(KeyError):
        describe("Gather", "colour")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<Response><Ga|ther/></Response>", ("Gather", None)),
        ('<Response><Gather time|out="5"/></Response>', ("Gather", "timeout")),
        ('<Response><Gather timeout="5|"/></Response>', ("Gather", "timeout")),
        ("<Response><Say>hello| there</Say></Response>", None),
        ("<Response><Say>hi</Sa|y></Response>", ("Say", None)),
        ('<Response><Say voice="Polly|', ("Say", "voice")),
    ],
)
def test_a_place_in_the_text_points_at_an_element_or_an_attribute(
    text: str, expected: tuple[str, str | None] | None
) -> None:
    assert pointed_at(text.replace("|", ""), text.index("|")) == expected
