"""Numbers that can be bought: deterministic, by country, type and digits; and what is bought rings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import phonenumbers
import pytest
from twilio.base.exceptions import TwilioException
from twilio.rest import Client as Sdk

import twilio_magic as tm
from tests.calls import TO, heard
from twilio_magic.simulation.rest._number_offer import offers

FICTIONAL = re.compile(r"\+1[2-9]\d\d55501\d\d")
COUNTRIES = sorted(offers()["countries"])
KINDS = ("local", "mobile", "toll_free", "national", "shared_cost", "voip", "machine_to_machine")


@pytest.fixture
def sdk(simulator: tm.Simulator) -> Iterator[Any]:
    with tm.mock_twilio(simulator):
        yield Sdk()


def numbers(listed: list[Any]) -> list[str]:
    return [each.phone_number for each in listed]


def test_a_search_finds_the_same_with_the_same_seed() -> None:
    def search(seed: int) -> list[str]:
        with tm.mock_twilio(tm.Simulator(seed=seed)):
            return numbers(Sdk().available_phone_numbers("US").local.list())

    assert search(1) == search(1)
    assert search(1) != search(2)
    assert len(set(search(1))) == 30


@pytest.mark.parametrize("country", ["US", "CA", "PR"])
@pytest.mark.parametrize("kind", ["local", "toll_free"])
def test_numbers_of_north_america_are_those_that_nobody_has(
    sdk: Any, country: str, kind: str
) -> None:
    found = numbers(getattr(sdk.available_phone_numbers(country), kind).list())

    assert found
    assert all(FICTIONAL.fullmatch(number) for number in found)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_number_of_a_country_is_valid_there(sdk: Any, country: str) -> None:
    place = sdk.available_phone_numbers(country)
    kinds = list(place.fetch().subresource_uris)

    assert set(kinds) & {"local", "mobile"}
    for kind in kinds:
        for number in numbers(getattr(place, kind).list(limit=5)):
            parsed = phonenumbers.parse(number)
            assert phonenumbers.is_valid_number(parsed), (kind, number)
            if country not in ("US", "CA", "PR"):
                assert phonenumbers.region_code_for_number(parsed) == country


def test_a_country_lists_the_types_that_it_has(sdk: Any) -> None:
    countries = {each.country_code: each for each in sdk.available_phone_numbers.list()}
    home = sdk.available_phone_numbers("us").fetch()

    assert sorted(countries) == COUNTRIES
    assert set(home.subresource_uris) == {"local", "toll_free"}
    assert (home.country, home.country_code) == ("United States", "US")
    for kind in KINDS:
        found = getattr(sdk.available_phone_numbers("US"), kind).list()
        assert bool(found) == (kind in home.subresource_uris), kind


def test_a_country_without_numbers_is_not_there(sdk: Any) -> None:
    with pytest.raises(TwilioException, match="20404"):
        sdk.available_phone_numbers("XX").local.list()


@pytest.mark.parametrize(
    ("wanted", "pattern"),
    [
        ({"area_code": 415}, r"\+1415\d{7}"),
        ({"near_number": "+15105550100"}, r"\+1510\d{7}"),
        ({"contains": "51055501**"}, r"\+151055501\d\d"),
        ({"contains": "0199"}, r"\+1\d{6}0199"),
        ({"contains": "STORM"}, r"\+1\d*78676\d*"),
        ({"contains": "415867530*"}, r"\+1415867530\d"),
        ({"in_region": "NY"}, r"\+1\d{10}"),
        ({"in_locality": "new york"}, r"\+1\d{10}"),
    ],
)
def test_what_is_wanted_is_found(sdk: Any, wanted: dict[str, Any], pattern: str) -> None:
    found = sdk.available_phone_numbers("US").local.list(**wanted)

    assert found
    assert all(re.fullmatch(pattern, number) for number in numbers(found))
    assert all(each.region == "NY" for each in found if {"in_region", "in_locality"} & set(wanted))


@pytest.mark.parametrize("contains", ["5", "55?"])
def test_a_pattern_that_is_none_is_refused(sdk: Any, contains: str) -> None:
    with pytest.raises(TwilioException, match="20001"):
        sdk.available_phone_numbers("US").local.list(contains=contains)


def test_an_area_code_that_there_is_not_has_no_numbers(sdk: Any) -> None:
    assert sdk.available_phone_numbers("US").local.list(area_code=999) == []


def test_what_a_number_can_do_is_a_filter(sdk: Any) -> None:
    home, britain = sdk.available_phone_numbers("US"), sdk.available_phone_numbers("GB")

    assert home.local.list(fax_enabled=True) == []
    assert len(home.local.list(sms_enabled=True, voice_enabled=True)) == 30
    assert britain.local.list(sms_enabled=True) == []
    assert britain.mobile.list(sms_enabled=True, limit=1)[0].capabilities["sms"] is True


def test_a_number_that_was_found_and_bought_rings_and_is_not_offered_again(
    sdk: Any, simulator: tm.Simulator
) -> None:
    url = simulator.host("<Response><Say>You have reached us.</Say></Response>")
    place = sdk.available_phone_numbers("US").local
    free = place.list(area_code=415, limit=1)[0].phone_number
    bought = sdk.incoming_phone_numbers.create(phone_number=free, voice_url=url)
    call = simulator.receive(TO, free).wait()

    assert bought.phone_number == free
    assert heard(call) == ["Twilio: You have reached us."]
    assert free not in numbers(place.list(area_code=415))


def test_a_number_that_is_bought_by_area_code_rings(sdk: Any, simulator: tm.Simulator) -> None:
    url = simulator.host("<Response><Say>Hello from Chicago.</Say></Response>")
    bought = sdk.incoming_phone_numbers.create(area_code="312", voice_url=url)

    assert bought.phone_number.startswith("+1312")
    assert heard(simulator.receive(TO, bought.phone_number).wait()) == [
        "Twilio: Hello from Chicago."
    ]


def test_a_search_has_pages(sdk: Any) -> None:
    place = sdk.available_phone_numbers("US").local
    first = place.page(area_code=415, page_size=10)
    rows = [each.phone_number for each in first]
    rows += [each.phone_number for each in first.next_page()]

    assert rows == numbers(place.list(area_code=415, limit=20))
