"""``%number``: what answers at a number of the account, as it is typed."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.notebook.conftest import Notebook

NUMBER = "+12125551234"
CALL = f"%phone +14155550100 dials {NUMBER}"
CELL = """
import twilio_magic as tm
from types import SimpleNamespace
from flask import Flask

def menu(request):
    return f"<Response><Say>You called {request['To']}.</Say></Response>"

document = tm.parse("<Response><Say>A document.</Say></Response>")
app = Flask("ivr")
shop = SimpleNamespace(app=app)
address = "https://ivr.example.com/voice"
simulator = tm.simulator()
simulator.mount("https://ivr.example.com", app)

@app.post("/voice")
def answer():
    return "<Response><Say>From Flask.</Say></Response>", {"Content-Type": "text/xml"}
"""


@pytest.fixture
def filled(notebook: Notebook) -> Notebook:
    notebook.run(CELL)
    return notebook


@pytest.mark.parametrize(
    ("what", "heard"),
    [
        ("menu", f"You called {NUMBER}."),
        ("document", "A document."),
        ("app", "From Flask."),
        ("shop.app", "From Flask."),
        ("address", "From Flask."),
        ("https://ivr.example.com/voice", "From Flask."),
    ],
)
def test_documents_functions_applications_and_addresses_answer_at_a_number(
    filled: Notebook, what: str, heard: str
) -> None:
    assert filled.value(f"%number {NUMBER} {what}") is tm.simulator().numbers

    assert heard in str(filled.call(CALL).transcript)


@pytest.mark.parametrize("written", ["application", "sid"])
def test_a_twiml_application_answers_by_its_name_and_by_its_sid(
    filled: Notebook, written: str
) -> None:
    filled.value("application = tm.client().applications.create(voice_url=address)")
    sid = str(filled.value("application.sid"))
    filled.value(f"%number {NUMBER} {sid if written == 'sid' else written}")

    assert filled.call(CALL).webhooks[0].parameters["ApplicationSid"] == sid


def test_a_new_number_belongs_to_the_account(filled: Notebook) -> None:
    filled.value("%number +12125550199 menu")

    assert "You called" in str(filled.call("%phone +14155550100 dials +12125550199").transcript)


def test_what_has_the_name_later_answers(filled: Notebook) -> None:
    filled.value(f"%number {NUMBER} menu")
    filled.value("def menu(): return '<Response><Say>Something new.</Say></Response>'")

    assert "Something new." in str(filled.call(CALL).transcript)


def test_an_application_without_a_usual_path_is_asked_for_with_its_routes(filled: Notebook) -> None:
    filled.value(
        "other = Flask('other', static_folder=None)",
        "other.add_url_rule('/begin', view_func=answer, methods=['POST'])",
    )
    error = filled.error(f"%number {NUMBER} other")

    assert "answers at /begin" in str(error)
    assert str(error.hint) == "Say which one begins a call: --url /begin"
    assert not tm.simulator().numbers[NUMBER].voice_url
    filled.value(f"%number {NUMBER} other --url /begin")
    assert "From Flask." in str(filled.call(CALL).transcript)


def test_a_number_that_is_off_says_what_makes_it_answer(filled: Notebook) -> None:
    filled.value(f"%number {NUMBER} menu")
    filled.value(f"%number {NUMBER} off")

    error = filled.error(CALL)
    assert f"%number {NUMBER} NAME" in str(error.hint)
    assert f'; in Python tm.simulator().numbers["{NUMBER}"].voice_url' in str(error.hint)


@pytest.mark.parametrize(
    "wrong",
    [
        'receive("+14155550100", "+13105550000")',
        'receive("sip:bob@example.com", "sip:ann@acme.sip.twilio.com")',
        'receive_message("+14155550100", "+13105550000", "Hello")',
        'unmount("https://ivr.example.com/nothing")',
    ],
)
def test_a_hint_calls_a_simulator_what_it_is_called_where_it_is(
    filled: Notebook, wrong: str
) -> None:
    filled.value("import twilio_magic as tm", "own = tm.Simulator()")
    here = str(filled.error(f"tm.simulator().{wrong}").hint)

    assert "tm.simulator()." in here
    assert str(filled.error(f"own.{wrong}").hint) == here.replace("tm.simulator()", "simulator")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (NUMBER, "%number NUMBER NAME"),
        (f"{NUMBER} one two", "%number NUMBER NAME"),
        (f"{NUMBER} documnt", "Did you mean document?"),
        ("'' document", "+13105555555"),
        ("client:joe document", "a number is +12125551234"),
        (f"{NUMBER} simulator", "Give a web application, a function or a document"),
    ],
)
def test_an_error_says_what_to_write(filled: Notebook, line: str, said: str) -> None:
    assert said in str(filled.error(f"%number {line}").hint)
    assert not tm.simulator().numbers[NUMBER].voice_url


MENU = """
import twilio_magic as tm
simulator = tm.simulator()

@simulator.webhook("https://bakery.example.com/begin")
def begin():
    return "<Response><Gather action='/kind' numDigits='1'><Say>Press 1 for bread.</Say></Gather></Response>"

@simulator.webhook("https://bakery.example.com/kind")
def kind(request):
    return "<Response><Say>Your bread is ready.</Say></Response>"

first = tm.parse("<Response><Redirect>/kind</Redirect></Response>")
simulator.mount("https://bakery.example.com/first", "first")
"""


@pytest.mark.parametrize(("name", "does"), [("begin", "press 1"), ("first", "wait 9")])
def test_a_page_that_has_an_address_is_asked_there_by_numbers_so_that_its_paths_lead_on(
    notebook: Notebook, name: str, does: str
) -> None:
    notebook.run(MENU)
    for _ in range(2):  # and a second time no other address is taken
        notebook.run(f"%number {NUMBER} {name}")

        assert "Your bread is ready." in str(notebook.call(f"{CALL}: {does}").transcript)
    assert tm.simulator().numbers[NUMBER].voice_url == f"https://bakery.example.com/{name}"


def test_a_page_without_an_address_of_its_own_keeps_that_of_its_name(filled: Notebook) -> None:
    filled.run(f"%number {NUMBER} menu")
    filled.run(CELL)  # a new function of the same name

    filled.run(f"%number {NUMBER} menu")

    assert tm.simulator().numbers[NUMBER].voice_url == "https://notebook.example.com/menu"


@pytest.mark.parametrize("name", ["begin", "first"])
def test_a_page_that_has_an_address_is_explored_there_with_what_answers_beside_it(
    notebook: Notebook, name: str
) -> None:
    notebook.run(MENU)

    assert "Your bread is ready." in str(notebook.value(f"%explore {name}"))
