"""Every error code of the Calls API, as Twilio answers with it: code, message, page and a hint in plain words."""

from __future__ import annotations

from typing import get_args

import pytest

import twilio_magic as tm
from tests.live.conftest import UNPAUSED
from tests.live.server import ACCOUNT, CALL, refuses, serving
from twilio_magic.api import CodeName, error_code, error_codes, operations

ANSWERED = {code: row for code, row in error_codes().items() if row.status}


@pytest.mark.parametrize("code", sorted(ANSWERED))
def test_an_answer_with_the_code_becomes_an_error_with_its_hint(code: int) -> None:
    row = ANSWERED[code]
    credentials = tm.Credentials.find(
        {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": "0" * 32}
    )
    with serving(refuses(row.status or 400, code, f"Message {code}.")) as server:
        client = tm.Client(credentials=credentials, timeouts=UNPAUSED, base_url=server.base)
        with pytest.raises(tm.ApiError) as raised:
            client.calls.fetch(CALL)

    error = raised.value
    assert (error.code, error.status, error.message) == (code, row.status, f"Message {code}.")
    assert error.more_info == f"https://www.twilio.com/docs/errors/{code}"
    assert error.hint
    assert str(code) in error.box()[0]


@pytest.mark.parametrize("code", sorted(error_codes()))
def test_every_code_has_a_hint_that_is_a_sentence(code: int) -> None:
    hint = error_codes()[code].hint or ""

    assert len(hint) > 10
    assert hint[0].isupper() or hint.startswith(("PageSize", "CallDelay"))
    assert hint.endswith((".", ")"))


def test_every_name_of_a_code_is_in_the_table_once() -> None:
    named = [row.name for row in error_codes().values() if row.name]

    assert sorted(named) == sorted(get_args(CodeName))
    assert error_code("not-found").code == 20404


def test_every_code_of_a_parameter_is_in_the_table() -> None:
    used = {
        code
        for operation in operations().values()
        for row in operation.parameters
        for code in row.codes.values()
    }

    assert used <= error_codes().keys()


def test_a_trial_account_is_told_what_to_do() -> None:
    trial = tm.Client(simulator=tm.Simulator(profile="trial"))

    with pytest.raises(tm.ApiError) as refused:
        trial.calls.create(to="+14155550100", from_="+12125551234", twiml="<Response/>")

    assert refused.value.code == 21219
    assert "Verify it in the Console" in (refused.value.hint or "")
