"""The article's call, from plain Python: through the client, the REST API and the clock to its end."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO, Place, heard, kinds, placing, told


def test_a_call_is_queued_when_the_api_answers_and_completed_when_it_was_waited_for(
    client: tm.Client,
) -> None:
    call = client.calls.create(to=TO, from_=FROM, url=DEMO)
    at_first = call.status
    call.wait()

    assert at_first == "queued"
    assert call.status == "completed"
    assert call.duration == 12
    assert call.from_ == FROM
    assert call.to_formatted == "(310) 555-5555"
    assert call.start_time
    assert call.end_time
    assert (call.end_time - call.start_time).total_seconds() == call.duration


def test_the_timeline_tells_the_life_of_the_call_in_order(place: Place) -> None:
    call = place(url=DEMO)

    assert kinds(call) == [
        "queued",
        "dialing",
        "ringing",
        "answered",
        "fetched",
        "said",
        "paused",
        "said",
        "hung up",
        "completed",
    ]
    times = [event.at for event in call.timeline]
    assert times == sorted(times)


def test_every_kind_of_event_is_one_of_the_documented_words() -> None:
    from twilio_magic.timeline import KINDS

    assert len(KINDS) == len(set(KINDS))
    assert {"queued", "answered", "said", "not simulated", "completed"} <= set(KINDS)


def test_the_same_seed_gives_the_same_call_to_the_last_byte() -> None:
    first, second = (placing(tm.Simulator(seed=7))("<Say>Hello there</Say>") for _ in "ab")

    assert first.fields == second.fields
    assert repr(first.timeline) == repr(second.timeline)


def test_another_seed_gives_other_sids() -> None:
    first, second = (placing(tm.Simulator(seed=seed))("<Say>Hello</Say>") for seed in (1, 2))

    assert first.sid != second.sid


def test_an_application_brings_the_voice_url(
    client: tm.Client, place: Place, simulator: tm.Simulator
) -> None:
    url = simulator.host("<Response><Say>From the application.</Say></Response>")
    application = client.applications.create(voice_url=url, friendly_name="Greeting")
    call = place(application_sid=application.sid)

    assert heard(call) == ["Twilio: From the application."]
    assert call.webhooks[0].url == url


def test_an_unknown_application_is_refused_with_twilios_code(place: Place) -> None:
    with pytest.raises(tm.ApiError) as refused:
        place(application_sid="AP" + "0" * 32)

    assert refused.value.code == 21218
    assert refused.value.status == 400
    assert refused.value.hint


def test_what_is_not_simulated_yet_says_so(place: Place) -> None:
    twiml = "<Connect><VirtualAgent connectorName='x'/></Connect><Say>Then this.</Say>"
    call = place(twiml, caller_id=FROM)

    assert told(call, "not simulated") == [
        "the parameter CallerId",
        "<VirtualAgent> (line 1) would connect the call with an agent of Google Dialogflow CX; the next verb follows",
    ]
    assert heard(call) == ["Twilio: Then this."]


def test_a_parameter_that_twilio_would_ignore_is_told(place: Place) -> None:
    call = place("<Say>Not heard.</Say>", url=DEMO)

    assert call.warnings == ["Twiml is ignored, because Url is given."]
    assert "Not heard." not in repr(call.transcript)


def test_a_call_that_nobody_ends_says_so(place: Place) -> None:
    """Two phones without scripts would talk for ever; Twilio ends the call after four hours."""
    call = place("<Dial>+14155550100</Dial>")

    assert call.duration == 4 * 60 * 60
    assert "hang up" in told(call, "warned")[0]


def test_advance_moves_the_clock_as_far_as_it_is_told(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    call = client.calls.create(to=TO, from_=FROM, url=DEMO)
    simulator.advance(seconds=1.5)
    ringing = call.fetch().status
    simulator.advance(seconds=2)
    talking = call.fetch().status
    simulator.run()

    assert (ringing, talking, call.fetch().status) == ("ringing", "in-progress", "completed")


def test_reset_begins_the_world_anew(
    client: tm.Client, place: Place, simulator: tm.Simulator
) -> None:
    before = place(url=DEMO)
    simulator.reset()
    again = place(url=DEMO)

    assert again.fields == before.fields
    assert len(client.calls.list()) == 1


def test_reset_gives_the_new_world_another_profile_which_stays(simulator: tm.Simulator) -> None:
    client = tm.Client(simulator=simulator)
    simulator.reset(profile="trial")
    told = [client.account.is_trial]
    simulator.reset()
    told.append(client.account.is_trial)

    assert told == [True, True]


def test_a_call_of_another_world_is_not_found(place: Place, simulator: tm.Simulator) -> None:
    call = place(url=DEMO)
    simulator.reset()

    with pytest.raises(tm.SimulatorError, match=call.sid):
        call.timeline  # noqa: B018 - the access is the test


def test_a_call_can_be_ended_and_taken_elsewhere_while_it_runs(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    call = client.calls.create(to=TO, from_=FROM, twiml="<Response><Pause length='60'/></Response>")
    simulator.advance(seconds=10)
    call.update(twiml="<Response><Say>Something else.</Say><Pause length='60'/></Response>")
    simulator.advance(seconds=10)
    call.hang_up()
    call.wait()

    assert heard(call) == ["Twilio: Something else."]
    assert told(call, "hung up") == ["by the API"]
    assert call.status == "completed"


def test_a_call_that_is_not_answered_yet_can_be_canceled(
    client: tm.Client, simulator: tm.Simulator
) -> None:
    call = client.calls.create(to=TO, from_=FROM, url=DEMO)
    simulator.advance(seconds=2)
    call.update(status="canceled").wait()

    assert call.status == "canceled"
    assert kinds(call)[-1] == "canceled"
    assert call.duration is None


def test_a_call_that_is_over_cannot_be_changed(place: Place) -> None:
    call = place(url=DEMO)

    with pytest.raises(tm.ApiError) as refused:
        call.update(status="completed")

    assert refused.value.code == 21220


def test_the_time_limit_ends_the_call(place: Place) -> None:
    call = place("<Pause length='3600'/>", time_limit=30)

    assert call.duration == 30
    assert told(call, "hung up") == ["by the time limit of 30 s"]


def test_twilio_ends_every_call_after_four_hours(place: Place) -> None:
    call = place("<Say loop='0'>Again and again and again and again.</Say>" * 40)

    assert call.duration == 4 * 60 * 60


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_document_of_many_examples_speaks_and_plays_a_file(place: Place, scheme: str) -> None:
    call = place(url=f"{scheme}://demo.twilio.com/docs/voice.xml", method="GET")

    assert heard(call)[0].startswith("Twilio: Hello!")
    assert told(call, "played") == ["http://demo.twilio.com/docs/classic.mp3 (5.0 s)"]
    assert not told(call, "failed")
