"""Errors say what, where and what to do, in a small box."""

from __future__ import annotations

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
        "╰─",
    ]
    assert str(error) == "12100: The thing is wrong. (line 3, column 8)"


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
