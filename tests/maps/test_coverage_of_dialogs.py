"""The command line tells what dialogs have visited, in every format, and what is missing as dialogs that pass."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import twilio_magic as tm
from twilio_magic.cli import main
from twilio_magic.coverage_options import COVERAGE_SUFFIXES

DIALOGS = """\
app: tests.maps.example:create_app()
url: /outer

dialog "the first choice"
  hear "press 1"
  press 1
  hear "Here"

dialog "silent"
  hear "Goodbye"
"""
ALL = "tests.maps.example:create_app() /outer"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "ivr.dialog"
    path.write_text(DIALOGS, "utf-8")
    return str(path)


def test_the_report_ends_with_what_was_visited_and_what_is_missing(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", file, "--coverage"]) == 0

    told = capsys.readouterr().out.splitlines()
    assert told[2] == "2 dialogs, 0 failed."
    assert told[4] == f"{ALL}: 62 % (2 of 2 documents, 3 of 4 places, 2 of 4 ways; 2 calls)"
    assert [line.strip().partition(" at ")[0] for line in told[6:]] == [
        "press 0, 2-6, 8, 9, *",
        "press 7",
    ]


def test_what_is_missing_is_a_file_of_dialogs_with_which_nothing_is(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = tmp_path / "more.dialog"

    main(["test", file, "--coverage-file", str(more)])
    assert main(["test", file, str(more), "--fail-under", "100", "--jobs", "2"]) == 0
    assert "100 % (2 of 2 documents" in capsys.readouterr().out


def test_coverage_that_is_too_low_is_a_failure(file: str) -> None:
    assert main(["test", file, "--fail-under", "62"]) == 0
    assert main(["test", file, "--fail-under", "63"]) == 1


def test_the_formats_that_hold_no_coverage_leave_it_to_standard_error(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["test", file, "--coverage", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["coverage"]["percent"] == 62
    main(["test", file, "--coverage", "--format", "junit"])
    written = capsys.readouterr()
    assert ET.fromstring(written.out).attrib["tests"] == "2"
    assert written.err.startswith(f"{ALL}: 62 %")


@pytest.mark.parametrize("suffix", COVERAGE_SUFFIXES)
def test_a_file_of_each_kind_can_be_written(file: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"coverage{suffix}"
    assert main(["test", file, "--coverage-file", str(path)]) == 0
    assert path.read_text("utf-8").strip()


def test_a_file_of_an_unknown_kind_is_refused(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["test", file, "--coverage-file", "map.pdf"])
    assert "map.pdf ends in none of .html" in capsys.readouterr().err


def test_the_coverage_of_dialogs_of_several_applications_is_one_file_of_dialogs() -> None:
    simulator = tm.Simulator(network=False)
    for number, words in (("+12125550101", "Press 1."), ("+12125550102", "Press 2.")):
        document = f"<Response><Gather numDigits='1'><Say>{words}</Say></Gather></Response>"
        simulator.numbers[number].voice_url = simulator.host(document)

    text = simulator.coverage().missing.to_dialogs()

    results = tm.dialogs(text).run(simulator)
    assert len(results) > 4
    assert results.passed, repr(results)
    assert simulator.coverage().percent == 100
