"""One of something is told in the singular, wherever a number stands before a noun."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import twilio_magic as tm
from tests.architecture import PACKAGE
from twilio_magic.cli import main
from twilio_magic.display import count_of


@pytest.mark.parametrize(
    ("number", "told"), [(0, "0 calls"), (1, "1 call"), (2, "2 calls"), (12_345, "12,345 calls")]
)
def test_a_number_and_its_noun(number: int, told: str) -> None:
    assert count_of(number, "call") == told


def test_another_plural() -> None:
    assert count_of(2, "branch", "branches") == "2 branches"


def test_a_map_of_one_place() -> None:
    told = repr(tm.explore("<Response><Say>Hello.</Say></Response>"))

    assert "1 place, 0 ways, 0 problems; 1 call, every way tried" in told


def test_the_coverage_of_one_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("hello.xml").write_text("<Response><Say>Hello.</Say></Response>")
    Path("hello.dialog").write_text('app: hello.xml\ndialog "hello"\n  hear "hello"\n')

    assert main(["test", "hello.dialog", "--coverage"]) == 0
    told = capsys.readouterr().out
    assert "1 dialog, 0 failed" in told
    assert "(1 of 1 document, 1 of 1 place, 0 of 0 ways; 1 call)" in told


def test_one_function_makes_plurals() -> None:
    own = re.compile(
        r"""(['"])\1 if [^\n]*== 1 else (['"])e?s\2|(['"])e?s\3 if [^\n]* else (['"])\4"""
    )
    found = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if own.search(path.read_text("utf-8"))
    ]

    assert found == [], "display.count_of does it"
