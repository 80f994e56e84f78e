"""What is known of a learner: what is done, begun and open; hints that grow with the tries; a text for a teacher."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import twilio_magic as tm
from tests.notebook.conftest import Notebook, notebook, shell, shown
from tests.notebooks.refresh import FOLDER
from twilio_magic.cli import main
from twilio_magic.learning import EXERCISES, NOTEBOOKS, Verdict, find_hints
from twilio_magic.notebook import _exercise

from .answers import RIGHT

__all__ = ["notebook", "shell", "shown"]

NAME = "opening-hours"
CHECK = f'tm.exercise("{NAME}").check()'
WRONG = "hours = '<Response><Say>We open at ten</Say></Response>'"


@pytest.fixture(autouse=True)
def _new_kernel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A learner of whom nothing is known, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    forget()
    yield
    forget()


def forget() -> None:
    """Begin as a kernel does that was just started."""
    _exercise._progress.cache_clear()


@pytest.fixture
def learner(notebook: Notebook) -> Notebook:
    notebook.value("import twilio_magic as tm")
    return notebook


def check(learner: Notebook) -> Verdict:
    verdict = learner.value(CHECK)
    assert isinstance(verdict, Verdict)
    return verdict


def states() -> dict[str, str]:
    return {exercise.name: tries.state for exercise, _, tries in tm.exercises()}


def test_at_the_beginning_all_exercises_are_open_and_nothing_is_red(learner: Notebook) -> None:
    verdict = check(learner)

    assert set(states().values()) == {"open"}
    assert states().keys() == EXERCISES.keys()
    assert not verdict.is_begun
    assert "224,53,43" not in verdict._repr_mimebundle_()["text/html"]


def test_an_exercise_is_begun_with_a_wrong_answer_and_done_with_the_right_one(
    learner: Notebook, shown: Callable[[object], str]
) -> None:
    learner.value(WRONG)
    check(learner)
    assert states()[NAME] == "begun"

    for cell in RIGHT[NAME]:
        learner.value(cell)
    check(learner)
    assert states()[NAME] == "done"
    assert f"1 of {len(EXERCISES)} done, 0 begun" in shown(tm.exercises())
    assert "2 tries, 4 of 4 goals" in shown(tm.exercises())


def test_hints_grow_with_the_tries(learner: Notebook, shown: Callable[[object], str]) -> None:
    learner.value(WRONG)
    said = [shown(check(learner)) for _ in range(4)]
    first, second = (
        " ".join(hint.replace("`", "").split()) for hint in find_hints(EXERCISES[NAME])
    )
    told = [" ".join(each.replace("`", "").split()) for each in said]

    assert [first in each for each in told] == [False, True, True, True]
    assert [second in each for each in told] == [False, False, True, True]


def test_the_check_of_an_empty_answer_is_no_try(learner: Notebook) -> None:
    assert [check(learner).more for _ in range(3)] == [(), (), ()]
    assert states()[NAME] == "open"


def test_an_answer_that_is_given_is_no_try_of_the_notebook() -> None:
    """As in a marking script, which checks the answers of many."""
    for _ in range(3):
        verdict = tm.exercise(NAME).check(hours="<Response/>")

    assert verdict.more == ()
    assert states()[NAME] == "open"


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_has_two_hints_and_none_is_the_answer(name: str) -> None:
    hints = find_hints(EXERCISES[name])

    assert len(hints) == 2
    assert all(cell.strip() not in " ".join(hints) for cell in RIGHT[name] if len(cell) > 20)


def test_every_exercise_is_in_the_notebook_that_is_named() -> None:
    for name, stem in NOTEBOOKS.items():
        assert f'tm.exercise(\\"{name}\\").check()' in (FOLDER / f"{stem}.ipynb").read_text("utf-8")


def test_without_a_folder_of_tutorials_nothing_is_written(
    learner: Notebook, tmp_path: Path
) -> None:
    learner.value(WRONG)
    check(learner)

    assert list(tmp_path.iterdir()) == []


def test_in_a_folder_of_tutorials_every_notebook_knows_what_was_done_in_another(
    learner: Notebook, tmp_path: Path
) -> None:
    assert main(["learn", str(tmp_path), "--no-open"]) == 0
    for cell in RIGHT[NAME]:
        learner.value(cell)
    check(learner)
    forget()
    os.chdir(tmp_path / "own-application")  # as notebook 11 does

    assert states()[NAME] == "done"
    told = (tmp_path / "progress.txt").read_text("utf-8")
    assert f"{NAME} done 1 try, 4 of 4 goals" in " ".join(told.split())


def test_what_is_in_the_file_that_is_no_record_is_passed_over(
    learner: Notebook, tmp_path: Path
) -> None:
    lines = f"{NAME}  done  9 of 9\nnobody  done  1 try, 1 of 1 goal\n"
    (tmp_path / "progress.txt").write_text(lines, "utf-8")

    assert set(states().values()) == {"open"}


def test_a_learner_saves_a_plain_text_that_says_what_it_is(
    learner: Notebook, tmp_path: Path
) -> None:
    learner.value(WRONG)
    check(learner)
    text = tm.exercises().save(tmp_path / "ann.txt", "Ann").read_text("utf-8")

    assert "Learner: Ann" in text
    assert "anybody can change it" in text
    assert f"{NAME} begun 1 try, 1 of 4 goals" in " ".join(text.split())
    assert f"0 of {len(EXERCISES)} exercises are done." in text
    with pytest.raises(FileExistsError):
        tm.exercises().save(tmp_path / "ann.txt")
