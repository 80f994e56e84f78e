"""ConversationRelay: what Twilio tells a voice agent, what it does with the answers, and when."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from twilio.request_validator import RequestValidator

import twilio_magic as tm

from .agents import CALLER, NUMBER, URL, Answers, call_agent, document, says_nothing, text, told
from .socket_applications import Message, application

ALL_EVENTS = "events='speaker-events tokens-played'"
LONG = "We are open from nine to five. On Sundays we are closed. Do you need anything else?"


def answers(reply: str, **more: Any) -> Any:
    """An agent that answers each final prompt with *reply*."""

    def agent(message: Message) -> Answers:
        return [text(reply, **more)] if message["type"] == "prompt" and message["last"] else []

    return agent


def at_setup(*replies: Message | str | bytes | int) -> Any:
    """An agent that says *replies* as soon as the session begins."""
    return lambda message: replies if message["type"] == "setup" else ()


def test_the_first_message_says_who_calls_whom_and_that_the_call_still_rings() -> None:
    call = call_agent(says_nothing, "wait 2; hang up", inside="<Parameter name='who' value='ann'/>")

    assert call.sessions[0].messages("sent")[0] == {
        "type": "setup",
        "sessionId": call.sessions[0].sid,
        "callSid": call.sid,
        "parentCallSid": "",
        "from": CALLER,
        "to": NUMBER,
        "forwardedFrom": "",
        "callerName": "",
        "direction": "inbound",
        "callType": "PSTN",
        "callStatus": "RINGING",
        "accountSid": tm.Simulator().credentials.account_sid,
        "customParameters": {"who": "ann"},
    }
    assert call.sessions[0].sid.startswith("VX")


def test_an_outbound_call_is_in_progress_when_the_session_begins() -> None:
    simulator = tm.Simulator()
    simulator.mount("https://agent.example.com", application(says_nothing))
    simulator.phones[CALLER] = "answer; wait 2; hang up"
    client = tm.Client(simulator=simulator)

    call = client.calls.create(to=CALLER, from_=NUMBER, twiml=document()).wait()

    setup = call.sessions[0].messages("sent")[0]
    assert (setup["callStatus"], setup["direction"]) == ("IN_PROGRESS", "outbound-api")


def test_the_handshake_is_signed_over_the_address_as_it_is_written() -> None:
    simulator = tm.Simulator()
    headers: list[dict[str, str]] = []
    app = application(says_nothing, headers=headers)
    simulator.mount("https://agent.example.com", app)

    client = tm.Client(simulator=simulator)
    client.calls.create(to=CALLER, from_=NUMBER, twiml=document()).wait()

    validator = RequestValidator(simulator.credentials.password.reveal())
    assert validator.compute_signature(URL, {}) == headers[0]["x-twilio-signature"]
    assert headers[0]["host"] == "agent.example.com"


def test_the_agent_hears_what_the_caller_says_and_the_caller_hears_the_answer() -> None:
    call = call_agent(answers("We are open."), "say 'When do you open?'; hear 'open'; hang up")

    assert told(call, "prompt") == [
        {"type": "prompt", "voicePrompt": "When do you open?", "lang": "en-US", "last": True}
    ]
    assert [str(line) for line in call.transcript] == [
        f"{CALLER}: When do you open?",
        "Agent: We are open.",
    ]


def test_partial_prompts_hold_the_whole_text_so_far() -> None:
    call = call_agent(says_nothing, "say 'one two three'; wait 2; hang up", "partialPrompts='true'")

    prompts = told(call, "prompt")
    assert [each["last"] for each in prompts] == [False] * (len(prompts) - 1) + [True]
    assert len(prompts) > 2
    for shorter, longer in pairwise(prompts):
        assert longer["voicePrompt"].startswith(shorter["voicePrompt"])
    assert prompts[-1]["voicePrompt"] == "one two three"


def test_speech_that_goes_on_before_the_prompt_is_final_is_one_prompt() -> None:
    script = "say 'one'; wait 0.2; say 'two'; wait 2; say 'three'; wait 2; hang up"
    call = call_agent(says_nothing, script)

    assert [each["voicePrompt"] for each in told(call, "prompt")] == ["one two", "three"]


def test_a_silence_of_speech_timeout_ends_a_prompt() -> None:
    script = "say 'one'; wait 2; say 'two'; wait 5; hang up"
    call = call_agent(says_nothing, script, "speechTimeout='3000'")

    assert [each["voicePrompt"] for each in told(call, "prompt")] == ["one two"]


@pytest.mark.parametrize("milliseconds", [1000, 1001])
def test_a_prompt_is_final_after_the_speech_timeout(milliseconds: int) -> None:
    attributes = f"speechTimeout='{milliseconds}' {ALL_EVENTS}"

    call = call_agent(says_nothing, "wait 1; say 'one'; wait 5; hang up", attributes)

    spoke = next(event for event in call.timeline if event.kind == "spoke")
    [prompt] = [
        each for each in call.sessions[0].frames if each.text.startswith('{"type": "prompt')
    ]
    stopped = spoke.at + spoke.data["seconds"]
    assert prompt.at == pytest.approx(stopped + milliseconds / 1000, abs=0.0005)


def test_the_caller_interrupts_with_words_in_the_middle_of_a_sentence() -> None:
    script = "say 'When do you open?'; hear 'We are open'; say 'Stop'; wait 3; hang up"
    call = call_agent(answers(LONG), script)

    [interrupt] = told(call, "interrupt")
    assert interrupt["utteranceUntilInterrupt"].startswith("We are open")
    assert LONG.startswith(interrupt["utteranceUntilInterrupt"])
    assert 500 < interrupt["durationUntilInterruptMs"] < 1500
    assert isinstance(interrupt["durationUntilInterruptMs"], int)
    said = [event for event in call.timeline if event.kind == "said"]
    assert said[0].data["cut"] is True


def test_what_waits_is_dropped_by_an_interrupt_and_what_comes_later_is_spoken() -> None:
    script = "say 'When do you open?'; hear 'We are open'; say 'Stop please'; wait 9; hang up"

    call = call_agent(answers(LONG), script)

    said = [line.text for line in call.transcript if line.speaker == "Agent"]
    assert not any("Sundays" in words for words in said[:1])
    assert said[1:] == ["We are open from nine to five.", "On Sundays we are closed.", LONG[57:]]


def test_the_order_of_an_interrupt_by_speech_is_that_of_real_calls() -> None:
    script = "say 'When do you open?'; hear 'We are open'; say 'Stop'; wait 0.4; hang up"
    call = call_agent(answers(LONG), script, ALL_EVENTS)

    sent = [
        (each["type"], each.get("name"), each.get("value"))
        for each in call.sessions[0].messages("sent")
    ]
    at = sent.index(("interrupt", None, None))
    assert [name for _, name, _ in sent[at - 2 : at]] == ["clientSpeaking", "tokensPlayed"]
    assert sent[at + 1] == ("info", "agentSpeaking", "off")


def test_a_key_is_told_before_it_interrupts() -> None:
    call = call_agent(
        answers(LONG),
        "say 'When do you open?'; hear 'We are'; press 1; wait 2; hang up",
        f"dtmfDetection='true' {ALL_EVENTS}",
    )

    kinds = [each["type"] for each in call.sessions[0].messages("sent")]
    at = kinds.index("interrupt")
    assert kinds[at - 2 : at + 2] == ["dtmf", "info", "interrupt", "info"]
    assert told(call, "dtmf") == [{"type": "dtmf", "digit": "1"}]


def test_keys_are_not_told_unless_the_document_asks_for_them() -> None:
    call = call_agent(says_nothing, "wait 1; press 12; wait 1; hang up")

    assert told(call, "dtmf") == []


@pytest.mark.parametrize(
    ("interruptible", "by_speech", "by_key"),
    [
        ("any", True, True),
        ("true", True, True),
        ("speech", True, False),
        ("dtmf", False, True),
        ("none", False, False),
        ("false", False, False),
    ],
)
def test_interruptible_names_what_may_interrupt(
    interruptible: str, by_speech: bool, by_key: bool
) -> None:
    attributes = f"interruptible='{interruptible}' dtmfDetection='true'"
    asks = "say 'When?'; hear 'We are';"

    spoken = call_agent(answers(LONG), f"{asks} say 'Stop now'; wait 1; hang up", attributes)
    pressed = call_agent(answers(LONG), f"{asks} press 1; wait 1; hang up", attributes)

    assert bool(told(spoken, "interrupt")) is by_speech
    assert bool(told(pressed, "interrupt")) is by_key


def test_a_text_may_say_itself_whether_it_is_interrupted() -> None:
    script = "say 'When?'; hear 'We are'; say 'Stop now'; wait 1; hang up"

    call = call_agent(answers(LONG, interruptible=False), script)

    assert told(call, "interrupt") == []


@pytest.mark.parametrize(
    ("reported", "count"), [("none", 1), ("dtmf", 1), ("speech", 2), ("any", 2)]
)
def test_what_is_said_over_an_agent_is_reported_if_the_document_asks_for_it(
    reported: str, count: int
) -> None:
    attributes = f"interruptible='none' reportInputDuringAgentSpeech='{reported}'"
    script = "say 'When?'; hear 'We are'; say 'Stop'; wait 9; hang up"

    call = call_agent(answers(LONG), script, attributes)

    assert len(told(call, "prompt")) == count


def test_a_backchannel_does_not_interrupt_if_it_is_ignored() -> None:
    script = "say 'When?'; hear 'We are'; say 'uh-huh'; wait 9; hang up"

    ignored = call_agent(answers(LONG), script, "ignoreBackchannel='true'")

    assert told(ignored, "interrupt") == []
    assert told(call_agent(answers(LONG), script), "interrupt")


def test_the_greeting_is_spoken_without_a_word_to_the_agent() -> None:
    call = call_agent(says_nothing, "hear 'help you'; hang up", "welcomeGreeting='Can I help you?'")

    assert [each["type"] for each in call.sessions[0].messages("sent")] == ["setup"]
    assert call.transcript[0].text == "Can I help you?"


def test_speech_begins_before_the_last_token() -> None:
    async def agent(message: Message) -> Answers:
        if message["type"] != "setup":
            return ()
        return [text("One sentence. ", last=False), text("Another", last=False)]

    call = call_agent(agent, "hear 'One sentence'; wait 2; hang up")

    assert [line.text for line in call.transcript] == ["One sentence."]


def test_preemptible_speech_gives_way_to_the_next_talk_cycle_without_an_interrupt() -> None:
    async def agent(message: Message) -> Answers:
        return [text(LONG, preemptible=True)] if message["type"] == "setup" else [text("Wait.")]

    call = call_agent(
        agent,
        "hear 'We are'; press 1; hear 'Wait'; hang up",
        "dtmfDetection='true' interruptible='none' reportInputDuringAgentSpeech='any'",
    )

    assert told(call, "interrupt") == []
    said = [line.text for line in call.transcript if line.speaker == "Agent"]
    assert said[-1] == "Wait."
    assert said[0].endswith("…")
    assert "On Sundays we are closed." not in said


def test_digits_wait_in_the_queue_behind_what_is_said() -> None:
    agent = at_setup(text("One moment."), {"type": "sendDigits", "digits": "12w#"})

    call = call_agent(agent, "wait 9; hang up", "events='tokens-played'")

    values = [each["value"] for each in told(call, "info")]
    assert values == ["One moment.", "12w#"]


def test_the_agent_is_not_speaking_while_keys_are_pressed_for_it() -> None:
    agent = at_setup(text("One moment."), {"type": "sendDigits", "digits": "12"}, text("Done."))

    call = call_agent(agent, "wait 9; hang up", ALL_EVENTS)

    values = [each["value"] for each in told(call, "info")]
    assert values == ["on", "One moment.", "off", "12", "on", "Done.", "off"]


def test_a_piece_of_speech_ends_behind_a_comma_or_a_sentence() -> None:
    said = "I heard: a call, and more. It was 3.5 minutes."

    call = call_agent(at_setup(text(said)), "wait 9; hang up", "events='tokens-played'")

    values = [each["value"] for each in told(call, "info")]
    assert values == ["I heard:", " a call, ", "and more.", " It was 3.5 minutes."]


@pytest.mark.parametrize(
    ("attributes", "language"),
    [
        ("", "en-US"),
        ("language='de-DE'", "de-DE"),
        ("language='de-DE' transcriptionLanguage='fr-FR'", "fr-FR"),
        ("speechModel='flux'", "en"),
        ("speechModel='flux-general-en' language='en-GB'", "en"),
    ],
)
def test_a_prompt_names_the_language_of_the_transcription_which_is_bare_with_flux(
    attributes: str, language: str
) -> None:
    call = call_agent(says_nothing, "say 'hello'; wait 2; hang up", attributes)

    assert [each["lang"] for each in told(call, "prompt")] == [language]


def test_ten_malformed_messages_in_a_row_end_the_session() -> None:
    agent = at_setup(*["{}"] * 9, text("Good."), *["{}"] * 10, text("Never heard."))

    call = call_agent(agent, "wait 20; hang up", action=" action='https://ivr.example.com/done'")

    session = call.sessions[0]
    errors = told(call, "error")
    assert len(errors) == 19
    assert errors[0]["description"] == "Invalid message received, code: 64107, {}"
    assert (session.close_code, session.close_reason) == (
        1007,
        "Too many consecutive malformed messages.",
    )
    assert session.status == "failed"
    assert call.webhooks[1].parameters["ErrorCode"] == "64105"


@pytest.mark.parametrize(
    "message",
    [
        "no json",
        "[]",
        b"binary",
        {"type": "unknown"},
        {"type": "text"},
        {"type": "text", "token": None},
        {"type": "text", "token": "x", "last": "yes"},
        {"type": "play"},
        {"type": "play", "source": "no address"},
        {"type": "play", "source": "https://ivr.example.com/a.mp3", "loop": -1},
        {"type": "sendDigits", "digits": ""},
        {"type": "sendDigits", "digits": "1a"},
        {"type": "language"},
        {"token": "x"},
    ],
    ids=str,
)
def test_a_malformed_message_is_answered_with_an_error_and_changes_nothing(
    message: Message | str | bytes,
) -> None:
    call = call_agent(at_setup(message, text("Hello.")), "hear 'Hello'; wait 1; hang up")

    assert len(told(call, "error")) == 1
    assert [event.data["code"] for event in call.timeline if event.kind == "failed"] == [64107]


@pytest.mark.parametrize("closes", [(), (1000,), (1006,)], ids=str)
def test_the_agent_ends_the_session_and_the_action_goes_on(closes: tuple[int, ...]) -> None:
    """Also where it closes the socket right behind its last message, as many do."""
    simulator = tm.Simulator()
    simulator.mount("https://ivr.example.com/done", "<Response><Say>Goodbye</Say></Response>")
    agent = at_setup({"type": "end", "handoffData": '{"why": "person"}'}, *closes)

    call = call_agent(
        agent,
        "hear 'Goodbye'",
        simulator=simulator,
        action=" action='https://ivr.example.com/done'",
    )

    session, action = call.sessions[0], call.webhooks[1].parameters
    if not closes:
        assert (session.close_code, session.close_reason) == (1000, "Closing websocket session")
    assert action["SessionStatus"] == session.status == "ended"
    assert action["HandoffData"] == '{"why": "person"}'
    assert action["SessionId"] == session.sid
    assert action["CallStatus"] == "in-progress"
    assert "ErrorCode" not in action


def test_when_the_caller_hangs_up_the_socket_is_closed_and_the_action_requested() -> None:
    closed: list[Mapping[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError
        await receive()
        await send({"type": "websocket.accept"})
        while (event := await receive())["type"] != "websocket.disconnect":
            pass
        closed.append(event)

    app.is_application = True  # type: ignore[attr-defined]
    call = call_agent(app, "wait 3; hang up", action=" action='https://ivr.example.com/done'")

    assert closed == [
        {"type": "websocket.disconnect", "code": 1000, "reason": "Closing websocket session"}
    ]
    action = call.webhooks[1].parameters
    assert (action["SessionStatus"], action["CallStatus"]) == ("completed", "completed")
    assert action["SessionDuration"] == "3"
    assert "HandoffData" not in action


@pytest.mark.parametrize("code", [1000, 1011, 4000])
def test_an_agent_that_closes_the_socket_has_failed_and_the_call_goes_on(code: int) -> None:
    call = call_agent(at_setup(code), "hear 'next verb'")

    assert call.sessions[0].status == "failed"
    assert call.sessions[0].close_code == code
    assert [event.data["code"] for event in call.timeline if event.kind == "failed"] == [64105]
    assert call.transcript[-1].text == "The next verb"


def test_an_exception_of_the_agent_is_told_with_its_line() -> None:
    def agent(_: Message) -> Answers:
        raise KeyError("voicePrompt")

    call = call_agent(agent, "hear 'next verb'")

    [failed] = [event for event in call.timeline if event.kind == "failed"]
    assert "KeyError: 'voicePrompt' (" in failed.text
    assert "test_relay.py:" in failed.text
    assert call.sessions[0].close_code == 1006


def _only_websockets(scope: Any) -> None:
    if scope["type"] != "websocket":
        raise NotImplementedError(scope["type"])


async def _refuses(scope: Any, receive: Any, send: Any) -> None:
    _only_websockets(scope)
    await receive()
    await send({"type": "websocket.close", "code": 1008})


async def _never_accepts(scope: Any, receive: Any, _: Any) -> None:
    _only_websockets(scope)
    await receive()
    await asyncio.sleep(3600)


@pytest.mark.parametrize("app", [_refuses, _never_accepts])
def test_a_caller_hears_busy_where_the_socket_cannot_be_opened(app: Any) -> None:
    simulator = tm.Simulator()
    simulator.mount("https://agent.example.com", app)
    simulator.mount("https://ivr.example.com", document())
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com"

    call = simulator.receive(CALLER, NUMBER).wait()

    assert call.status == "busy"
    assert [event.data["code"] for event in call.timeline if event.kind == "failed"] == [64102]
    assert call.sessions == []


def test_the_seconds_between_the_caller_and_the_agent_are_measured_for_each_turn() -> None:
    async def agent(message: Message) -> Answers:
        if message["type"] == "prompt":
            await asyncio.sleep(2)
            return [text("Yes.")]
        return ()

    call = call_agent(agent, "say 'Are you there?'; hear 'Yes'; say 'Really?'; hear 'Yes'; hang up")

    turns = call.sessions[0].turns
    assert [turn.prompt for turn in turns] == ["Are you there?", "Really?"]
    assert turns.median == turns.worst == pytest.approx(2.75)


@pytest.mark.parametrize(("cost", "seconds"), [("free", 0.75), (3, 3.75)])
def test_reply_time_is_what_an_answer_costs_in_simulated_time(cost: Any, seconds: float) -> None:
    simulator = tm.Simulator()
    simulator.reply_time = cost

    call = call_agent(answers("Yes."), "say 'Well?'; hear 'Yes'; hang up", simulator=simulator)

    assert call.sessions[0].turns.worst == pytest.approx(seconds)


def test_an_agent_that_answers_late_and_closes_is_heard_before_the_session_ends() -> None:
    simulator = tm.Simulator()
    simulator.reply_time = 3

    call = call_agent(at_setup(text("Hi."), 1000), "hear 'next verb'", simulator=simulator)

    assert call.sessions[0].messages("received") == [text("Hi.")]
    assert call.sessions[0].status == "failed"


def test_what_signs_in_stands_in_no_session_and_no_event() -> None:
    simulator = tm.Simulator()
    simulator.mount("https://agent.example.com", application(says_nothing))
    relay = "<ConversationRelay url='wss://ann:hidden@agent.example.com/ws'/>"
    simulator.host(f"<Response><Connect>{relay}</Connect></Response>", at="https://ivr.example.com")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com"

    call = simulator.receive(CALLER, NUMBER, phone="wait 1; hang up").wait()

    assert "hidden" not in repr(call.sessions) + repr([event.data for event in call.timeline])
    assert call.sessions[0].url == URL


def test_events_that_never_come_are_told() -> None:
    call = call_agent(says_nothing, "wait 1; hang up", "events='config-updated' debug='debugging'")

    told_here = [event.text for event in call.timeline if event.kind == "not simulated"]
    assert told_here == ["the events debugging", "the events config-updated"]


def test_an_exception_after_the_end_of_the_session_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        _only_websockets(scope)
        await receive()
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass
        raise KeyError("cleanup")

    app.is_application = True  # type: ignore[attr-defined]
    call_agent(app, "wait 1; hang up")

    assert "after its WebSocket was closed" in caplog.text
    assert "cleanup" in caplog.text


@pytest.mark.parametrize("cost", [-1, "fast", True, None])
def test_a_reply_time_that_is_none_is_refused(cost: Any) -> None:
    with pytest.raises(tm.errors.SimulatorError, match="is no reply time"):
        tm.Simulator().reply_time = cost


def test_the_application_may_update_the_call_while_it_answers() -> None:
    simulator = tm.Simulator()
    client = tm.Client(simulator=simulator)

    def agent(message: Message) -> Answers:
        if message["type"] == "prompt":
            client.calls.update(call_sid, twiml="<Response><Say>A person</Say></Response>")
        return ()

    simulator.mount("https://agent.example.com", application(agent))
    simulator.mount("https://ivr.example.com", document())
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com"
    call = simulator.receive(CALLER, NUMBER, phone="say 'A person, please'; hear 'A person'")
    call_sid = call.sid
    call.wait()

    assert call.transcript[-1].text == "A person"
    assert call.sessions[0].close_code == 1000


def test_the_api_records_no_call_that_talks_with_an_agent() -> None:
    simulator = tm.Simulator()
    client = tm.Client(simulator=simulator)
    refused: list[tm.errors.ApiError] = []

    def agent(message: Message) -> Answers:
        if message["type"] == "prompt":
            with pytest.raises(tm.errors.ApiError) as caught:
                client.calls(client.calls.list()[0].sid).recordings.create()
            refused.append(caught.value)
        return ()

    call_agent(agent, "say 'Hello'; wait 2; hang up", simulator=simulator)

    assert [(each.code, each.status) for each in refused] == [(21220, 400)]
    assert client.recordings.list() == []


def test_two_runs_send_the_same_frames_byte_for_byte() -> None:
    script = "say 'When do you open?'; hear 'We are open'; say 'Stop'; wait 3; hang up"
    attributes = f"partialPrompts='true' {ALL_EVENTS}"

    first, second = (call_agent(answers(LONG), script, attributes) for _ in range(2))

    assert repr(first.sessions[0].frames) == repr(second.sessions[0].frames)
    assert first.timeline == second.timeline
