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

from twilio.twiml.voice_response import VoiceResponse
sdk = VoiceResponse()
sdk.say("From the SDK.")
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
        (f"{BASE}/menu sdk", "From the SDK.", f"{BASE}/menu → TwiML"),
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
        (f"{BASE} Flask", "'Flask' is a class, and cannot answer"),
        (f"{BASE} BASE", "'BASE' is of the type str, and cannot answer"),
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


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("del document", "'document' is not in the notebook any more"),
        ("document = 7", "'document' is of the type int, and cannot answer for"),
        ("document = dict", "'document' is a class, and cannot answer for"),
        (
            "def document(a, b, c): ...",
            "'document' is something else now: function document cannot",
        ),
    ],
)
def test_a_mounted_name_that_means_nothing_any_more_fails_the_call_and_says_so(
    filled: Notebook, cell: str, reason: str
) -> None:
    filled.value(f"%mount {BASE}/menu document")
    filled.run("before = document")
    filled.run(cell)
    call = filled.call(CALL)

    (failed,) = (event.text for event in call.timeline if event.kind == "failed")
    assert failed.startswith("11200: ")
    assert reason in failed
    assert "application error" in str(call.transcript)
    assert repr(tm.simulator().mounts).startswith(f"{BASE}/menu → nothing: {reason}")

    filled.run("document = before")
    assert "A document for" in str(filled.call(CALL).transcript)


def test_a_mounted_name_that_is_gone_takes_no_web_sockets(filled: Notebook) -> None:
    filled.value(f"%mount {BASE}/menu document")
    filled.run("del document")
    filled.run(
        "%%twiml agent --quiet",
        "<Response><Connect><ConversationRelay url='wss://ivr.example.com/menu'/></Connect></Response>",
    )

    assert "'document' is not in the notebook any more" in str(
        filled.call("%call +13105555555 --from +12125551234 --twiml agent").timeline
    )


def test_a_document_that_is_hosted_again_keeps_its_address(filled: Notebook) -> None:
    filled.run("%%twiml main --host", "<Response><Say>Old.</Say></Response>")
    before = filled.value("main_url")
    filled.run("%%twiml main --host", "<Response><Say>New.</Say></Response>")

    assert filled.value("main_url") == before
    call = filled.call(f"%call +13105555555 --from +12125551234 --url {before}")
    assert "New." in str(call.transcript)


def test_a_hosted_document_is_listed_at_once_and_follows_its_name(filled: Notebook) -> None:
    filled.run("%%twiml main --host", "<Response><Say>Old.</Say></Response>")
    url = filled.value("main_url")
    assert repr(filled.value("%mount")) == f"{url} → TwiML"

    filled.run("%%twiml main", "<Response><Say>New.</Say></Response>")
    call = f"%call +13105555555 --from +12125551234 --url {url}"
    assert "New." in str(filled.call(call).transcript)
    filled.run("del main")
    assert "'main' is not in the notebook any more" in str(filled.call(call).timeline)


def test_plain_python_mounts_a_name_of_the_notebook_too(filled: Notebook) -> None:
    tm.simulator().mount(f"{BASE}/menu", "document")
    filled.run("%%twiml document", "<Response><Say>The new one.</Say></Response>")

    assert "The new one." in str(filled.call(CALL).transcript)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("nosuchdoc", "There is no 'nosuchdoc' in this notebook"),
        ("docment", "Did you mean document?"),
        ("xyz", "The documents are document."),
        ("ftp://x", "Write the address of a web server: 'http://x'."),
        ("127.0.0.1:5050", "scheme: 'http://127.0.0.1:5050'."),
        ("localhost:5050", "scheme: 'http://localhost:5050'."),
        ("voice.local", "A server is mounted by its whole address: http://voice.local."),
        ("aio", "mount http://127.0.0.1:5050."),
    ],
)
def test_what_cannot_answer_is_refused_when_it_is_mounted_with_what_to_do(
    filled: Notebook, what: str, said: str
) -> None:
    filled.run("from aiohttp import web", "aio = web.Application()")
    error = filled.error(f"%mount {BASE} {what}")

    assert said in f"{error.message} {error.hint}"
    assert repr(tm.simulator().mounts) == "nothing is mounted"


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


def test_a_host_that_nobody_knows_says_how_it_is_mounted(notebook: Notebook) -> None:
    tm.simulator().network = False
    call = notebook.call(
        "%call +13105555555 --from +12125551234 --url https://ivr.example.com/x?y=1"
    )
    tm.simulator().network = True

    assert "%mount https://ivr.example.com/x NAME" in str(call.timeline)
