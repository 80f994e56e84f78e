"""What a failed test says of its simulated calls."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

PROJECT = """
import pytest
from flask import Flask, request

app = Flask("ivr")
DEPARTMENTS = {"1": "sales", "2": "support"}

@app.post("/voice")
def voice():
    return '''
        <Response>
          <Gather numDigits="1" action="/key"><Say>For sales, press 1. For support, press 2.</Say></Gather>
        </Response>'''

@app.post("/key")
def key():
    department = DEPARTMENTS[request.form["Digits"]]
    return f"<Response><Say>You chose {department}.</Say></Response>"

@pytest.fixture
def call_in(twilio_simulator, twilio_call):
    twilio_simulator.mount("https://ivr.example.com", app)

    def call_in(phone):
        return twilio_call("+12125551234", phone, url="https://ivr.example.com/voice")
    return call_in
"""

TESTS = """
import pytest

def test_words(call_in):
    call_in("hear 'press 2'; press 2; hear 'you chose sales'")

def test_exception(call_in):
    call_in("hear 'press 2'; press 7; hear 'no such choice'")

def test_words_after_the_end(call_in):
    call_in("hear 'press 2'; press 1; wait 60; hear 'anything else'")

def test_function(call_in):
    def caller():
        yield "wait 1"
        raise ValueError("oh")
    call_in(caller)

def test_refused(call_in):
    call_in("press x")

def test_assertion(call_in):
    call = call_in("hear 'press 2'; press 1")
    assert call.status == "busy"

def test_never_ran(call_in, twilio_simulator):
    twilio_simulator.phones["+13105555555"] = "answer"
    call_in("press 1")

def test_patterns_need_not_run(twilio_simulator):
    twilio_simulator.phones["+1310*"] = "hear 'hello'"

def test_not_waited_for(twilio_client, twilio_simulator):
    twilio_simulator.phones["+13105555555"] = "hear 'hello'"
    twilio_client.calls.create(to="+13105555555", from_="+12125551234", twiml="<Response/>")

def test_several(call_in):
    call_in("hear 'press 3'")
    call_in("hear 'press 4'")

def test_names(call_in, twilio_simulator):
    twilio_simulator.phones.name("+14155550100", "Ann")
    twilio_simulator.phones.name("+13105555555", "Zoe")
    twilio_simulator.phones["+13105555555"] = "answer"
    call_in("hear 'press 2'; press 2; hear 'you chose sales'")

@pytest.mark.twilio_calls(2)
def test_names_of_calls(call_in, twilio_simulator):
    twilio_simulator.phones.name("+14155550100", "Ann")
    call_in("press 1")

@pytest.mark.twilio_calls(1)
def test_expected(call_in):
    call_in("press 1")

@pytest.mark.twilio_calls(1)
def test_unexpected(call_in):
    call_in("press 1")
    call_in("press 2")

@pytest.mark.twilio_calls(1)
def test_missing(twilio_simulator):
    pass

@pytest.mark.twilio_calls("one")
def test_no_number(call_in):
    pass

def test_without_a_world():
    assert not "the plugin's business"
"""

WORDS = """
+14155550100 waited to hear “you chose sales”, but the call ended first.

    hear 'press 2'; press 2; hear 'you chose sales'
                             ^^^^^^^^^^^^^^^^^^^^^^

What was heard in the call +14155550100 → +12125551234:
    0:00.0  Twilio        For sales, press 1. For support, press 2.
    0:03.9  +14155550100  [presses 2]
    0:03.9  Twilio        You chose support.

What happened last (completed):
    0:00.0  fetched    voice url: POST https://ivr.example.com/voice → 200
    0:00.0  answered
    0:00.0  gathering  waits 5 s for 1 key
    0:00.0  said       “For sales, press 1. For support, press 2.”
    0:03.9  pressed    2
    0:03.9  gathered   2
    0:03.9  fetched    action: POST https://ivr.example.com/key → 200
    0:03.9  said       “You chose support.”
    0:05.5  hung up    by Twilio: nothing was left to do
    0:05.5  completed
"""

NAMED = """
Ann (+14155550100) waited to hear “you chose sales”, but the call ended first.

    hear 'press 2'; press 2; hear 'you chose sales'
                             ^^^^^^^^^^^^^^^^^^^^^^

What was heard in the call Ann +14155550100 → +12125551234:
    0:00.0  Twilio  For sales, press 1. For support, press 2.
    0:03.9  Ann     [presses 2]
    0:03.9  Twilio  You chose support.
"""

EXCEPTION = """
What went wrong:
    11200: no TwiML from https://ivr.example.com/key: HTTP 500 INTERNAL SERVER
    ERROR
      conftest.py:17, in key
          department = DEPARTMENTS[request.form["Digits"]]
      KeyError: '7'
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "conftest.py").write_text(PROJECT)
    (folder / "test_ivr.py").write_text(TESTS)
    return folder


def run(project: Path, *options: str, is_ci: bool = False) -> str:
    """What pytest prints of the tests in *project*."""
    command = [sys.executable, "-m", "pytest", "-p", "no:nbval", "-p", "no:cacheprovider", *options]
    kept = {name: value for name, value in os.environ.items() if name not in ("CI", "BUILD_NUMBER")}
    environment = {**kept, "COLUMNS": "80", **({"CI": "true"} if is_ci else {})}
    ran = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert not ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def printed(project: Path) -> str:
    return run(project)


@pytest.fixture(scope="module")
def failures(printed: str) -> dict[str, str]:
    """What is printed of each test that fails, by its name."""
    _, *parts = re.split(
        r"^_+ (\w+) _+$", printed.partition("short test summary")[0], flags=re.MULTILINE
    )
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_what_does_not_come_true_fails_and_nothing_else(
    failures: dict[str, str], printed: str
) -> None:
    assert set(re.findall(r"def (test_\w+)", TESTS)) - set(failures) == {
        "test_patterns_need_not_run",
        "test_expected",
    }
    assert "15 failed, 2 passed" in printed
    assert "error" not in printed.splitlines()[-1]


def test_words_that_never_come_are_told_with_all_that_happened(
    failures: dict[str, str], printed: str
) -> None:
    assert failures["test_words"] == WORDS
    assert "FAILED test_ivr.py::test_words - Failed: +14155550100 waited to hear" in printed


def test_phones_have_the_names_that_cards_tell(failures: dict[str, str]) -> None:
    shown = failures["test_names"]

    assert shown.startswith(NAMED)
    assert "Also: The script of Zoe (+13105555555) never ran" in shown
    assert "Ann +14155550100 → +12125551234, inbound" in failures["test_names_of_calls"]


SUMMARY = """\
FAILED test_ivr.py::test_words - Failed: +14155550100 waited to hear “you chose sales”, but the call ended first.
FAILED test_ivr.py::test_refused - twilio_magic.errors.PhoneScriptError: 'press x' is not a step of a phone scr\
ipt. (column 1)
FAILED test_ivr.py::test_never_ran - Failed: The script of +13105555555 never ran: no call reached that phone.
FAILED test_ivr.py::test_unexpected - Failed: Expected 1 call, and 2 were made.
"""


@pytest.mark.parametrize(
    ("options", "is_ci"), [([], True), (["-n1"], True), (["-vv"], False)], ids=str
)
def test_the_summary_has_a_line_for_each_failure_where_pytest_has_all_of_it(
    project: Path, options: list[str], is_ci: bool
) -> None:
    """In CI, and with ``-vv``, pytest prints the whole message there. The report is above."""
    chosen = "test_words and not after or refused or never_ran or unexpected"
    printed = run(project, *options, "-k", chosen, is_ci=is_ci)
    report, _, summary = printed.partition("short test summary info")

    assert WORDS in report
    for line in SUMMARY.splitlines():
        assert line in summary
    assert len(summary.strip().splitlines()) == 1 + 4 + 1


def test_junit_has_the_sentence_and_the_report(project: Path, tmp_path: Path) -> None:
    run(project, "-k", "never_ran", f"--junit-xml={tmp_path / 'report.xml'}")
    (failure,) = ET.parse(tmp_path / "report.xml").iter("failure")

    assert failure.get("message") == (
        "Failed: The script of +13105555555 never ran: no call reached that phone."
    )
    assert "del simulator.phones" in str(failure.text)


def test_an_exception_behind_an_apology_is_told_with_its_line(failures: dict[str, str]) -> None:
    shown = failures["test_exception"]

    assert EXCEPTION in shown
    assert "0:03.9  Twilio        We are sorry, an application error has occurred." in shown


def test_it_fits_in_one_screen(failures: dict[str, str]) -> None:
    assert max(shown.count("\n") for shown in failures.values()) < 45


def test_no_frame_of_a_library_is_shown(printed: str) -> None:
    """Not in tracebacks, and not in what a framework logs."""
    assert "Exception on /key [POST]" in printed
    assert "site-packages" not in printed
    assert "twilio_magic/" not in printed


def test_all_frames_are_shown_where_they_are_asked_for(project: Path) -> None:
    shown = run(project, "--full-trace", "-k", "refused or exception")

    assert "twilio_magic/" in shown
    assert "site-packages" in shown


def test_an_error_of_this_package_is_shown_with_its_place_and_hint(
    failures: dict[str, str],
) -> None:
    assert (
        "E       press x\nE       ^^^^^^^\nE       → press: press 1, or" in failures["test_refused"]
    )
    assert failures["test_refused"].count("→") == 1


def test_an_exception_of_a_function_at_a_phone_is_told_with_its_line(
    failures: dict[str, str],
) -> None:
    assert (
        'in caller\n        raise ValueError("oh")\n    ValueError: oh\n'
        in failures["test_function"]
    )


def test_where_an_assertion_fails_the_call_is_told_as_well(failures: dict[str, str]) -> None:
    shown = failures["test_assertion"]

    assert "- Simulated call -" in shown
    assert "0:03.9  Twilio        You chose sales." in shown
    assert "0:05.5  completed" in shown


def test_words_after_the_end_of_the_call_are_told(failures: dict[str, str]) -> None:
    """Nobody waits for them yet when it ends."""
    shown = failures["test_words_after_the_end"]

    assert "The call ended before +14155550100 waited to hear “anything else”." in shown
    assert "\n    " + " " * 34 + "^^^^^^^^^^^^^^^^^^^^" in shown


def test_a_script_that_never_ran_is_told_with_the_calls_that_were_made(
    failures: dict[str, str],
) -> None:
    shown = failures["test_never_ran"]

    assert "The script of +13105555555 never ran: no call reached that phone." in shown
    assert '→ If none has to, leave it out: del simulator.phones["+13105555555"].' in shown
    assert "    +14155550100 → +12125551234, inbound, completed" in shown


def test_a_call_that_nobody_waited_for_is_told(failures: dict[str, str]) -> None:
    shown = failures["test_not_waited_for"]

    assert "+13105555555 still waits to hear “hello”: its call is not over." in shown
    assert "→ Wait for the call: call.wait(), or simulator.run() for all." in shown
    assert "What happened last (queued):" in shown


def test_other_scripts_are_told_in_a_line(failures: dict[str, str]) -> None:
    shown = failures["test_several"]

    assert shown.startswith("\n+14155550100 waited to hear “press 3”, but")
    assert "\n\nAlso: +14155550100 waited to hear “press 4”, but the call ended first.\n" in shown


def test_a_call_too_many_is_told_and_how_to_expect_it(failures: dict[str, str]) -> None:
    shown = failures["test_unexpected"]

    assert "Expected 1 call, and 2 were made.\n" in shown
    assert shown.count("    +14155550100 → +12125551234, inbound, completed\n") == 2
    assert "→ If that is right, say so: @pytest.mark.twilio_calls(2)\n" in shown


def test_a_call_too_few_is_told(failures: dict[str, str]) -> None:
    assert "Expected 1 call, and 0 were made.\n\nNo call was made." in failures["test_missing"]


def test_the_number_of_calls_is_a_number(failures: dict[str, str]) -> None:
    shown = failures["test_no_number"]

    assert "twilio_calls takes the number of calls: @pytest.mark.twilio_calls(1)" in shown
