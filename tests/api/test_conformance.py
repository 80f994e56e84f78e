"""For every parameter of every operation the client sends what the official SDK sends, byte for byte."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client as OfficialClient

import twilio_magic as tm
from tests.calls import FROM, TO
from twilio_magic.api import (
    Operation,
    Parameter,
    ResourceType,
    operation,
    operations,
    resource_types,
)

ACCOUNT, SID = "AC" + "a" * 32, "XX" + "c" * 32
DEMO = "https://demo.twilio.com/welcome/voice/"

#: What must be given beside the parameter under test, for what the table does not call required: one of several.
NEEDED: dict[str, dict[str, Any]] = {
    "calls.create": {"Url": DEMO},
    "messages.create": {"From": FROM, "Body": "Hi"},
    "numbers.create": {"PhoneNumber": "+14155550100"},
}


#: Parameters that Twilio's description of the API has, and its library calls otherwise.
UNKNOWN_TO_LIBRARY = {("calls.transcriptions.create", "ConfigurationId")}
#: How far the order is followed: nobody counts further, and what the library added later stands at the end.
MOST_POSITIONS = 25


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


def sample(row: Parameter) -> Any:
    """A value that the parameter takes."""
    if row.name == "AsyncAmd":
        return "true"  # a text in the official SDK
    if row.name in ("To", "From"):
        return {"To": TO, "From": FROM}[row.name]
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
        return row.max if row.max is not None else row.min or 5
    if row.type == "object":
        return {"name": "ünï"}
    simple = {
        "boolean": True,
        "digits": "123",
        "endpoint": "+14155550123",
        "phone-number": "+14155550123",
        "iso-country-code": "CH",
        "list": ["https://example.com/a", "https://example.com/b?c=d"],
        "number": 1.5,
        "twiml": "<Response><Say>Ja, grüß Gott &amp; hello</Say></Response>",
        "url": f"{row.schemes[-1]}://example.com/a?b=c&d=e#f",
    }
    return row.values[0] if row.values else simple.get(row.type, "some text, with ünï and +")


def values(asked: Operation, rows: list[Parameter]) -> dict[str, Any]:
    """Values for *rows* of the operation *asked*, and for what it needs beside them."""
    names = {row.name for row in rows}
    given = {row.name: sample(row) for row in asked.parameters if row.required}
    if names != {"AreaCode"}:
        given |= NEEDED.get(asked.name, {})
    given |= {row.name: sample(row) for row in rows}
    if "SendAt" in names:
        given |= {"ScheduleType": "fixed", "MessagingServiceSid": "MG" + "d" * 32}
    return given | ({"SipAuthPassword": "hush"} if "SipAuthUsername" in names else {})


def parameters(asked: Operation) -> list[Parameter]:
    """The parameters of an operation that the library has too."""
    return [row for row in asked.parameters if (asked.name, row.name) not in UNKNOWN_TO_LIBRARY]


def cases() -> Iterator[Any]:
    """Each parameter of what calls are made of, and all parameters of any other operation at once."""
    for kind in resource_types().values():
        for verb, name in kind.operations.items():
            rows = [
                row for row in parameters(operation(name)) if row.name not in ("Page", "PageToken")
            ]
            if operation(name).described or not rows:
                first = [row for row in rows if not re.match(r"Parameter(?!1\.|99\.)\d+", row.name)]
                yield pytest.param(kind, verb, first, id=name)
                continue
            for row in rows:
                yield pytest.param(kind, verb, [row], id=f"{name}-{row.name}")


def test_every_operation_is_compared() -> None:
    compared = {name for kind in resource_types().values() for name in kind.operations.values()}

    # of the account itself it is told apart by nothing but the client
    assert compared == set(operations()) - {"account.fetch"}


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


def collection(account: Any, kind: ResourceType) -> Any:
    """The collection of *kind* below *account*, of either client; every sid on the way is the same."""
    found, depth, way = account, 0, ""
    for attribute in kind.name.split("."):
        way = f"{way}.{attribute}".lstrip(".")
        step = resource_types()[way]
        found = getattr(found if step.depth == depth else found(SID), attribute)
        depth = step.depth
    return found


def perform(found: Any, kind: ResourceType, verb: str, given: dict[str, Any]) -> Any:
    if verb in ("create", "list"):
        return getattr(found, verb)(**given)
    if kind.place:
        return getattr(found(SID), verb)(**given)
    return getattr(found() if kind.attribute == "data" else found, verb)(**given)


@pytest.mark.parametrize(("kind", "verb", "rows"), list(cases()))
@pytest.mark.parametrize("spelling", ["keyword", "name"])
def test_the_form_is_that_of_the_official_sdk(
    kind: ResourceType, verb: str, rows: list[Parameter], spelling: str
) -> None:
    asked = operation(kind.operations[verb])
    given = values(asked, rows)
    official_given = {asked.parameter(name).keyword: value for name, value in given.items()}
    own = {getattr(asked.parameter(name), spelling): value for name, value in given.items()}
    client = tm.Client(simulator=Catching())  # type: ignore[arg-type] # it carries, and tells nothing
    api = official().api.v2010

    theirs = collection(api if kind.root else api.account, kind)
    ours = collection(client, kind)

    assert caught(lambda: perform(ours, kind, verb, own)) == caught(
        lambda: perform(theirs, kind, verb, official_given)
    )


def signature(found: Any, kind: ResourceType, verb: str) -> list[str]:
    """The parameters of a method of the official library, in its order."""
    one = found(SID) if kind.place and verb not in ("create", "list") else found
    one = found() if kind.attribute == "data" else one
    return list(inspect.signature(getattr(one, verb)).parameters)


def orders() -> Iterator[Any]:
    for kind in resource_types().values():
        for verb, name in kind.operations.items():
            if operation(name).parameters:
                yield pytest.param(kind, verb, id=name)


@pytest.mark.parametrize(("kind", "verb"), list(orders()))
def test_values_without_a_name_stand_in_the_order_of_the_official_sdk(
    kind: ResourceType, verb: str
) -> None:
    asked = operation(kind.operations[verb])
    rows = {row.keyword: row for row in asked.parameters}
    client = tm.Client(simulator=Catching())  # type: ignore[arg-type] # it carries, and tells nothing
    api = official().api.v2010
    theirs, ours = collection(api if kind.root else api.account, kind), collection(client, kind)
    names = signature(theirs, kind, verb)

    for place, name in enumerate(names[:MOST_POSITIONS]):
        if name not in rows:
            continue
        given = {asked.parameter(own).keyword: v for own, v in values(asked, [rows[name]]).items()}
        positional = [given.pop(each, None) for each in names[: place + 1]]
        asking = partial(call, kind=kind, verb=verb, positional=positional, given=given)
        assert caught(partial(asking, ours)) == caught(partial(asking, theirs))


def call(found: Any, kind: ResourceType, verb: str, positional: list[Any], given: Any) -> Any:
    if verb not in ("create", "list"):
        found = found(SID) if kind.place else found() if kind.attribute == "data" else found
    return getattr(found, verb)(*positional, **given)
