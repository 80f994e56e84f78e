"""Documents meant to do harm: refused, or read in time that grows no faster than the text."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_magic.errors import NotXml, Unfilled
from twilio_magic.twiml import check, complete, explain, fill, parse

SECRET = "the content of a file"


def billion_laughs() -> str:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    return f'<!DOCTYPE r [<!ENTITY e0 "ha">{entities}]><Response><Say>&e9;</Say></Response>'


def quadratic_blowup() -> str:
    return f'<!DOCTYPE r [<!ENTITY a "{"a" * 9000}">]><Response>{"&a;" * 9000}</Response>'


@pytest.mark.parametrize("text", [billion_laughs(), quadratic_blowup()])
def test_entities_of_its_own_make_a_document_refused_at_once(text: str) -> None:
    begin = time.process_time()
    with pytest.raises(NotXml, match="DOCTYPE"):
        parse(text)

    assert time.process_time() - begin < 0.5


@pytest.mark.parametrize("where", ["file://{}", "{}", "http://127.0.0.1:9/x"])
def test_external_entities_are_never_fetched(tmp_path: Path, where: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    address = where.format(secret)
    text = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{address}">]><Response><Say>&x;</Say></Response>'
    with pytest.raises(NotXml) as caught:
        parse(text)

    assert SECRET not in str(caught.value)
    assert SECRET not in str(check(text))


def test_an_external_dtd_is_refused_without_being_read() -> None:
    with pytest.raises(NotXml, match="DOCTYPE"):
        parse('<!DOCTYPE Response SYSTEM "http://127.0.0.1:9/x.dtd"><Response/>')


def test_a_doctype_in_a_comment_or_in_cdata_does_no_harm() -> None:
    text = "<Response><!-- <!DOCTYPE x> --><Say><![CDATA[<!DOCTYPE x>]]></Say></Response>"

    assert parse(text).verbs[0].text == "<!DOCTYPE x>"


@pytest.mark.parametrize("element", ["Gather", "Say", "Dial", "prosody"])
@pytest.mark.parametrize("depth", [100, 240, 300, 3000])
def test_deep_nesting_is_refused_and_not_a_crash(element: str, depth: int) -> None:
    text = f"<Response>\n{f'<{element}>' * depth}{f'</{element}>' * depth}</Response>"
    with pytest.raises(NotXml) as caught:
        parse(text)

    assert (caught.value.line, caught.value.column) == (2, 99 * (len(element) + 2) + 1)
    assert [problem.code for problem in check(text)] == [12100]


def test_what_may_be_parsed_is_not_too_deep_for_anything_else() -> None:
    """Even where the stack is half full already, as inside a notebook that runs a call in a web application."""

    def deeper(levels: int) -> None:
        if levels:
            deeper(levels - 1)
            return
        for element in ("Gather", "Say", "Dial", "Unknown", "prosody"):
            text = f"<Response>{f'<{element}>' * 98}a{f'</{element}>' * 98}</Response>"
            document = parse(f"<Response><Say>{text[10:-11]}</Say></Response>")
            check(document)
            assert explain(document)
            assert document.to_python("sdk")
            assert document._bundle()
            assert document.root.markup

    deeper(450)


#: Blanks that are none in XML, and what else a name may have or not.
STRANGE = "\u1680\u2003\u3000\u00a0\u0085\u2028\x1f\x0b\u200b\ufeff\ud800ªİſ：é"


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize(
    "text",
    [
        "<Response><Sa{}y/></Response>",
        "<Response><Say{}/></Response>",
        "<Response><Say vo{}ice='x'>a</Say></Response>",
        "<Response><Say{}voice='x'>a</Say></Response>",
        "<Response><Say voice{}='x'>a</Say></Response>",
        "<Response><Say voice={}'x'>a</Say></Response>",
        "<Response><Say>a</Say{}></Response>",
        "<Response>{}<Say>{}</Say></Response>",
        "<Respo{}nse/>",
        "<Response><Pause length='{}5'/><Redirect>{}http://[</Redirect></Response>",
    ],
)
def test_a_strange_character_is_told_wherever_it_stands(text: str, strange: str) -> None:
    text = text.replace("{}", strange)
    for problem in check(text):
        assert (problem.line, problem.column) >= (1, 1)
    for use in (parse, explain):
        with suppress(NotXml):  # and nothing else
            use(text)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["<Response>", "</Response>", "<Say", "</Say>", "<Gather>", "<Pause/>"]
            ),
            st.sampled_from(
                [" voice='x'", ">", "/>", "&amp;", "&#xD800;", "<![CDATA[", "]]>", "<!--"]
            ),
            st.sampled_from(list(STRANGE)),
            st.text(max_size=4),
        ),
        max_size=12,
    ).map("".join)
)
def test_any_text_is_checked_and_what_can_be_read_can_be_shown(text: str) -> None:
    check(text)
    check(text.encode(errors="surrogatepass"))
    complete(text)
    with suppress(Unfilled):
        fill(text, {})
    try:
        document = parse(text)
    except NotXml:
        return
    assert document._bundle()
    assert explain(document)
    assert document.to_python("sdk")


def grow(shape: str, size: int) -> str:
    """About *size* characters of something unpleasant."""
    shapes = {
        "one huge attribute": lambda: f'<Response><Say voice="{"x" * size}">a</Say></Response>',
        "many attributes": lambda: (
            "<Response " + " ".join(f'a{i}="1"' for i in range(size // 9)) + "/>"
        ),
        "open comments": lambda: "<Response>" + "<!-- " * (size // 5),
        "open quotes": lambda: "<Response>" + '<a b="' * (size // 6),
        "open tags": lambda: "<a " * (size // 3),
        "ampersands": lambda: "<Response>" + "&" * size + "</Response>",
        "many unknown elements": lambda: f"<Response>{'<Foo/>' * (size // 6)}</Response>",
        "many mistakes": lambda: (
            "<Response>" + '<Pause length="x"/>' * (size // 20) + "</Response>"
        ),
        "digits": lambda: f"<Response><Say>{'1' * size}</Say></Response>",
        "blanks": lambda: f"<Response><Say>{' ' * size}</Say></Response>",
        "press": lambda: (
            "<Response><Gather><Say>" + "press " * (size // 6) + "</Say></Gather></Response>"
        ),
        "closing brackets": lambda: f"<Response><Redirect>{'{' * size}</Redirect></Response>",
        "a long URL": lambda: f"<Response><Redirect>a.{'b.' * (size // 2)}</Redirect></Response>",
        "a long SIP URI": lambda: (
            f"<Response><Dial><Sip>sip:a@b{';x' * (size // 2)}</Sip></Dial></Response>"
        ),
        "dollars": lambda: "<Response><Say>" + "${a" * (size // 3) + "</Say></Response>",
    }
    return shapes[shape]()


SHAPES = [
    "one huge attribute",
    "many attributes",
    "open comments",
    "open quotes",
    "open tags",
    "ampersands",
    "many unknown elements",
    "many mistakes",
    "digits",
    "blanks",
    "press",
    "closing brackets",
    "a long URL",
    "a long SIP URI",
    "dollars",
]


def seconds_for(text: str) -> float:
    begin = time.process_time()  # what else the machine does is not counted
    check(text)
    fill(text, {})
    complete(text)
    return time.process_time() - begin


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_no_faster_than_the_text(shape: str) -> None:
    seconds_for(grow(shape, 1000))
    small = min(seconds_for(grow(shape, 7_000)) for _ in range(3))
    large = min(seconds_for(grow(shape, 56_000)) for _ in range(3))

    # eight times the text; quadratic would be sixty-four times the time
    assert large < 32 * small + 0.05
