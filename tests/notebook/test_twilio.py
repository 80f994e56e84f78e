"""``%twilio``: where calls go."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.notebook.conftest import Notebook

SAY = "%call +13105555555 --from +12125551234 --say Hi"


def told(notebook: Notebook, line: str) -> str:
    status = notebook.value(line)
    assert status is not None
    return str(getattr(status, "_repr_mimebundle_")()["text/plain"])  # noqa: B009 - any object's


def test_at_first_calls_are_simulated(notebook: Notebook) -> None:
    assert told(notebook, "%twilio") == (
        "Calls are simulated, lenient account.\n  account   AC…de00\n  numbers   +12125551234"
    )


def test_a_default_is_set_shown_and_taken_away(notebook: Notebook) -> None:
    assert "From = +12125551234" in told(notebook, "%twilio set from +12125551234")
    assert notebook.call("%call +13105555555 --say Hi").from_ == "+12125551234"
    assert "default" not in told(notebook, "%twilio unset from")


def test_a_default_that_twilio_would_refuse_is_refused_at_once(notebook: Notebook) -> None:
    error = notebook.error("%twilio set from tel:+12125551234")

    assert error.code == 21212
    assert error.hint == "Did you mean +12125551234?"


def test_a_trial_account_calls_verified_numbers_only(notebook: Notebook) -> None:
    assert "A trial account" in told(notebook, "%twilio simulator --profile trial")
    assert notebook.call(SAY).status == "completed"
    assert notebook.error(SAY.replace("3105555555", "4155550100")).code == 21219


def test_test_credentials_place_no_call(notebook: Notebook) -> None:
    notebook.run("%twilio simulator --profile test-credentials")
    call = notebook.call("%call +14155550100 --from +15005550006 --say Hi")

    assert call.status == "queued"
    assert call.timeline[-1].kind == "warned"


def test_a_misspelled_command_is_told_what_it_was_meant_to_be(notebook: Notebook) -> None:
    assert notebook.error("%twilio liv").hint == "Did you mean live?"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("%twilio liev", "'liev' is not understood"),
        ("%twilio simulator --profile free", "no profile 'free'"),
        ("%twilio set from", "a name and a value"),
        ("%twilio set frmo +12125551234", "frmo"),
        ("%twilio live now", "one word too many"),
    ],
)
def test_what_makes_no_sense_is_refused(notebook: Notebook, line: str, words: str) -> None:
    assert words in notebook.error(line).message


def test_a_misspelt_default_is_told_as_it_is_typed_here(notebook: Notebook) -> None:
    """`from`, where Python would write `from_`."""
    assert notebook.error("%twilio set form +12125551234").hint == "Did you mean from?"
    assert notebook.error("%twilio unset form").hint == "Did you mean from?"
    assert " from, " in (notebook.error("%twilio set weather fine").hint or "")


def test_live_needs_credentials(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nowhere")
    error = notebook.error("%twilio live")

    assert isinstance(error, tm.CredentialsError)
    assert "TWILIO_ACCOUNT_SID" in error.message


def test_live_needs_a_person(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC" + "0" * 32)
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "0" * 32)
    monkeypatch.setenv("CI", "true")
    error = notebook.error("%twilio live")

    assert isinstance(error, tm.LiveCallRefused)
    assert not tm.client().is_live


def test_the_number_of_live_calls_is_a_setting(notebook: Notebook) -> None:
    notebook.run("%config TwilioMagics.max_live_calls = 3")
    notebook.run("%config TwilioMagics.max_live_calls")

    assert "3" in notebook.printed or "3" in str(
        notebook.value("%config TwilioMagics.max_live_calls")
    )


def test_reset_begins_the_world_anew(notebook: Notebook) -> None:
    """Calls, phones, faults, addresses and defaults are gone; the same call has the same sid again."""
    notebook.run("%twilio set from +12125551234")
    notebook.run("%phone +13105555555: busy")
    notebook.run("%twilio fault https://ivr.example.com/menu status=500")
    before = notebook.call("%call +13105555555 --say Hi")

    assert "default" not in told(notebook, "%twilio reset")
    assert tm.client().calls.list() == []
    assert not tm.simulator().phones
    assert not list(tm.simulator().faults)
    again = notebook.call(SAY)
    assert (again.sid, before.status, again.status) == (before.sid, "busy", "completed")


def test_reset_leaves_the_profile_and_the_names_of_the_notebook(notebook: Notebook) -> None:
    notebook.run("%%twiml hello --quiet", "<Response><Say>Hi</Say></Response>")
    notebook.run("%twilio simulator --profile trial")

    assert "trial account" in told(notebook, "%twilio reset")
    assert notebook.call(SAY.replace("--say Hi", "--twiml hello")).status == "completed"


def test_reset_takes_no_more_words(notebook: Notebook) -> None:
    """Whoever writes ``reset faults`` does not lose everything."""
    call = notebook.call(SAY)

    assert "one word too many" in notebook.error("%twilio reset faults").message
    assert [each.sid for each in tm.client().calls.list()] == [call.sid]
