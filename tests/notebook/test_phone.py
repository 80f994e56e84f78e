"""``%phone``: scripts for phones, and calls that come in."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, heard, told

from .conftest import Notebook

CALLER = "+14155550100"


@pytest.fixture
def answered(notebook: Notebook) -> Notebook:
    """A notebook in which the account's number answers."""
    url = tm.simulator().host(
        "<Response><Gather numDigits='1'><Say>Press 1.</Say></Gather><Say>Bye.</Say></Response>"
    )
    tm.simulator().numbers[FROM].voice_url = url
    return notebook


def test_a_line_gives_a_phone_its_script_and_shows_it_with_the_others(notebook: Notebook) -> None:
    assert repr(notebook.value(f"%phone {TO}: ring 1; busy")) == f"{TO}: ring 1; busy"
    assert notebook.call(f'%call {TO} --from {FROM} --twiml "<Response/>"').status == "busy"
    named = notebook.value("%phone Ann = +13105550101: answer")
    assert repr(named).splitlines() == [f"{TO}: ring 1; busy", "Ann = +13105550101: answer"]
    assert repr(notebook.value("%phone")) == repr(named)


def test_a_cell_holds_a_script_of_several_lines(notebook: Notebook) -> None:
    notebook.value(f"%%phone {TO}", "answer", "wait 1", "hang up")
    call = notebook.call(f'%call {TO} --from {FROM} --say "Nobody hears all of this sentence."')

    assert told(call, "hung up") == [f"by {TO}"]


def test_addresses_with_colons_are_understood(notebook: Notebook) -> None:
    notebook.value("%phone client:alice: busy")

    assert list(tm.simulator().phones) == ["client:alice"]


def test_a_phone_dials_and_the_call_is_shown(answered: Notebook) -> None:
    call = answered.call(f"%phone {CALLER} dials {FROM}: press 1; hang up")

    assert (call.direction, call.status) == ("inbound", "completed")
    assert told(call, "gathered") == ["1"]


def test_a_phone_dials_with_the_script_that_it_has_or_that_a_cell_holds(
    answered: Notebook,
) -> None:
    silent = answered.call(f"%phone {CALLER} dials {FROM}")
    spoken = answered.call(f"%%phone {CALLER} dials {FROM}", "wait 1", "hang up")

    assert heard(silent)[-1] == "Twilio: Bye."
    assert spoken.duration == 1


def test_a_call_may_be_kept_and_left_ringing(answered: Notebook) -> None:
    assert answered.value(f"%phone {CALLER} dials {FROM} --no-wait --out incoming") is None
    call = answered.shell.user_ns["incoming"]

    assert call.status == "ringing"


def test_an_error_points_into_the_script(notebook: Notebook) -> None:
    error = notebook.error(f"%phone {TO}: answer; prss 1")

    assert isinstance(error, tm.PhoneScriptError)
    assert "'prss 1'" in error.message


@pytest.mark.parametrize("line", ["+13105555555", "a b c", "+1 dials"])
def test_a_line_that_says_nothing_to_do_is_told_how(notebook: Notebook, line: str) -> None:
    error = notebook.error(f"%phone {line}")

    assert isinstance(error, tm.MagicLineError)
    assert "dials" in str(error.hint)


def test_help_explains_the_steps(notebook: Notebook) -> None:
    notebook.run("%phone --help")

    assert 'machine "greeting"' in notebook.printed


def test_a_cell_gives_several_phones_their_scripts(notebook: Notebook) -> None:
    notebook.value(
        "%%phone",
        "+13105555555: hear 'press 1'",
        "  press 1",
        "  hang up",
        "",
        "client:alice: busy",
        "+1415*: no answer",
    )
    phones = {number: str(script) for number, script in tm.simulator().phones.items()}

    assert phones == {
        "+13105555555": "hear 'press 1'\n  press 1\n  hang up",
        "client:alice": "busy",
        "+1415*": "no answer",
    }


def test_a_cell_that_does_not_begin_with_a_number_says_so(notebook: Notebook) -> None:
    error = notebook.error("%%phone", "press 1; hang up", "+13105555555: busy")

    assert "'press 1; hang up'" in error.message
    assert len(tm.simulator().phones) == 0


def test_a_client_dials_an_application_with_custom_parameters(notebook: Notebook) -> None:
    seen: list[dict[str, str]] = []
    url = "https://dialer.example.com/voice"

    @tm.simulator().webhook(url)
    def voice(request: dict[str, str]) -> str:
        seen.append(dict(request))
        return "<Response><Say>Hello.</Say></Response>"

    notebook.run(f"sid = {tm.client().applications.create(voice_url=url).sid!r}")

    call = notebook.call("%phone client:joe dials $sid room=blue note='two words': hang up")

    assert call.from_ == "client:joe"
    assert (seen[0]["room"], seen[0]["note"]) == ("blue", "two words")


def test_a_phone_is_called_and_changed_by_its_name(notebook: Notebook) -> None:
    notebook.run("%phone 'Ann Lee' = +13105550101: ring 3; answer")
    notebook.run("%phone 'ann lee': busy")

    call = notebook.call("%call 'Ann Lee' --from +12125551234 --say Hello")

    assert (call.to, call.status) == ("+13105550101", "busy")


def test_a_phone_that_has_a_name_calls_by_it(notebook: Notebook) -> None:
    notebook.run("%phone Ann = +14155550100: answer")
    notebook.run("%%twiml menu --quiet", "<Response><Say>Hello.</Say></Response>")
    notebook.run("%number +12125551234 menu")

    assert notebook.call("%phone Ann dials +12125551234").from_ == "+14155550100"


def test_a_custom_parameter_has_a_name_and_a_value(notebook: Notebook) -> None:
    error = notebook.error(f"%phone client:joe dials AP{'0' * 32} blue")

    assert "'blue' is no custom parameter" in str(error)
