"""Wrong cells: a clear message in a box, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, told

from .conftest import Notebook

CALL = f"%call {TO} --from {FROM}"


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        (f"%call {TO} --twiml <Response/>", 21213, "From is missing", "from"),
        (f"%call --from {FROM} --twiml <Response/>", 21201, "To is missing", "Type the number"),
        (f"%call tel:+13105555555 --from {FROM} --twiml <Response/>", 21211, "tel:", TO),
        (f"%call +1310 --from {FROM} --twiml <Response/>", 21211, "too short", "country code"),
        (f"%call {TO} --from 12 --twiml <Response/>", 21212, "'12'", "country code"),
        (CALL, 21205, "None of Url, Twiml, ApplicationSid", "url"),
        (f"{CALL} --url /voice", 21205, "'/voice'", "https://"),
        (f"{CALL} --twiml <Response/> --timeout soon", 21208, "'soon'", "whole"),
    ],
)
def test_what_twilio_would_refuse_is_told_with_its_code_and_the_fix(
    notebook: Notebook, line: str, code: int, message: str, hint: str
) -> None:
    error = notebook.error(line)

    assert isinstance(error, tm.RequestError)
    assert error.code == code
    assert message in error.message
    assert hint in (error.hint or "")
    assert str(code) in notebook.printed


@pytest.mark.parametrize("magic", ["%%twiml deep", f"%%call {TO} --from {FROM}"])
def test_elements_deeper_than_can_be_read_are_told_and_the_next_cell_runs(
    notebook: Notebook, magic: str
) -> None:
    deep = "<Gather>" * 240 + "</Gather>" * 240
    notebook.run(magic, f"<Response>{deep}</Response>")

    assert "12100" in notebook.printed
    assert "more than 100 deep" in notebook.printed
    assert notebook.call(f"{CALL} --twiml <Response/>").wait().is_over


def test_an_unknown_document_names_the_nearest_one(notebook: Notebook) -> None:
    notebook.value("%%twiml greeting", "<Response/>")
    error = notebook.error(f"{CALL} --twiml greting")

    assert "'greting'" in error.message
    assert error.hint == "Did you mean greeting?"


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        (f"{CALL} --twilm x", "--twilm", "--twiml"),
        (f"{CALL} --phone \"don't", "No closing quotation", "quotes"),
        (f"{CALL} --url $nowhere", "'nowhere'", "Run the cell"),
        (f"{CALL} --app aplication", "'aplication'", "Run the cell"),
        ("%%twiml not-a-name\n<Response/>", "'not-a-name'", "letters"),
        ("%twiml", "no document", "%%twiml"),
    ],
)
def test_a_line_that_makes_no_sense_says_so(
    notebook: Notebook, line: str, message: str, hint: str
) -> None:
    error = notebook.error(*line.split("\n"))

    assert isinstance(error, tm.MagicLineError)
    assert message in error.message
    assert hint in (error.hint or "")


def test_text_that_is_no_xml_is_pointed_at_in_the_cell(notebook: Notebook) -> None:
    error = notebook.error("%%twiml bad", "<Response>", "  <Say>Hello</Sai>", "</Response>")

    assert isinstance(error, tm.NotXml)
    assert error.code == 12100
    assert (error.line, error.column) == (3, 13)
    assert "line 3" in notebook.printed
    assert "</Say>" in (error.hint or "")
    assert "bad" not in notebook.shell.user_ns


def test_inline_twiml_that_is_no_xml_is_not_sent(notebook: Notebook) -> None:
    error = notebook.error(f"{CALL} --twiml '<Response><Say>'")

    assert isinstance(error, tm.NotXml)
    assert tm.client().calls.list() == []


def test_a_phone_script_that_cannot_be_read_stops_the_call(notebook: Notebook) -> None:
    error = notebook.error(f'{CALL} --twiml <Response/> --phone "answer; prss 1"')

    assert isinstance(error, tm.PhoneScriptError)
    assert "prss 1" in notebook.printed
    assert tm.client().calls.list() == []


def test_an_address_that_answers_404_is_told_in_the_card(
    notebook: Notebook, shown: Callable[[object], str]
) -> None:
    call = notebook.call(f"{CALL} --url https://demo.twilio.com/nothing/here")

    assert call.status == "completed"
    assert "HTTP 404" in told(call, "failed")[0]
    assert "✗ failed         11200:" in shown(call)
    assert "application error" in shown(call)


def test_an_error_stops_run_all(notebook: Notebook) -> None:
    """IPython's own error for magics would not: test runners do not see it."""
    result = notebook.run(f"{CALL} --twiml greting", "after = True")

    assert not result.success
    assert "after" not in notebook.shell.user_ns


def test_tracebacks_that_were_asked_for_go_with_the_extension(notebook: Notebook) -> None:
    notebook.value("%config TwilioMagics.tracebacks = True")
    notebook.run("%unload_ext twilio_magic")

    assert not tm.TwilioMagicError.tracebacks


def test_tracebacks_can_be_asked_for(notebook: Notebook) -> None:
    notebook.value("%config TwilioMagics.tracebacks = True")
    notebook.run("%twiml")

    assert "Traceback (most recent call last)" in notebook.printed
