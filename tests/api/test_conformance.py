"""For every parameter of every operation the client sends what the official SDK sends, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client as OfficialClient

import twilio_magic as tm
from tests.calls import FROM, TO
from twilio_magic.api import Operation, Parameter, operations

ACCOUNT, CALL, SID = "AC" + "a" * 32, "CA" + "b" * 32, "XX" + "c" * 32
DEMO = "https://demo.twilio.com/welcome/voice/"

#: Where the official SDK keeps each family, below an account.
OFFICIAL: dict[str, Callable[[Any], Any]] = {
    "calls": lambda account: account.calls,
    "applications": lambda account: account.applications,
    "recordings": lambda account: account.recordings,
    "numbers": lambda account: account.incoming_phone_numbers,
    "caller_ids": lambda account: account.outgoing_caller_ids,
    "conferences": lambda account: account.conferences,
    "participants": lambda account: account.conferences(SID).participants,
    "queues": lambda account: account.queues,
    "members": lambda account: account.queues(SID).members,
    "call_recordings": lambda account: account.calls(CALL).recordings,
    "call_notifications": lambda account: account.calls(CALL).notifications,
    "call_events": lambda account: account.calls(CALL).events,
    "messages": lambda account: account.messages,
}
#: ... and where this client does.
OURS: dict[str, Callable[[tm.Client], Any]] = {
    "participants": lambda client: resource(client, "Conference", SID).participants,
    "members": lambda client: resource(client, "Queue", SID).members,
    "call_recordings": lambda client: resource(client, "Call", CALL).recordings,
    "call_notifications": lambda client: resource(client, "Call", CALL).notifications,
    "call_events": lambda client: resource(client, "Call", CALL).events,
}
#: What must be given beside the parameter under test.
NEEDED: dict[str, dict[str, Any]] = {
    "calls.create": {"To": TO, "From": FROM, "Url": DEMO},
    "numbers.create": {"PhoneNumber": "+14155550100"},
    "caller_ids.create": {"PhoneNumber": "+14155550100"},
    "queues.create": {"FriendlyName": "support"},
    "participants.create": {"To": TO, "From": FROM},
    "call_recordings.update": {"Status": "stopped"},
    "members.update": {"Url": DEMO},
    "messages.create": {"To": TO, "From": FROM, "Body": "Hi"},
}


class Caught(Exception):  # noqa: N818 - not a fault
    """A request on its way out."""

    def __init__(self, request: requests.PreparedRequest) -> None:
        super().__init__(request.url)
        self.sent = request


class Catch(HTTPAdapter):
    """Catches the request in the place of sending it."""

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        raise Caught(request)


class Catching:
    """Carries a client's requests into the same adapter."""

    credentials = tm.Credentials.find(
        {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": "t" * 32}
    )

    is_live = False

    def mount_on(self, session: requests.Session) -> None:
        session.mount("https://", Catch())


def official() -> Any:
    http = TwilioHttpClient()
    http.session.mount("https://", Catch())
    return OfficialClient(ACCOUNT, "t" * 32, http_client=http, environment={"_": ""})


def resource(client: tm.Client, name: str, sid: str) -> Any:
    return getattr(tm, name)(client._transport, {"sid": sid})


def sample(row: Parameter) -> Any:
    """A value that the parameter takes."""
    if row.name == "AsyncAmd":
        return "true"  # a text in the official SDK
    if row.type == "date":
        return date(2026, 1, 6)
    if row.type == "datetime":
        return datetime(2026, 1, 6, 10, 30, tzinfo=UTC)
    if row.type == "enum-list":
        return list(row.values[:2])
    if row.type == "list":
        return [DEMO, f"{DEMO}?second"]
    if row.type == "sid":
        return row.prefix + "d" * 32
    if row.type == "integer":
        return row.max if row.max is not None else row.min
    simple = {
        "boolean": True,
        "digits": "123",
        "endpoint": "+14155550123",
        "twiml": "<Response><Say>Ja, grüß Gott &amp; hello</Say></Response>",
        "url": "https://example.com/a?b=c&d=e#f",
    }
    return row.values[0] if row.values else simple.get(row.type, "some text, with ünï and +")


def cases() -> Iterator[Any]:
    for name, operation in operations().items():
        if name == "account.fetch" or operation.described:
            continue
        rows = [row for row in operation.parameters if row.name not in ("Page", "PageToken")]
        for row in rows:
            yield pytest.param(operation, row, id=f"{name}-{row.name}")
        if not rows:
            yield pytest.param(operation, None, id=name)


def caught(act: Callable[[], Any]) -> tuple[str | None, str, list[tuple[str, str]]]:
    with pytest.raises(Caught) as stopped:
        act()
    sent = stopped.value.sent
    parts = urlsplit(sent.url or "")
    body = sent.body.decode() if isinstance(sent.body, bytes) else str(sent.body or "")
    form = parse_qsl(
        parts.query or body, keep_blank_values=True, strict_parsing=bool(parts.query or body)
    )
    return sent.method, parts.path, sorted(form)


def perform(collection: Any, verb: str, given: dict[str, Any], *, ours: bool) -> Any:
    if verb == "create":
        return collection.create(**given)
    if verb == "list":
        listing = collection.list(**given, **({"limit": None} if ours else {}))
        return listing[0] if ours else listing
    if ours:
        return getattr(collection, verb)(SID, **given) if given or verb != "update" else None
    return getattr(collection(SID), verb)(**given)


@pytest.mark.parametrize(("operation", "row"), list(cases()))
@pytest.mark.parametrize("spelling", ["keyword", "name"])
def test_the_form_is_that_of_the_official_sdk(
    operation: Operation, row: Parameter | None, spelling: str
) -> None:
    family, _, verb = operation.name.rpartition(".")
    needed = NEEDED.get(operation.name, {})
    if row is not None and row.name == "AreaCode":
        needed = {}
    given = {**needed, **({row.name: sample(row)} if row is not None else {})}
    if row is not None and row.name == "SipAuthUsername":
        given["SipAuthPassword"] = "hush"
    if row is not None and row.name == "SendAt":
        given |= {"ScheduleType": "fixed", "MessagingServiceSid": "MG" + "d" * 32}
    official_given = {operation.parameter(name).keyword: value for name, value in given.items()}
    own = {getattr(operation.parameter(name), spelling): value for name, value in given.items()}
    client = tm.Client(simulator=Catching())  # type: ignore[arg-type] # it carries, and tells nothing

    collection = OFFICIAL[family](official().api.v2010.account)
    if operation.name == "caller_ids.create":
        collection = official().api.v2010.account.validation_requests
    if operation.name == "messages.create":
        theirs = caught(lambda: perform(collection, verb, official_given, ours=False))
        mine = caught(lambda: client._transport.ask(operation.name, own))
    elif operation.name == "recordings.fetch" and row is not None:
        theirs = caught(lambda: collection(SID).fetch(include_soft_deleted=True))
        place = client._transport
        mine = caught(lambda: place.ask(operation.name, own, place=(SID,)))
    else:
        theirs = caught(lambda: perform(collection, verb, official_given, ours=False))
        own_collection = OURS[family](client) if family in OURS else getattr(client, family)
        mine = caught(lambda: perform(own_collection, verb, own, ours=True))

    assert mine == theirs
