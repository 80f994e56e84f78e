"""``%call`` as it is typed."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.notebook.conftest import Notebook
from twilio_magic.api import operation

FIRST = "%call +13105555555 --from +12125551234"
DEMO = "https://demo.twilio.com/welcome/voice/"


def request_of(notebook: Notebook, *lines: str) -> tm.Request:
    request = notebook.value(*lines)
    assert isinstance(request, tm.Request)
    return request


def test_every_parameter_has_an_option_and_a_line_of_help(notebook: Notebook) -> None:
    notebook.run("%call --help")

    for row in operation("calls.create").parameters:
        if row.name not in ("To", "Twiml", "ApplicationSid"):
            assert row.option in notebook.printed


def test_words_are_said_and_escaped(notebook: Notebook) -> None:
    call = notebook.call(f'{FIRST} --say "Fish & chips < 5"')

    assert str(call.transcript[0]) == "Twilio: Fish & chips < 5"


def test_options_raw_pairs_and_defaults_make_one_request(notebook: Notebook) -> None:
    notebook.run("%twilio set from +12125551234")
    notebook.run("%twilio set timeout 30")
    request = request_of(
        notebook,
        f"%call StatusCallback={DEMO} +13105555555 StatusCallbackEvent=ringing "
        f"--status-callback-event completed --url {DEMO} --record --timeout 20 --dry-run",
    )

    assert request.form == (
        ("To", "+13105555555"),
        ("From", "+12125551234"),
        ("Url", DEMO),
        ("StatusCallback", DEMO),
        ("StatusCallbackEvent", "ringing"),
        ("Timeout", "20"),
        ("Record", "true"),
    )


def test_a_dry_run_shows_the_request_and_sends_nothing(notebook: Notebook) -> None:
    notebook.run(f"{FIRST} --url {DEMO} --twiml <Response/> --dry-run")

    assert notebook.displayed == [] or "not sent" in str(notebook.displayed)
    assert len(tm.client().calls.list()) == 0


def test_a_dry_run_says_what_would_be_ignored_and_what_it_costs(notebook: Notebook) -> None:
    from twilio_magic.views import request_text

    request = request_of(notebook, f"{FIRST} --url {DEMO} --twiml <Response/> --dry-run")

    assert request.warnings == ("Twiml is ignored, because Url is given.",)
    assert "nothing is charged" in request_text(request)


@pytest.mark.parametrize("language", ["curl", "python", "requests", "sdk"])
def test_a_call_can_be_shown_as_a_program(notebook: Notebook, language: str) -> None:
    assert "+13105555555" in str(notebook.value(f"{FIRST} --say Hi --as {language}"))
    assert len(tm.client().calls.list()) == 0


@pytest.mark.parametrize("name", ["1st", "class", "a-b"])
def test_nobody_is_called_for_a_variable_that_cannot_be(notebook: Notebook, name: str) -> None:
    lines = (
        f"{FIRST} --url {DEMO} --out {name}",
        f"%phone +14155550100 dials +12125551234 --out {name}",
    )
    for line in (*lines, f"%calls --out {name}"):
        assert "cannot be the name of a variable" in notebook.error(line).message

    assert tm.client().calls.list() == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            f"{FIRST} --url {DEMO}",
            "The call from +12125551234 to +13105555555 is in the variable kept: completed.",
        ),
        (
            f"{FIRST} --say Hi --no-wait",
            "The call from +12125551234 to +13105555555 is in the variable kept: queued.",
        ),
        (f"{FIRST} --say Hi --dry-run", "What would be sent is in the variable kept."),
        (f"{FIRST} --say Hi --as curl", "What would be sent is in the variable kept."),
        (
            "%phone +14155550100 dials +12125551234",
            "The call from +14155550100 to +12125551234 is in the variable kept: completed.",
        ),
        ("%calls", "The calls are in the variable kept."),
        ("%explore menu", "The map is in the variable kept: 0 problems."),
    ],
)
def test_what_out_keeps_is_said_in_one_sentence(notebook: Notebook, line: str, told: str) -> None:
    notebook.value("%%twiml menu", "<Response><Say>Hello.</Say></Response>")
    notebook.value("%number +12125551234 menu")

    assert notebook.value(f"{line} --out kept") is None
    assert notebook.printed == f"{told}\n"
    assert notebook.displayed == []
    assert notebook.value("kept") is not None


def test_the_body_of_a_cell_is_the_twiml(notebook: Notebook) -> None:
    notebook.run("name = 'Ann & Bob'")
    call = notebook.call(f"%{FIRST}", "<Response><Say>Hello $name</Say></Response>")

    assert str(call.transcript[0]) == "Twilio: Hello Ann & Bob"


def test_an_application_may_be_named(notebook: Notebook) -> None:
    notebook.run("import twilio_magic as tm")
    notebook.run(f"desk = tm.client().applications.create(voice_url='{DEMO}')")

    assert notebook.call(f"{FIRST} --app desk").webhooks[0].url == DEMO


@pytest.mark.parametrize(
    ("line", "words", "hint"),
    [
        (f"{FIRST} --say hi --time-out 5", "unrecognized", "--timeout"),
        (f"{FIRST} --say hi Timeuot=5", "Timeuot", "timeout"),
        (f"{FIRST} --say hi there", "one word too many", "quotes"),
        (f"{FIRST} --say hi +12125551234", "one word too many", "--from +12125551234"),
        (f"{FIRST} --say hi --live", "--live", "%twilio live makes the calls"),
        (f"{FIRST} --twiml menu.twiml", "'menu.twiml' is a file", "open('menu.twiml').read()"),
        (f"{FIRST} --say hi --twiml x", "both given", "one of them"),
        (f"{FIRST} --twiml greetign", "greetign", "greeting"),
        (f"{FIRST} --say don't", "quotation", "quotes"),
        (f"{FIRST} --say hi --out 1st", "name of a variable", ""),
        (FIRST, "None of Url", "--twiml"),
    ],
)
def test_a_line_that_makes_no_sense_says_what_to_do(
    notebook: Notebook, line: str, words: str, hint: str
) -> None:
    notebook.run("greeting = '<Response/>'")
    error = notebook.error(line)

    assert words in error.message
    assert hint in (error.hint or "")


def test_who_says_no_number_that_calls_is_offered_one_of_the_account(notebook: Notebook) -> None:
    error = notebook.error("%call +13105555555 --say Hello")

    (number,) = tm.simulator().numbers
    assert error.hint is not None
    assert f"--from {number}" in error.hint
    assert f"%twilio set from {number}" in error.hint


@pytest.mark.parametrize("line", ["%call --from +12125551234 --say Hi", '%call "" --say Hi'])
def test_a_call_to_nobody_says_where_the_number_is_typed(notebook: Notebook, line: str) -> None:
    assert "Type the number that is called: %call +1" in str(notebook.error(line).hint)


@pytest.mark.parametrize("line", ["%twilio set from ''", "%phone '': busy", "%phone : busy"])
def test_no_number_is_no_number(notebook: Notebook, line: str) -> None:
    error = notebook.error(line)

    assert "is given" in error.message or "whose phone" in error.message
    assert not tm.simulator().phones
