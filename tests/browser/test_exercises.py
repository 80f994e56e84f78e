"""A learner answers an exercise: not at all, wrong, and right. Contrast is that of every theme."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.exercises.answers import RIGHT, WRONG

from .cells import LOAD
from .conftest import Open
from .contrast import ENOUGH, runs
from .notebook import DARK, LIGHT, Notebook

pytestmark = pytest.mark.browser

NAME = "opening-hours"
TASK = f'tm.exercise("{NAME}")'
CHECK = f"{TASK}.check()"
[(mistake, told)] = [(cells[0], told) for cells, told in WRONG[NAME] if "waits 1 s" in told]
[solution] = RIGHT[NAME]
task, check = 1, 3


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("exercise", [f"{LOAD}\nimport twilio_magic as tm", TASK, "", CHECK])
    opened.run_all()
    expect(opened.cell(check).html).to_be_visible()
    return opened


def verdict_on(notebook: Notebook, answer: str) -> str:
    """What the check says after *answer* was run in a cell of its own."""
    notebook.write(answer)
    notebook.run()
    verdict = notebook.write(CHECK)
    notebook.run()
    expect(verdict.html).to_be_visible()
    return verdict.html.inner_text().replace("\N{NO-BREAK SPACE}", " ")


def test_run_all_goes_through_an_exercise_without_an_answer(notebook: Notebook) -> None:
    expect(notebook.cell(task).html).to_contain_text("Exercise: Opening hours")
    expect(notebook.cell(check).html).to_contain_text("There is no hours yet.")
    expect(notebook.cell(check).error).to_have_count(0)


def test_a_wrong_answer_is_told_what_is_missing(notebook: Notebook) -> None:
    said = verdict_on(notebook, mistake)

    assert "not done yet" in said
    assert told in said


def test_the_right_answer_is_done(notebook: Notebook) -> None:
    said = verdict_on(notebook, solution)
    notebook.screenshot("exercise")

    assert "Opening hours: done" in said
    assert "✗" not in said


def test_a_table_says_what_is_done_and_what_is_open(notebook: Notebook) -> None:
    table = notebook.write("tm.exercises()")
    notebook.run()
    done = table.html.locator("tr").filter(has_text=NAME)

    expect(table.html).to_contain_text(f"Exercises: 1 of {len(RIGHT)} done")
    expect(done).to_contain_text("✓ done")
    expect(done).to_contain_text("00-first-call")
    expect(table.html.locator("tr").filter(has_text="busy-line")).to_contain_text("open")
    for theme in (DARK, LIGHT):
        notebook.use_theme(theme)
        assert not {run.text: run.contrast for run in runs(table.html) if run.contrast < ENOUGH}


def test_a_verdict_can_be_read_in_every_theme(notebook: Notebook) -> None:
    faintest = {}
    for theme in (DARK, LIGHT):
        notebook.use_theme(theme)
        notebook.screenshot(f"exercise-{'dark' if theme == DARK else 'light'}")
        shown = [run for cell in (task, check) for run in runs(notebook.cell(cell).html)]
        faintest[theme] = min(run.contrast for run in shown)

    assert min(faintest.values()) >= ENOUGH, faintest
