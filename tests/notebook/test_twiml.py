"""``%%twiml`` and its options."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import twilio_magic as tm

from .conftest import Notebook

Shown = Callable[[object], str]


def test_warnings_are_shown_at_their_lines_and_the_cell_goes_on(
    notebook: Notebook, shown: Shown
) -> None:
    document = notebook.value(
        "%%twiml greeting", "<Response>", '  <Say voise="man">Hello.</Say>', "</Response>"
    )
    lines = shown(document).splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("3 │"))

    assert "warning 12200: <Say> has no attribute voise" in lines[place + 1]
    assert "did you mean voice?" in lines[place + 1]


def test_errors_are_shown_and_stop_the_cell(notebook: Notebook) -> None:
    error = notebook.error("%%twiml greeting", "<Responce/>")

    assert isinstance(error, tm.Rejected)
    assert error.code == 12102
    assert "12102" not in notebook.printed  # it is said once, in the preview
    (preview,) = notebook.displayed
    assert "✗ greeting: Twilio would refuse this document" in preview.data["text/plain"]


def test_strict_makes_warnings_stop_the_cell(notebook: Notebook) -> None:
    error = notebook.error("%%twiml --strict", '<Response><Say voise="man">Hi</Say></Response>')

    assert isinstance(error, tm.Rejected)
    assert error.code == 12200
    (preview,) = notebook.displayed
    assert "✗ refused, because here a warning counts as an error" in preview.data["text/plain"]


@pytest.mark.parametrize("typed", ["Sya", "Sai", "Gahter", "Dail"])
def test_a_misspelled_verb_is_told_what_it_was_meant_to_be(notebook: Notebook, typed: str) -> None:
    document = notebook.value("%%twiml", f"<Response><{typed}>Hi</{typed}></Response>")

    assert isinstance(document, tm.Document)
    assert "did you mean <" in str(document.problems[0].hint).lower()


def test_quiet_shows_nothing_and_keeps_the_document(notebook: Notebook) -> None:
    assert notebook.value("%%twiml greeting --quiet", "<Response/>") is None
    assert notebook.displayed == []
    assert repr(notebook.shell.user_ns["greeting"]) == "<Document greeting: no verbs>"


def test_explain_shows_only_what_the_caller_experiences(notebook: Notebook, shown: Shown) -> None:
    explanation = notebook.value("%%twiml --explain", "<Response><Say>Hello.</Say></Response>")

    assert shown(explanation).startswith("Says “Hello.”")
    assert "<Say>" not in shown(explanation)


def test_inline_checks_for_the_twiml_parameter(notebook: Notebook) -> None:
    error = notebook.error("%%twiml --inline", f"<Response><Say>{'word ' * 900}</Say></Response>")

    assert error.code == 32018


def test_the_context_says_where_the_document_is_used(notebook: Notebook, shown: Shown) -> None:
    cell = "<Response><Dial>+13105555555</Dial></Response>"
    anywhere = notebook.value("%%twiml", cell)
    result = notebook.run("%%twiml hold --context wait", cell)
    hold = notebook.shell.user_ns["hold"]

    assert isinstance(anywhere, tm.Document)
    assert anywhere.problems == []
    assert any("Dial" in problem.message for problem in hold.problems), result


def test_a_dial_that_names_a_phone_says_which_number_to_write(notebook: Notebook) -> None:
    notebook.run("%phone Ann = +13105550101: answer")
    document = notebook.value("%%twiml", "<Response><Dial>\n<Number>ann</Number></Dial></Response>")

    assert isinstance(document, tm.Document)
    (problem,) = document.problems
    assert problem.message.endswith("TwiML takes no names of phones; write +13105550101")


def test_advice_can_be_switched_off_by_name(notebook: Notebook) -> None:
    cell = "<Response><Hangup/><Say>Never heard.</Say></Response>"
    document = notebook.value("%%twiml", cell)
    assert isinstance(document, tm.Document)
    (advice,) = document.problems
    silenced = notebook.value(f"%%twiml --ignore {advice.name}", cell)

    assert advice.level == "advice"
    assert isinstance(silenced, tm.Document)
    assert silenced.problems == []


def test_host_keeps_the_address_beside_the_document(notebook: Notebook) -> None:
    notebook.value("%%twiml menu --host", "<Response><Say>Hello {{From}}.</Say></Response>")
    call = notebook.call("%call +13105555555 --from +12125551234 --url $menu_url")

    assert repr(call.transcript) == "Twilio: Hello +12125551234."


def test_host_needs_a_name(notebook: Notebook) -> None:
    error = notebook.error("%%twiml --host", "<Response/>")

    assert "menu_url" in (error.hint or "")


def test_names_of_the_notebook_are_filled_in_and_cannot_change_the_structure(
    notebook: Notebook,
) -> None:
    notebook.value("name = 'Tom & <Hangup/>'", "price = '$5.00'")
    notebook.value("%%twiml inner --quiet", "<Response><Say>Inner.</Say></Response>")
    document = notebook.value("%%twiml", "<Response><Say>Hello $name, $price.</Say></Response>")

    assert isinstance(document, tm.Document)
    assert [verb.name for verb in document.verbs] == ["Say"]
    assert document.verbs[0].text == "Hello Tom & <Hangup/>, $5.00."


def test_an_unknown_name_is_an_error_with_the_nearest_one(notebook: Notebook) -> None:
    notebook.value("customer = 'Tom'")
    error = notebook.error("%%twiml", "<Response>", "  <Say>Hello $custmer.</Say>", "</Response>")

    assert isinstance(error, tm.Unfilled)
    assert "customer" in (error.hint or "")
    assert "line 3" in notebook.printed


def test_verbs_alone_get_their_root_and_keep_their_lines(notebook: Notebook, shown: Shown) -> None:
    document = notebook.value("%%twiml", "<Say>Hello.</Say>", '<Say voise="man">There.</Say>')

    assert isinstance(document, tm.Document)
    assert [verb.line for verb in document.verbs] == [2, 3]
    assert "advice: The verbs stand alone, so <Response> was put around them" in shown(document)


def test_describe_tells_of_elements_and_attributes(notebook: Notebook) -> None:
    notebook.value("%twiml --describe Gather numDigits")
    assert notebook.printed.startswith("numDigits of <Gather>")

    error = notebook.error("%twiml --describe Gather voice")
    assert "numDigits" in (error.hint or "")


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_cell_says_what_is_missing(notebook: Notebook, text: str) -> None:
    error = notebook.error("%%twiml", text, " ")

    assert isinstance(error, tm.TwimlError)
