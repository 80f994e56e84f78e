"""Scripts of several phones in one text: a cell of %%phone, or a file of ``twilio-magic serve --phones``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import twilio_magic as tm
from twilio_magic.simulation import list_scripts


def texts(source: str) -> dict[str, str]:
    return {address: str(script) for address, script in list_scripts(source).items()}


def test_a_script_begins_beside_its_number_or_below_it() -> None:
    source = "# who is who\n\n+13105555555: ring 3; answer\n\nclient:alice:\n  busy\n+1415*: fax\n"

    assert texts(source) == {
        "+13105555555": "ring 3; answer",
        "client:alice": "busy",
        "+1415*": "fax",
    }


def test_the_ends_of_lines_may_be_those_of_windows() -> None:
    assert texts("+13105555555: answer\r\n  wait 2\r\n") == {"+13105555555": "answer\n  wait 2"}


def test_a_remark_may_stand_in_a_script() -> None:
    assert len(list_scripts("+13105555555: answer\n# then\nwait 2")["+13105555555"].steps) == 2


@pytest.mark.parametrize("source", ["", "\n \n", "# nobody"])
def test_a_text_without_phones_has_none(source: str) -> None:
    assert list_scripts(source) == {}


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("+13105555555: sing", 1, 15),
        ("+13105555555: answer; sing", 1, 23),
        ("\n# x\n+13105555555:   sing", 3, 17),
        ("+13105555555: answer\n+14155550100: busy\n  sing", 3, 3),
        ("+13105555555:\n\n   sing", 3, 4),
        ("+13105555555:\n  answer\n  wait 1; sing", 3, 11),
        ("sing\n+13105555555: busy", 1, 1),
        ("\n\n  sing", 3, 1),
        ("+13105555555: busy\nnobody: busy", 2, 1),
    ],
)
def test_an_error_names_the_line_and_the_column_in_the_whole_text(
    source: str, line: int, column: int
) -> None:
    with pytest.raises(tm.PhoneScriptError) as raised:
        list_scripts(source)

    assert (raised.value.line, raised.value.column) == (line, column)
    assert raised.value.place == f"line {line}, column {column}"


@given(
    st.lists(
        st.sampled_from(
            [
                "+13105555555:",
                " ",
                "\n",
                "sing",
                "answer",
                ";",
                '"',
                "client:a:",
                "#",
                "*:",
                "wait 1",
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_whatever_stands_there_is_read_or_told_where_it_is_wrong(source: str) -> None:
    line, column = place_of_error(source)

    assert 1 <= line <= max(1, len(source.splitlines()))
    assert column >= 1


def place_of_error(source: str) -> tuple[int, int]:
    """Where the error in *source* is; its beginning if there is none."""
    try:
        list_scripts(source)
    except tm.PhoneScriptError as error:
        return error.line, error.column
    return 1, 1
