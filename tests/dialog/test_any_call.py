"""The dialog of any call passes: random menus, prompts that are cut off, keys, speech, several parties, streams."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from flask import Flask
from hypothesis import example, given, settings
from hypothesis import strategies as st

import twilio_magic as tm

CALLER, NUMBER = "+14155550100", "+12125551234"
OTHERS = ("+13105551111", "+13105552222")
WORDS = st.sampled_from(
    [
        "Welcome to the shop.",
        "press",
        "For sales, press 1. For support, press 2.",
        "press 1 or",
        "Is it 4711? yes",
        "no",
    ]
)
SAYS = WORDS.map(lambda words: f"<Say>{words}</Say>")
PROMPTS = st.lists(SAYS | st.just("<Pause/>"), max_size=3).map("".join)
GATHERS = st.builds(
    "<Gather input='{}' numDigits='{}' timeout='{}' action='{}'>{}</Gather>".format,
    st.sampled_from(["dtmf", "speech", "dtmf speech"]),
    st.integers(1, 3),
    st.integers(1, 3),
    st.sampled_from(["/1", "/2", "/3"]),
    PROMPTS,
)
DIALS = st.builds(
    "<Dial timeout='6' {}>{}</Dial>".format,
    st.sampled_from(["", "action='/3'"]),
    st.sampled_from([*OTHERS, "<Number>{}</Number><Number>{}</Number>".format(*OTHERS)]),
)
RECORDS = st.just("<Record maxLength='4' timeout='2' action='/3'/>")
STREAMS = st.just("<Connect><Stream url='wss://agent.example.com/'/></Connect>")
VERBS = SAYS | GATHERS | DIALS | RECORDS | STREAMS | st.just("<Pause/>")
PAGES = st.lists(st.lists(VERBS, max_size=4).map("".join), min_size=4, max_size=4)
MOMENTS = st.sampled_from(
    ["wait 0.2", "wait 0.9", "wait 1.7", "wait 3", "hear 'press'", "silence 1"]
)
ACTS = st.sampled_from(
    ["press 1", "press 2", "press 12#", "press 1w2", "say 'two loaves'", "say 'no' confidence 0.4"]
)
PHONES = st.lists(MOMENTS | ACTS, max_size=6).map(
    lambda steps: "; ".join([*steps, "wait 5", "hang up"])
)
RINGING = st.sampled_from(
    ["busy", "no answer", "reject", "ring 1; answer", "machine 'Nobody is here.'"]
)


def application(pages: Sequence[str]) -> Flask:
    """Answers with *pages*: /0 for the call, the others for actions; a page is answered ten times at most."""
    app, asked = Flask("pages"), [0]

    @app.post("/<int:number>")
    def page(number: int) -> str:
        asked[0] += 1
        return f"<Response>{pages[number] if asked[0] < 10 else ''}</Response>"

    return app


async def agent(scope: Any, receive: Any, send: Any) -> None:
    """Answers some sound with its own, then ends the session."""
    if scope["type"] != "websocket":
        raise NotImplementedError  # it has no lifespan
    await receive()
    await send({"type": "websocket.accept"})
    sid, count = "", 0
    while count < 60:
        message = await receive()
        if message["type"] != "websocket.receive":
            return
        told = json.loads(message["text"])
        sid = told.get("streamSid", sid)
        count += told["event"] == "media"
        if told["event"] == "media" and count == 20:
            media = {"payload": "/v7+" * 400}
            await send(
                {
                    "type": "websocket.send",
                    "text": json.dumps({"event": "media", "streamSid": sid, "media": media}),
                }
            )
    await send({"type": "websocket.close"})


def world(pages: Sequence[str]) -> tm.Simulator:
    made = tm.Simulator(network=False)
    made.mount("https://ivr.example.com", application(pages))
    made.mount("https://agent.example.com", agent)
    made.numbers[NUMBER].voice_url = "https://ivr.example.com/0"
    return made


@settings(max_examples=20)
@given(PAGES, PHONES, st.lists(RINGING | PHONES, min_size=2, max_size=2))
@example(["<Pause/>", "", "", ""], "wait 5; hang up", ["busy", "busy"])  # nobody ever answers
@example(["<Pause length='3'/><Say>no</Say>", *"   "], "ring 1", ["busy", "busy"])
@example(["<Pause length='3'/><Say>no</Say>", *"   "], "ring 1; hang up", ["busy", "busy"])
def test_the_dialog_of_any_call_passes_in_a_fresh_world(
    pages: list[str], caller: str, others: list[str]
) -> None:
    first = world(pages)
    for address, script in zip(OTHERS, others, strict=True):
        first.phones[address] = script
    text = first.receive(CALLER, NUMBER, phone=caller).wait().to_dialog()
    given = "# app: ivr.py:app"
    names = {"app": application(pages), "agent": agent}
    head = "app: app\ngiven app agent at wss://agent.example.com"
    [dialog] = tm.dialogs(text.replace(given, head), names=names)
    result = dialog.run()

    assert result.passed, f"{caller} / {others}\n{pages}\n{text}\n{result.report}"
