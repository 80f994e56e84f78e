"""Lookup knows what the phonenumbers library knows; every other product is a 404 that says what there is."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client as Sdk

import twilio_magic as tm

SID, TOKEN = "AC" + "7" * 32, "the application's own"


def sdk(**options: Any) -> Sdk:
    return Sdk(SID, TOKEN, **options)


@pytest.mark.parametrize("options", [{}, {"region": "ie1", "edge": "dublin"}])
def test_the_official_sdk_looks_numbers_up_in_a_mocked_world(options: dict[str, str]) -> None:
    with tm.mock_twilio():
        old = sdk(**options).lookups.v1.phone_numbers("+447400123456").fetch(type=["carrier"])
        new = (
            sdk(**options)
            .lookups.v2.phone_numbers("+447400123456")
            .fetch(fields="line_type_intelligence")
        )

    assert (old.country_code, old.national_format) == ("GB", "07400 123456")
    assert old.carrier is not None
    assert old.carrier["type"] == "mobile"
    assert (new.valid, new.validation_errors, new.calling_country_code) == (True, [], "44")
    line: Any = new.line_type_intelligence
    assert line["type"] == "mobile"
    assert line["carrier_name"] == old.carrier["name"] != ""
    assert new.caller_name is None


def test_a_number_in_national_format_is_one_of_its_country() -> None:
    with tm.mock_twilio():
        numbers = sdk().lookups.v2.phone_numbers
        american = numbers("(510) 867-5310").fetch()
        german = numbers("030 123456").fetch(country_code="DE")

    assert (american.phone_number, american.national_format) == ("+15108675310", "(510) 867-5310")
    assert (german.phone_number, german.country_code) == ("+4930123456", "DE")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("+18005550199", "tollFree"),
        ("+4930123456", "landline"),
        ("+15108675310", "unknown"),
        ("+449012345678", "premium"),
    ],
)
def test_the_type_of_a_line_is_told_where_the_number_shows_it(number: str, kind: str) -> None:
    with tm.mock_twilio():
        found = sdk().lookups.v2.phone_numbers(number).fetch(fields="line_type_intelligence")

    line: Any = found.line_type_intelligence
    assert line["type"] == kind


@pytest.mark.parametrize(
    ("number", "error"),
    [
        ("+1415", "TOO_SHORT"),
        ("+1415555010012345", "TOO_LONG"),
        ("+11111111111", "INVALID_BUT_POSSIBLE"),
        ("+999123456", "INVALID_COUNTRY_CODE"),
        ("nonsense", "NOT_A_NUMBER"),
    ],
)
def test_an_invalid_number_is_told_by_version_2_and_404_in_version_1(
    number: str, error: str
) -> None:
    with tm.mock_twilio():
        found = sdk().lookups.v2.phone_numbers(number).fetch()
        with pytest.raises(TwilioRestException) as gone:
            sdk().lookups.v1.phone_numbers(number).fetch()

    assert (found.valid, found.validation_errors) == (False, [error])
    assert (gone.value.status, gone.value.code) == (404, 20404)


def test_packages_of_carriers_are_not_enabled_and_unknown_ones_are_refused() -> None:
    with tm.mock_twilio():
        found = sdk().lookups.v2.phone_numbers("+15108675310").fetch(fields="sim_swap,caller_name")
        with pytest.raises(TwilioRestException) as refused:
            sdk().lookups.v2.phone_numbers("+15108675310").fetch(fields="shoe_size")

    swap: Any = found.sim_swap
    name: Any = found.caller_name
    assert (swap["error_code"], name["caller_name"]) == (60606, None)
    assert (refused.value.status, refused.value.code) == (400, 20001)


def test_lookup_is_reached_by_the_http_client_of_one_simulator_and_asynchronously(
    simulator: tm.Simulator,
) -> None:
    client = sdk(http_client=simulator.http_client(is_async=True))
    found = asyncio.run(client.lookups.v2.phone_numbers("+15108675310").fetch_async())

    assert found.country_code == "US"


class Redirected(TwilioHttpClient):  # type: ignore[misc] # the SDK is untyped
    """What programs use to send Twilio's SDK elsewhere."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self._base_url = base_url

    def request(self, method: str, url: str, *args: Any, **named: Any) -> Any:
        path = url.partition("twilio.com")[2]
        return super().request(method, self._base_url + path, *args, **named)


def test_a_served_world_looks_numbers_up_and_says_what_it_has_not(
    simulator: tm.Simulator,
) -> None:
    own = simulator.credentials
    with simulator.serve() as base_url:
        served = Sdk(own.account_sid, own.password.reveal(), http_client=Redirected(base_url))
        found = served.lookups.v1.phone_numbers("+15108675310").fetch()
        with pytest.raises(TwilioException, match="no other product of Twilio"):
            served.taskrouter.v1.workspaces.list()
        stranger = requests.get(f"{base_url}/v2/PhoneNumbers/+15108675310", timeout=60)

    assert found.phone_number == "+15108675310"
    assert stranger.status_code == 401


@pytest.mark.parametrize(
    "ask",
    [
        lambda sdk: sdk.taskrouter.v1.workspaces.create(friendly_name="w"),
        lambda sdk: sdk.verify.v2.services("VA" + "0" * 32).verifications.create("+1", "sms"),
        lambda sdk: sdk.studio.v2.flows.list(),
        lambda sdk: sdk.conversations.v1.conversations.list(),
        lambda sdk: sdk.sync.v1.services.list(),
    ],
    ids=["taskrouter", "verify", "studio", "conversations", "sync"],
)
def test_another_product_is_a_404_with_a_sentence_that_says_what_there_is(ask: Any) -> None:
    with tm.mock_twilio(), pytest.raises(TwilioException) as refused:
        ask(sdk())

    assert "404" in str(refused.value)
    assert "the simulator serves api.twilio.com/2010-04-01 and Lookup" in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://lookups.twilio.com/2010-04-01/Accounts.json",
        "https://api.twilio.com/v2/PhoneNumbers/+15108675310",
        "https://www.twilio.com/",
        "https://taskrouter.twilio.com/2010-04-01/Accounts.json",
    ],
)
def test_each_host_has_its_own_paths(simulator: tm.Simulator, url: str) -> None:
    session = requests.Session()
    simulator.mount_on(session)
    own = simulator.credentials
    session.auth = (own.account_sid, own.password.reveal())

    answer = session.get(url)

    assert answer.status_code == 404
    assert "no other product" in answer.json()["message"]
