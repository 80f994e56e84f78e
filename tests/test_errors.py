"""Errors say what, where and what to do, in a small box."""

from __future__ import annotations

import copy
import pickle
import traceback
from collections.abc import Callable
from typing import Any

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


#: What the errors need that take more than a message.
NEEDED: dict[type, dict[str, Any]] = {
    tm.NotXml: {"line": 3, "column": 8, "excerpt": ["<Say>", "^"]},
    tm.ApiError: {"status": 400, "code": 21211, "more_info": "https://example.com/why"},
    tm.TooManyRequests: {"status": 429},
    tm.TwilioFailed: {"status": 503},
    tm.RequestError: {"parameter": "To", "code": 21211},
    tm.NoAnswerFromApi: {"may_have_happened": True},
    tm.NotTheApi: {"may_have_happened": True},
}


def _tree(root: type[tm.TwilioMagicError]) -> list[type[tm.TwilioMagicError]]:
    ours = [kind for kind in root.__subclasses__() if kind.__module__.startswith("twilio_magic")]
    return [root, *(each for kind in ours for each in _tree(kind))]


def _made(kind: type[tm.TwilioMagicError]) -> tm.TwilioMagicError:
    if kind is tm.Rejected:
        return kind(tm.parse("<Response><Sya>Hi</Sya></Response>").problems)
    return kind("No.", hint="Do.", **NEEDED.get(kind, {}))


@pytest.mark.parametrize("kind", _tree(tm.TwilioMagicError), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(
    "sent",
    [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))],  # noqa: S301
    ids=["copied", "copied deeply", "pickled"],
)
def test_an_error_goes_to_another_process_with_all_that_it_carries(
    kind: type[tm.TwilioMagicError], sent: Callable[[Any], Any]
) -> None:
    """As it does with multiprocessing and pytest-xdist."""
    error = _made(kind)
    error.add_note("Seen in the fifth call.")

    got = sent(error)

    assert type(got) is kind
    assert vars(got) == vars(error)
    assert (got.args, str(got), got.box()) == (error.args, str(error), error.box())


def test_what_to_do_is_shown_below_a_traceback_of_plain_python() -> None:
    with pytest.raises(tm.RequestError) as caught:
        tm.Client(simulator=tm.Simulator()).calls.create(to="+13105555555", twiml="<Response/>")

    shown = "".join(traceback.format_exception(caught.value))
    assert f"→ {caught.value.hint}" in shown
    assert pickle.loads(pickle.dumps(caught.value)).__notes__ == caught.value.__notes__  # noqa: S301 - our own bytes
