"""``%twilio fault``: what goes wrong on the simulated web, as it is typed."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.notebook.conftest import Notebook

URL = "https://demo.twilio.com/welcome/voice/"
CALL = f"%call +13105555555 --from +12125551234 --url {URL}"


def test_a_fault_is_added_met_and_removed(notebook: Notebook) -> None:
    assert repr(notebook.value(f"%twilio fault {URL} status=500 times=2")) == (
        f"{URL}: status=500, 2 times"
    )
    assert notebook.call(CALL).webhooks[0].status == 500
    assert repr(notebook.value("%twilio fault")) == f"{URL}: status=500, once"
    assert repr(notebook.value(f"%twilio fault {URL} off")) == "no faults"
    assert notebook.call(CALL).webhooks[0].status == 200


def test_all_faults_are_switched_off_at_once(notebook: Notebook) -> None:
    notebook.value(f"%twilio fault {URL} slow=3.5 content_type=text/plain")

    assert repr(notebook.value("%twilio fault off")) == "no faults"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("status=500", "'status=500' stands where the address goes"),
        (f"{URL} statsu=500", "There is no fault 'statsu'"),
        (f"{URL} status", "is no NAME=VALUE"),
        (f"{URL} status=500 times=x", "cannot happen 'x' times"),
        (f"{URL}/else off", "Nothing is wrong with"),
        (URL + " tls=sometimes", "tls='sometimes' is not possible"),
    ],
)
def test_what_makes_no_sense_is_refused(notebook: Notebook, words: str, message: str) -> None:
    with pytest.raises(tm.TwilioMagicError, match=message):
        notebook.value(f"%twilio fault {words}")
