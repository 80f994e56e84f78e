"""ConversationRelay: a check for each row of what is known of it that a call can show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from twilio.request_validator import RequestValidator

import twilio_magic as tm
from twilio_magic.api import Call
from twilio_magic.sessions import Frame

from .agents import (
    CALLER,
    NUMBER,
    URL,
    Agent,
    Answers,
    call_agent,
    document,
    says_nothing,
    text,
    told,
)
from .audio_files import BASE, Files, wav
from .fact_tables import FactChecks, shown
from .socket_applications import Message, application

ALL_EVENTS = "events='speaker-events tokens-played'"
ANY = "dtmfDetection='true' reportInputDuringAgentSpeech='any' partialPrompts='true'"
LONG = "We are open from nine to five. On Sundays we are closed. Do you need anything else?"
DONE = "https://ivr.example.com/done"
ACTION = f" action='{DONE}'"
BARGE_IN = "say 'When do you open?'; hear 'We are open'; say 'Stop now please'; wait 9; hang up"

_CHECKS = FactChecks()
shows = _CHECKS.shows


def test_each_row_has_a_check_or_says_why_no_call_can_show_it() -> None:
    assert set(_CHECKS) == shown("relay")


@pytest.mark.parametrize("name", _CHECKS)
def test_the_simulator_does_what_is_known(name: str) -> None:
    _CHECKS[name]()


def at_setup(*replies: Message | str | bytes | int) -> Agent:
    return lambda message: replies if message["type"] == "setup" else ()


def answers(reply: str, **more: Any) -> Agent:
    return lambda message: (
        [text(reply, **more)] if message["type"] == "prompt" and message["last"] else ()
    )


def answers_once(reply: str, **more: Any) -> Agent:
    """An agent that answers the first final prompt."""
    left = [text(reply, **more)]

    def agent(message: Message) -> Answers:
        return [left.pop()] if left and message["type"] == "prompt" and message["last"] else ()

    return agent


def outbound(
    agent: Agent | None, phone: str, twiml: str, simulator: tm.Simulator | None = None
) -> Call:
    """An outbound call; without an *agent* nothing is mounted."""
    simulator = simulator or tm.Simulator()
    if agent is not None:
        simulator.mount("https://agent.example.com", application(agent))
    simulator.phones[CALLER] = phone
    return tm.Client(simulator=simulator).calls.create(to=CALLER, from_=NUMBER, twiml=twiml).wait()


def frames(call: Call, kind: str, **fields: Any) -> list[Frame]:
    """The frames of one type in the first session, with these *fields*."""
    return [
        frame
        for frame in call.sessions[0].frames
        if isinstance(frame.message, Mapping)
        and frame.message["type"] == kind
        and all(frame.message.get(name) == value for name, value in fields.items())
    ]


def sent(call: Call) -> list[tuple[str, str, str]]:
    """Type, name and value of all that Twilio sent in the first session."""
    return [
        (each["type"], each.get("name", ""), each.get("value", ""))
        for each in call.sessions[0].messages("sent")
    ]


def played(call: Call) -> list[str]:
    return [each["value"] for each in told(call, "info") if each["name"] == "tokensPlayed"]


def said(call: Call) -> list[str]:
    return [line.text for line in call.transcript if line.speaker == "Agent"]


def codes(call: Call) -> list[int]:
    return [event.data["code"] for event in call.timeline if event.kind == "failed"]


def untold(call: Call) -> list[str]:
    return [event.text for event in call.timeline if event.kind == "not simulated"]


def action(call: Call) -> Mapping[str, str]:
    """The parameters of the action of an inbound call."""
    return call.webhooks[1].parameters


def headers_of_handshake() -> tuple[dict[str, str], tm.Simulator]:
    simulator, headers = tm.Simulator(), list[dict[str, str]]()
    app: Any = application(says_nothing, headers=headers)
    app.is_application = True
    call_agent(app, "wait 1; hang up", simulator=simulator)
    return headers[0], simulator


# the handshake


@shows("handshake.direction")
def _() -> None:
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError
        seen.append((scope["scheme"], scope["path"]))
        await receive()
        await send({"type": "websocket.accept"})

    app.is_application = True  # type: ignore[attr-defined]
    call_agent(app, "wait 1; hang up")
    assert seen == [("wss", "/ws")]


@shows("handshake.headers_observed")
def _() -> None:
    headers, _ = headers_of_handshake()
    assert headers["user-agent"].startswith("Jetty/")
    second = headers["x-amzn-bedrock-agentcore-runtime-custom-twilio-signature"]
    assert second == headers["x-twilio-signature"]
    assert all(name == name.lower() for name in headers)
    assert not {"origin", "sec-websocket-protocol", "sec-websocket-extensions"} & set(headers)
    assert headers["connection"].lower() == "upgrade"
    assert (headers["upgrade"], headers["sec-websocket-version"]) == ("websocket", "13")


@shows("handshake.signature")
def _() -> None:
    headers, simulator = headers_of_handshake()
    validator = RequestValidator(simulator.credentials.password.reveal())
    assert validator.compute_signature(URL, {}) == headers["x-twilio-signature"]


@shows("handshake.application_refuses")
@shows("end_of_session.websocket_unreachable")
def _() -> None:
    simulator = tm.Simulator()
    simulator.mount("https://ivr.example.com", document())
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com"
    call = simulator.receive(CALLER, NUMBER).wait()
    assert (call.status, codes(call)) == ("busy", [64102])


@shows("end_of_session.application_reconnect")
def _() -> None:
    simulator = tm.Simulator()
    simulator.faults.add(URL, drop_after=1, times=1)
    attributes = "applicationReconnect='true' dtmfDetection='true'"
    phone = "wait 0.6; press 12; wait 9; hang up"
    call = call_agent(says_nothing, phone, attributes, simulator=simulator)
    types = [each["type"] for each in call.sessions[0].messages("sent")]
    assert types == ["setup", "setup", "dtmf", "dtmf"]


@shows("handshake.timing")
def _() -> None:
    call = call_agent(says_nothing, "wait 1; hang up")
    fetched = next(event.at for event in call.timeline if event.kind == "fetched")
    setup = call.sessions[0].frames[0]
    assert 0.4 <= setup.at - fetched <= 1.5
    assert setup.at == call.sessions[0].at


@shows("handshake.answers_call")
def _() -> None:
    simulator = tm.Simulator()
    simulator.mount(DONE, document())

    def agent(message: Message) -> Answers:
        return [{"type": "end"}] if message["type"] == "prompt" else ()

    script = "say 'Next'; wait 3; hang up"
    inbound = call_agent(agent, script, simulator=simulator, action=ACTION)
    statuses = [session.messages("sent")[0]["callStatus"] for session in inbound.sessions]
    assert statuses == ["RINGING", "IN_PROGRESS"]
    call = outbound(says_nothing, "answer; wait 1; hang up", document())
    assert told(call, "setup")[0]["callStatus"] == "IN_PROGRESS"


# what Twilio sends


@shows("messages_from_twilio.encoding")
def _() -> None:
    received: list[Mapping[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError
        await receive()
        await send({"type": "websocket.accept"})
        while (event := await receive())["type"] == "websocket.receive":
            received.append(event)

    app.is_application = True  # type: ignore[attr-defined]
    call_agent(app, "say 'Hello'; press 1; wait 2; hang up", ANY)
    assert len(received) > 3
    assert all(json.loads(event["text"])["type"] for event in received)


@shows("messages_from_twilio.setup.when")
def _() -> None:
    kinds = [kind for kind, _, _ in sent(call_agent(answers(LONG), BARGE_IN, ANY))]
    assert kinds[0] == "setup"
    assert kinds.count("setup") == 1


@shows("messages_from_twilio.setup.all_always_present")
@shows("messages_from_twilio.setup.key_order_observed")
@shows("messages_from_twilio.setup.applicationSid")
def _() -> None:
    fields = (
        "type sessionId callSid parentCallSid from to forwardedFrom callerName direction callType "
        "callStatus accountSid customParameters"
    )
    inside = "<Parameter name='a' value='b'/>"
    inbound = call_agent(says_nothing, "wait 1; hang up", inside=inside)
    for call in (inbound, outbound(says_nothing, "answer; wait 1; hang up", document())):
        [setup] = told(call, "setup")
        assert list(setup) == fields.split()


@shows("messages_from_twilio.prompt.no_confidence")
def _() -> None:
    for prompt in told(call_agent(says_nothing, "say 'one two'; wait 2; hang up", ANY), "prompt"):
        assert list(prompt) == ["type", "voicePrompt", "lang", "last"]


@shows("messages_from_twilio.prompt.lang")
def _() -> None:
    for attributes, language in (("", "en-US"), ("speechModel='flux'", "en")):
        call = call_agent(says_nothing, "say 'one'; wait 2; hang up", attributes)
        assert [each["lang"] for each in told(call, "prompt")] == [language]


@shows("messages_from_twilio.prompt.partials")
def _() -> None:
    words = "one two three four five six seven"
    call = call_agent(says_nothing, f"say '{words}'; wait 2; hang up", ANY)
    prompts = frames(call, "prompt")
    partials = prompts[:-1]
    assert len(partials) > 4
    for shorter, longer in pairwise(partials):
        assert isinstance(shorter.message, Mapping)
        assert isinstance(longer.message, Mapping)
        assert longer.message["voicePrompt"].startswith(shorter.message["voicePrompt"])
        assert longer.at - shorter.at >= 0.19
    last, final = (each.message for each in prompts[-2:])
    assert isinstance(last, Mapping)
    assert isinstance(final, Mapping)
    assert final["voicePrompt"] == last["voicePrompt"] == words


@shows("messages_from_twilio.prompt.partials_scope")
def _() -> None:
    attributes = "partialPrompts='true' speechModel='nova-3-general'"
    call = call_agent(says_nothing, "say 'one two three'; wait 2; hang up", attributes)
    assert False in [each["last"] for each in told(call, "prompt")]


@shows("messages_from_twilio.prompt.final_when")
def _() -> None:
    call = call_agent(says_nothing, "say 'one two'; wait 2; hang up", ALL_EVENTS)
    [off] = frames(call, "info", value="off")
    [final] = frames(call, "prompt", last=True)
    assert off.at == final.at
    assert call.sessions[0].frames.index(off) + 1 == call.sessions[0].frames.index(final)


@shows("messages_from_twilio.prompt.delay_after_speech")
def _() -> None:
    for attributes, least, most in (("", 0.35, 0.8), (" speechTimeout='2000'", 1.9, 2.1)):
        call = call_agent(says_nothing, "wait 1; say 'one two'; wait 4; hang up", ANY + attributes)
        spoke = next(event for event in call.timeline if event.kind == "spoke")
        [final] = frames(call, "prompt", last=True)
        assert least <= final.at - spoke.at - spoke.data["seconds"] <= most


@shows("messages_from_twilio.prompt.one_utterance_may_be_several")
def _() -> None:
    call = call_agent(says_nothing, "say 'I said'; wait 1; say 'stop'; wait 2; hang up")
    assert [each["voicePrompt"] for each in told(call, "prompt")] == ["I said", "stop"]


@shows("messages_from_twilio.dtmf.one_per_key")
def _() -> None:
    greeting = "welcomeGreeting='This is a rather long greeting' dtmfDetection='true'"
    call = call_agent(says_nothing, "hear 'This is'; press 12#; wait 1; hang up", greeting)
    assert told(call, "dtmf") == [{"type": "dtmf", "digit": digit} for digit in "12#"]


@shows("messages_from_twilio.interrupt.type_of_duration")
@shows("messages_from_twilio.interrupt.utterance_scope")
@shows("messages_from_twilio.interrupt.duration_scope")
def _() -> None:
    script = "say 'When?'; hear 'five'; wait 0.6; say 'Stop now please'; wait 1; hang up"
    call = call_agent(answers_once(LONG), script, ALL_EVENTS)
    [interrupt] = frames(call, "interrupt")
    assert isinstance(interrupt.message, Mapping)
    heard, duration = (
        interrupt.message[name] for name in ("utteranceUntilInterrupt", "durationUntilInterruptMs")
    )
    assert isinstance(duration, int)
    assert heard
    assert "On Sundays we are closed.".startswith(heard)
    began = frames(call, "info", name="tokensPlayed")[0].at
    assert duration == pytest.approx((interrupt.at - began) * 1000, abs=2)


@shows("messages_from_twilio.interrupt.by")
@shows("interruptible.values")
def _() -> None:
    for value, speech, key in (
        ("any", 1, 1),
        ("true", 1, 1),
        ("speech", 1, 0),
        ("dtmf", 0, 1),
        ("none", 0, 0),
        ("false", 0, 0),
    ):
        for attributes, agent, first in (
            (f"interruptible='{value}'", answers_once(LONG), "say 'When?';"),
            (f"welcomeGreeting='{LONG}' welcomeGreetingInterruptible='{value}'", says_nothing, ""),
        ):
            for does, count in (("say 'Stop now'", speech), ("press 1", key)):
                script = f"{first} hear 'We are'; {does}; wait 1; hang up"
                left = answers_once(LONG) if first else agent
                assert len(told(call_agent(left, script, attributes), "interrupt")) == count


@shows("messages_from_twilio.interrupt.order_speech")
def _() -> None:
    messages = sent(call_agent(answers_once(LONG), BARGE_IN, ALL_EVENTS))
    at = messages.index(("interrupt", "", ""))
    assert [name for _, name, _ in messages[at - 2 : at + 2]] == [
        "clientSpeaking",
        "tokensPlayed",
        "",
        "agentSpeaking",
    ]


@shows("messages_from_twilio.interrupt.order_key")
def _() -> None:
    script = "say 'When?'; hear 'We are'; press 1; wait 1; hang up"
    call = call_agent(answers_once(LONG), script, f"{ALL_EVENTS} dtmfDetection='true'")
    messages = [(kind, name) for kind, name, _ in sent(call)]
    at = messages.index(("interrupt", ""))
    assert messages[at - 2 : at] == [("dtmf", ""), ("info", "tokensPlayed")]
    assert messages[at + 1] == ("info", "agentSpeaking")


@shows("messages_from_twilio.interrupt.queue_is_emptied")
def _() -> None:
    call = call_agent(answers_once(LONG), BARGE_IN)
    assert said(call) == ["We are open from nine …"]


@shows("messages_from_twilio.interrupt.late_tokens")
def _() -> None:
    def agent(message: Message) -> Answers:
        if message["type"] == "interrupt":
            return [text("Yes?")]
        return [text(LONG)] if message["type"] == "prompt" else ()

    call = call_agent(agent, "say 'When?'; hear 'We are'; say 'Stop now'; hear 'Yes'; hang up")
    assert said(call)[-1] == "Yes?"


@shows("messages_from_twilio.error.description_observed")
def _() -> None:
    call = call_agent(at_setup('{"foo": 1}'), "wait 1; hang up")
    description = 'Invalid message received, code: 64107, {"foo": 1}'
    assert told(call, "error") == [{"type": "error", "description": description}]


@shows("messages_from_twilio.info.subscribe")
def _() -> None:
    script = "say 'When?'; hear 'We are'; wait 9; hang up"
    for attributes, names in (
        ("", set()),
        ("events='speaker-events'", {"agentSpeaking", "clientSpeaking"}),
        ("events='tokens-played'", {"tokensPlayed"}),
        (
            "debug='speaker-events tokens-played'",
            {"agentSpeaking", "clientSpeaking", "tokensPlayed"},
        ),
    ):
        call = call_agent(answers_once(LONG), script, attributes)
        assert {each["name"] for each in told(call, "info")} == names
    call = call_agent(says_nothing, "wait 1; hang up", "debug='debugging'")
    assert untold(call) == ["the events debugging"]


@shows("messages_from_twilio.info.agentSpeaking")
def _() -> None:
    call = call_agent(at_setup(text("One. Two. Three.")), "wait 9; hang up", ALL_EVENTS)
    values = [each["value"] for each in told(call, "info") if each["name"] == "agentSpeaking"]
    assert values == ["on", "off"]


@shows("messages_from_twilio.info.tokensPlayed")
def _() -> None:
    agent = at_setup(text("I heard: Holding."), {"type": "sendDigits", "digits": "1234#"})
    assert played(call_agent(agent, "wait 9; hang up", ALL_EVENTS)) == [
        "I heard:",
        " Holding.",
        "1234#",
    ]
    cut = played(call_agent(answers_once(LONG), BARGE_IN, ALL_EVENTS))
    assert cut == [cut[0].strip()]


@shows("messages_from_twilio.info.clientSpeaking_order")
def _() -> None:
    call = call_agent(says_nothing, "say 'I am here'; wait 2; hang up", f"{ALL_EVENTS} {ANY}")
    on = frames(call, "info", name="clientSpeaking", value="on")[0]
    assert 0 <= frames(call, "prompt")[0].at - on.at <= 0.28


# what the application sends


@shows("messages_to_twilio.text")
def _() -> None:
    good = at_setup(
        text(""),
        text("a", lang="de-DE", interruptible=False, preemptible=True),
        {"type": "text", "token": "b"},
    )
    assert told(call_agent(good, "wait 5; hang up"), "error") == []
    bad = at_setup({"type": "text"}, text(None), text("a", last="x"))  # type: ignore[arg-type]
    assert len(told(call_agent(bad, "wait 5; hang up"), "error")) == 3


@shows("messages_to_twilio.text.spaces")
def _() -> None:
    tokens = [text(token, last=False) for token in ("Good", " mor", "ning", ", Ann")]
    assert said(call_agent(at_setup(*tokens, text(".")), "wait 5; hang up")) == [
        "Good morning,",
        "Ann.",
    ]


@shows("messages_to_twilio.text.when_speech_starts")
def _() -> None:
    agent = at_setup(text("One sentence. ", last=False), text("Another", last=False))
    call = call_agent(agent, "wait 5; hang up", ALL_EVENTS)
    [on] = frames(call, "info", name="agentSpeaking", value="on")
    assert 0.25 <= on.at - frames(call, "text")[0].at <= 0.48


@shows("messages_to_twilio.text.pieces")
def _() -> None:
    reply = "I heard: Stop. Stop. Stop. I am interrupting you now."
    greeting = "This is the spike. Say something, or press a key."
    call = call_agent(
        answers(reply),
        "hear 'a key'; say 'Stop'; wait 9; hang up",
        f"{ALL_EVENTS} welcomeGreeting='{greeting}'",
    )
    pieces = ["I heard:", " Stop.", " Stop.", " Stop.", " I am interrupting you now."]
    assert played(call) == [greeting, *pieces]


@shows("messages_to_twilio.text.nobody_must_answer")
def _() -> None:
    call = call_agent(says_nothing, "say 'Hello'; wait 88; hang up")
    assert call.sessions[0].status == "completed"


def plays(**fields: Any) -> Call:
    simulator = tm.Simulator()
    Files({"beep.wav": (wav(0.5), "audio/x-wav")}).mount(simulator)
    agent = at_setup({"type": "play", "source": f"{BASE}/beep.wav", **fields})
    return call_agent(agent, "wait 600; hang up", simulator=simulator)


@shows("messages_to_twilio.play")
def _() -> None:
    for loop, seconds in ((None, 0.5), (3, 1.5), (0, 500)):
        call = plays(**({} if loop is None else {"loop": loop}))
        [event] = [event for event in call.timeline if event.kind == "played"]
        assert event.data["seconds"] == pytest.approx(seconds)
    assert told(plays(preemptible=True, interruptible=False), "error") == []
    assert told(call_agent(at_setup({"type": "play"}), "wait 1; hang up"), "error")


@shows("messages_to_twilio.play.no_event")
def _() -> None:
    assert [kind for kind, _, _ in sent(plays())] == ["setup"]


@shows("messages_to_twilio.sendDigits")
def _() -> None:
    for digits, errors in (("0w9#*", 0), ("", 1), ("1a", 1)):
        call = call_agent(at_setup({"type": "sendDigits", "digits": digits}), "wait 9; hang up")
        assert len(told(call, "error")) == errors


@shows("messages_to_twilio.sendDigits.queue")
def _() -> None:
    agent = at_setup(text("One. Two."), {"type": "sendDigits", "digits": "12"})
    assert played(call_agent(agent, "wait 9; hang up", ALL_EVENTS)) == ["One.", " Two.", "12"]

    def over(message: Message) -> Answers:
        is_partial = message["type"] == "prompt" and not message["last"]
        return [{"type": "sendDigits", "digits": "1"}] if is_partial else ()

    script = "say 'one two three four five six'; wait 2; hang up"
    call = call_agent(over, script, f"{ALL_EVENTS} {ANY}")
    [off] = frames(call, "info", name="clientSpeaking", value="off")
    assert frames(call, "info", name="tokensPlayed")[0].at < off.at


@shows("messages_to_twilio.language")
def _() -> None:
    for fields, errors in (({}, 1), ({"ttsLanguage": "de-DE"}, 0), ({"ttsLanguage": 1}, 1)):
        call = call_agent(at_setup({"type": "language", **fields}), "wait 1; hang up")
        assert len(told(call, "error")) == errors


@shows("messages_to_twilio.language.effect")
@shows("messages_to_twilio.config_and_hints.languages")
def _() -> None:
    switch = {"type": "language", "ttsLanguage": "de-DE"}
    agent = at_setup(text("One."), switch, text("Zwei."), text("Trois.", lang="fr-FR"))
    inside = "<Language code='de-DE' voice='Hans'/><Language code='fr-FR' voice='Marie'/>"
    call = call_agent(agent, "wait 5; say 'one'; wait 2; hang up", "voice='Ann'", inside=inside)
    voices = [event.data["voice"] for event in call.timeline if event.kind == "said"]
    assert voices == ["Ann", "Hans", "Marie"]
    assert [each["lang"] for each in told(call, "prompt")] == ["en-US"]


def ended(handoff: str | None = None) -> Call:
    message = {"type": "end"} if handoff is None else {"type": "end", "handoffData": handoff}
    simulator = tm.Simulator()
    simulator.mount(DONE, "<Response><Say>Goodbye</Say></Response>")
    agent = at_setup(text("This is never heard"), message)
    return call_agent(agent, "wait 9", simulator=simulator, action=ACTION)


@shows("messages_to_twilio.end")
@shows("end_of_session.end_message")
def _() -> None:
    call = ended('{"to": "Ann"}')
    told = action(call)
    assert (told["SessionStatus"], told["CallStatus"]) == ("ended", "in-progress")
    assert told["HandoffData"] == '{"to": "Ann"}'
    assert call.transcript[-1].text == "Goodbye"
    assert "HandoffData" not in action(ended())


@shows("messages_to_twilio.end.then")
def _() -> None:
    call = ended()
    [message] = frames(call, "end")
    closed = next(event for event in call.timeline if event.kind == "disconnected")
    assert closed.text == "1000 Closing websocket session"
    assert 0.087 <= closed.at - message.at <= 0.092
    assert 0.26 <= call.webhooks[1].at - closed.at <= 0.98


@shows("messages_to_twilio.end.queued_text")
def _() -> None:
    assert said(ended()) == []


@shows("messages_to_twilio.config_and_hints.exists")
@shows("messages_to_twilio.config_and_hints.session_settings")
@shows("messages_to_twilio.config_and_hints.shape")
def _() -> None:
    settings: dict[str, Any] = {
        "interruptible": "none",
        "preemptible": True,
        "dtmfDetection": True,
        "reportInputDuringAgentSpeech": "any",
        "partialPrompts": True,
        "speechTimeout": 900,
        "echoPromptFiltering": True,
        "interruptSensitivity": "low",
        "ignoreBackchannel": True,
        "profanityFilter": False,
        "eotThreshold": 0.7,
    }
    script = "wait 1; hear 'We are'; press 1; say 'one two three'; wait 9; hang up"
    for message in ({**settings}, {"session": settings}):
        agent = at_setup({"type": "config", **message}, {"type": "hints"}, text(LONG))
        call = call_agent(agent, script)
        assert told(call, "error") == told(call, "interrupt") == []
        assert told(call, "dtmf")
        assert False in [each["last"] for each in told(call, "prompt")]
        assert {line.partition(" in ")[0] for line in untold(call)} == {
            "echoPromptFiltering",
            "profanityFilter",
            "eotThreshold",
            "the message hints changes nothing",
        }


@shows("messages_to_twilio.unknown_type")
def _() -> None:
    assert told(call_agent(at_setup({"type": "say"}), "wait 1; hang up"), "error")


# rules


@shows("validation.one_bad_message")
def _() -> None:
    call = call_agent(at_setup("{}", text("Hello.")), "wait 3; hang up")
    [error] = frames(call, "error")
    assert 0.06 <= error.at - call.sessions[0].at <= 0.09
    assert (codes(call), said(call)) == ([64107], ["Hello."])


@shows("validation.ten_in_a_row")
def _() -> None:
    call = call_agent(at_setup(*["{}"] * 12), "wait 9; hang up", action=ACTION)
    session = call.sessions[0]
    assert session.close_code == 1007
    assert session.close_reason == "Too many consecutive malformed messages."
    assert (action(call)["SessionStatus"], action(call)["ErrorCode"]) == ("failed", "64105")
    closed = next(event for event in call.timeline if event.kind == "disconnected")
    assert closed.at - frames(call, "error")[9].at == pytest.approx(0.065, abs=0.002)


@shows("validation.reset")
def _() -> None:
    nine = ["{}"] * 9
    call = call_agent(at_setup(*nine, text("Hello."), *nine), "wait 9; hang up")
    assert (call.sessions[0].status, len(told(call, "error"))) == ("completed", 18)


@shows("preemption")
def _() -> None:
    def agent(first: bool, second: bool) -> Agent:
        def answer(message: Message) -> Answers:
            if message["type"] == "setup":
                return [text(LONG, preemptible=first)]
            return [text("Wait.", preemptible=second)] if message["type"] == "dtmf" else ()

        return answer

    script = "hear 'We are'; press 1; wait 9; hang up"
    attributes = f"{ANY} {ALL_EVENTS} interruptible='none'"
    cut = call_agent(agent(True, False), script, attributes)
    [key] = frames(cut, "dtmf")
    fragment = frames(cut, "info", name="tokensPlayed")[0]
    assert fragment.at - key.at == pytest.approx(0.1, abs=0.01)
    assert told(cut, "interrupt") == []
    values = [each["value"] for each in told(cut, "info") if each["name"] == "agentSpeaking"]
    assert values == ["on", "off"]
    assert said(cut)[-1] == "Wait."
    waits = call_agent(agent(False, True), script, attributes)
    assert played(waits)[-2:] == [" Do you need anything else?", "Wait."]


@shows("interruptible.reportInputDuringAgentSpeech")
@shows("interruptible.both_none")
def _() -> None:
    script = "say 'When?'; hear 'We are'; say 'Stop now'; press 1; wait 9; hang up"
    for value, prompts, keys in (
        ("", 1, 0),
        ("none", 1, 0),
        ("dtmf", 1, 1),
        ("speech", 2, 0),
        ("any", 2, 1),
    ):
        report = f"reportInputDuringAgentSpeech='{value}'" if value else ""
        attributes = f"interruptible='none' dtmfDetection='true' {report}"
        call = call_agent(answers_once(LONG), script, attributes)
        assert told(call, "interrupt") == []
        assert (len(told(call, "prompt")), len(told(call, "dtmf"))) == (prompts, keys)


@shows("interruptible.when_interrupting")
def _() -> None:
    call = call_agent(answers_once(LONG), BARGE_IN)
    assert [each["voicePrompt"] for each in told(call, "prompt")][1] == "Stop now please"


@shows("interruptible.sensitivity")
def _() -> None:
    for words, count in (("no", 0), ("yes", 1)):
        script = f"say 'When?'; hear 'We are'; say '{words}'; wait 2; hang up"
        assert len(told(call_agent(answers_once(LONG), script), "interrupt")) == count


@shows("interruptible.ignoreBackchannel")
def _() -> None:
    script = "say 'When?'; hear 'We are'; say 'uh-huh'; wait 2; hang up"
    for attributes, count in (("", 1), ("ignoreBackchannel='true'", 0)):
        call = call_agent(answers_once(LONG), script, attributes)
        assert len(told(call, "interrupt")) == count


@shows("attributes_applied_by_default")
def _() -> None:
    greeting = f"welcomeGreeting='{LONG}'"
    script = "hear 'We are'; say 'yeah, sure'; wait 5; say 'one two three'; hang up"
    call = call_agent(says_nothing, script, greeting)
    assert len(told(call, "interrupt")) == 1
    prompts = told(call, "prompt")
    assert [(each["lang"], each["voicePrompt"]) for each in prompts] == [("en-US", "yeah, sure")]
    language = next(event.data["language"] for event in call.timeline if event.kind == "said")
    assert language == "en-US"


@shows("provider_mismatch")
def _() -> None:
    attributes = "ttsProvider='ElevenLabs' voice='Google.en-US-Neural2-F'"
    call = outbound(says_nothing, "answer; wait 3", document(attributes))
    assert (call.sessions, codes(call)) == ([], [64101])


@shows("welcome_greeting")
def _() -> None:
    simulator = tm.Simulator()
    greeting = "welcomeGreeting='This is the spike. Say something, or press a key.'"
    simulator.mount(DONE, document(greeting))
    script = "say 'Next'; wait 9; hang up"
    agent = answers_once("")

    def ends(message: Message) -> Answers:
        return [{"type": "end"}] if agent(message) else ()

    attributes = f"{greeting} events='speaker-events'"
    call = call_agent(ends, script, attributes, simulator=simulator, action=ACTION)
    on = frames(call, "info", name="agentSpeaking")[0]
    assert 0.24 <= on.at - call.sessions[0].at <= 0.73
    assert len(said(call)) == 2
    silent = call_agent(says_nothing, "wait 5; hang up", greeting)
    assert [kind for kind, _, _ in sent(silent)] == ["setup"]


@shows("speech_duration")
def _() -> None:
    for count, seconds in ((8, 0.64), (21, 1.3), (29, 1.5), (49, 2.57), (99, 4.6)):
        call = call_agent(at_setup(text("a" * count)), "wait 9; hang up")
        [event] = [event for event in call.timeline if event.kind == "said"]
        assert event.data["seconds"] == pytest.approx(seconds, abs=0.3)


# the end


@shows("end_of_session.caller_hangs_up")
def _() -> None:
    simulator = tm.Simulator()
    simulator.numbers[NUMBER].status_callback = "https://ivr.example.com/status"
    call = call_agent(says_nothing, "wait 3; hang up", simulator=simulator, action=ACTION)
    session, told = call.sessions[0], action(call)
    assert (session.close_code, session.close_reason) == (1000, "Closing websocket session")
    assert (told["SessionStatus"], told["CallStatus"]) == ("completed", "completed")
    assert not {"HandoffData", "ErrorCode", "ErrorMessage"} & set(told)
    assert [each.purpose for each in call.webhooks][1:] == ["action", "status callback"]


@shows("end_of_session.rest_completed")
def _() -> None:
    simulator = tm.Simulator()
    client = tm.Client(simulator=simulator)

    def agent(message: Message) -> Answers:
        if message["type"] == "prompt":
            client.calls.update(client.calls.list()[0].sid, status="completed")
        return ()

    call = call_agent(agent, "say 'Stop'; wait 9", simulator=simulator, action=ACTION)
    told = action(call)
    assert (told["SessionStatus"], told["CallStatus"]) == ("completed", "completed")
    assert call.sessions[0].close_code == 1000


@shows("end_of_session.application_closes_or_drops")
def _() -> None:
    simulator = tm.Simulator()
    simulator.mount(DONE, "<Response><Say>Goodbye</Say></Response>")
    call = call_agent(at_setup(1011), "wait 9", simulator=simulator, action=ACTION)
    told = action(call)
    wanted = {
        "SessionStatus": "failed",
        "ErrorCode": "64105",
        "ErrorMessage": "Websocket ended",
        "CallStatus": "in-progress",
    }
    assert {name: told[name] for name in wanted} == wanted
    closed = next(event for event in call.timeline if event.kind == "disconnected")
    assert call.webhooks[1].at - closed.at == pytest.approx(1.2, abs=0.01)
    assert call.transcript[-1].text == "Goodbye"


@shows("end_of_session.without_action")
def _() -> None:
    for message in ({"type": "end"}, 1000):
        call = call_agent(at_setup(message), "wait 9")
        assert call.transcript[-1].text == "The next verb"


@shows("action_callback")
def _() -> None:
    for call, more in (
        (call_agent(says_nothing, "wait 25; hang up", action=ACTION), set()),
        (ended("x"), {"HandoffData"}),
        (call_agent(at_setup(1000), "wait 9", action=ACTION), {"ErrorCode", "ErrorMessage"}),
    ):
        own = {name for name in action(call) if name.startswith(("Session", "Handoff", "Error"))}
        assert own == {"SessionId", "SessionStatus", "SessionDuration"} | more
        assert action(call)["SessionId"] == call.sessions[0].sid
        assert call.webhooks[1].method == "POST"
    long = call_agent(says_nothing, "wait 25; hang up", action=ACTION)
    assert abs(int(action(long)["SessionDuration"]) - 25) <= 1


@shows("close_codes")
def _() -> None:
    closes = [
        (call.sessions[0].close_code, call.sessions[0].close_reason)
        for call in (
            call_agent(says_nothing, "wait 1; hang up"),
            call_agent(at_setup(*["{}"] * 10), "wait 9"),
        )
    ]
    assert closes == [
        (1000, "Closing websocket session"),
        (1007, "Too many consecutive malformed messages."),
    ]


@shows("limits")
def _() -> None:
    simulator = tm.Simulator()
    simulator.mount("https://agent.example.com", application(says_nothing))
    simulator.host(document(), at="https://ivr.example.com/voice")
    simulator.numbers[NUMBER].voice_url = "https://ivr.example.com/voice"
    client = tm.Client(simulator=simulator)
    client.calls.create(to=NUMBER, from_="+12125550001", twiml=document(), time_limit=5).wait()
    assert [len(leg.fetch().sessions) for leg in client.calls.list()] == [1, 1]


@shows("errors")
def _() -> None:
    codes_seen = {
        *codes(outbound(says_nothing, "answer; wait 1", document("interruptible='x'"))),
        *codes(outbound(None, "answer; wait 1", document())),
        *codes(call_agent(at_setup(1000, "{}"), "wait 9")),
        *codes(call_agent(at_setup("{}"), "wait 1; hang up")),
        *codes(
            outbound(
                says_nothing,
                "answer; wait 1",
                document("speechModel='telephony' transcriptionProvider='Deepgram'"),
            )
        ),
    }
    assert codes_seen == {64101, 64102, 64105, 64106, 64107}
