"""Nobody is called by accident."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO
from tests.live.conftest import ENVIRON
from tests.live.person import Person
from tests.live.server import CALL, breaks_off, call, says, serving
from twilio_magic.api import operations


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
        second.guard.count_with(first.guard)
        client = second.client_of(other)
        with pytest.raises(tm.LiveCallRefused, match="in-progress"):
            client.calls.create(to=TO, from_=FROM, url=DEMO)
        client.calls.create(to=TO, from_=FROM, url=DEMO)

    assert second.guard.number_of_calls == 2
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
        with pytest.raises(tm.LiveCallRefused, match="1 of 1 were placed") as refused:
            client.calls.create(to=TO, from_=FROM, url=DEMO)

    assert "max_live_calls" in (refused.value.hint or "")


RINGS: dict[str, Callable[[tm.Client], object]] = {
    "calls.create": lambda client: client.calls.create(to=TO, from_=FROM, url=DEMO),
    "participants.create": lambda client: client.conferences("room").participants.create(
        to=TO, from_=FROM
    ),
    "caller_ids.create": lambda client: client.outgoing_caller_ids.create(phone_number=TO),
}


def test_what_rings_a_phone_is_known() -> None:
    assert {name for name, row in operations().items() if row.rings_a_phone} == set(RINGS)


@pytest.mark.parametrize("name", RINGS)
def test_whatever_rings_a_phone_counts_to_the_limit(name: str) -> None:
    """... and one call more of any kind is refused before anybody is asked."""
    person = Person(True, limit=1)
    with serving(says(201, {**call("completed"), "validation_code": "1"})) as server:
        client = person.client_of(server)
        RINGS[name](client)
        for ring in RINGS.values():
            with pytest.raises(tm.LiveCallRefused, match="1 of 1 were placed"):
                ring(client)

    assert len(server.seen) == len(person.asked) == 1


def test_a_participant_joins_while_a_call_is_under_way() -> None:
    person = Person(True, True)
    with serving(says(201, call("in-progress"))) as server:
        client = person.client_of(server)
        client.calls.create(to=TO, from_=FROM, url=DEMO)
        RINGS["participants.create"](client)

    assert person.guard.number_of_calls == 2


def test_a_participant_who_is_costly_to_call_is_asked_about_twice() -> None:
    person = Person(True, False)
    with serving(says(201, call())) as server:
        participants = person.client_of(server).conferences("room").participants
        with pytest.raises(tm.LiveCallRefused):
            participants.create(to="+19005550123", from_=FROM)

    assert "premium-rate" in person.asked[1]
    assert server.seen == []


def test_a_call_whose_answer_was_lost_counts_and_is_asked_about() -> None:
    person = Person(True, True, False)
    with serving(breaks_off, says(201, call())) as server:
        client = person.client_of(server)
        with pytest.raises(tm.NotTheApi):
            client.calls.create(to=TO, from_=FROM, url=DEMO)
        with pytest.raises(tm.LiveCallRefused):
            client.calls.create(to=TO, from_=FROM, url=DEMO)

    assert person.guard.number_of_calls == 1
    assert "may be ringing" in person.asked[-1]


def test_with_nobody_there_everything_that_costs_is_refused() -> None:
    with serving(says(201, call())) as server:
        client = Person(is_there=False).client_of(server)
        with pytest.raises(tm.LiveCallRefused, match="Nobody is at the keyboard"):
            client.calls.create(to=TO, from_=FROM, url=DEMO)
        with pytest.raises(tm.LiveCallRefused):
            client.incoming_phone_numbers.create(area_code="415")
        with pytest.raises(tm.LiveCallRefused):
            client.outgoing_caller_ids.create(phone_number=TO)

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
        person.client_of(server).incoming_phone_numbers.create(area_code="415")

    assert "buys a phone number" in person.asked[0]


SID = "PN" + "5" * 32
RECORDING = "RE" + "5" * 32


def test_threads_that_call_at_once_place_no_more_calls_than_are_allowed() -> None:
    person, together = Person(*[True] * 8, limit=1), Barrier(8)
    refused: list[tm.LiveCallRefused] = []

    def place(client: tm.Client) -> None:
        together.wait()
        try:
            client.calls.create(to=TO, from_=FROM, url=DEMO)
        except tm.LiveCallRefused as refusal:
            refused.append(refusal)

    with serving(says(201, call())) as server:
        client = person.client_of(server)
        threads = [Thread(target=place, args=(client,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [method for method, *_ in server.seen].count("POST") == 1
    assert len(refused) == 7


def test_a_yes_in_advance_is_for_one_request_of_one_thread() -> None:
    person = Person(False, False)
    refused: list[tm.LiveCallRefused] = []

    def buy(client: tm.Client) -> None:
        try:
            client.incoming_phone_numbers.create(area_code="415")
        except tm.LiveCallRefused as refusal:
            refused.append(refusal)

    with serving(says(201, {"sid": SID})) as server:
        client = person.client_of(server)
        with person.guard.assume_yes(1):
            other = Thread(target=buy, args=(client,))
            other.start()
            other.join()
            buy(client)
            buy(client)

    assert len(server.seen) == 1
    assert len(refused) == 2


@pytest.mark.parametrize(
    ("status", "body"),
    [
        *((201, body) for body in ({}, {"message": "welcome"}, {"sid": None}, {"sid": 5})),
        (201, {"sid": "../x"}),
        (200, "<html>Log in</html>"),
        (400, {}),
        (403, "<html>Not from here</html>"),
        (408, "<html>Too slow</html>"),
        (502, "<html>Bad Gateway</html>"),
        (504, "Gateway Timeout"),
    ],
)
def test_a_call_that_is_answered_with_no_sid_may_have_been_placed(
    status: int, body: object
) -> None:
    """Whoever wrote an error page, nobody knows what became of the request before."""
    person = Person(True, True, False)
    with serving(says(status, body)) as server:
        client = person.client_of(server)
        with pytest.raises(tm.NotTheApi) as strange:
            client.calls.create(to=TO, from_=FROM, url=DEMO)
        with pytest.raises(tm.LiveCallRefused):
            client.calls.create(to=TO, from_=FROM, url=DEMO)

    assert strange.value.may_have_happened
    assert person.guard.number_of_calls == 1
    assert "may be ringing" in person.asked[-1]


def test_every_operation_that_changes_something_says_whether_it_asks() -> None:
    """A new one needs an entry in the table: what it costs, what its consequence is, or why it is harmless."""
    for name, row in operations().items():
        entries = [each for each in (row.costs, row.consequence, row.harmless) if each]
        assert len(entries) == (0 if row.method == "GET" else 1), name
        assert row.needs_consent(["Anything"]) == bool(row.costs or row.consequence), name


@pytest.mark.parametrize(
    ("asks", "act"),
    [
        (True, lambda client: client.calls.update(CALL, url=DEMO)),
        (True, lambda client: client.calls.update(CALL, twiml="<Response/>")),
        (False, lambda client: client.calls.update(CALL, status="completed")),
        (True, lambda client: client.calls.update(CALL, status="completed", url=DEMO)),
        (True, lambda client: client.incoming_phone_numbers.update(SID, voice_url=DEMO)),
        (True, lambda client: client.incoming_phone_numbers.delete(SID)),
        (True, lambda client: client.recordings.delete(RECORDING)),
        (True, lambda client: client.calls(CALL).recordings.create()),
        (False, lambda client: client.calls(CALL).recordings(RECORDING).update(status="stopped")),
        (True, lambda client: client.conferences("room").participants.create(to=TO, from_=FROM)),
        (True, lambda client: client.conferences("CF1").participants(CALL).update(muted=True)),
        (True, lambda client: client.conferences("CF1").participants(CALL).delete()),
        (True, lambda client: client.applications("AP" + "5" * 32).update(voice_url=DEMO)),
        (True, lambda client: client.applications("AP" + "5" * 32).delete()),
        (False, lambda client: client.applications.create(voice_url=DEMO)),
    ],
)
def test_what_dials_costs_or_cannot_be_undone_asks(asks: bool, act: object) -> None:
    person = Person(False)
    with serving(says(200, call())) as server:
        client = person.client_of(server)
        if asks:
            with pytest.raises(tm.LiveCallRefused):
                act(client)  # type: ignore[operator]
        else:
            act(client)  # type: ignore[operator]

    assert len(person.asked) == asks
    assert len(server.seen) == (not asks)


def test_a_client_of_plain_python_is_guarded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """No person is at the keyboard of a test, so nothing leaves the machine."""
    monkeypatch.setenv("CI", "true")
    client = tm.Client(credentials=tm.Credentials.find(ENVIRON))

    with pytest.raises(tm.LiveCallRefused, match="Nobody is at the keyboard"):
        client.calls.create(to=TO, from_=FROM, url=DEMO)
