"""Answers of whatever answers for the API: read as what they should be, or refused, and never an exception of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO
from tests.live.conftest import UNPAUSED, Connect, connects
from tests.live.server import CALL, call, says, serving

#: JSON that Python cannot read.
UNREADABLE = {
    "deep lists": "[" * 10_000 + "]" * 10_000,
    "deep objects": '{"a":' * 10_000 + "1" + "}" * 10_000,
    "a number of 5,000 digits": '{"sid": "CA1", "duration": ' + "9" * 5000 + "}",
    "half of a deep list": "[" * 10_000,
}
NUMBERS = st.sampled_from([0, -1, 1.5, 10**400, float("inf"), float("nan"), True, None])
TEXTS = st.sampled_from(
    [
        *["", "x", "9" * 5000, "\ud800", "[", "http://[", "completed", "١٢", "NaN", "1e999"],
        *["Thu, 01 Jan 99999 00:00:00 +0000", "Mon, 16 Aug 2010 03:45:01 +9999", "2010-08-16"],
    ]
)
VALUES = st.recursive(
    st.one_of(NUMBERS, TEXTS, st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)
DATE = "Mon, 16 Aug 2010 03:45:01 +0000"
FIELDS = call("completed", date_created=DATE, start_time=DATE, end_time=DATE, price="-0.1")
FIELDS |= {"parent_call_sid": None, "subresource_uris": {}, "direction": "inbound"}


@pytest.mark.parametrize("status", [200, 400, 500])
@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_not_the_apis(connect: Connect, status: int, body: str) -> None:
    with serving(says(status, body)) as server:
        with pytest.raises((tm.NotTheApi, tm.TwilioFailed)):
            connect(server).calls.fetch(CALL)
        with pytest.raises((tm.NotTheApi, tm.TwilioFailed)):
            connect(server).calls.create(to=TO, from_=FROM, url=DEMO)


@pytest.mark.parametrize("rows", [[1], [None], ["x"], [[]], [{}, 5], 5, {}])
def test_rows_that_are_none_are_not_the_apis(connect: Connect, rows: Any) -> None:
    with serving(says(200, {"calls": rows})) as server, pytest.raises(tm.NotTheApi):
        list(connect(server).calls)


@pytest.mark.parametrize("uri", ["//[", "http://[::1", "https://[api/Calls.json?Page=1"])
def test_an_address_of_the_next_page_that_is_none_is_not_the_apis(
    connect: Connect, uri: str
) -> None:
    answer = says(200, {"calls": [call()], "next_page_uri": uri})
    with serving(answer) as server, pytest.raises(tm.NotTheApi, match="next page"):
        list(connect(server).calls)


@settings(max_examples=80)
@given(fields=st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, VALUES)))
def test_fields_of_any_type_are_shown(fields: dict[str, Any]) -> None:
    """Each attribute has the type that it is declared with, or nothing; *fields* has what came."""
    answer = says(200, json.dumps(FIELDS | fields))
    with serving(answer) as server:
        client = connects(UNPAUSED)(server)
        fetched = client.calls.fetch(CALL)
        shown = [repr(fetched), *fetched._bundle().values(), str(fetched.timeline)]
        shown += [*fetched.ladder()._bundle().values(), repr(client.account)]
        fetched.fetch()

    assert "\ud800" not in "".join(shown)
    assert isinstance(fetched.sid, str)
    assert fetched.duration is None or abs(fetched.duration) < 10**15
    assert fetched.start_time is None or fetched.start_time.tzinfo


@settings(max_examples=40)
@given(
    body=st.fixed_dictionaries({"code": VALUES, "message": VALUES, "more_info": VALUES}),
    status=st.sampled_from([400, 404, 429, 500]),
)
def test_errors_of_any_type_are_told(body: dict[str, Any], status: int) -> None:
    with (
        serving(says(status, json.dumps(body))) as server,
        pytest.raises(tm.TwilioMagicError) as raised,
    ):
        connects(UNPAUSED)(server).calls.create(to=TO, from_=FROM, url=DEMO)

    assert raised.value.box()
