"""Sub-accounts have their own numbers, calls, keys and credentials, and belong to the account that opened them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, Response, request
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client as OfficialClient

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.simulation.test_serve import Loopback, signed_in

WAITS = "<Response><Pause length='60'/></Response>"
HELLO = "<Response><Say>Hello from the branch.</Say></Response>"
NUMBER = "+14155550123"


@pytest.fixture
def base_url(simulator: tm.Simulator) -> Iterator[str]:
    with simulator.serve() as base_url:
        yield base_url


@pytest.fixture
def main(simulator: tm.Simulator, base_url: str) -> OfficialClient:
    return signed_in(simulator, base_url)


@pytest.fixture
def branch(main: OfficialClient) -> Any:
    """A sub-account."""
    return main.api.accounts.create(friendly_name="Branch")


def client_of(
    account: Any, base_url: str, username: str = "", password: str = ""
) -> OfficialClient:
    return OfficialClient(
        username or account.sid,
        password or account.auth_token,
        account.sid,
        http_client=Loopback(base_url),
        environment={"_": ""},
    )


def code_of(request: Any) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as refused:
        request()
    return refused.value.status, refused.value.code


def test_a_sub_account_is_opened_listed_renamed_and_belongs_to_its_owner(
    main: OfficialClient, branch: Any
) -> None:
    main.api.accounts(branch.sid).update(friendly_name="Bern")
    named = main.api.accounts.create()

    assert branch.sid.startswith("AC")
    assert branch.owner_account_sid == main.account_sid
    assert (branch.status, branch.type) == ("active", "Full")
    assert named.friendly_name == "SubAccount Created at 2026-01-06 10:00 AM"
    assert [each.sid for each in main.api.accounts.list()] == [
        named.sid,
        branch.sid,
        main.account_sid,
    ]
    assert [each.sid for each in main.api.accounts.list(friendly_name="Bern")] == [branch.sid]
    assert "calls" in main.api.accounts(branch.sid).fetch().subresource_uris


def test_a_call_of_a_sub_account_is_its_own(
    simulator: tm.Simulator, main: OfficialClient, branch: Any, base_url: str
) -> None:
    own = client_of(branch, base_url)
    of_owner = main.api.accounts(branch.sid).calls.create(to=TO, from_=FROM, twiml=WAITS)
    of_itself = own.calls.create(to=TO, from_=FROM, twiml=WAITS)
    simulator.run()

    assert of_owner.account_sid == of_itself.account_sid == branch.sid
    assert [each.sid for each in own.calls.list()] == [of_itself.sid, of_owner.sid]
    assert main.calls.list() == []
    assert own.calls(of_itself.sid).fetch().status == "completed"
    assert branch.sid in own.calls(of_itself.sid).fetch().uri
    assert code_of(main.calls(of_itself.sid).fetch) == (404, 20404)


def test_webhooks_of_a_sub_accounts_call_name_and_are_signed_by_it(
    simulator: tm.Simulator, branch: Any, base_url: str
) -> None:
    url, seen = "https://ivr.example.com/branch", []
    ivr = Flask("branch")

    @ivr.post("/branch")
    def answer() -> Response:
        seen.append((request.form.to_dict(), request.headers["X-Twilio-Signature"]))
        return Response(HELLO, mimetype="text/xml")

    simulator.mount("https://ivr.example.com", ivr)
    client_of(branch, base_url).calls.create(to=TO, from_=FROM, url=url)
    simulator.run()

    ((form, signature),) = seen
    assert form["AccountSid"] == branch.sid
    assert RequestValidator(branch.auth_token).validate(url, form, signature)


def test_the_number_of_a_sub_account_rings_there(
    simulator: tm.Simulator, main: OfficialClient, branch: Any, base_url: str
) -> None:
    own = client_of(branch, base_url)
    url = simulator.host(HELLO)
    own.incoming_phone_numbers.create(phone_number=NUMBER, voice_url=url)
    received = simulator.receive("+13105550100", NUMBER).wait()
    main.calls.create(to=NUMBER, from_=FROM, twiml=WAITS)
    simulator.run()

    assert [str(line) for line in received.transcript] == ["Twilio: Hello from the branch."]
    assert {each.direction for each in own.calls.list()} == {"inbound"}
    assert len(own.calls.list()) == 2
    assert NUMBER not in simulator.numbers
    taken = lambda: main.incoming_phone_numbers.create(phone_number=NUMBER)  # noqa: E731
    assert code_of(taken) == (400, 21422)


def test_applications_and_sip_domains_of_a_sub_account_answer_there(
    simulator: tm.Simulator, branch: Any, base_url: str
) -> None:
    own, url = client_of(branch, base_url), simulator.host(HELLO)
    application = own.applications.create(voice_url=url)
    own.sip.domains.create(domain_name="branch.sip.twilio.com", voice_url=url)
    simulator.receive("client:joe", application.sid).wait()
    simulator.receive("sip:joe@example.com", "sip:desk@branch.sip.twilio.com").wait()

    assert [each.status for each in own.calls.list()] == ["completed", "completed"]


def test_a_number_moves_to_a_sub_account(
    simulator: tm.Simulator, main: OfficialClient, branch: Any
) -> None:
    number = main.incoming_phone_numbers.list()[0]
    moved = number.update(account_sid=branch.sid)

    assert moved.account_sid == branch.sid
    assert main.incoming_phone_numbers.list() == []
    there = main.api.accounts(branch.sid).incoming_phone_numbers.list()
    assert [each.phone_number for each in there] == [number.phone_number]
    lost = main.api.accounts(branch.sid).incoming_phone_numbers(number.sid)
    assert code_of(lambda: lost.update(account_sid="AC" + "0" * 32)) == (400, 21470)


def test_a_sub_account_sees_only_itself(main: OfficialClient, branch: Any, base_url: str) -> None:
    own = client_of(branch, base_url)
    other = main.api.accounts.create()

    assert [each.sid for each in own.api.accounts.list()] == [branch.sid]
    assert code_of(own.api.accounts.create)[0] == 403
    for sid in (other.sid, main.account_sid):
        with pytest.raises(TwilioException, match="401"):
            own.api.accounts(sid).calls.list()


def test_a_suspended_account_does_nothing_until_it_is_active_again(
    simulator: tm.Simulator, main: OfficialClient, branch: Any, base_url: str
) -> None:
    own, of_owner = client_of(branch, base_url), main.api.accounts(branch.sid)
    own.incoming_phone_numbers.create(phone_number=NUMBER, voice_url=simulator.host(HELLO))
    suspended = of_owner.update(status="suspended")

    assert suspended.status == "suspended"
    assert code_of(lambda: own.calls.create(to=TO, from_=FROM, twiml=WAITS)) == (401, 20005)
    assert code_of(lambda: of_owner.calls.create(to=TO, from_=FROM, twiml=WAITS)) == (401, 20005)
    assert of_owner.calls.list() == []
    with pytest.raises(tm.SimulatorError, match="10003"):
        simulator.receive("+13105550100", NUMBER)
    of_owner.update(status="active")
    own.calls.create(to=TO, from_=FROM, twiml=WAITS)


def test_a_closed_account_stays_closed_and_loses_its_calls_and_numbers(
    simulator: tm.Simulator, main: OfficialClient, branch: Any, base_url: str
) -> None:
    own, of_owner = client_of(branch, base_url), main.api.accounts(branch.sid)
    own.incoming_phone_numbers.create(phone_number=NUMBER)
    call = own.calls.create(to=TO, from_=FROM, twiml=WAITS)
    simulator.advance(10)
    refused = code_of(lambda: own.api.accounts(branch.sid).update(status="closed"))
    of_owner.update(status="closed")
    simulator.advance(1)

    assert refused == (403, 20403)
    assert of_owner.calls(call.sid).fetch().status == "completed"
    assert of_owner.incoming_phone_numbers.list() == []
    assert code_of(lambda: of_owner.update(status="active")) == (403, 20403)
    assert code_of(lambda: main.api.accounts(main.account_sid).update(status="closed")) == (
        403,
        20403,
    )
    main.incoming_phone_numbers.create(phone_number=NUMBER)


def test_sub_accounts_keep_what_is_stored_apart(main: OfficialClient, branch: Any) -> None:
    main.sip.credential_lists.create(friendly_name="Ours")
    theirs = main.api.accounts(branch.sid).sip.credential_lists

    assert theirs.list() == []
    assert theirs.create(friendly_name="Theirs").account_sid == branch.sid


def test_conferences_of_two_accounts_may_have_one_name(
    simulator: tm.Simulator, main: OfficialClient, branch: Any
) -> None:
    meet = "<Response><Dial><Conference>Room</Conference></Dial></Response>"
    of_branch = main.api.accounts(branch.sid)
    for calls in (main.calls, of_branch.calls):
        calls.create(to=TO, from_=FROM, twiml=meet)
    simulator.advance(10)

    (ours,), (theirs,) = main.conferences.list(), of_branch.conferences.list()
    assert ours.sid != theirs.sid
    assert len(ours.participants.list()) == len(theirs.participants.list()) == 1


def test_a_key_signs_in_and_shows_its_secret_once(
    main: OfficialClient, branch: Any, base_url: str, simulator: tm.Simulator
) -> None:
    made = main.new_keys.create(friendly_name="CI")
    key = client_of(main.api.accounts(main.account_sid).fetch(), base_url, made.sid, made.secret)
    renamed = main.keys(made.sid).update(friendly_name="Robot")

    assert made.sid.startswith("SK")
    assert key.calls.list() == []
    assert key.api.accounts(branch.sid).calls.list() == []
    assert [each.friendly_name for each in main.keys.list()] == ["Robot", "The simulated key"]
    assert not hasattr(renamed, "secret")
    assert made.secret not in repr(main.keys.list())
    assert main.signing_keys(made.sid).fetch().sid == made.sid
    main.keys(made.sid).delete()
    with pytest.raises(TwilioException, match="401"):
        key.calls.list()


def test_what_everybody_knows_opens_nothing_once_the_world_has_a_token_of_its_own(
    simulator: tm.Simulator,
) -> None:
    with simulator.serve() as base_url:
        main = signed_in(simulator, base_url)
        branch, key = main.api.accounts.create(), main.new_keys.create()
    with simulator.serve(token=True) as base_url:
        main = signed_in(simulator, base_url)
        own = main.api.accounts(main.account_sid).fetch()
        new = main.new_keys.create()
        for account, name, password in (
            (branch, "", ""),
            (own, key.sid, key.secret),
            (own, branch.sid, branch.auth_token),
        ):
            with pytest.raises(TwilioException, match="401"):
                client_of(account, base_url, name, password).calls.list()
        assert client_of(own, base_url, new.sid, new.secret).calls.list() == []
        token = main.api.accounts(branch.sid).fetch().auth_token
        assert client_of(branch, base_url, branch.sid, token).calls.list() == []


def test_our_own_client_works_in_a_sub_account(
    simulator: tm.Simulator, client: tm.Client, branch: Any
) -> None:
    call = client.subaccount(branch.sid).calls.create(to=TO, from_=FROM, twiml=HELLO).wait()

    assert (call.status, call.account_sid) == ("completed", branch.sid)
    assert [str(line) for line in call.transcript] == ["Twilio: Hello from the branch."]
    assert client.calls.list() == []


def test_mock_twilio_reaches_sub_accounts(simulator: tm.Simulator) -> None:
    with tm.mock_twilio(simulator):
        main = OfficialClient("AC" + "1" * 32, "secret")
        branch = main.api.accounts.create(friendly_name="Branch")
        call = OfficialClient(branch.sid, branch.auth_token).calls.create(
            to=TO, from_=FROM, twiml=WAITS
        )

    assert call.account_sid == branch.sid


def test_tokens_and_the_balance_are_the_same_in_every_world() -> None:
    answers = []
    for simulator in (tm.Simulator(), tm.Simulator()):
        with tm.mock_twilio(simulator):
            main = OfficialClient("AC" + "1" * 32, "secret")
            answers.append((main.tokens.create(ttl=60), main.balance.fetch()))
    (token, balance), (again, _) = answers

    assert (token.username, token.password) == (again.username, again.password)
    assert (token.ttl, balance.currency) == ("60", "USD")
    assert float(balance.balance) > 0
    assert token.ice_servers[0]["urls"].startswith("stun:")
    assert all(each["credential"] == token.password for each in token.ice_servers[1:])


def test_sub_accounts_are_bounded(
    main: OfficialClient, branch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twilio_magic.simulation.rest._accounts._MOST", 2)
    main.api.accounts.create()

    assert code_of(main.api.accounts.create) == (403, 20403)
