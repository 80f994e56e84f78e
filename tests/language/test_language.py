"""The language of phones and dialogs: its table, its errors, and what Tab offers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import twilio_magic as tm
from twilio_magic.scripts import (
    Step,
    complete_script,
    list_scripts,
    read_dialogs,
    script,
    statement_table,
)

from .reference import PAGE, lines_of_examples, page

EXAMPLES = list(lines_of_examples())
#: Pieces that texts are made of which are nearly dialogs.
PIECES = st.sampled_from(
    [
        *(example for _, example in EXAMPLES),
        *(form for row in statement_table().statements.values() for form in row.forms),
        *("\n", "\n  ", "\n    ", ";", ":", '"', "'", "/", "#", " ", "repeat 2\n   ", "one of\n  "),
        *("as ", "expect ", "expect no ", "given ", 'dialog "a"\n', "hear /a+/ or ", "within 5"),
    ]
)
TEXTS = st.one_of(
    st.text(), st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=30).map("".join)
)


def test_the_page_is_written_from_the_table() -> None:
    assert PAGE.read_text("utf-8") == page(), "run make reference"


@pytest.mark.parametrize(("section", "example"), EXAMPLES)
def test_every_example_of_the_table_is_read(section: str, example: str) -> None:
    if section in ("dialog", "header", "given", "expect"):
        before = (
            "" if section in ("header", "given") or example.startswith("dialog") else 'dialog "x"\n'
        )
        after = '\ndialog "x"' if section in ("header", "given") else ""
        assert len(read_dialogs(f"{before}{example}{after}")) == 1
    else:
        assert script(example).nodes


def error_in(read: Callable[[str], object], text: str) -> tm.PhoneScriptError | None:
    """What *read* raises for *text*; anything but an error of the language fails the test."""
    try:
        read(text)
    except tm.PhoneScriptError as error:
        return error
    return None


@given(TEXTS)
def test_any_text_is_a_dialog_or_an_error_with_its_place(text: str) -> None:
    error, lines = error_in(read_dialogs, text), text.split("\n")

    assert error is None or isinstance(error, tm.DialogError)
    if error is not None:
        assert 1 <= error.line <= len(lines)
        assert 1 <= error.column <= len(lines[error.line - 1]) + 1
        assert f"line {error.line}, column {error.column}" in str(error)


@given(TEXTS)
def test_any_text_is_a_script_or_an_error_with_its_place(text: str) -> None:
    for read in (script, list_scripts):
        error = error_in(read, text)

        assert error is None or 1 <= error.line <= len(text.splitlines()) + 1
        assert error is None or error.column >= 1


@pytest.mark.parametrize(
    ("text", "line", "column", "meant"),
    [
        ("ap: x", 1, 1, "app:"),
        ('dialog "x"\n  hera "x"', 2, 3, "hear"),
        ('dialog "x"\n  hear "x"; pres 1', 2, 13, "press"),
        ('dialog "x"\n\n  expct status busy', 3, 3, "expect"),
        ('dialog "x"\n expect stauts busy', 2, 9, "expect status"),
        ('dialog "x"\n given phon +13105555555: busy', 2, 8, "given phone"),
        ('dialgo "x"', 1, 1, "dialog"),
        ("+13105555555: hangup now", 1, 15, "hang up"),
    ],
)
def test_an_error_points_at_what_is_wrong_and_asks_what_was_meant(
    text: str, line: int, column: int, meant: str
) -> None:
    read = list_scripts if text.startswith("+") else read_dialogs
    with pytest.raises(tm.PhoneScriptError) as raised:
        read(text)

    assert (raised.value.line, raised.value.column) == (line, column)
    assert f"Did you mean {meant}?" in (raised.value.hint or "")


@pytest.mark.parametrize(
    "text",
    [
        'dialog "x"\ndialog "y"\ndialog "x"',
        'dialog "x" as +13105555555\nas +13105555555',
        'dialog "x" as +13105555555\nas +13105555555: again',
        'dialog "x" as +13105555555\nas +13105555556 again',
        'dialog "x" as +13105555555\nas +13105555555 again dials +12125551234',
        'dialog "x" as nobody',
        "dialog nameless",
        'dialog "x"\n hear /(/',
        'dialog "x"\n hear /a*/',
        'dialog "x"\n repeat 3\n hear "x"',
        'dialog "x"\n repeat 0: wait 1',
        'dialog "x"\n repeat 1000: repeat 1000: wait 1',
        'dialog "x"\n one of 3: wait 1',
        'dialog "x"\n wait 1\n repeat 2: busy',
        'dialog "x"\n expect errors',
        'dialog "x"\n expect no status busy',
        'dialog "x"\n expect duration 5 to 3',
        'dialog "x"\n expect error 1',
        "to: +12125551234\nto: +12125551235",
        "mount: ivr.example.com",
        "given date tomorrow",
        "given phone +13105555555: sing",
        "given fault /x once",
    ],
)
def test_what_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(tm.DialogError) as raised:
        read_dialogs(text)

    assert raised.value.hint


def test_a_party_that_stands_again_does_that_in_its_next_call() -> None:
    text = 'to: +13105555555\ndirection: outbound\ndialog "x"\n busy\nas Ann = +13105555556\n hang up\nas Ann again\nas'
    [read] = read_dialogs(f"{text} +13105555555 AGAIN:\n hang up")

    assert [(read.address_of(party), party.call_number) for party in read.parties] == [
        ("+13105555555", 1),
        ("+13105555556", 1),
        ("+13105555556", 2),
        ("+13105555555", 2),
    ]


def test_an_again_that_cannot_be_is_pointed_at() -> None:
    for behind, told, column in (
        ("+13105555555 again", "is no party of this dialog yet", 2),
        ("+14155550100 again dials +12125551234", "dials once", 18),
    ):
        with pytest.raises(tm.DialogError, match=told) as raised:
            read_dialogs(f'dialog "x"\n as {behind}')

        assert (raised.value.line, raised.value.column) == (2, column)


def test_a_block_repeats_what_stands_to_the_right_of_it() -> None:
    read = script('repeat 2\n  hear "a"\n  repeat 2: press 1; press 2\nhang up').choose("seed")

    assert [step.text or step.action for step in read.steps] == [
        *(["a", "1", "2", "1", "2"] * 2),
        "hang up",
    ]


def test_one_of_several_is_chosen_by_the_seed() -> None:
    read = script("one of\n  press 1\n    wait 1\n  press 2\nhang up")
    chosen = [
        tuple(step.text or step.action for step in read.choose(str(seed)).steps)
        for seed in range(9)
    ]

    assert set(chosen) == {("1", "wait", "hang up"), ("2", "hang up")}
    assert chosen == [
        tuple(step.text or step.action for step in read.choose(str(seed)).steps)
        for seed in range(9)
    ]


def test_what_separates_steps_may_stand_in_a_regular_expression() -> None:
    [heard, pressed] = script("hear /a;b|c\\/d/ or 'e;f'; press 1").nodes

    assert isinstance(heard, Step)
    assert [str(phrase) for phrase in heard.phrases] == ["/a;b|c\\/d/", "“e;f”"]
    assert isinstance(pressed, Step)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("answer; p", ["press"]),
        ("+13105555555: ha", ["hang up"]),
        ("repeat 2: sil", ["silence"]),
        ('say "h', []),
        ("expect st", []),
    ],
)
def test_tab_offers_the_steps_that_may_follow(before: str, words: list[str]) -> None:
    assert complete_script(before)[1] == words


@pytest.mark.parametrize(
    ("before", "typed", "words"),
    [
        ("as +13105555555 ", "", ["dials", "again"]),
        ("as Ann ag", "ag", ["again"]),
        ("as +13105555555 again", "again", []),
        ("silence 3 ", "", ["within"]),
        ("expect duration at mo", "mo", ["most"]),
        ("as ", "", []),
        ("nothing of the kind ", "", []),
    ],
)
def test_tab_offers_the_word_that_stands_next_in_a_statement(
    before: str, typed: str, words: list[str]
) -> None:
    assert complete_script(before, is_dialog=True) == (typed, words)


def test_tab_offers_more_in_a_dialog() -> None:
    assert complete_script("  expect st", is_dialog=True) == ("expect st", ["expect status"])
    assert complete_script("mou", is_dialog=True) == ("mou", ["mount:"])
