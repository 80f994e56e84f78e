"""Live transcriptions and Siprec by the API: the official SDK, our own client, and bare requests.

Facts: transcription.rest, siprec.resource.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client as Sdk

import twilio_magic as tm
from tests.calls import FROM, TO, told
from tests.simulation.rest import address

TEXT, COPY = "https://ivr.example.com/text", "https://ivr.example.com/copy"
TALKS = 'answer; wait 3; say "Some bread, please."; wait 60; hang up'
WAITS = "<Response><Pause length='60'/></Response>"
UNKNOWN = "GT" + "0" * 32


@pytest.fixture(autouse=True)
def application(simulator: tm.Simulator) -> None:
    for url in (TEXT, COPY):
        simulator.webhook(url)(lambda: "<Response/>")
    simulator.phones[TO] = TALKS


@pytest.fixture
def sdk(simulator: tm.Simulator) -> Any:
    credentials = simulator.credentials
    password = credentials.password.reveal()
    return Sdk(credentials.account_sid, password, http_client=simulator.http_client())


@pytest.fixture
def call(simulator: tm.Simulator) -> tm.Call:
    """A call that is in progress."""
    placed = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=WAITS)
    simulator.advance(3)
    return placed


def events(call: tm.Call, url: str) -> list[str]:
    return [each.event for each in call.fetch().webhooks if each.url == url]


@dataclass(frozen=True)
class Kind:
    """One of the two: its place in a client, its sids, its callback, and its first and last event."""

    name: str
    letters: str
    url: str
    first: str
    last: str

    def of(self, client: Any, call: tm.Call) -> Any:
        return getattr(client.calls(call.sid), self.name)

    def begin(self, client: Any, call: tm.Call, name: str) -> Any:
        if self.name == "siprec":
            given = {"connector_name": "Gridspace1", "status_callback": COPY}
        else:
            given = {"status_callback_url": TEXT}
        return self.of(client, call).create(name=name, **given)


TRANSCRIPTIONS = Kind(
    "transcriptions", "GT", TEXT, "transcription-started", "transcription-stopped"
)
SIPREC = Kind("siprec", "SR", COPY, "siprec-started", "siprec-stopped")
BOTH = pytest.mark.parametrize("kind", [TRANSCRIPTIONS, SIPREC], ids=lambda kind: kind.name)


@BOTH
@pytest.mark.parametrize("by", ["sid", "name"])
def test_the_official_sdk_starts_and_stops_it(
    simulator: tm.Simulator,
    sdk: Any,
    call: tm.Call,
    kind: Kind,
    by: str,
) -> None:
    made = kind.begin(sdk, call, "mine")
    simulator.advance(2)
    stopped = kind.of(sdk, call)(getattr(made, by)).update(status="stopped")

    assert made.sid.startswith(kind.letters)
    assert (made.call_sid, made.name, made.status) == (call.sid, "mine", "in-progress")
    assert (stopped.sid, stopped.status) == (made.sid, "stopped")
    assert stopped.date_updated > made.date_updated
    simulator.advance(1)
    assert (events(call, kind.url)[0], events(call, kind.url)[-1]) == (kind.first, kind.last)


@BOTH
def test_our_client_does_the_same(
    simulator: tm.Simulator,
    sdk: Any,
    call: tm.Call,
    kind: Kind,
) -> None:
    made = kind.begin(tm.Client(simulator=simulator), call, "mine")
    stopped = made.update(status="stopped")

    assert made.sid.startswith(kind.letters)
    assert stopped.status == "stopped"
    simulator.advance(1)
    assert events(call, kind.url) == [kind.first, kind.last]


@BOTH
def test_what_the_document_started_is_stopped_by_the_api(
    simulator: tm.Simulator,
    sdk: Any,
    kind: Kind,
) -> None:
    noun = (
        f'<Siprec name="mine" connectorName="c" statusCallback="{COPY}"/>'
        if kind is SIPREC
        else f'<Transcription name="mine" statusCallbackUrl="{TEXT}"/>'
    )
    client = tm.Client(simulator=simulator)
    twiml = f"<Response><Start>{noun}</Start><Pause length='9'/></Response>"
    call = client.calls.create(to=TO, from_=FROM, twiml=twiml)
    simulator.advance(3)
    stopped = kind.of(sdk, call)("mine").update(status="stopped")
    simulator.advance(1)

    assert stopped.sid.startswith(kind.letters)
    assert events(call, kind.url) == [kind.first, kind.last]


@BOTH
def test_a_call_that_is_not_in_progress_has_none(
    simulator: tm.Simulator,
    sdk: Any,
    call: tm.Call,
    kind: Kind,
) -> None:
    """21220 to start and to stop, as seen on live calls; so is one that has stopped (guessed)."""
    made = kind.begin(sdk, call, "mine")
    kind.of(sdk, call)(made.sid).update(status="stopped")
    other = kind.begin(sdk, call, "other")
    queued = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=WAITS)

    def code_of(ask: Callable[[], Any]) -> int | None:
        with pytest.raises(TwilioRestException) as refused:
            ask()
        code: int | None = refused.value.code
        return code

    of_call = kind.of(sdk, call)
    assert code_of(lambda: of_call(made.sid).update(status="stopped")) == 21220
    assert code_of(lambda: kind.begin(sdk, queued, "early")) == 21220
    assert code_of(lambda: of_call(UNKNOWN).update(status="stopped")) == 20404
    assert code_of(lambda: of_call(other.sid).update(status="running")) == 20001
    of_other = kind.of(sdk, queued)
    assert code_of(lambda: kind.begin(sdk, call, "other")) == 20001, "names are unique in a call"
    call.wait()
    assert code_of(lambda: kind.begin(sdk, call, "late")) == 21220
    assert code_of(lambda: of_call(other.sid).update(status="stopped")) == 21220
    assert code_of(lambda: of_other(other.sid).update(status="stopped")) == 20404
    assert events(call, kind.url)[-1] == kind.last


def test_parameters_mean_what_the_attributes_mean(
    simulator: tm.Simulator, sdk: Any, call: tm.Call
) -> None:
    TRANSCRIPTIONS.of(sdk, call).create(
        name="all",
        status_callback_url=TEXT,
        status_callback_method="GET",
        partial_results=True,
        track="inbound_track",
        language_code="de-DE",
        transcription_engine="deepgram",
        speech_model="nova-3",
        hints="Bread",
        inbound_track_label="caller",
        intelligence_service="GA1",
    )
    simulator.advance(9)
    sent = [each for each in call.fetch().webhooks if each.url.partition("?")[0] == TEXT]
    started = sent[0].parameters

    assert {each.method for each in sent} == {"GET"}
    assert started["TranscriptionEngine"] == "deepgram"
    assert started["PartialResults"] == "true"
    assert (started["Track"], started["InboundTrackLabel"]) == ("inbound_track", "caller")
    assert '"speechModel": "nova-3"' in started["ProviderConfiguration"]
    assert sent[-1].event == "transcription-content “Some Bread, please.”"
    assert {each.event for each in sent[1:-1]} == {"transcription-content, partial"}
    assert told(call, "not simulated") == ["the parameter IntelligenceService"]


def test_an_engine_that_does_not_exist_makes_one_that_has_stopped(
    simulator: tm.Simulator, sdk: Any, call: tm.Call
) -> None:
    made = TRANSCRIPTIONS.of(sdk, call).create(
        transcription_engine="whisper", status_callback_url=TEXT
    )
    simulator.advance(9)

    assert (made.status, made.name) == ("stopped", None)
    assert events(call, TEXT) == []
    assert told(call, "failed")[0].startswith("32650: ")


def test_a_siprec_without_a_connector_is_an_error_of_its_callback(
    simulator: tm.Simulator, sdk: Any, call: tm.Call
) -> None:
    made = SIPREC.of(sdk, call).create(name="mine", status_callback=COPY)
    simulator.advance(1)

    assert made.status == "stopped"
    assert events(call, COPY) == ["siprec-error"]
    assert told(call, "failed")[0].startswith("31940: ")


def test_parameters_of_a_siprec_are_kept_with_its_start(
    simulator: tm.Simulator, session: requests.Session, call: tm.Call
) -> None:
    form = {"ConnectorName": "c", "Parameter1.Name": "team", "Parameter1.Value": "sales"}
    answer = session.post(address(simulator, f"/Calls/{call.sid}/Siprec.json"), data=form)
    (started,) = [each for each in call.fetch().timeline if each.kind == "started"]

    assert answer.status_code == 200, "as Twilio's description of its API has it"
    assert started.data["parameters"] == {"team": "sales"}
    assert started.text == "Siprec of both_tracks by c"
