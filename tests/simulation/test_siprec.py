"""Siprec inside Start and Stop: callbacks, and no sound. Facts: siprec."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import Place, heard, kinds, told

COPY = "https://ivr.example.com/copy"


@pytest.fixture(autouse=True)
def application(simulator: tm.Simulator) -> None:
    simulator.webhook(COPY)(lambda: "<Response/>")


def start(**attributes: str) -> str:
    given = {"name": "copy", "connectorName": "Gridspace1", "statusCallback": COPY, **attributes}
    written = " ".join(f'{name}="{value}"' for name, value in given.items())
    return f"<Start><Siprec {written}/></Start>"


STOP = '<Stop><Siprec name="copy"/></Stop>'


def test_its_callbacks_tell_of_start_and_stop_with_the_standard_parameters(place: Place) -> None:
    """Twilio's page "Siprec subresource": the standard parameters, and four of its own."""
    call = place(f"{start()}<Pause length='2'/>{STOP}<Say>Hi.</Say>")
    first, last = (each for each in call.webhooks if each.url == COPY)

    assert (first.event, last.event) == ("siprec-started", "siprec-stopped")
    own = {"SiprecSid", "SiprecName", "SiprecEvent", "Timestamp"}
    assert own | {"CallSid", "AccountSid", "CallStatus", "From", "To"} <= first.parameters.keys()
    assert first.parameters.keys() == last.parameters.keys()
    assert first.parameters["SiprecName"] == "copy"
    assert first.parameters["SiprecSid"] == last.parameters["SiprecSid"]
    assert first.parameters["SiprecSid"].startswith("SR")
    assert last.at - first.at == 2
    assert heard(call) == ["Twilio: Hi."]


def test_the_timeline_says_that_the_sound_goes_nowhere(place: Place) -> None:
    call = place(start() + "<Say>Hi.</Say>")

    assert told(call, "not simulated") == [
        "the sound of Siprec goes nowhere: only its callbacks are simulated"
    ]
    assert told(call, "started") == ["Siprec “copy” of both_tracks by Gridspace1"]
    assert told(call, "stopped") == ["Siprec “copy”"]
    assert [each.event for each in call.webhooks] == ["siprec-started", "siprec-stopped"]
    assert "siprec-started: POST /copy" in repr(call.ladder())


def test_without_a_connector_there_is_an_error_and_the_call_goes_on(place: Place) -> None:
    """Facts: siprec.unknown_connector."""
    call = place(start(connectorName="") + "<Say>Hi.</Say>")
    (error,) = (each.parameters for each in call.webhooks if each.url == COPY)

    assert error["SiprecEvent"] == "siprec-error"
    assert error["SiprecErrorCode"] == "31940"
    assert "no connector" in error["SiprecError"]
    assert "31940: " in told(call, "failed")[0]
    assert heard(call) == ["Twilio: Hi."]
    assert "started" not in kinds(call)


@pytest.mark.parametrize(("track", "fits"), [("both_tracks", 2), ("inbound_track", 4)])
def test_a_call_has_four_forks_one_for_each_track(place: Place, track: str, fits: int) -> None:
    """Facts: siprec.twiml.track, limits.audio_forks_per_call; what happens to a fifth is a guess."""
    many = "".join(start(name=str(number), track=track) for number in range(fits + 1))
    call = place(f"{many}<Stop><Siprec name='0'/></Stop>{start(name='again', track=track)}")

    assert told(call, "failed") == [
        "a call's sound has 4 forks at most, one for each track; this one is not made"
    ]
    assert len(told(call, "started")) == fits + 1
    assert len(told(call, "stopped")) == fits + 1


def test_media_streams_take_forks_too(place: Place) -> None:
    """Facts: siprec.twiml.track: both kinds share a call's four."""
    stream = "<Start><Stream name='s' track='both_tracks' url='wss://media.example.com/s'/></Start>"
    first = place(start() + stream + start(name="more"))
    second = place(start() + start(name="more") + stream)

    assert told(first, "failed") == [
        "a call's sound has 4 forks at most, one for each track; this one is not made"
    ]
    assert any("more than 4 tracks" in text for text in told(second, "failed"))


def test_a_name_is_that_of_one_alone(place: Place) -> None:
    call = place(f"{start()}{start()}{STOP}{STOP}")

    assert told(call, "failed") == [
        "a Siprec called 'copy' runs already: names are unique in a call; this one is not made"
    ]
    assert told(call, "warned")[-1] == "no Siprec called 'copy' runs: nothing to stop"


def test_a_relative_callback_is_never_called(place: Place, simulator: tm.Simulator) -> None:
    document = f"<Response>{start(statusCallback='/copy')}<Say>Hi.</Say></Response>"
    simulator.webhook("https://ivr.example.com/voice")(lambda: document)
    call = place(url="https://ivr.example.com/voice")

    assert [each.purpose for each in call.webhooks] == ["voice url"]
    assert "statusCallback /copy is relative, and is not called" in told(call, "failed")[0]


def test_the_method_of_the_callback_is_that_of_the_attribute(place: Place) -> None:
    call = place(start(statusCallbackMethod="GET") + "<Say>Hi.</Say>")

    assert {each.method for each in call.webhooks} == {"GET"}
