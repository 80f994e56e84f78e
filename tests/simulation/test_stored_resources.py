"""What no call acts on is stored: checked, kept, listed in pages, changed and deleted, below its parent only."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.simulation.schemas import simulated_routes
from twilio_magic.api import Parameter
from twilio_magic.simulation.rest.stored import Kind, kinds

LISTS = "/SIP/CredentialLists"
DOMAINS = "/SIP/Domains"
#: A value that a parameter of each type refuses.
WRONG = {
    "boolean": "perhaps",
    "enum": "nonsense",
    "http-method": "PUT",
    "integer": "three",
    "iso-country-code": "Narnia",
    "number": "three",
    "sid": "XX123",
    "url": "no where",
}
#: A value that it takes.
RIGHT = {"boolean": "true", "http-method": "GET", "integer": "1", "iso-country-code": "CH"}


class Api:
    """Requests for the API of one world, by paths below its account."""

    def __init__(self, simulator: tm.Simulator) -> None:
        self._session = requests.Session()
        simulator.mount_on(self._session)
        signed = simulator.credentials
        self._session.auth = (signed.account_sid, signed.password.reveal())
        self._base = f"https://api.twilio.com/2010-04-01/Accounts/{signed.account_sid}"

    def __call__(self, method: str, path: str, **form: str) -> requests.Response:
        suffix = "" if re.search(r"\.(xml|csv)|\?", path) else ".json"
        return self._session.request(method, f"{self._base}{path}{suffix}", data=form)

    def make(self, path: str, **form: str) -> dict[str, Any]:
        answer = self("POST", path, **form)
        assert answer.status_code in (200, 201), answer.text
        made: dict[str, Any] = answer.json()
        return made

    def rows(self, path: str, key: str) -> Iterator[dict[str, Any]]:
        """The rows of all pages of a list, by the addresses that the pages give."""
        page = self("GET", path).json()
        while True:
            yield from page[key]
            if page["next_page_uri"] is None:
                return
            page = self._session.get(f"https://api.twilio.com{page['next_page_uri']}").json()


@pytest.fixture
def api(simulator: tm.Simulator) -> Api:
    return Api(simulator)


def example(row: Parameter) -> str:
    if row.type == "url":
        return f"{row.schemes[-1]}://a.example.com"
    return row.values[0] if row.values else RIGHT.get(row.type, "1")


def form(kind: Kind, operation: str) -> dict[str, str]:
    """What an operation needs."""
    rows = kind.operations[operation].parameters
    needed = {row.name: example(row) for row in rows if row.required}
    sids = {row.name: row.prefix + "0" * 32 for row in rows if row.required and row.prefix}
    return needed | sids


def place(api: Api, simulator: tm.Simulator) -> dict[str, str]:
    """Sids of resources that others are below, by their names in paths."""
    call = api.make("/Calls", To=TO, From=FROM, Twiml="<Response><Pause length='60'/></Response>")
    simulator.advance(5)
    return {
        "CallSid": call["sid"],
        "CredentialListSid": api.make(LISTS, FriendlyName="Staff")["sid"],
        "DomainSid": api.make(DOMAINS, DomainName="office.sip.twilio.com")["sid"],
        "IpAccessControlListSid": api.make("/SIP/IpAccessControlLists", FriendlyName="Us")["sid"],
        "ResourceSid": api("GET", "/IncomingPhoneNumbers").json()["incoming_phone_numbers"][0][
            "sid"
        ],
    }


def created_kinds() -> list[Kind]:
    simulated = simulated_routes()
    return [
        kind
        for path, kind in kinds().items()
        if "create" in kind.operations
        and "POST " + re.sub(r"\{\w+\}", "{}", f"{path}.json") not in simulated
        and "{MessageSid}" not in path
    ]


def test_a_missing_or_wrong_parameter_is_refused_by_name_with_twilios_code(
    api: Api, simulator: tm.Simulator
) -> None:
    places = place(api, simulator)
    tried = set()
    for kind in created_kinds():
        path = kind.path.format(**places)
        needed = form(kind, "create")
        for row in kind.operations["create"].parameters:
            if row.required:
                rest = {name: value for name, value in needed.items() if name != row.name}
                answer = api("POST", path, **rest).json()
                assert (answer["code"], answer["status"]) == (20001, 400)
                assert (
                    answer["message"] == f"Missing required parameter {row.name} in the post body"
                )
            if row.type in WRONG:
                answer = api("POST", path, **{**needed, row.name: WRONG[row.type]}).json()
                assert answer["code"] == 20001
                assert answer["message"].startswith(f"Invalid {row.name}. {row.name} ")
                tried.add(row.type)

    checked = {"boolean", "enum", "http-method", "integer", "iso-country-code", "sid", "url"}
    assert checked <= tried


@pytest.mark.parametrize("country", ["Switzerland", "CHE", "C", "XX", "UK", "1"])
def test_a_country_is_one_of_iso_3166(api: Api, country: str) -> None:
    given = form(kinds()["/Addresses"], "create")
    refused = api("POST", "/Addresses", **{**given, "IsoCountry": country}).json()

    assert (refused["code"], refused["status"]) == (20001, 400)
    assert f"IsoCountry is not the code of a country: {country!r}" in refused["message"]
    assert api("GET", f"/Addresses.json?IsoCountry={country}").json()["code"] == 20001


@pytest.mark.parametrize(
    ("method", "path", "name", "code"),
    [
        ("POST", "/IncomingPhoneNumbers", "PhoneNumber", 21421),
        ("POST", "/IncomingPhoneNumbers/Mobile", "PhoneNumber", 21421),
        ("POST", "/OutgoingCallerIds", "PhoneNumber", 21401),
        ("GET", "/AvailablePhoneNumbers/US/Local", "NearNumber", 20001),
    ],
)
@pytest.mark.parametrize("number", ["client:joe", "sip:joe@example.com", "+1abc", "joe"])
def test_where_a_phone_number_is_wanted_no_other_address_will_do(
    api: Api, method: str, path: str, name: str, code: int, number: str
) -> None:
    path = f"{path}.json?{urlencode({name: number})}" if method == "GET" else path
    given = {} if method == "GET" else {name: number}

    assert api(method, path, **given).json()["code"] == code


@pytest.mark.parametrize("length", ["1" * 5000, "1.5", "\u0663", " 1"])
def test_what_no_program_reads_as_a_whole_number_is_refused(api: Api, length: str) -> None:
    given = {"FriendlyName": "Office", "IpAddress": "192.0.2.1"}
    office = api.make("/SIP/IpAccessControlLists", FriendlyName="Office")["sid"]
    addresses = f"/SIP/IpAccessControlLists/{office}/IpAddresses"

    assert api.make(addresses, **given)["cidr_prefix_length"] == 32
    assert api.make(addresses, **given, CidrPrefixLength="24")["cidr_prefix_length"] == 24
    assert api("POST", addresses, **given, CidrPrefixLength=length).json()["code"] == 20001


def test_what_is_created_is_fetched_changed_and_deleted(api: Api, simulator: tm.Simulator) -> None:
    given = {"VoiceUrl": "https://a.example.com/voice", "Secure": "true"}
    made = api.make(DOMAINS, DomainName="office.sip.twilio.com", **given)
    one = f"{DOMAINS}/{made['sid']}"
    simulator.advance(60)
    changed = api("POST", one, Secure="false", VoiceMethod="GET").json()

    assert made["sid"].startswith("SD")
    assert (made["domain_name"], made["voice_url"]) == ("office.sip.twilio.com", given["VoiceUrl"])
    assert (made["secure"], made["voice_method"], made["sip_registration"]) == (True, "POST", False)
    assert made["uri"].endswith(f"{one}.json")
    assert made["subresource_uris"]["credential_list_mappings"].endswith(
        f"{one}/CredentialListMappings.json"
    )
    assert (changed["secure"], changed["voice_method"]) == (False, "GET")
    assert changed["date_created"] == made["date_created"] != changed["date_updated"]
    assert api("GET", one).json() == changed
    assert api("DELETE", one).status_code == 204
    assert api("GET", one).json()["code"] == 20404
    assert list(api.rows(DOMAINS, "domains")) == []


def test_a_stored_answer_says_so_and_a_simulated_one_does_not(api: Api) -> None:
    def told(path: str) -> str | None:
        return api("GET", path).headers.get("X-Twilio-Magic")

    assert told("/SIP/CredentialLists") == "stored"
    assert told("/SIP/CredentialLists/CL0") == "stored"
    assert told("/Calls") is None


def test_a_nested_resource_needs_its_parent(api: Api) -> None:
    staff = api.make(LISTS, FriendlyName="Staff")["sid"]
    below = f"{LISTS}/{staff}/Credentials"
    kate = api.make(below, Username="kate", Password="Secret-12345")
    api("DELETE", f"{LISTS}/{staff}")

    assert kate["credential_list_sid"] == staff
    assert "password" not in kate
    for method, path in (("GET", below), ("POST", below), ("GET", f"{below}/{kate['sid']}")):
        assert api(method, path).json()["code"] == 20404
    for path in (
        "/Calls/CA0/Streams",
        "/Calls/CA0/Siprec",
        f"{DOMAINS}/SD0/CredentialListMappings",
    ):
        assert api("POST", path, Url="wss://a.example.com").json()["code"] == 20404


def test_a_mapping_has_the_sid_and_the_name_of_what_it_names(api: Api) -> None:
    staff = api.make(LISTS, FriendlyName="Staff")["sid"]
    first, second = (api.make(DOMAINS, DomainName=f"{n}.sip.twilio.com")["sid"] for n in "ab")
    of_first = f"{DOMAINS}/{first}/Auth/Calls/CredentialListMappings"
    made = api.make(of_first, CredentialListSid=staff)
    unknown = api("POST", of_first, CredentialListSid="CL" + "0" * 32)

    assert (made["sid"], made["friendly_name"]) == (staff, "Staff")
    assert [row["sid"] for row in api.rows(of_first, "contents")] == [staff]
    assert list(api.rows(of_first.replace(first, second), "contents")) == []
    assert unknown.json()["code"] == 20404


@given(st.integers(0, 12), st.integers(1, 5))
def test_the_pages_of_a_list_have_all_rows_in_order(count: int, size: int) -> None:
    api = Api(tm.Simulator())
    made = [api.make(LISTS, FriendlyName=str(number))["sid"] for number in range(count)]

    rows = api.rows(f"{LISTS}.json?PageSize={size}", "credential_lists")

    assert [row["sid"] for row in rows] == made[::-1]


def test_pages_stay_right_while_many_rows_come_and_go(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twilio_magic.simulation.world._resources._MOST_GONE", 3)
    kept = []
    for number in range(20):
        sid = api.make(LISTS, FriendlyName=str(number))["sid"]
        if number % 4:
            api("DELETE", f"{LISTS}/{sid}")
        else:
            kept.append(sid)

    rows = api.rows(f"{LISTS}.json?PageSize=2", "credential_lists")
    assert [row["sid"] for row in rows] == kept[::-1]


def test_lists_are_filtered_by_what_their_rows_have(api: Api) -> None:
    needed = {"Street": "1 Main", "City": "Bern", "Region": "BE", "PostalCode": "3000"}
    for name, country, emergency in (("Ann", "CH", "true"), ("Bob", "CH", "false")):
        given = {"CustomerName": name, "IsoCountry": country, "EmergencyEnabled": emergency}
        api.make("/Addresses", **needed, **given)

    def names(query: str) -> list[str]:
        return [row["customer_name"] for row in api.rows(f"/Addresses.json?{query}", "addresses")]

    assert names("IsoCountry=CH") == ["Bob", "Ann"]
    assert names("CustomerName=Ann") == ["Ann"]
    assert names("EmergencyEnabled=true&IsoCountry=CH") == ["Ann"]
    assert names("IsoCountry=US") == []


def test_a_kind_that_is_full_says_so_until_something_is_deleted(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twilio_magic.simulation.rest._rules.MOST", 2)
    first, second = (api.make(LISTS, FriendlyName=name)["sid"] for name in "ab")
    for each in (first, second):
        api.make(f"{LISTS}/{each}/Credentials", Username="kate", Password="Secret-12345")
    third = {"Username": "bob", "Password": "Secret-12345"}
    refused = api("POST", f"{LISTS}/{first}/Credentials", **third)
    api("DELETE", f"{LISTS}/{second}")

    assert refused.status_code == 403
    assert refused.json()["message"] == "The simulator keeps 2 Credentials at most; delete some"
    api.make(f"{LISTS}/{first}/Credentials", **third)


#: What is simulated and can be created, with what it needs.
CREATED: dict[str, dict[str, str]] = {
    "/Applications": {},
    "/IncomingPhoneNumbers": {"AreaCode": "510"},
    "/IncomingPhoneNumbers/Local": {"PhoneNumber": "+15105550102"},
    "/Keys": {},
    "/OutgoingCallerIds": {"PhoneNumber": "+15105550103"},
    "/Queues": {},
    "/SIP/Domains": {"DomainName": "a.sip.twilio.com"},
    "/SigningKeys": {},
}


@pytest.mark.parametrize("path", CREATED)
def test_what_is_simulated_has_the_same_bound(
    api: Api, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("twilio_magic.simulation.rest._rules.MOST", 2)
    given = CREATED[path]
    for number in range(3):
        unique = {name: given[name].replace("a.", f"a{number}.") for name in given}
        answer = api("POST", path, FriendlyName=f"Number {number}", **unique)

    assert answer.status_code == 403, answer.text
    words = path.rpartition("/")[2]
    assert answer.json()["message"] == f"The simulator keeps 2 {words} at most; delete some"


def test_a_strict_account_stores_no_address_that_twilio_could_not_reach() -> None:
    api = Api(tm.Simulator(profile="strict"))
    given = {"DomainName": "a.sip.twilio.com", "VoiceUrl": "http://localhost:5000/"}

    assert api("POST", DOMAINS, **given).status_code == 400


def test_a_stream_is_found_by_its_name_too(api: Api, simulator: tm.Simulator) -> None:
    streams = f"/Calls/{place(api, simulator)['CallSid']}/Streams"
    made = api.make(streams, Url="wss://a.example.com/media", Name="mine")
    stopped = api("POST", f"{streams}/mine", Status="stopped").json()

    assert (made["status"], made["name"]) == ("in-progress", "mine")
    assert (stopped["sid"], stopped["status"]) == (made["sid"], "stopped")


def test_stored_resources_come_as_xml_and_csv_too(api: Api) -> None:
    api.make("/Addresses", **form(kinds()["/Addresses"], "create"))
    page = etree.fromstring(api("GET", "/Addresses.xml").content)
    table = list(csv.DictReader(api("GET", "/Addresses.csv").text.splitlines()))

    assert page.findtext("Addresses/Address/City") == "1"
    assert table[0]["City"] == "1"
    assert etree.fromstring(api("GET", "/Addresses/AD0.xml").content)[0].tag == "RestException"


def test_what_only_the_console_makes_is_there_once_and_can_be_deleted(api: Api) -> None:
    (app,) = api.rows("/ConnectApps", "connect_apps")
    refused = api("POST", f"/ConnectApps/{app['sid']}", Permissions="all").json()
    changed = api("POST", f"/ConnectApps/{app['sid']}", Permissions="get-all").json()
    api("DELETE", f"/ConnectApps/{app['sid']}")

    assert (refused["code"], refused["message"].split(".")[0]) == (20001, "Invalid Permissions")
    assert changed["permissions"] == ["get-all"]
    assert list(api.rows("/ConnectApps", "connect_apps")) == []


def test_a_method_that_a_path_does_not_take_is_405_and_an_unknown_path_404(api: Api) -> None:
    asked = [("PUT", LISTS), ("DELETE", LISTS), ("DELETE", "/Calls"), ("PUT", "/Calls")]

    assert {api(*each).status_code for each in asked} == {405}
    assert api("PUT", "/Nothing").status_code == 404
    assert api("GET", f"{LISTS}/CL0/Nothing").status_code == 404


def test_a_value_that_is_refused_is_told_with_what_would_be_taken(api: Api) -> None:
    """Twilio's own words for it are not known; those of the client say what to do."""
    given = {"CallbackUrl": "https://a.example.com", "TriggerValue": "1", "UsageCategory": "calls"}
    refused = api("POST", "/Usage/Triggers", **given, Recurring="hourly").json()

    assert refused["message"] == (
        "Invalid Recurring. Recurring cannot be 'hourly'. Use one of: daily, monthly, yearly, alltime."
    )


def test_the_client_names_what_is_missing_as_python_does(client: tm.Client) -> None:
    with pytest.raises(tm.RequestError, match="CustomerName is missing") as refused:
        client.addresses.create()

    assert refused.value.hint == "Give customer_name=."
