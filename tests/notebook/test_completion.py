"""Tab in a cell: what is offered, and that other people's cells are left alone."""

from __future__ import annotations

import pytest
from IPython.core.completer import provisionalcompleter

from .conftest import MAGICS, Notebook


def offered(notebook: Notebook, cell: str) -> list[str]:
    """What Tab offers at the place of ``|`` in *cell*, as it would stand in the cell."""
    cursor = cell.index("|")
    code = cell.replace("|", "")
    with provisionalcompleter():
        return [found.text for found in notebook.shell.Completer.completions(code, cursor)]


PREPARED = """
import twilio_magic as tm
from flask import Flask
tm.simulator().phones.update({"client:ann": "busy", "+1310*": "busy"})
tm.simulator().phones.name("+13105550101", "Zoe")
tm.simulator().mount("https://ivr.example.com", Flask("ivr"))
other = 1
def answer(): return "<Response/>"
"""


@pytest.mark.parametrize(
    ("cell", "expected", "unexpected"),
    [
        ("%%twiml\n<Response>\n  <|", "Say", "Number"),
        ("%%twiml\n<Response><Gather><S|", "Say", "Dial"),
        ("%%twiml\n<Response><Dial><|", "Number", "Say"),
        ("%%twiml\n<Response><Gather n|", "numDigits", "voice"),
        ("%%twiml\n<Response><Gather numDigits='1' |", "timeout", "numDigits"),
        ("%%twiml\n<Response><Gather input='|", "speech", "numDigits"),
        ("%%twiml\n<Response><Say voice='Polly.Jo|", "Polly.Joanna", "man"),
        ("%%twiml\n<Response><Say>Hello</|", "Say>", "Response>"),
        ("%%twiml\n<Response><Say>$gre|", "$greeting", "$nothing"),
        ("%%twiml greeting --|", "--explain", "--from"),
        ("%%twiml greeting --context |", "wait", "--explain"),
        ("%call +13105555555 --f|", "--from", "--url"),
        ("%call --method |", "GET", "--url"),
        ("%call --twiml |", "greeting", "other"),
        ("x = 1\n%call --status-callback-event |", "ringing", "--url"),
        ("%%phone\n+13105555555: answer; h|", "hear", "press"),
        ("%%phone\n+13105555555:\n  pr|", "press", "expect status"),
        ("%%dialog\nap|", "app", "press"),
        ("%%dialog\ndialog 'x'\n  expect st|", "expect status", "say"),
        ("%phone +13105555555: answer; p|", "press", "hear"),
        ("%phone +14155550100 dials +12125551234: s|", "say", "hear"),
        ('%call +13105555555 --phone "answer; h|', "hear", "--url"),
        ("%call |", "+13105555555", "--url"),
        ("%call |", "client:ann", "+1310*"),
        ("%call |", "Zoe", "--url"),
        ("%call Z|", "Zoe", "+13105555555"),
        ("%phone |", "Zoe", "--out"),
        ("%calls --to |", "client:ann", "Zoe"),
        ("%call +13|", "+13105555555", "+12125551234"),
        ("%call +13105555555 --from |", "+12125551234", "client:ann"),
        ("%call +13105555555 |", "--from", "+13105555555"),
        ("%call +13105555555 --url |", "https://ivr.example.com", "--from"),
        ("%call +13105555555 --status-callback |", "https://ivr.example.com", "--from"),
        ("%call +13105555555 StatusCallbackEvent=r|", "StatusCallbackEvent=ringing", "ringing"),
        ("%call +13105555555 Stat|", "StatusCallbackMethod", "Url"),
        ("%phone |", "client:ann", "--out"),
        ("%phone +13105555555 dials |", "+12125551234", "+13105555555"),
        ("%number |", "+12125551234", "+13105555555"),
        ("%number +12125551234 |", "answer", "other"),
        ("%mount https://ivr.example.com |", "greeting", "other"),
        ("%explore |", "answer", "other"),
        ("%hangup |", "running", "over"),
        ("%twiml --describe Ga|", "Gather", "Say"),
        ("%twiml --describe Gather |", "numDigits", "voice"),
        ("%twilio s|", "simulator", "live"),
        ("%twilio set f|", "from", "to"),
        ("%twilio set w|", "warmup", "from"),
        ("%twilio set warmup |", "off", "full"),
        ("%twilio set from |", "+12125551234", "client:ann"),
        ("%twilio unset |", "timeout", "from"),
        ("%twilio fault https://ivr.example.com s|", "status", "body"),
    ],
)
def test_tab_offers_what_fits(
    notebook: Notebook, cell: str, expected: str, unexpected: str
) -> None:
    notebook.value("%%twiml greeting --quiet", "<Response/>")
    notebook.value(PREPARED)
    notebook.value("%call +13105555555 --from +12125551234 --twiml greeting --out over")
    notebook.value(
        "%call +13105555555 --from +12125551234 --twiml greeting --no-wait --out running"
    )
    notebook.value("%twilio set timeout 20")
    words = offered(notebook, cell)

    assert expected in [word.rstrip("= :\"'") for word in words]
    assert unexpected not in [word.rstrip("= :\"'") for word in words]


@pytest.mark.parametrize("cell", ["gree|", "%%html\n<|", "# %%twiml\nimp|", "%tim|"])
def test_other_cells_are_left_alone(notebook: Notebook, cell: str) -> None:
    notebook.value("greetings = 1")
    before = [word for word in offered(notebook, cell) if word.strip("%") not in MAGICS]
    notebook.shell.run_line_magic("unload_ext", "twilio_magic")
    after = offered(notebook, cell)
    notebook.shell.run_line_magic("load_ext", "twilio_magic")

    assert before == after


def test_options_that_are_there_are_not_offered_again(notebook: Notebook) -> None:
    assert "--from" not in offered(notebook, "%call +13105555555 --from +12125551234 --|")


def test_the_common_verbs_come_first(notebook: Notebook) -> None:
    words = offered(notebook, "%%twiml\n<Response><|")

    assert words[:3] == ["Say", "Gather", "Dial"]


def test_a_number_is_offered_with_what_it_is(notebook: Notebook) -> None:
    notebook.value("import twilio_magic as tm")
    notebook.value('tm.simulator().numbers["+12125550199"].friendly_name = "Sales"')
    with provisionalcompleter():
        found = list(notebook.shell.Completer.completions("%number ", len("%number ")))

    assert {each.text: each.type for each in found}["+12125550199"] == "Sales"
