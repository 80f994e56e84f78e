"""The line that a form shows places the very call that the form places."""

from __future__ import annotations

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.notebook.conftest import Notebook
from twilio_magic.api import Parameter, Request, find_invalid, operation
from twilio_magic.notebook.forms import CallForm

from .front import fill

CREATE = operation("calls.create")
WORDS = st.text(string.ascii_letters + string.digits + " $'\"\\{}`;&?-#=é🍕", max_size=20)


def values(row: Parameter) -> st.SearchStrategy[str]:
    """Values that Twilio would take."""
    if row.type == "boolean":
        return st.just("true")
    if row.type == "enum-list":
        return st.lists(st.sampled_from(row.values), min_size=1, unique=True).map(" ".join)
    if row.values:
        return st.sampled_from(row.values)
    if row.type == "integer":
        return st.integers(row.min or 0, row.max or 99).map(str)
    if row.type == "digits":
        return st.text("0123456789ABCD#*wW", min_size=1, max_size=8)
    if row.type == "url":
        return WORDS.map(lambda words: f"https://example.com/{words.replace(' ', '+')}")
    if row.type == "endpoint":
        return st.sampled_from([TO, "client:alice", "sip:bob@example.com"])
    return st.just(row.prefix + "0" * 32) if row.prefix else WORDS.filter(str.strip)


@st.composite
def fillings(draw: st.DrawFn, form: CallForm) -> dict[str, str]:
    names = draw(st.lists(st.sampled_from(sorted(form.options.names)), max_size=6, unique=True))
    return {name: draw(values(CREATE.parameter(name))) for name in names}


def dry_run(notebook: Notebook, text: str) -> Request:
    """What the magic would send."""
    line, newline, body = text.partition("\n")
    request = notebook.value(f"{line} --dry-run{newline}{body}")
    assert isinstance(request, Request)
    return request


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_the_line_asks_for_what_the_form_asks_for(notebook: Notebook, data: st.DataObject) -> None:
    form = tm.call_form()
    filling = data.draw(fillings(form))
    for name, value in filling.items():
        form.options.field(name).value = value
    asked = {"To": [TO], "From": [FROM], "Url": ["https://example.com"]}
    asked |= {name: CREATE.parameter(name).to_form(value) for name, value in filling.items()}
    if list(find_invalid(CREATE, asked)):
        return
    request = dry_run(notebook, form.text)

    assert form.request is not None
    assert request.form == form.request.form


@pytest.mark.parametrize(
    "script",
    ["answer", "hear 'press 1'; press 1", 'answer\n  say "it\'s me, $shop"\nhang up'],
)
def test_the_line_has_the_phones_script(notebook: Notebook, script: str) -> None:
    form = tm.call_form()
    listening = '<Response><Gather input="speech dtmf"><Say>Press 1.</Say></Gather></Response>'
    fill(form.instructions.markup.control, listening)
    fill(form.phone.control, script)
    call = notebook.call(form.text)
    spoken = [event.text for event in call.timeline if event.kind == "spoke"]

    assert call.status == "completed"
    assert all("it's me, $shop" in text for text in spoken)
    assert bool(spoken) == ("say" in script)


def test_two_dollar_signs_are_one_that_is_no_name(notebook: Notebook) -> None:
    notebook.value("shop = 'bakery'")
    request = notebook.value(
        f"%call {TO} --from {FROM} --say x --call-reason '$shop $$shop $5' --dry-run"
    )

    assert isinstance(request, Request)
    assert request.first("CallReason") == "bakery $shop $5"
