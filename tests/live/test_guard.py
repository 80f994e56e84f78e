"""Nobody is called by accident."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO
from tests.live.conftest import ENVIRON
from tests.live.person import Person
from tests.live.server import CALL, breaks_off, call, says, serving


def test_the_question_says_who_is_called_where_and_what_they_hear() -> None:
    person = Person(True)
    with serving(says(201, call())) as server:
        person.client_of(server).calls.create(
            to=TO, from_=FROM, twiml="<Response><Say>Lunch is ready.</Say></Response>"
        )

    (question,) = person.asked
    assert f"{TO} (US)" in question
    assert "Lunch is ready." in question
    assert "AC…abcd" in question


def test_no_means_no() -> None:
    with serving(says(201, call())) as server, pytest.raises(tm.LiveCallRefused):
        Person(False).client_of(server).calls.create(to=TO, from_=FROM, url=DEMO)

    assert server.seen == []


def test_who_goes_live_again_goes_on_from_the_calls_that_were_placed() -> None:
    """... and asks after the last one in the account that it was placed in."""
    first, second = Person(True), Person(True)
    running, over = says(200, call("in-progress")), says(200, call("completed"))
    with serving(says(201, call()), running, over) as one, serving(says(201, call())) as other:
        first.client_of(one).calls.create(to=TO, from_=FROM, url=DEMO)
        second.guard.go_on_from(first.guard)
        client = second.client_of(other)
        with pytest.raises(tm.LiveCallRefused, match="in-progress"):
            client.calls.create(to=TO, from_=FROM, url=DEMO)
        client.calls.create(to=TO, from_=FROM, url=DEMO)

    assert second.guard.placed == 2
    assert [method for method, *_ in one.seen] == ["POST", "GET", "GET"]
    assert [method for method, *_ in other.seen] == ["POST"]


def test_reading_is_not_asked_about() -> None:
    person = Person()
    with serving(says(200, call())) as server:
        person.client_of(server).calls.fetch(CALL)

    assert person.asked == []


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("+442071838750", "is in GB, not in US"),
        ("+18765550123", "is in JM, not in US"),
        ("+19005550123", "premium-rate"),
        ("+881612345678", "satellite"),
    ],
)
def test_costly_calls_are_asked_about_twice(to: str, words: str) -> None:
    person = Person(True, False)
    with serving(says(201, call())) as server, pytest.raises(tm.LiveCallRefused):
        person.client_of(server).calls.create(to=to, from_=FROM, url=DEMO)

    assert words in person.asked[1]
    assert server.seen == []


def test_one_yes_on_the_line_does_not_answer_the_second_question() -> None:
    person = Person(True)
    with serving(says(201, call())) as server:
        client = person.client_of(server)
        with person.guard.assume_yes(1):
            client.calls.create(to="+442071838750", from_=FROM, url=DEMO)

    assert len(person.asked) == 1
    assert "GB" in person.asked[0]


def test_two_yes_answer_both() -> None:
    person = Person()
    with serving(says(201, call())) as server:
        client = person.client_of(server)
        with person.guard.assume_yes(2):
            client.calls.create(to="+442071838750", from_=FROM, url=DEMO)

    assert len(server.seen) == 1


def test_one_live_call_at_a_time() -> None:
    person = Person(True, True)
    answers = [says(201, call()), says(200, call("in-progress")), says(200, call("completed"))]
    with serving(*answers, says(201, call())) as server:
        client = person.client_of(server)
        client.calls.create(to=TO, from_=FROM, url=DEMO)
        with pytest.raises(tm.LiveCallRefused, match="is not over: its status is in-progress"):
            client.calls.create(to=TO, from_=FROM, url=DEMO)
        client.calls.create(to=TO, from_=FROM, url=DEMO)

    assert [method for method, *_ in server.seen] == ["POST", "GET", "GET", "POST"]


def test_so_many_calls_and_no_more() -> None:
    person = Person(True, limit=1)
    with serving(says(201, call("completed"))) as server:
        client = person.client_of(server)
        client.calls.create(to=TO, from_=FROM, url=DEMO)
        with pytest.raises(tm.LiveCallRefused, match="no more than 1") as refused:
            client.calls.create(to=TO, from_=FROM, url=DEMO)

    assert "max_live_calls" in (refused.value.hint or "")


def test_a_call_whose_answer_was_lost_counts_and_is_asked_about() -> None:
    person = Person(True, True, False)
    with serving(breaks_off, says(201, call())) as server:
        client = person.client_of(server)
        with pytest.raises(tm.NotTheApi):
            client.calls.create(to=TO, from_=FROM, url=DEMO)
        with pytest.raises(tm.LiveCallRefused):
            client.calls.create(to=TO, from_=FROM, url=DEMO)

    assert person.guard.placed == 1
    assert "may be ringing" in person.asked[-1]


def test_with_nobody_there_everything_that_costs_is_refused() -> None:
    with serving(says(201, call())) as server:
        client = Person(is_there=False).client_of(server)
        with pytest.raises(tm.LiveCallRefused, match="Nobody is at the keyboard"):
            client.calls.create(to=TO, from_=FROM, url=DEMO)
        with pytest.raises(tm.LiveCallRefused):
            client.numbers.create(area_code="415")
        with pytest.raises(tm.LiveCallRefused):
            client.caller_ids.create(phone_number=TO)

    assert server.seen == []


def test_the_environment_must_name_this_very_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_MAGIC_LIVE_UNATTENDED", "yes")
    person = Person(is_there=False)
    with serving(says(201, call())) as server:
        client = person.client_of(server)
        with person.guard.assume_yes(2), pytest.raises(tm.LiveCallRefused):
            client.calls.create(to=TO, from_=FROM, url=DEMO)
        monkeypatch.setenv("TWILIO_MAGIC_LIVE_UNATTENDED", ENVIRON["TWILIO_ACCOUNT_SID"])
        with person.guard.assume_yes(1):
            client.calls.create(to=TO, from_=FROM, url=DEMO)

    assert len(server.seen) == 1


def test_buying_a_number_is_asked_about() -> None:
    person = Person(False)
    with serving(says(201, {})) as server, pytest.raises(tm.LiveCallRefused):
        person.client_of(server).numbers.create(area_code="415")

    assert "buys a phone number" in person.asked[0]
