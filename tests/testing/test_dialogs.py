"""The pytest plugin collects files of dialogs: each dialog is a test."""

from __future__ import annotations

import pytest

IVR = """\
from flask import Flask, request

app = Flask("ivr")

@app.post("/voice")
def voice():
    return "<Response><Gather numDigits='1' action='/key'><Say>Press 1.</Say></Gather></Response>"

@app.post("/key")
def key():
    return f"<Response><Say>You chose {({'1': 'bread'})[request.form['Digits']]}.</Say></Response>"
"""
DIALOGS = """\
app: ivr:app
url: /voice

dialog "bread is chosen with 1"
  markers: quick
  hear "press 1"
  press 1
  hear "bread"

dialog "nobody says cake"
  press 2
  hear "cake"
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with an application and dialogs."""
    pytester.makepyfile(ivr=IVR)
    pytester.makefile(".dialog", bakery=DIALOGS)
    pytester.makeini("[pytest]\nmarkers =\n  quick: not slow")
    return pytester


def test_each_dialog_is_a_test(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("-v", "--strict-markers")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*bakery.dialog::bread is chosen with 1 PASSED*",
            "*bakery.dialog::nobody says cake FAILED*",
            "*heard “*We are sorry, an application error has occurred. Goodbye.”*",
            "*KeyError: '2'*",
        ]
    )
    result.stdout.no_fnmatch_line("*flask/app.py*")


@pytest.mark.parametrize("option", [("-k", "bread"), ("-m", "quick")])
def test_dialogs_are_chosen_by_their_names_and_markers(
    project: pytest.Pytester, option: tuple[str, str]
) -> None:
    project.runpytest_subprocess(*option).assert_outcomes(passed=1, deselected=1)


def test_dialogs_run_in_several_processes(project: pytest.Pytester) -> None:
    pytest.importorskip("xdist")

    project.runpytest_subprocess("-n", "2").assert_outcomes(passed=1, failed=1)


def test_a_file_that_cannot_be_read_is_an_error_with_its_place(pytester: pytest.Pytester) -> None:
    pytester.makefile(".dialog", bakery='dialog "x"\n  sing')
    result = pytester.runpytest_subprocess()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*bakery.dialog:2:3*", "*'sing' is not a line of a dialog*"])


def test_coverage_is_told_at_the_end_of_the_run(project: pytest.Pytester) -> None:
    """... in the words of ``twilio-magic test --coverage``, and the same if the run has several processes."""
    pytest.importorskip("xdist")
    alone = project.runpytest_subprocess("--twilio-coverage")
    several = project.runpytest_subprocess("--twilio-coverage", "-n", "2")

    told = [
        "ivr:app /voice: 71 % (2 of 2 documents, 3 of 4 places, 2 of 3 ways; 2 calls)",
        "  not visited:",
        "    silence at “Press 1.” [[]silence[]]",
    ]
    alone.stdout.fnmatch_lines(told, consecutive=True)
    several.stdout.fnmatch_lines(told, consecutive=True)


def test_coverage_that_is_too_low_fails_the_run_and_what_is_missing_is_written(
    project: pytest.Pytester,
) -> None:
    options = ("--twilio-fail-under", "100", "--twilio-coverage-file", "missing.dialog")
    result = project.runpytest_subprocess("-k", "bread", *options)
    whole = project.runpytest_subprocess("-k", "not cake", *options[:2])

    result.assert_outcomes(passed=1, deselected=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["The dialogs cover * %, and not 100 %."])
    assert (project.path / "missing.dialog").read_text("utf-8").startswith("app: ivr:app")
    assert whole.ret == pytest.ExitCode.OK, "the dialogs that were missing are there"


def test_coverage_is_refused_a_file_of_another_kind(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_subprocess("--twilio-coverage-file", "coverage.pdf")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*coverage.pdf ends in none of .html*"])


def test_without_dialogs_nothing_is_told_of_coverage(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_nothing(): pass")
    result = pytester.runpytest_subprocess("--twilio-coverage")

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*coverage of dialogs*")
