"""Old public names keep working until 1.0, and say what they are called now."""

from __future__ import annotations

import pytest

import twilio_magic as tm

ACCOUNT = "AC" + "a" * 32
CREDENTIALS = tm.Credentials.find({"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": "t" * 32})
LOOPBACK = "http://127.0.0.1:8000"


def test_patience_is_called_timeouts() -> None:
    with pytest.warns(DeprecationWarning, match=r"twilio_magic\.Timeouts"):
        old = tm.Patience  # type: ignore[attr-defined] # it is old

    assert old is tm.Timeouts


def test_a_client_takes_its_old_keywords() -> None:
    with pytest.warns(DeprecationWarning, match="Client") as warned:
        client = tm.Client(
            credentials=CREDENTIALS, patience=tm.Timeouts(connect=1.0), stand_in=LOOPBACK
        )

    assert ["timeouts=" in str(each.message) for each in warned] == [True, False]
    assert client.base_url == LOOPBACK
    with pytest.warns(DeprecationWarning, match="base_url"):
        assert client.stand_in == LOOPBACK


def test_a_keyword_that_never_was_is_refused() -> None:
    with pytest.raises(TypeError, match="'patients'"):
        tm.Client(credentials=CREDENTIALS, patients=1)


def test_numbers_and_caller_ids_have_the_names_of_twilios_library() -> None:
    client = tm.Client(simulator=tm.Simulator())
    with pytest.warns(DeprecationWarning, match=r"Client\.incoming_phone_numbers"):
        numbers = client.numbers
    with pytest.warns(DeprecationWarning, match=r"Client\.outgoing_caller_ids"):
        caller_ids = client.caller_ids

    assert numbers is client.incoming_phone_numbers
    assert caller_ids is client.outgoing_caller_ids
