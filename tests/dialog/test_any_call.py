"""The dialog of any call passes: random menus, prompts that are cut off, keys, speech, several parties, streams."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from flask import Flask
from hypothesis import assume, example, given, settings
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
    ["press 1", "press 2", "press 12#", "press 1w2", "say 'two loaves'", "say 'so' confidence 0.4"]
)
PHONES = st.lists(MOMENTS | ACTS, max_size=6).map(
    lambda steps: "; ".join([*steps, "wait 5", "hang up"])
)
#: What a person does after so many tenths of a second: a key, a word, or what ends the call.
DEEDS = st.lists(
    st.tuples(st.integers(1, 60), st.booleans(), st.sampled_from(["1", "2", "#", "loaves", ""])),
    min_size=2,
    max_size=7,
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
    call = first.receive(CALLER, NUMBER, phone=caller).wait()

    check(call, pages, f"{caller} / {others}")


@settings(max_examples=20)
@given(PAGES, DEEDS)
@example(
    [
        "<Dial action='/1'>+13105551111</Dial>",
        "<Say>Is it 4711? yes</Say>",
        "<Say>Welcome to the shop.</Say>",
        "",
    ],
    [(20, False, "1"), (20, False, "loaves"), (20, False, "")],
)  # the other party hangs up, and the call goes on
def test_so_does_that_of_people_who_act_whenever_they_like(
    pages: list[str], deeds: list[tuple[int, bool, str]]
) -> None:
    first, caller, other = world(pages), tm.Person(), tm.Person()
    first.phones[OTHERS[0]], first.phones[OTHERS[1]] = other, "busy"
    call = first.receive(CALLER, NUMBER, phone=caller)
    for tenths, is_caller, deed in deeds:
        first.advance(tenths / 10 + 0.013)  # at no moment at which something else happens
        do(caller if is_caller else other, deed)
    first.advance(20)
    for person in (other, caller):
        do(person, "")
    first.run()

    parties = list(call.fetch().timeline.parties.values())
    assume(len(parties) == len(set(parties)))  # a dialog has one script for all calls of a phone

    check(call.fetch(), pages, f"{deeds}")


def do(person: tm.Person, deed: str) -> None:
    """Let *person* do it, as far as it makes sense now; nothing said means to hang up."""
    if person.state == "ringing":
        person.answer()
    elif person.state == "talking" and deed.isalpha():
        person.say(deed)
    elif person.state == "talking" and deed:
        person.press(deed)
    elif person.state == "talking":
        person.hang_up()


def check(call: tm.Call, pages: Sequence[str], story: str) -> None:
    """The dialog of *call* passes where the same *pages* answer, and fails where a sentence that was said is another.

    The word “press” stands in other sentences, too, where the dialog may hear it.
    """
    text = call.to_dialog()
    result = replay(text, pages)
    assert result.passed, f"{story}\n{pages}\n{text}\n{result.report}"

    lines = [line for line in call.transcript if line.speaker == "Twilio"]
    said = [line.text for line in lines if not line.text.endswith(("…", "press"))]
    for sentence in dict.fromkeys(said):
        changed = [page.replace(f">{sentence}<", f">{other_words(sentence)}<") for page in pages]
        result = replay(text, changed)
        assert not result.passed, f"{story}\n{pages}\n{sentence}\n{text}"


def other_words(sentence: str) -> str:
    """Other words than those of *sentence*, which take the same time."""
    return re.sub("[0-9]", "0", re.sub("[A-Za-z]", "x", sentence))


def replay(text: str, pages: Sequence[str]) -> tm.DialogResult:
    given = "# app: app.py:app"
    names = {"app": application(pages), "agent": agent}
    head = "app: app\ngiven app agent at wss://agent.example.com"
    [dialog] = tm.dialogs(text.replace(given, head), names=names)
    return dialog.run()
