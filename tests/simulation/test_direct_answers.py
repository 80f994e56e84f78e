"""The API answers what is asked most without Flask, and says the same as Flask would."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import Literal, get_args

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.simulation.rest import address, signed_in

#: What the API takes no notice of, but for the way of the request: with a query it goes through Flask.
LONG_WAY = "?whatever=1"
TWIML = "<Response><Say>Hello.</Say></Response>"
NAMES = ("To", "From", "Twiml", "Url", "Method", "Timeout", "StatusCallback", "MachineDetection")
VALUES = (
    TO,
    FROM,
    TWIML,
    "",
    "30",
    "POST",
    "client:ann",
    "sip:ann@example.com",
    "https://demo.twilio.com/welcome/voice/",
    "http://localhost/",
    "ü€😀&=+%",
)
FORMS = st.one_of(
    st.just({"To": TO, "From": FROM, "Twiml": TWIML}),
    st.dictionaries(st.sampled_from((*NAMES, "Other")), st.sampled_from(VALUES)),
    st.fixed_dictionaries(
        {"To": st.sampled_from(VALUES), "From": st.sampled_from(VALUES), "Twiml": st.text()},
        optional=dict.fromkeys(NAMES[3:], st.sampled_from(VALUES)),
    ),
)
#: What is asked: a form is posted, and a number fetches a call.
ASKED = st.lists(st.one_of(FORMS, st.integers(0, 3)), min_size=1, max_size=5)
CALL = b"To=%2B13105555555&From=%2B12125551234&Twiml=%3CResponse%3E%3CSay%3EHello"
END = b"%3C/Say%3E%3C/Response%3E"
BODIES = (
    *(b"", b"To", b"=", b"&&", b"To=1;From=2", b"To=%", b"To=\xff", CALL + b"a" * 120_000),
    *(
        CALL + said + END
        for said in (b"a", b"%FF", b"%ED%A0%80", b"%", b"\xff", b"&&=", b";To=1", b"+")
    ),
)
CONTENT_TYPES = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-8",
    "multipart/form-data; boundary=b",
    "text/plain",
    "",
)
Told = tuple[int, list[tuple[str, str]], bytes]


Profile = Literal["lenient", "strict", "trial", "test-credentials"]


class Account:
    """An account whose API is asked, always with the same *query*."""

    def __init__(self, profile: Profile, query: str) -> None:
        self.simulator = tm.Simulator(seed=7, profile=profile)
        self.session = signed_in(self.simulator)
        self.query = query
        self.sids = ["CA" + "0" * 32]

    def ask(self, what: Mapping[str, str] | int) -> Told:
        """The answer to a form, or to a request for a call by its number."""
        if isinstance(what, int):
            url = address(self.simulator, f"/Calls/{self.sids[what % len(self.sids)]}.json")
            return told(self.session.get(url + self.query))
        url = address(self.simulator, "/Calls.json")
        answer = self.session.post(url + self.query, data=what)
        if answer.ok:
            self.sids.append(answer.json()["sid"])
        return told(answer)


def told(answer: requests.Response) -> Told:
    return answer.status_code, [*answer.raw.headers.items()], answer.content


@given(asked=ASKED, profile=st.sampled_from(get_args(Profile)), seconds=st.sampled_from((0, 4, 60)))
@settings(max_examples=150)
def test_whatever_is_asked_of_calls_is_answered_as_flask_answers_it(
    asked: list[dict[str, str] | int], profile: Profile, seconds: float
) -> None:
    direct, long = Account(profile, ""), Account(profile, LONG_WAY)

    for what in asked:
        assert direct.ask(what) == long.ask(what)
        direct.simulator.advance(seconds)
        long.simulator.advance(seconds)


@given(
    username=st.sampled_from(("sid", "key", "AC" + "0" * 32, "", "ü")),
    password=st.sampled_from(("token", "secret", "wrong", "", "ü", "a:b")),
    header=st.sampled_from((None, "Basic", "Basic ÿ", "Basic AAAA", "Bearer AAAA", "basic  QTpC")),
)
def test_whoever_signs_in_is_let_in_or_refused_as_by_flask(
    username: str, password: str, header: str | None
) -> None:
    assert signing_in(username, password, header, "") == signing_in(
        username, password, header, LONG_WAY
    )


def signing_in(username: str, password: str, header: str | None, query: str) -> Told:
    """What the API says to a call that is placed with these credentials, or with the *header* that signs in."""
    account = Account("lenient", query)
    main, key = account.simulator.credentials, account.simulator.api_key
    known = {
        "sid": main.username,
        "token": main.password.reveal(),
        "key": key.username,
        "secret": key.password.reveal(),
    }
    account.session.auth = tuple(  # type: ignore[assignment] # it is a pair
        known.get(each, each).encode() for each in (username, password)
    )
    if header is not None:
        account.session.auth = None
        account.session.headers["Authorization"] = header
    return account.ask({"To": TO, "From": FROM, "Twiml": TWIML})


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
@pytest.mark.parametrize("body", BODIES)
def test_whatever_is_posted_is_read_as_flask_reads_it(body: bytes, content_type: str) -> None:
    direct, long = (posted(body, content_type, query) for query in ("", LONG_WAY))

    assert direct == long


def posted(body: bytes, content_type: str, query: str) -> tuple[Told, list[str]]:
    """What the API says to *body*, and what happens in the call that it places, if it does."""
    account = Account("lenient", query)
    url = address(account.simulator, "/Calls.json")
    answer = account.session.post(url + query, data=body, headers={"Content-Type": content_type})
    account.simulator.advance(60)
    calls = tm.Client(simulator=account.simulator).calls.list()
    return told(answer), [repr(event) for call in calls for event in call.timeline]


def test_a_sub_account_is_answered_as_by_flask() -> None:
    def ask(query: str) -> list[Told]:
        account = Account("lenient", query)
        sid = tm.Client(simulator=account.simulator).accounts.create().sid
        url = f"https://api.twilio.com/2010-04-01/Accounts/{sid}/Calls.json{query}"
        form = {"To": TO, "From": FROM, "Twiml": TWIML}
        by_owner = account.session.post(url, data=form)
        account.session.auth = (sid, "wrong")
        return [told(by_owner), told(account.session.post(url, data=form))]

    assert ask("") == ask(LONG_WAY)


def test_a_call_is_placed_run_and_fetched_without_flask() -> None:
    program = f"""if True:
        import sys
        import twilio_magic as tm
        client = tm.Client(simulator=tm.Simulator(seed=0))
        call = client.calls.create(to={TO!r}, from_={FROM!r}, twiml={TWIML!r})
        call.wait()
        assert call.fetch().status == "completed"
        assert "flask" not in sys.modules
        client.calls.list()
        assert "flask" in sys.modules
    """

    subprocess.run([sys.executable, "-c", program], check=True)
