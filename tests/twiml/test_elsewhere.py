"""What stands in the wrong place is told where it belongs."""

from __future__ import annotations

import pytest
from twilio.twiml import fax_response, messaging_response

from twilio_magic.errors import TwimlError
from twilio_magic.twiml import build, check, vocabulary

NOUNS = "<Application>, <Client>, <Conference>, <Number>, <Sip> or <WhatsApp>"


@pytest.mark.parametrize(
    ("inside", "hint"),
    [
        ('<Dial statusCallback="/s">+14155550100</Dial>', f"it belongs on {NOUNS}"),
        ('<Dial muted="true"><Conference>a</Conference></Dial>', "it belongs on <Conference>"),
        ('<Gather voice="man"><Say>Hi</Say></Gather><Hangup/>', "it belongs on <Say>"),
        ('<Dial><Number timeout="9">+14155550100</Number></Dial>', "it belongs on <Dial>"),
        ('<Gather><Say numDigits="1">Hi</Say></Gather><Hangup/>', "it belongs on <Gather>"),
        ('<Say vioce="man">Hi</Say>', "did you mean voice?"),
    ],
)
def test_an_attribute_of_a_neighbor_is_told_its_place(inside: str, hint: str) -> None:
    [problem] = check(f"<Response>{inside}</Response>")

    assert (problem.code, problem.name) == (12200, "unknown-attribute")
    assert problem.hint == hint


def test_every_attribute_of_a_noun_has_its_home_told_on_the_verb_around_it() -> None:
    """The rule is read from the table: it holds for each verb, and each attribute of what may stand inside it."""
    for verb in vocabulary().elements.values():
        for child in verb.children if verb.kind == "verb" else ():
            row = vocabulary().elements[child]
            if vocabulary().statuses[row.status].hidden or row.kind == "ssml":
                continue
            for name in row.attributes:
                spelled = {*verb.attributes, *verb.renamed, *verb.refused}
                if name not in spelled and name.casefold() not in map(str.casefold, spelled):
                    found = check(f'<Response><{verb.name} {name}="x"/></Response>')
                    hints = [each.hint or "" for each in found if each.attribute == name]
                    assert f"<{child}>" in hints[0], (verb.name, name, hints)


def test_the_builder_says_it_too() -> None:
    with pytest.raises(TwimlError) as caught:
        build.Dial("+14155550100", status_callback="/s")  # type: ignore[call-arg]  # is being refused

    assert caught.value.hint == f"it belongs on {NOUNS}"


@pytest.mark.parametrize(
    ("module", "product"), [(messaging_response, "Messaging"), (fax_response, "Fax")]
)
def test_the_elements_of_other_products_are_told_theirs(module: object, product: str) -> None:
    """Those of the official SDK that are no elements of Voice."""
    names = {name for name in vars(module) if name[0].isupper() and not name.endswith("Response")}
    for name in names - {"TwiML", *vocabulary().elements}:
        [problem] = check(f"<Response><{name}>Hi</{name}></Response>")

        assert problem.code == 12200
        assert f"belongs to a {product} document" in problem.message
