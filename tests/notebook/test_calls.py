"""``%calls`` and ``%hangup``."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.notebook.conftest import Notebook
from twilio_magic.api import operation
from twilio_magic.views import table_text

CALL = "%call +13105555555 --from +12125551234 --url https://demo.twilio.com/welcome/voice/"


def listed(notebook: Notebook, line: str) -> list[str]:
    found = notebook.value(line)
    assert isinstance(found, tm.Listing)
    return [call.status for call in found]


def test_calls_are_a_table_with_the_newest_first(notebook: Notebook) -> None:
    notebook.run(f"{CALL} --phone busy")
    notebook.run(CALL)
    found = notebook.value("%calls")

    assert isinstance(found, tm.Listing)
    assert [line.split()[:4] for line in table_text(found).splitlines()] == [
        ["from", "to", "status", "seconds"],
        ["+12125551234", "+13105555555", "completed", "12"],
        ["+12125551234", "+13105555555", "busy", "outbound-api"],
    ]


def test_every_filter_of_the_api_is_an_option(notebook: Notebook) -> None:
    notebook.run("%calls --help")

    for row in operation("calls.list").parameters:
        if row.name not in ("PageSize", "Page", "PageToken"):
            assert row.option in notebook.printed


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("%calls --status busy", ["busy"]),
        ("%calls Status=busy", ["busy"]),
        ("%calls --limit 1", ["completed"]),
        ("%calls --to +14155550100", []),
        ("%calls --start-time-after 2026-01-06", ["completed"]),
    ],
)
def test_calls_are_filtered(notebook: Notebook, line: str, found: list[str]) -> None:
    notebook.run(f"{CALL} --phone busy")
    notebook.run(CALL)

    assert listed(notebook, line) == found


def test_no_calls_is_said(notebook: Notebook) -> None:
    notebook.run("found = %calls")

    assert table_text(tm.client().calls.list()) == "no calls"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("%calls --limit many", "whole number"),
        ("%calls yesterday", "'yesterday' is no filter"),
        ("%calls --status lost", "cannot be 'lost'"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(notebook: Notebook, line: str, words: str) -> None:
    assert words in notebook.error(line).message


def test_hangup_ends_the_last_call_that_is_not_over(notebook: Notebook) -> None:
    notebook.run(f"{CALL} --no-wait --out running")
    ended = notebook.call("%hangup")

    assert ended.status == "canceled"
    assert "No call" in notebook.error("%hangup").message


def test_hangup_knows_no_calls_from_before_a_reset(notebook: Notebook) -> None:
    """After it another call has the sid of one that a magic placed: it is not taken for that one."""
    placed = notebook.call(f"{CALL} --no-wait")
    notebook.run("%twilio reset")
    other = tm.client().calls.create(to="+13105555555", from_="+12125551234", twiml="<Response/>")

    assert other.sid == placed.sid
    assert "No call of this notebook" in notebook.error("%hangup").message
    assert other.fetch().status == "queued"


def test_hangup_takes_a_variable_or_a_sid(notebook: Notebook) -> None:
    notebook.run(f"{CALL} --no-wait --out first")
    notebook.run(f"{CALL} --no-wait --out second")
    sid = notebook.value("second.sid")

    assert notebook.call("%hangup first").status == "canceled"
    assert notebook.call(f"%hangup {sid}").status == "canceled"


def test_hangup_of_something_else_is_refused(notebook: Notebook) -> None:
    notebook.run("lunch = 12")

    assert "is no call" in notebook.error("%hangup lunch").message
    assert "There is no 'dinner'" in notebook.error("%hangup dinner").message


@pytest.mark.parametrize("sid", ["CA123", "CA" + "0" * 31, "CA" + "0" * 33, "SM" + "0" * 32])
def test_hangup_of_a_broken_sid_says_what_a_sid_is(notebook: Notebook, sid: str) -> None:
    """No cell defines it, so none is to be run first."""
    error = notebook.error(f"%hangup {sid}")

    assert f"{sid!r} is no sid of a call" in error.message
    assert "CA and 32 hexadecimal digits" in (error.hint or "")


def test_hangup_takes_a_variable_that_looks_like_a_sid(notebook: Notebook) -> None:
    notebook.run(f"{CALL} --no-wait --out CA1")

    assert notebook.call("%hangup CA1").status == "canceled"
    assert notebook.error("%hangup CALLED").message.startswith("There is no 'CALLED'")


@pytest.mark.parametrize("limit", ["9" * 5000, "-1", "²", "some"])
def test_a_limit_that_is_no_number_is_told(notebook: Notebook, limit: str) -> None:
    error = notebook.error(f"%calls --limit {limit}")

    assert isinstance(error, tm.MagicLineError)
    assert "--limit takes a whole number" in str(error)
