"""Media Streams: a check for each row of what is known of them that a call can show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import pytest
from twilio.request_validator import RequestValidator

import twilio_magic as tm
from twilio_magic import mulaw
from twilio_magic.api import Call
from twilio_magic.errors import ApiError

from .fact_tables import FactChecks, shown
from .socket_applications import Message, Sent, application
from .streams import (
    CALLER,
    EVENTS,
    NUMBER,
    URL,
    at_start,
    beep,
    call_stream,
    clear,
    codes,
    listens,
    mark,
    media,
    one_way,
    reports,
    sent,
    sound,
    two_way,
)

CALLBACK = f"statusCallback='{EVENTS}'"
QUIET = "wait 2; hang up"
FRAME = 160

_CHECKS = FactChecks()
shows = _CHECKS.shows


def test_each_row_has_a_check_or_says_why_no_call_can_show_it() -> None:
    assert set(_CHECKS) == shown("stream")


@pytest.mark.parametrize("name", _CHECKS)
def test_the_simulator_does_what_is_known(name: str) -> None:
    _CHECKS[name]()


def at(call: Call, event: str) -> list[float]:
    """When the messages of one *event* were sent, in seconds after the stream began."""
    frames = [each for each in call.sessions[0].frames if each.direction == "sent"]
    began = frames[0].at
    told = [each for each in frames if isinstance(each.message, Mapping)]
    return [round(each.at - began, 3) for each in told if _event(each.message) == event]


def _event(message: Any) -> str:
    return str(message["event"])


def said(call: Call) -> list[str]:
    return [event.data["words"] for event in call.timeline if event.kind == "said"]


def running(document: str) -> tuple[tm.Simulator, Call]:
    """A call that was answered, and runs *document*."""
    simulator = tm.Simulator()
    simulator.mount("https://agent.example.com", application(listens))
    simulator.phones[CALLER] = "answer; wait 60; hang up"
    client = tm.Client(simulator=simulator)
    call = client.calls.create(to=CALLER, from_=NUMBER, twiml=document)
    simulator.advance(5)
    return simulator, call


@shows("handshake.scheme")
def _takes_wss_without_a_query() -> None:
    headers: list[dict[str, str]] = []
    app = application(listens, headers)
    unsafe = two_way().replace("wss://", "ws://")
    asked = two_way().replace(URL, f"{URL}?a=b")

    assert 31922 in codes(call_stream(listens, QUIET, unsafe))
    call = call_stream(None, QUIET, asked, app=app)
    assert 31923 in codes(call)  # and the stream goes to the address without it
    assert call.sessions[0].url == URL


@shows("handshake.signature")
def _is_signed_over_the_address_as_it_is_written() -> None:
    headers: list[dict[str, str]] = []
    simulator = tm.Simulator()
    call_stream(None, QUIET, app=application(listens, headers), simulator=simulator)

    validator = RequestValidator(simulator.credentials.password.reveal())
    assert validator.compute_signature(URL, {}) == headers[0]["x-twilio-signature"]


@shows("kinds.connect")
def _connect_holds_the_call_until_the_application_closes() -> None:
    def closes(message: Message) -> Iterable[Sent]:
        return [1000] if message["event"] == "media" and message["media"]["chunk"] == "50" else ()

    call = call_stream(closes, "wait 9; hang up")
    refused = call_stream(listens, QUIET, two_way("track='both_tracks'"))

    assert said(call) == ["The next verb"]
    next_verb = next(event.at for event in call.timeline if event.kind == "said")
    assert next_verb == call.sessions[0].at + 1.0
    assert 31941 in codes(refused)
    assert not refused.sessions
    assert said(refused) == ["The next verb"]


@shows("kinds.start")
def _start_goes_on_at_once_with_four_tracks_at_most() -> None:
    call = call_stream(listens, "wait 9; hang up", one_way(rest="<Say>Hello, and welcome</Say>"))
    streams = "".join(
        f"<Start><Stream url='{URL}' name='{name}' track='both_tracks'/></Start>" for name in "abc"
    )
    many = call_stream(listens, QUIET, f"<Response>{streams}<Pause length='3'/></Response>")

    [hello] = [event for event in call.timeline if event.kind == "said"]
    assert hello.at == 0.0
    assert call.sessions[0].close_code == 1000
    assert len(many.sessions) == 2
    assert "more than 4 tracks" in str(many.timeline)


@shows("order")
def _messages_come_in_order() -> None:
    agent = at_start(lambda sid: media(sid, beep(0.5)), lambda sid: mark(sid, "said"))
    call = call_stream(agent, "wait 1; press 1; wait 1; hang up")

    events = [each["event"] for each in sent(call)]
    assert events[:3] == ["connected", "start", "media"]
    assert set(events[3:-1]) == {"media", "mark", "dtmf"}
    assert events[-1] == "stop"
    assert (call.sessions[0].close_code, call.sessions[0].status) == (1000, "completed")


@shows("numbers_are_strings")
def _numbers_are_texts_in_messages() -> None:
    call = call_stream(listens, QUIET)

    [start], first = sent(call, "start"), sent(call, "media")[0]
    numbers = [first["sequenceNumber"], first["media"]["chunk"], first["media"]["timestamp"]]
    assert numbers == ["2", "1", "20"]
    assert start["start"]["mediaFormat"]["sampleRate"] == 8000
    assert start["start"]["mediaFormat"]["channels"] == 1


@shows("sequenceNumber")
def _messages_are_numbered() -> None:
    call = call_stream(at_start(lambda sid: mark(sid, "m")), "wait 1; press 5; wait 1; hang up")

    connected, *numbered = sent(call)
    assert not {"sequenceNumber", "streamSid"} & connected.keys()
    count = len(numbered)
    assert [each["sequenceNumber"] for each in numbered] == [str(n + 1) for n in range(count)]
    assert {each["streamSid"] for each in numbered} == {call.sessions[0].sid}


@shows("messages_from_twilio.connected")
def _connected_says_the_protocol() -> None:
    assert sent(call_stream(listens, QUIET))[0] == {
        "event": "connected",
        "protocol": "Call",
        "version": "1.0.0",
    }


@shows("messages_from_twilio.start")
def _start_describes_the_stream() -> None:
    parameter = "<Parameter name='who' value='ann'/>"
    call = call_stream(listens, QUIET, two_way(inside=parameter))

    sid = call.sessions[0].sid
    assert sent(call)[1] == {
        "event": "start",
        "sequenceNumber": "1",
        "start": {
            "accountSid": tm.Simulator().credentials.account_sid,
            "streamSid": sid,
            "callSid": call.sid,
            "tracks": ["inbound"],
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
            "customParameters": {"who": "ann"},
        },
        "streamSid": sid,
    }
    assert sid.startswith("MZ")
    assert len(sid) == 34
    assert list(sent(call)[1]) == ["event", "sequenceNumber", "start", "streamSid"]


@shows("messages_from_twilio.media")
def _media_has_sound() -> None:
    call = call_stream(listens, QUIET)

    first = sent(call, "media")[0]
    payload = first["media"].pop("payload")
    assert isinstance(payload, str)
    assert first == {
        "event": "media",
        "sequenceNumber": "2",
        "media": {"track": "inbound", "chunk": "1", "timestamp": "20"},
        "streamSid": call.sessions[0].sid,
    }


@shows("messages_from_twilio.dtmf")
def _dtmf_has_the_digit() -> None:
    [key] = sent(call_stream(listens, "wait 1; press 5; wait 1; hang up"), "dtmf")

    assert key["dtmf"] == {"track": "inbound_track", "digit": "5"}
    assert key.keys() == {"event", "streamSid", "sequenceNumber", "dtmf"}


@shows("messages_from_twilio.mark")
def _mark_has_its_name() -> None:
    [back] = sent(call_stream(at_start(lambda sid: mark(sid, "a label")), QUIET), "mark")

    assert back["mark"] == {"name": "a label"}
    assert back.keys() == {"event", "sequenceNumber", "streamSid", "mark"}


@shows("messages_from_twilio.stop")
def _stop_has_the_sids() -> None:
    call = call_stream(listens, QUIET)

    [stop] = sent(call, "stop")
    account = tm.Simulator().credentials.account_sid
    assert stop["stop"] == {"accountSid": account, "callSid": call.sid}
    assert stop.keys() == {"event", "sequenceNumber", "stop", "streamSid"}


@shows("media_timing.frame")
def _frames_come_fifty_times_a_second() -> None:
    call = call_stream(listens, "wait 3; hang up")

    moments = at(call, "media")
    assert moments[:3] == [0.02, 0.04, 0.06]
    assert {round(after - before, 3) for before, after in pairwise(moments)} == {0.02}
    assert {sound(each) for each in sent(call, "media")} == {b"\xff" * FRAME}
    assert {str(event) for event in call.timeline if event.kind == "not simulated"} == set()


@shows("media_timing.timestamp")
def _timestamps_count_milliseconds() -> None:
    stamps = [
        int(each["media"]["timestamp"]) for each in sent(call_stream(listens, QUIET), "media")
    ]

    assert stamps == [20 * (place + 1) for place in range(len(stamps))]


@shows("media_timing.chunk")
def _chunks_are_counted() -> None:
    chunks = [each["media"]["chunk"] for each in sent(call_stream(listens, QUIET), "media")]

    assert chunks == [str(place + 1) for place in range(len(chunks))]


@shows("media_timing.both_tracks")
def _both_tracks_share_the_instant_and_the_count() -> None:
    call = call_stream(listens, QUIET, one_way("track='both_tracks'"))

    outbound, inbound = sent(call, "media")[:2]
    assert [each["media"]["track"] for each in (outbound, inbound)] == ["outbound", "inbound"]
    assert outbound["media"]["timestamp"] == inbound["media"]["timestamp"]
    assert [each["media"]["chunk"] for each in (outbound, inbound)] == ["1", "2"]


@shows("tracks_words")
def _tracks_are_named_in_two_ways() -> None:
    for track, names in (
        ("inbound_track", ["inbound"]),
        ("outbound_track", ["outbound"]),
        ("both_tracks", ["inbound", "outbound"]),
    ):
        call = call_stream(listens, QUIET, one_way(f"track='{track}'"))
        assert sent(call, "start")[0]["start"]["tracks"] == names
        assert {each["media"]["track"] for each in sent(call, "media")} == set(names)


@shows("dtmf")
def _keys_are_told_on_two_way_streams_only() -> None:
    gather = "<Gather numDigits='1' timeout='5' action='https://ivr.example.com/next'/>"
    call = call_stream(listens, "wait 1; press 5; wait 1; hang up", one_way(rest=gather))

    assert "gathered" in {event.kind for event in call.timeline}
    assert not sent(call, "dtmf")


@shows("messages_to_twilio.only")
def _media_mark_and_clear_may_be_sent() -> None:
    agent = at_start(lambda sid: media(sid, beep(1)), lambda sid: mark(sid, "m"), clear)

    assert not codes(call_stream(agent, QUIET))


@shows("messages_to_twilio.media.buffered")
def _sound_is_played_in_order_up_to_ten_minutes() -> None:
    first, second = beep(0.5), mulaw.compress([1000] * 4000)
    call = call_stream(
        at_start(lambda sid: media(sid, first), lambda sid: media(sid, second)), "wait 3; hang up"
    )
    much = b"\x00" * (590 * mulaw.RATE)
    full = call_stream(at_start(*[lambda sid: media(sid, much)] * 3), "wait 3; hang up")

    assert call.sessions[0].sounds[0].sound == first + second
    assert codes(full) == [31931]


@shows("messages_to_twilio.mark.echo")
def _a_mark_comes_back_when_the_sound_before_it_was_played() -> None:
    agent = at_start(
        lambda sid: mark(sid, "at once"),
        lambda sid: media(sid, beep(0.5)),
        lambda sid: mark(sid, "half"),
        lambda sid: media(sid, beep(0.5)),
        lambda sid: mark(sid, "whole"),
    )
    call = call_stream(agent, "wait 3; hang up")

    assert [each["mark"]["name"] for each in sent(call, "mark")] == ["at once", "half", "whole"]
    once, half, whole = at(call, "mark")
    assert once == 0.0
    assert (half, whole) == (0.52, 1.02)  # the sound begins with the next frame


@shows("messages_to_twilio.clear.effect")
def _clear_throws_away_what_waits() -> None:
    def agent(message: Message) -> Iterable[Sent]:
        sid = message.get("streamSid", "")
        if message["event"] == "start":
            return [media(sid, beep(5)), mark(sid, "a"), media(sid, beep(5)), mark(sid, "b")]
        return [clear(sid)] if message["event"] == "dtmf" else ()

    call = call_stream(agent, "wait 2; press 1; wait 2; hang up")

    [cleared] = at(call, "dtmf")
    assert at(call, "mark") == [cleared, cleared]
    assert [each["mark"]["name"] for each in sent(call, "mark")] == ["a", "b"]
    [heard] = call.sessions[0].sounds
    assert heard.is_cut
    assert heard.seconds == pytest.approx(cleared - 0.02, abs=0.02)


@shows("messages_to_twilio.extra_fields")
def _what_breaks_the_protocol_is_ignored_with_one_warning() -> None:
    for bad in (
        lambda sid: {**media(sid, beep(1)), "extra": 1},
        lambda sid: {"event": "media", "streamSid": sid},
        lambda sid: {"event": "media", "streamSid": sid, "media": {"payload": "%%"}},
        lambda sid: {"event": "media", "streamSid": sid, "media": {"payload": 1}},
        lambda sid: {"event": "mark", "streamSid": sid, "mark": "m"},
        lambda _: media("MZ" + "0" * 32, beep(1)),
        lambda sid: {"event": "sing", "streamSid": sid},
        "no JSON",
        "[]",
        "[" * 20_000,
    ):
        call = call_stream(at_start(bad, bad, bad), QUIET)
        assert codes(call) == [31951]
        assert not call.sessions[0].sounds
        assert len(call.sessions[0].messages("received")) == 3


@shows("messages_to_twilio.binary")
def _a_binary_frame_is_ignored_with_one_warning() -> None:
    assert codes(call_stream(at_start(beep(1), beep(1)), QUIET)) == [31950]


@shows("messages_to_twilio.on_a_one_way_stream")
def _a_one_way_stream_takes_nothing_back() -> None:
    agent = at_start(lambda sid: media(sid, beep(1)), lambda sid: mark(sid, "m"))
    call = call_stream(agent, QUIET, one_way())

    assert codes(call) == [31951]
    assert not sent(call, "mark")
    assert not call.sessions[0].sounds


@shows("end.application_closes")
def _the_call_goes_on_when_the_application_closes() -> None:
    action = " action='https://ivr.example.com/next'"
    more = "<Response><Say>Goodbye</Say></Response>"
    normal = call_stream(at_start(1000), "wait 9; hang up", two_way(action=action), more=more)
    other = call_stream(at_start(1011), "wait 9; hang up")

    assert said(normal) == ["Goodbye"]
    assert not codes(normal)
    assert (normal.sessions[0].close_code, normal.sessions[0].status) == (1000, "completed")
    assert said(other) == ["The next verb"]
    assert codes(other) == [31921]
    assert other.sessions[0].status == "failed"


@shows("end.server_dies")
def _a_connection_that_breaks_has_its_code() -> None:
    def breaks(message: Message) -> Iterable[Sent]:
        raise ValueError(message["event"])

    async def refuses(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError
        await send({"type": "websocket.close"})

    async def waits(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError
        while True:
            await receive()

    broken = call_stream(breaks, QUIET)
    assert codes(broken) == [31903]
    assert "ValueError" in str(broken.timeline)
    assert codes(call_stream(None, QUIET, app=refuses)) == [31920]
    assert codes(call_stream(None, "wait 9; hang up", app=waits)) == [31901]
    assert codes(call_stream(None, QUIET)) == [31904]


@shows("end.no_reconnect")
def _a_stream_is_not_connected_again() -> None:
    headers: list[dict[str, str]] = []
    call_stream(None, "wait 9; hang up", app=application(at_start(1011), headers))

    assert len(headers) == 1


@shows("end.hang")
def _who_reads_no_more_holds_the_call() -> None:
    async def stops_reading(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass

    call = call_stream(None, "wait 5; hang up", app=stops_reading)

    assert said(call) == []
    assert len(sent(call, "media")) == pytest.approx(50 * 5, abs=2)


@shows("end.caller_hangs_up")
def _stop_is_sent_when_the_caller_hangs_up() -> None:
    call = call_stream(listens, QUIET)

    assert sent(call)[-1]["event"] == "stop"
    assert call.sessions[0].frames[-1].at == call.sessions[0].at + 2.0
    assert call.sessions[0].close_code == 1000


@shows("status_callback")
def _events_are_reported() -> None:
    call = call_stream(listens, QUIET, two_way(CALLBACK))
    named = call_stream(listens, QUIET, two_way(f"{CALLBACK} name='mine'"))
    failed = call_stream(at_start(1011), QUIET, two_way(CALLBACK))

    started, stopped = reports(call)
    assert started == {
        "AccountSid": tm.Simulator().credentials.account_sid,
        "CallSid": call.sid,
        "StreamSid": call.sessions[0].sid,
        "StreamName": call.sessions[0].sid,
        "StreamEvent": "stream-started",
        "Timestamp": "2026-01-06T10:00:00.480000+00:00",
    }
    assert stopped["StreamEvent"] == "stream-stopped"
    assert {each["StreamName"] for each in reports(named)} == {"mine"}
    assert [each["StreamEvent"] for each in reports(failed)] == [
        *("stream-started", "stream-error", "stream-stopped")
    ]
    assert "1011" in reports(failed)[1]["StreamError"]
    assert {each.method for each in call.webhooks if each.purpose == "stream"} == {"POST"}


@shows("custom_parameters")
def _parameters_come_from_the_document_and_from_the_api() -> None:
    inside = "<Parameter name='a' value='1'/><Parameter name='b' value='2'/>"
    call = call_stream(listens, QUIET, one_way(inside=inside))
    _, asked = running("<Response><Pause length='30'/></Response>")
    asked.streams.create(url=URL, parameter1_name="a", parameter1_value="1", parameter2_name="b")
    asked.wait()

    assert sent(call, "start")[0]["start"]["customParameters"] == {"a": "1", "b": "2"}
    assert sent(asked, "start")[0]["start"]["customParameters"] == {"a": "1", "b": ""}
    long = tm.parse(one_way(inside=f"<Parameter name='a' value='{'x' * 500}'/>"))
    assert tm.check(long)


@shows("errors.31923")
def _an_address_that_is_none_has_its_code() -> None:
    assert 31923 in codes(call_stream(listens, QUIET, two_way().replace(URL, "wss://")))


@shows("streams_resource.create")
def _the_api_begins_a_stream() -> None:
    _, call = running("<Response><Pause length='30'/></Response>")

    stream = call.streams.create(url=URL)
    call.wait()

    assert stream.sid == call.sessions[0].sid
    assert sent(call, "media")


@shows("streams_resource.optional")
def _a_stream_has_a_name_a_track_and_a_callback() -> None:
    simulator, call = running("<Response><Pause length='30'/></Response>")
    simulator.mount(EVENTS, lambda _: "")

    call.streams.create(
        url=URL,
        name="mine",
        track="both_tracks",
        status_callback=EVENTS,
        status_callback_method="GET",
    )
    call.wait()

    assert sent(call, "start")[0]["start"]["tracks"] == ["inbound", "outbound"]
    assert {each["StreamName"] for each in reports(call)} == {"mine"}
    assert {each.method for each in call.webhooks if each.purpose == "stream"} == {"GET"}


@shows("streams_resource.update")
def _the_api_ends_a_stream_by_its_sid_or_its_name() -> None:
    simulator, call = running("<Response><Pause length='30'/></Response>")
    first, _ = call.streams.create(url=URL), call.streams.create(url=URL, name="mine")
    simulator.advance(2)

    stopped = first.update(status="stopped")
    other = call.streams("mine").update(status="stopped")

    assert (stopped.status, other.status) == ("stopped", "stopped")
    assert [each.close_code for each in call.sessions] == [1000, 1000]
    assert not call.is_over


@shows("streams_resource.properties")
def _a_stream_has_its_properties() -> None:
    simulator, call = running("<Response><Pause length='30'/></Response>")

    stream = call.streams.create(url=URL, name="mine")

    account = simulator.credentials.account_sid
    assert stream.sid.startswith("MZ")
    assert (stream.account_sid, stream.call_sid) == (account, call.sid)
    assert (stream.name, stream.status) == ("mine", "in-progress")
    path = f"/2010-04-01/Accounts/{account}/Calls/{call.sid}/Streams/{stream.sid}.json"
    assert stream.uri == path
    assert stream.date_updated


@shows("streams_resource.http")
def _both_answer_200() -> None:
    simulator, call = running("<Response><Pause length='30'/></Response>")
    base = f"https://api.twilio.com/2010-04-01/Accounts/{call.account_sid}/Calls/{call.sid}/Streams"
    with tm.mock_twilio(simulator):
        from twilio.rest import Client

        http = Client().http_client
        auth = (simulator.credentials.account_sid, simulator.credentials.password.reveal())
        made = http.request("POST", f"{base}.json", data={"Url": URL, "Name": "a"}, auth=auth)
        ended = http.request("POST", f"{base}/a.json", data={"Status": "stopped"}, auth=auth)

    assert (made.status_code, ended.status_code) == (200, 200)


@shows("streams_resource.no")
def _streams_are_not_listed() -> None:
    _, call = running("<Response><Pause length='30'/></Response>")

    streams = call.streams
    assert not {"list", "stream"} & set(dir(streams))


@shows("streams_resource.one_way")
def _a_stream_of_the_api_is_one_way() -> None:
    simulator, call = running("<Response><Pause length='30'/></Response>")
    agent = at_start(lambda sid: media(sid, beep(1)))
    simulator.mount("https://agent.example.com", application(agent))

    call.streams.create(url=URL)
    call.wait()

    assert sent(call, "start")[0]["start"]["tracks"] == ["inbound"]
    assert not call.sessions[0].sounds


@shows("streams_resource.not_in_progress")
def _a_call_that_is_over_has_no_new_stream() -> None:
    _, call = running("<Response><Pause length='1'/></Response>")

    with pytest.raises(ApiError) as refused:
        call.wait().streams.create(url=URL)

    assert refused.value.code == 21220
