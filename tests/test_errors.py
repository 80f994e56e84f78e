"""Errors say what, where and what to do, in a small box."""

from __future__ import annotations

import pytest

import twilio_magic as tm


def test_an_error_shows_what_where_and_what_to_do() -> None:
    error = tm.TwilioMagicError(
        "The thing is wrong.",
        place="line 3, column 8",
        excerpt=["<Say>", "^"],
        hint="Write another thing.",
        code=12100,
    )

    assert error.box() == [
        "╭─ TwilioMagicError · 12100 · line 3, column 8",
        "│ The thing is wrong.",
        "│",
        "│ <Say>",
        "│ ^",
        "│",
        "│ → Write another thing.",
        "│",
        "│ https://www.twilio.com/docs/errors/12100",
        "╰─",
    ]
    assert str(error) == "12100: The thing is wrong. (line 3, column 8)"


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("nobody answers", "Nobody answers."),
        ("it's late", "It's late."),
        (
            "numdigits of <Gather> is written numDigits",
            "numdigits of <Gather> is written numDigits.",
        ),
        ("numDigits is 0", "numDigits is 0."),
        ("from_ is missing", "from_ is missing."),
        ("client:alice is in a call", "client:alice is in a call."),
    ],
)
def test_an_error_is_a_sentence_that_leaves_names_as_they_are_written(
    message: str, shown: str
) -> None:
    assert tm.TwilioMagicError(message).box()[1] == f"│ {shown}"


def test_an_error_without_a_code_leads_nowhere() -> None:
    """Twilio has no page about what only this package refuses."""
    assert tm.MagicLineError("No such option.").box() == [
        "╭─ MagicLineError",
        "│ No such option.",
        "╰─",
    ]


def test_an_error_of_the_api_leads_where_the_api_says() -> None:
    error = tm.ApiError("No.", status=400, code=21211, more_info="https://example.com/why")

    assert error.box()[-2] == "│ https://example.com/why"


def test_what_a_terminal_would_obey_is_shown_and_not_obeyed() -> None:
    error = tm.ApiError("\x1b[2J gone \u202e", status=400, more_info="https://x\n\x1b]0;title\x07")

    assert not {"\x1b", "\x07", "\u202e"} & set("".join(error.box()))


def test_a_notebook_shows_the_box_and_no_traceback() -> None:
    shown = tm.MagicLineError("No such option.")._render_traceback_()

    assert "MagicLineError" in shown[0]
    assert not any("Traceback" in line for line in shown)


def test_the_traceback_can_be_asked_for() -> None:
    tm.TwilioMagicError.tracebacks = True
    try:
        raise tm.MagicLineError("No such option.")
    except tm.MagicLineError as error:
        shown = error._render_traceback_()

    assert shown[0].startswith("Traceback")


def test_every_error_of_the_package_has_one_base() -> None:
    errors = [getattr(tm, name) for name in tm.__all__ if isinstance(getattr(tm, name), type)]
    raised = [error for error in errors if issubclass(error, Exception)]

    assert len(raised) > 10
    assert all(issubclass(error, tm.TwilioMagicError) for error in raised)
