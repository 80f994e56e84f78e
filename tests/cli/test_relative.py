"""A relative URL: what reads a document without its server says in the same words who has to answer it."""

from __future__ import annotations

from pathlib import Path

import pytest

from twilio_magic.cli import main
from twilio_magic.twiml import check, note_relative, parse
from twilio_magic.views.preview import bundle

TEXT = '<Response>\n  <Gather numDigits="1" action="/sales"/>\n</Response>'
NEXT = "what serves this document has to answer there, so mount both at one address; or write the whole URL"
SAID = f'action="/sales" of <Gather> is relative: {NEXT}'


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "menu.xml"
    path.write_text(TEXT, "utf-8")
    return str(path)


def test_check_simulate_and_the_preview_of_a_cell_say_the_same(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--ignore", "gather-without-fallback", document]) == 0
    checked = capsys.readouterr().out
    assert main(["simulate", document, "--phone", "answer; press 1"]) == 1
    simulated = capsys.readouterr().out
    shown = bundle(parse(TEXT, first_line=2))

    assert checked == f"1 document checked: nothing wrong.\n{document}:2:3 note: {SAID}\n"
    assert simulated.endswith(f"{document}:2:3 note: {SAID}\n")
    assert "11200" in simulated
    assert "has no server that could answer" in simulated
    assert f"Line 3: {SAID}." in shown["text/plain"]
    assert f"{NEXT}." in shown["text/html"]


def test_it_is_no_problem_of_a_document(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Reports for machines hold problems only, and inline it is one (15004)."""
    assert [problem.name for problem in check(TEXT)] == ["gather-without-fallback"]
    assert main(["check", "--format", "json", document]) == 0
    assert "relative" not in capsys.readouterr().out
    assert main(["check", "--inline", document]) == 1
    assert "15004" in (told := capsys.readouterr().out)
    assert "note:" not in told
    assert note_relative(parse(TEXT).with_problems(inline=True)) is None


def test_the_advice_on_one_given_inline_says_how_to_mount_the_document() -> None:
    for text in (TEXT, "<Response><Redirect>/next</Redirect></Response>"):
        [hint] = [each.hint for each in check(text, inline=True) if each.name == "relative-url"]
        assert "write the whole URL" in str(hint)
        assert "%mount https://ivr.example.com/menu NAME" in str(hint)


def test_of_many_documents_the_first_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.xml").write_text("<Response><Redirect>/next</Redirect></Response>")
    main(["check", str(tmp_path)])
    told = capsys.readouterr().out.splitlines()

    assert told[0] == "3 documents checked: nothing wrong."
    assert told[1].startswith(f"{tmp_path / 'a.xml'}:1:11 note: /next of <Redirect> is relative")
    assert told[2] == "… so have 2 more of these documents relative URLs."


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ('<Play>a.mp3</Play><Redirect method="GET">?x=1</Redirect>', "with 1 other URL"),
        (
            '<Dial action="/a"><Conference waitUrl="/w" statusCallback="/s">a</Conference></Dial>',
            "2 other",
        ),
        ('<Redirect>https://example.com/</Redirect><Gather action="{{To}}"/>', None),
        ('<Redirect>www.example.com</Redirect><Redirect/><Enqueue waitUrl="">a</Enqueue>', None),
    ],
)
def test_whole_urls_need_no_server(inside: str, told: str | None) -> None:
    note = note_relative(f"<Response>{inside}</Response>")

    assert (note is None) is (told is None)
    assert told is None or told in str(note)
