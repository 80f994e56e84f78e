"""``%mount``: what answers in this notebook, as it is typed."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.notebook.conftest import Notebook

BASE = "https://ivr.example.com"
CALL = f"%call +13105555555 --from +12125551234 --url {BASE}/menu"
FLASK = """
from types import SimpleNamespace
from flask import Flask

app = Flask("ivr")
shop = SimpleNamespace(app=app)

@app.post("/menu")
def flask_menu():
    return "<Response><Say>From Flask.</Say></Response>", {"Content-Type": "text/xml"}
"""
FUNCTIONS = """
import twilio_magic as tm

def menu(request):
    return f"<Response><Say>You called {request['To']}.</Say></Response>"

def plain():
    return "<Response><Say>From a function.</Say></Response>"

def wsgi(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/xml")])
    return [b"<Response><Say>From WSGI.</Say></Response>"]

def with_default(request, greeting="Good day."):
    return f"<Response><Say>{greeting}</Say></Response>"

document = tm.parse("<Response><Say>A document for {{To}}.</Say></Response>")
"""


@pytest.fixture
def filled(notebook: Notebook) -> Notebook:
    notebook.run(FLASK)
    notebook.run(FUNCTIONS)
    return notebook


@pytest.mark.parametrize(
    ("what", "heard", "listed"),
    [
        (f"{BASE} app", "From Flask.", f"{BASE} → Flask ivr"),
        (f"{BASE} shop.app", "From Flask.", f"{BASE} → Flask ivr"),
        (f"{BASE}/ wsgi", "From WSGI.", f"{BASE} → function wsgi"),
        (f"{BASE}/menu menu", "You called +13105555555.", f"{BASE}/menu → function menu"),
        (f"{BASE}/menu plain", "From a function.", f"{BASE}/menu → function plain"),
        (f"{BASE}/menu with_default", "Good day.", f"{BASE}/menu → function with_default"),
        (f"{BASE}/menu document", "A document for +13105555555.", f"{BASE}/menu → TwiML"),
    ],
)
def test_applications_functions_and_documents_answer_calls(
    filled: Notebook, what: str, heard: str, listed: str
) -> None:
    assert repr(filled.value(f"%mount {what}")) == listed
    assert heard in str(filled.call(CALL).transcript)


def test_the_list_is_in_the_order_of_addresses_and_has_no_bins(filled: Notebook) -> None:
    tm.simulator().host("<Response/>")
    filled.value(f"%mount {BASE}/menu menu")
    filled.value(f"%mount {BASE} app")

    mounts = tm.simulator().mounts
    assert filled.value("%mount") is mounts
    assert [mount.base_url for mount in mounts] == [BASE, f"{BASE}/menu"]
    assert len(mounts) == 2


def test_what_is_taken_away_answers_no_more(filled: Notebook) -> None:
    filled.value(f"%mount {BASE} wsgi")
    filled.value(f"%mount {BASE}/menu plain")

    assert repr(filled.value(f"%mount {BASE}/menu off")) == f"{BASE} → function wsgi"
    assert "From WSGI." in str(filled.call(CALL).transcript)
    assert repr(filled.value(f"%mount {BASE} off")) == "nothing is mounted"


def test_what_was_mounted_last_answers(filled: Notebook) -> None:
    filled.value(f"%mount {BASE}/menu plain")
    filled.value(f"%mount {BASE}/menu/ document")

    assert "A document for" in str(filled.call(CALL).transcript)


def test_a_password_in_the_address_is_shown_to_nobody(filled: Notebook) -> None:
    shown = repr(filled.value("%mount https://ann:hunter2@ivr.example.com wsgi"))

    assert shown == f"{BASE} → function wsgi"


def test_a_new_world_has_nothing_mounted(filled: Notebook) -> None:
    filled.value(f"%mount {BASE} app")
    filled.value("%twilio reset")

    assert repr(filled.value("%mount")) == "nothing is mounted"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (BASE, "does not say what answers"),
        (f"{BASE} app else", "does not say what answers"),
        ("app https://ivr.example.com", "'app' is no web address"),
        (f"{BASE} ap", "There is no 'ap' in this notebook"),
        (f"{BASE} shop.ap", "There is no 'ap' in shop"),
        ("ivr.example.com app", "'ivr.example.com' is no web address"),
        ("https://[ app", "is no web address"),
        (f"{BASE} Flask", "Flask is a class, and cannot answer"),
        (f"{BASE} BASE", "BASE is of the type str, and cannot answer"),
        (f"{BASE} off", "Nothing is mounted at"),
    ],
)
def test_what_makes_no_sense_is_refused(filled: Notebook, words: str, message: str) -> None:
    filled.run(f"BASE = {BASE!r}")

    assert message in filled.error(f"%mount {words}").message


def test_a_mounted_name_means_what_it_means_now(filled: Notebook) -> None:
    """A cell that is edited and run again is what answers, whatever it makes."""
    filled.value(f"%mount {BASE}/menu document")
    assert "A document for" in str(filled.call(CALL).transcript)

    filled.run("%%twiml document", "<Response><Say>The new one.</Say></Response>")
    assert "The new one." in str(filled.call(CALL).transcript)

    filled.run("def document(): return '<Response><Say>A function now.</Say></Response>'")
    assert "A function now." in str(filled.call(CALL).transcript)
    assert repr(tm.simulator().mounts) == f"{BASE}/menu → function document"


def test_a_mounted_name_that_is_gone_answers_as_it_did_last(filled: Notebook) -> None:
    filled.value(f"%mount {BASE}/menu document")
    filled.run("del document")
    assert "A document for" in str(filled.call(CALL).transcript)

    filled.run("document = 7")
    assert "A document for" in str(filled.call(CALL).transcript)


def test_a_document_that_is_hosted_again_keeps_its_address(filled: Notebook) -> None:
    filled.run("%%twiml main --host", "<Response><Say>Old.</Say></Response>")
    before = filled.value("main_url")
    filled.run("%%twiml main --host", "<Response><Say>New.</Say></Response>")

    assert filled.value("main_url") == before
    call = filled.call(f"%call +13105555555 --from +12125551234 --url {before}")
    assert "New." in str(call.transcript)


def test_a_server_is_mounted_by_its_address(filled: Notebook) -> None:
    shown = repr(filled.value(f"%mount {BASE} http://127.0.0.1:5050"))

    assert shown == f"{BASE} → the server at http://127.0.0.1:5050"


def test_an_exception_is_told_with_its_cell_and_line(notebook: Notebook) -> None:
    notebook.run("def menu(request):", "    return request['Digits']")
    notebook.run(f"%mount {BASE}/menu menu")
    number = notebook.shell.execution_count - 2
    (exchange,) = notebook.call(CALL).webhooks

    assert exchange.error is not None
    assert exchange.error.endswith(f"raised KeyError: 'Digits' (Cell In[{number}]:2, in menu)")
    assert "    return request['Digits']" in exchange.traceback.splitlines()
