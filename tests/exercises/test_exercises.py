"""Exercises: done with the right answer, and plain about what is missing in every other one."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import indent

import pytest
from lxml import html

import twilio_magic as tm
from tests.notebook.conftest import Notebook, notebook, shell, shown
from twilio_magic.learning import EXERCISES, Verdict

from .answers import RIGHT, WRONG, Cells

__all__ = ["notebook", "shell", "shown"]

_MOST = 400  # characters that somebody reads

MISTAKES = [
    pytest.param(name, cells, told, id=f"{name}-{index}")
    for name, answers in WRONG.items()
    for index, (cells, told) in enumerate(answers)
]


def checked(notebook: Notebook, name: str, cells: Cells = ()) -> Verdict:
    """The verdict in a notebook in which *cells* were run."""
    for cell in ("import twilio_magic as tm", *cells):
        notebook.value(cell)
    verdict = notebook.value(f"tm.exercise({name!r}).check()")
    assert isinstance(verdict, Verdict)
    return verdict


def test_every_exercise_has_an_answer_and_mistakes() -> None:
    assert RIGHT.keys() == WRONG.keys() == EXERCISES.keys()


@pytest.mark.parametrize("name", EXERCISES)
def test_the_right_answer_is_done(notebook: Notebook, name: str) -> None:
    verdict = checked(notebook, name, RIGHT[name])

    assert verdict, verdict
    assert verdict.is_done


@pytest.mark.parametrize("name", EXERCISES)
def test_no_answer_is_told_what_to_begin_with(
    notebook: Notebook, shown: Callable[[object], str], name: str
) -> None:
    verdict = checked(notebook, name)

    assert not verdict
    assert verdict.reached == 0
    assert verdict.missing.startswith("There is no `")
    assert verdict.hint
    assert "not begun yet" in shown(verdict)
    assert "✗" not in shown(verdict)


@pytest.mark.parametrize(("name", "cells", "told"), MISTAKES)
def test_a_wrong_answer_is_told_what_is_missing(
    notebook: Notebook, name: str, cells: Cells, told: str
) -> None:
    verdict = checked(notebook, name, cells)

    assert not verdict
    assert told in verdict.missing
    assert len(verdict.missing) < _MOST


@pytest.mark.parametrize(
    ("name", "cell", "hint"),
    [
        (
            "opening-hours",
            "hour = tm.parse('<Response/>')",
            "a document called `hour`: call it `hours`",
        ),
        (
            "busy-line",
            "%call +13105555555 --from +12125551234 --say Hello --out attempts",
            "a call called `attempts`",
        ),
    ],
)
def test_an_answer_of_nearly_the_right_name_is_found(
    notebook: Notebook, name: str, cell: str, hint: str
) -> None:
    assert hint in checked(notebook, name, (cell,)).hint


@pytest.mark.parametrize("name", EXERCISES)
def test_a_task_names_what_is_looked_for(shown: Callable[[object], str], name: str) -> None:
    """The variable that the first goal asks for is named in the task."""
    exercise = EXERCISES[name]
    wanted = exercise.check().missing.split("`")[1]

    assert f"`{wanted}" in exercise.task
    assert f"`{wanted}" in shown(exercise)


def test_code_in_a_task_keeps_its_lines_and_blanks_where_styles_are_taken_away() -> None:
    """As GitHub does with what a notebook shows."""
    exercise = EXERCISES["mend-the-menu"]
    page = html.fromstring(exercise._repr_mimebundle_()["text/html"])
    (code,) = page.iter("pre")

    assert indent("".join(map(str, code.itertext())), "    ") in exercise.task


@pytest.mark.parametrize("name", EXERCISES)
def test_the_verdict_is_the_same_each_time(notebook: Notebook, name: str) -> None:
    """A check tries the answer in a world of its own: it changes nothing, however often it is asked."""
    first = checked(notebook, name, RIGHT[name])
    calls = len(tm.client().calls.list())

    assert checked(notebook, name) == first
    assert len(tm.client().calls.list()) == calls


def test_an_answer_may_be_given_by_name() -> None:
    """From plain Python, without a notebook."""
    document = tm.parse(RIGHT["opening-hours"][0].partition("\n")[2])

    assert tm.exercise("opening-hours").check(hours=document)


def test_whatever_an_answer_does_check_does_not_raise() -> None:
    def dish(request: object) -> object:
        raise SystemError("nothing works")

    class Strange:
        def __getattr__(self, name: str) -> object:
            raise RuntimeError(name)

    assert not tm.exercise("not-sure").check(dish=dish)
    assert not tm.exercise("busy-line").check(attempt=Strange())
    assert not tm.exercise("which-code").check(code=Strange())


def test_what_a_learner_wrote_is_shown_as_text(shown: Callable[[object], str]) -> None:
    verdict = tm.exercise("opening-hours").check(
        hours="<Response><Say>&lt;script&gt;alert(1)&lt;/script&gt;</Say></Response>"
    )
    bundle = verdict._repr_mimebundle_()

    assert "<script>" in bundle["text/plain"]
    assert "<script>" not in bundle["text/html"]


def test_an_unknown_exercise_is_told_with_the_nearest_name() -> None:
    with pytest.raises(tm.TwilioMagicError, match="no exercise 'opening-hour'") as raised:
        tm.exercise("opening-hour")

    assert raised.value.hint == "Did you mean 'opening-hours'?"
