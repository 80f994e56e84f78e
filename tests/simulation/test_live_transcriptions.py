"""Live transcriptions: partial results, order, errors, and what is said while one starts or stops.

Facts: transcription.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import Place, kinds, placing, told
from twilio_magic.views import call_card

TEXT = "https://ivr.example.com/text"
HELLO = "Hello there, you have reached the bakery."


@pytest.fixture(autouse=True)
def application(simulator: tm.Simulator) -> None:
    simulator.webhook(TEXT)(lambda: "<Response/>")


def start(**attributes: str) -> str:
    given = {"name": "all", "statusCallbackUrl": TEXT, **attributes}
    written = " ".join(f'{name}="{value}"' for name, value in given.items())
    return f"<Start><Transcription {written}/></Start>"


PARTIAL = start(partialResults="true")


STOP = '<Stop><Transcription name="all"/></Stop>'


def callbacks(call: tm.Call) -> list[dict[str, str]]:
    """The parameters of the callbacks, in the order in which they were sent."""
    return [dict(each.parameters) for each in call.webhooks if each.url == TEXT]


def words(call: tm.Call, *, final: bool = True, track: str = "") -> list[str]:
    """The texts of the final results, or of the partial ones, of one track or of both."""
    return [
        json.loads(each["TranscriptionData"])["transcript"]
        for each in callbacks(call)
        if each.get("Final") == str(final).lower() and track in ("", each["Track"])
    ]


def test_partial_results_grow_until_the_final_one(place: Place) -> None:
    """Facts: transcription.partials."""
    call = place(f"{PARTIAL}<Say>{HELLO}</Say>")
    partial = words(call, final=False)

    assert len(partial) > 2
    assert all(HELLO.startswith(text) for text in partial)
    assert partial == sorted(set(partial), key=len)
    assert words(call) == [HELLO]
    assert callbacks(call)[0]["PartialResults"] == "true"


def test_a_call_of_13_seconds_has_some_twenty_callbacks_with_partial_results_and_5_without(
    place: Place,
) -> None:
    """Facts: transcription.partials; one call that was published had 22 and 5."""
    talk = (
        "<Say>Incoming call from the bakery in the old town.</Say>"
        "<Say>Your bread is ready, and so is the cake that you ordered.</Say>"
        "<Say>Please pick them up before six o'clock today. Goodbye.</Say><Pause length='1'/>"
    )
    partial = place(PARTIAL + talk)
    plain = place(start() + talk)

    assert plain.duration in range(11, 16)
    assert len(callbacks(plain)) == 5
    assert len(callbacks(partial)) in range(17, 28)


def test_partial_results_are_told_by_their_engine(place: Place) -> None:
    """Facts: transcription.content: Stability with Deepgram alone, confidence in final results alone."""
    google = place(f"{PARTIAL}<Say>{HELLO}</Say>")
    deepgram = place(
        start(partialResults="true", transcriptionEngine="deepgram") + f"<Say>{HELLO}</Say>"
    )

    for call, stability in ((google, set()), (deepgram, {"0.99121094"})):
        content = [each for each in callbacks(call) if "Final" in each]
        partial = [each for each in content if each["Final"] == "false"]
        assert {each["Stability"] for each in partial if "Stability" in each} == stability
        assert all(("Stability" in each) == bool(stability) for each in partial)
        assert all(
            json.loads(each["TranscriptionData"]).keys() == {"transcript"} for each in partial
        )
        assert "Stability" not in content[-1]
        assert json.loads(content[-1]["TranscriptionData"])["confidence"] == 1.0
        assert {each["LanguageCode"] for each in content} == {"en-US"}


def test_both_tracks_are_interleaved_by_one_sequence(place: Place) -> None:
    """Facts: transcription.sequence, transcription.tracks."""
    call = place(
        f"{PARTIAL}<Say>{HELLO}</Say><Pause length='4'/>",
        phone='wait 1; say "I would like to have some bread, please." confidence 0.8; wait 9',
    )
    told_it = callbacks(call)
    tracks = [each["Track"] for each in told_it if "Final" in each]

    assert [each["SequenceId"] for each in told_it] == [str(n + 1) for n in range(len(told_it))]
    assert tracks != sorted(tracks)
    assert tracks != sorted(tracks, reverse=True)
    assert words(call, track="inbound_track") == ["I would like to have some bread, please."]
    assert words(call, track="outbound_track") == [HELLO]


def test_the_moment_of_a_callback_has_milliseconds_and_a_z(place: Place) -> None:
    """Facts: transcription.started."""
    call = place(f"<Pause length='2'/>{start()}<Say>Hi.</Say>")

    assert callbacks(call)[0]["Timestamp"] == "2026-01-06T10:00:05.000Z"


def test_what_is_cut_off_is_written_as_far_as_it_was_begun(place: Place) -> None:
    call = place(
        f"{PARTIAL}<Gather numDigits='1' action='{TEXT}'><Say>{HELLO}</Say></Gather>",
        phone="wait 1; press 1; wait 3",
    )

    (final,) = words(call)
    assert HELLO.startswith(final)
    assert len(final) < len(HELLO)
    assert all(final.startswith(text) for text in words(call, final=False))


@pytest.mark.parametrize("ending", [STOP, "<Hangup/>"])
def test_what_is_being_said_when_a_transcription_stops_is_written_before_it_has_stopped(
    place: Place, ending: str
) -> None:
    """Facts: transcription.sequence: the last content has its number before that of the stop."""
    call = place(
        f"{PARTIAL}<Pause length='3'/>{ending}<Pause length='5'/>",
        phone='wait 1; say "I would like to have some bread, please."; wait 9',
    )

    (final,) = words(call)
    assert final.startswith("I would like")
    assert "please" not in final
    assert words(call, final=False)
    assert [each.get("Final", "") for each in callbacks(call)][-2:] == ["true", ""]
    assert callbacks(call)[-1]["TranscriptionEvent"] == "transcription-stopped"


def test_a_transcription_that_starts_in_the_middle_of_a_sentence_has_its_second_half(
    place: Place,
) -> None:
    call = place(
        f"<Pause length='2'/>{start()}<Pause length='5'/>",
        phone='wait 1; say "I would like to have some bread, please."; wait 9',
    )

    (final,) = words(call)
    assert final.endswith("bread, please.")
    assert "I would" not in final


def test_deepgram_writes_punctuation_though_it_should_not(place: Place) -> None:
    """Facts: transcription.punctuation_flag."""
    for engine, written in (("google", "Hi Ann"), ("deepgram", "Hi, Ann.")):
        begin = start(enableAutomaticPunctuation="false", transcriptionEngine=engine)
        assert words(place(f"{begin}<Say>Hi, Ann.</Say>")) == [written]


@pytest.mark.parametrize(
    ("engine", "model", "is_refused"),
    [
        ("google", "telephony", False),
        ("google", "chirp2", True),
        ("google", "nova-3", True),
        ("deepgram", "nova-3", False),
        ("deepgram", "telephony", True),
        ("auto", "nova-3", False),
        ("google", "brand-new", False),
    ],
)
def test_a_model_of_another_provider_ends_the_transcription_with_an_error_and_the_call_goes_on(
    place: Place, engine: str, model: str, is_refused: bool
) -> None:
    """Facts: transcription.error, error_codes.32651; that it comes between start and stop is a guess."""
    call = place(f"{start(transcriptionEngine=engine, speechModel=model)}<Say>Hi.</Say>{STOP}")
    events = [each["TranscriptionEvent"].removeprefix("transcription-") for each in callbacks(call)]

    if not is_refused:
        assert events == ["started", "content", "stopped"]
        return
    assert events == ["started", "error", "stopped"]
    error = callbacks(call)[1]
    assert error["ErrorCode"] == "32651"
    assert error["ErrorMessage"] == f"{engine} has no speechModel '{model}'"
    assert {"Timestamp", "CallSid", "AccountSid", "TranscriptionSid"} < error.keys()
    assert "SequenceId" not in error
    assert "nothing to stop" in told(call, "warned")[0]
    assert [event.data["line"] for event in call.timeline if event.kind == "failed"] == [1]
    assert call.transcript[0].text == "Hi."


def test_only_googles_default_model_is_told_without_one(place: Place) -> None:
    """Facts: transcription.started.ProviderConfiguration_default; that of Deepgram is not known."""
    for engine, model in (("google", "telephony"), ("deepgram", None)):
        call = place(f"{start(transcriptionEngine=engine)}<Say>Hi.</Say>")
        assert json.loads(callbacks(call)[0]["ProviderConfiguration"]).get("speechModel") == model


def test_a_transcription_runs_beside_a_gather_and_a_recording(place: Place) -> None:
    """Facts: transcription.with_gather_and_recording."""
    call = place(
        f"{start()}<Start><Recording/></Start><Gather input='speech' timeout='2' action='{TEXT}'/>",
        phone='say "Some bread."; wait 5',
    )

    assert words(call) == ["Some bread."]
    assert {"recorded", "gathered"} <= set(kinds(call))


def test_who_is_no_longer_connected_is_written_as_far_as_it_was_heard(
    place: Place, simulator: tm.Simulator
) -> None:
    simulator.phones["+14155550123"] = (
        'wait 1; say "I am just about to tell you something."; wait 30'
    )
    call = place(
        start(track="outbound_track", partialResults="true")
        + "<Dial timeLimit='2'>+14155550123</Dial><Say>Bye.</Say>"
    )

    first, second = words(call)
    assert first.startswith("I am just")
    assert "something" not in first
    assert second == "Bye."


def test_what_belongs_to_a_transcription_and_changes_nothing_is_told(place: Place) -> None:
    call = place(
        f'<Start><Transcription statusCallbackUrl="{TEXT}" intelligenceService="GA1" '
        'enableProviderData="true"><Config name="x" value="1"/><Parameter name="y" value="2"/>'
        "</Transcription></Start><Say>Hi.</Say>"
    )

    assert told(call, "not simulated") == [
        "intelligenceService of <Transcription> (line 1)",
        "enableProviderData of <Transcription> (line 1)",
        "<Config> of <Transcription> (line 1)",
        "<Parameter> of <Transcription> (line 1)",
    ]


def test_the_timeline_the_requests_and_the_ladder_say_what_was_written(place: Place) -> None:
    call = place(f"{PARTIAL}<Say>{HELLO} Please wait for us.</Say>{STOP}")
    text = f"transcription-content “{HELLO} Please wait for us.”"

    assert told(call, "started") == ["transcription “all” of both_tracks by google"]
    assert told(call, "stopped") == ["transcription “all”"]
    assert f"{text} → {TEXT}" in told(call, "reported")
    assert f"{text}: POST {TEXT} → 200" in repr(call.webhooks)
    ladder = "\n".join(step.text for step in call.ladder().steps)
    assert f"{text}: POST /text" in ladder
    assert "transcription-content, partial: POST /text" in ladder
    assert "transcription-started: POST /text" in ladder


def test_many_partial_results_are_folded(place: Place) -> None:
    sentence = " ".join(["bread"] * 40)
    call = place(f"{PARTIAL}<Say>{sentence}</Say>")

    assert len(words(call, final=False)) > 20
    for shown in (repr(call.timeline), call_card.text(call), repr(call.ladder())):
        assert shown.count("transcription-content, partial") in (0, 1)
        assert "the same" in shown


ATTRIBUTES = st.fixed_dictionaries(
    {},
    optional={
        "partialResults": st.sampled_from(["true", "false", "maybe"]),
        "track": st.sampled_from(["inbound_track", "outbound_track", "both_tracks", "none"]),
        "transcriptionEngine": st.sampled_from(["google", "Deepgram", "auto", "whisper"]),
        "speechModel": st.sampled_from(["telephony", "nova-3", "chirp2", "x"]),
        "languageCode": st.sampled_from(["en-US", "de-DE", "multi"]),
        "hints": st.sampled_from(["Bread,Cake", "", ",,("]),
        "profanityFilter": st.sampled_from(["true", "false"]),
        "enableAutomaticPunctuation": st.sampled_from(["true", "false"]),
        "name": st.sampled_from(["a", "b", "ünïcode"]),
        "inboundTrackLabel": st.just("caller"),
        "statusCallbackMethod": st.sampled_from(["GET", "POST"]),
    },
)
VERBS = st.one_of(
    ATTRIBUTES.map(
        lambda given: (
            f'<Start><Transcription statusCallbackUrl="{TEXT}" '
            + " ".join(f'{name}="{value}"' for name, value in given.items())
            + "/></Start>"
        )
    ),
    st.sampled_from(
        [
            "<Stop><Transcription name='a'/></Stop>",
            "<Stop><Transcription name='b'/></Stop>",
            f"<Say>{HELLO}</Say>",
            "<Say><break time='2s'/>Oh shit. Cake!</Say>",
            f"<Gather input='dtmf speech' timeout='2' numDigits='1' action='{TEXT}/on'><Say>{HELLO}</Say></Gather>",
            "<Pause length='2'/>",
            "<Record timeout='2' maxLength='5'/>",
            "<Dial timeout='5' timeLimit='6'>+14155550123</Dial>",
            "<Dial><Conference>room</Conference></Dial>",
            "<Hangup/>",
        ]
    ),
)
STEPS = st.sampled_from(
    [
        'say "Some bread, please." confidence 0.5',
        "press 1",
        "wait 2",
        'hear "bakery"',
        'say "No."',
        "hang up",
    ]
)


@settings(max_examples=40)
@given(
    st.lists(VERBS, min_size=1, max_size=7), st.lists(STEPS, max_size=5), st.sampled_from([0, 500])
)
def test_whatever_is_said_each_transcription_counts_without_holes_and_is_silent_after_its_stop(
    verbs: list[str], steps: list[str], status: int
) -> None:
    """… and the same call sends the same bytes."""

    def run() -> tm.Call:
        simulator = tm.Simulator(seed=5)
        simulator.webhook(TEXT)(lambda: ("", status or 200))
        simulator.webhook(f"{TEXT}/on")(lambda: f"<Response>{verbs[-1]}<Say>On.</Say></Response>")
        simulator.phones["+14155550123"] = 'answer; say "Ann here, what is it?"; wait 2; hang up'
        return placing(simulator)(
            "".join(verbs), phone="; ".join(["answer", *steps]), time_limit=60
        )

    first, second = run(), run()

    assert first.is_over
    assert not [event for event in first.timeline if "fault of the simulator" in event.text]
    sent = [each for each in first.webhooks if each.url.partition("?")[0] == TEXT]
    by_sid: dict[str, list[dict[str, Any]]] = {}
    for each in sent:
        by_sid.setdefault(each.parameters["TranscriptionSid"], []).append(dict(each.parameters))
    for told_it in by_sid.values():
        events = [each["TranscriptionEvent"].removeprefix("transcription-") for each in told_it]
        numbers = [int(each["SequenceId"]) for each in told_it if "SequenceId" in each]
        assert numbers == list(range(1, len(numbers) + 1))
        assert (events[0], events[-1]) == ("started", "stopped")
        assert (events.count("started"), events.count("stopped")) == (1, 1)
        assert [each["Timestamp"] for each in told_it] == sorted(
            each["Timestamp"] for each in told_it
        )
    assert repr(first.timeline) == repr(second.timeline)
    assert [(each.parameters, each.headers) for each in first.webhooks] == [
        (each.parameters, each.headers) for each in second.webhooks
    ]
