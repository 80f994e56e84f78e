"""The softphone: every button of it, as messages of its widget, on any thread; the browser is not needed."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import comm
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import twilio_magic as tm
from tests.calls import FROM, MENU, TO, told
from tests.waiting import until
from twilio_magic.notebook.softphone._sharing import shared_assets

from .conftest import extensions_of

if TYPE_CHECKING:
    from twilio_magic.notebook.softphone._widget import Softphone

HOSTILE = "<script>alert(1)</script>\"'&amp;\u202e"


class Wire(comm.base_comm.BaseComm):
    """A wire to a browser that is not there; *sent* has the messages of all wires since the test began."""

    sent: list[Any] = []  # noqa: RUF012 - the fixture empties it

    def publish_msg(self, msg_type: str, data: Any = None, *_: Any, **__: Any) -> None:
        if msg_type == "comm_msg" and data.get("method") == "custom":
            self.sent.append(data["content"])


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The messages that phones send to browsers, besides what they show."""
    monkeypatch.setattr(comm, "create_comm", Wire)
    monkeypatch.setattr(Wire, "sent", [])
    return Wire.sent


@pytest.fixture
def phone(simulator: tm.Simulator) -> Softphone:
    return tm.softphone(TO, simulator=simulator)


@pytest.fixture
def ringing(simulator: tm.Simulator, client: tm.Client, phone: Softphone) -> tm.Call:
    call = client.calls.create(to=TO, from_=FROM, twiml=MENU)
    simulator.advance(3)
    return call


def click(phone: Softphone, kind: str, value: Any = None) -> None:
    """Deliver what the browser sends when somebody clicks."""
    content = {"method": "custom", "content": {"type": kind, "value": value}}
    phone._handle_msg({"content": {"data": content}, "buffers": []})


def said(phone: Softphone) -> list[str]:
    """What the phone shows as heard and said, one text a line."""
    return [f"{line['who']}: {line['text']}" for line in phone.transcript]


def test_a_new_phone_is_ready(phone: Softphone) -> None:
    assert repr(phone) == f"<Softphone {TO}: Ready>"
    assert phone.screen["state"] == "free"
    assert (phone.script, phone.test) == ("", "")


def test_a_phone_rings_and_is_answered(ringing: tm.Call, phone: Softphone, sent: list[Any]) -> None:
    assert (phone.screen["state"], phone.screen["party"]) == ("ringing", FROM)

    click(phone, "answer")

    assert ringing.fetch().status == "in-progress"
    assert (phone.screen["state"], phone.screen["status"]) == ("talking", "In a call")
    assert said(phone) == ["Twilio: Press 1 for bread. Press 2 for cake."]
    assert sent == [
        {
            "type": "say",
            "value": {"text": "Press 1 for bread. Press 2 for cake.", "language": "en-GB"},
        }
    ]


def test_who_is_heard_has_the_name_of_the_phone(
    simulator: tm.Simulator, client: tm.Client, phone: Softphone
) -> None:
    simulator.phones["+13105550101"] = 'answer; say "Hello, this is Ann."'
    simulator.phones.name("+13105550101", "Ann")
    dial = "<Response><Dial>+13105550101</Dial></Response>"
    client.calls.create(to=TO, from_=FROM, twiml=dial)
    simulator.advance(3)
    click(phone, "answer")
    simulator.advance(9)

    assert "Ann: Hello, this is Ann." in said(phone)


def test_the_verb_that_runs_is_marked_in_its_document(ringing: tm.Call, phone: Softphone) -> None:
    click(phone, "answer")
    shown = phone.document

    assert shown["verb"] == "Say"
    assert shown["text"] == MENU
    assert shown["text"][shown["start"] : shown["end"]].startswith('<Say language="en-GB">Press 1')
    assert shown["text"][: shown["end"]].endswith("cake.</Say>")


def test_of_a_long_document_the_part_around_the_verb_is_shown(
    simulator: tm.Simulator, client: tm.Client, phone: Softphone
) -> None:
    rows = "\n".join(f"  <Pause length='1'/><!-- {'filler ' * 20}{row} -->" for row in range(200))
    url = simulator.host(f"<Response>\n{rows}\n<Say>Here.</Say></Response>")
    client.calls.create(to=TO, from_=FROM, url=url)
    simulator.advance(2)
    click(phone, "answer")
    simulator.advance(200.2)
    shown = phone.document

    assert shown["text"][shown["start"] : shown["end"]] == "<Say>Here.</Say>"
    assert len(shown["text"]) < 5000


def test_keys_are_pressed(ringing: tm.Call, phone: Softphone, sent: list[Any]) -> None:
    click(phone, "answer")
    click(phone, "press", "2")

    assert told(ringing, "gathered") == ["2"]
    assert phone.screen["keys"] == "2"
    assert "You: [presses 2]" in said(phone)
    assert {"type": "cut"} in sent


def test_words_are_said(simulator: tm.Simulator, ringing: tm.Call, phone: Softphone) -> None:
    click(phone, "answer")
    click(phone, "say", {"text": "two loaves", "confidence": 0.8})
    simulator.advance(2)

    assert "You: two loaves" in said(phone)
    assert told(ringing, "spoke") == ["“two loaves”"]


def test_a_muted_phone_says_that_nobody_heard(ringing: tm.Call, phone: Softphone) -> None:
    click(phone, "answer")
    click(phone, "mute", True)
    click(phone, "say", {"text": "psst", "confidence": 0.9})

    assert phone.screen["muted"]
    assert told(ringing, "spoke") == []
    assert "nobody heard “psst”" in said(phone)[-1]


def test_hanging_up_ends_the_call(
    simulator: tm.Simulator, ringing: tm.Call, phone: Softphone
) -> None:
    click(phone, "answer")
    simulator.advance(4)
    click(phone, "hang up")

    assert ringing.fetch().status == "completed"
    assert repr(phone) == f"<Softphone {TO}: Call ended: completed, connected for 4 s>"
    assert said(phone)  # what was said stays to be read


def test_a_call_lasts_as_long_at_the_phone_as_in_its_card(
    simulator: tm.Simulator, ringing: tm.Call, phone: Softphone
) -> None:
    """Twilio counts whole seconds, and no number is rounded twice."""
    click(phone, "answer")
    simulator.advance(3.7)
    click(phone, "hang up")
    lasted = f"completed, connected for {ringing.fetch().duration} s"

    assert lasted in repr(phone)
    assert lasted in tm.display.mime_bundle(ringing)["text/plain"]


def test_declining_ends_the_ringing(ringing: tm.Call, phone: Softphone) -> None:
    click(phone, "decline")

    assert ringing.fetch().status == "no-answer"
    assert phone.screen["state"] == "free"


@pytest.mark.parametrize("written", [FROM, "+1 (212) 555-1234", "212-555-1234"])
def test_a_phone_calls_numbers_of_the_account(
    simulator: tm.Simulator, phone: Softphone, written: str
) -> None:
    simulator.numbers[FROM].voice_url = simulator.host(MENU)
    click(phone, "look")
    assert phone.screen["numbers"] == [FROM]

    click(phone, "dial", written)
    assert (phone.screen["state"], phone.screen["status"]) == ("calling", "Calling …")

    simulator.advance(1)
    assert (phone.screen["state"], phone.screen["party"]) == ("talking", FROM)


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("+14155550100", "is no number of this account"),
        ("", "type a number"),
        ("hello", "is not a phone number"),
        (None, "is not a phone number"),
    ],
)
def test_what_cannot_be_called_is_said(phone: Softphone, number: Any, status: str) -> None:
    click(phone, "dial", number)

    assert status in phone.screen["status"]
    assert phone.screen["state"] == "free"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("answer", None),
        ("hang up", None),
        ("press", "1"),
        ("say", {"text": "x", "confidence": 0.9}),
        ("mute", True),
        ("say", None),
        ("say", {"text": "x"}),
        ("say", {"text": "x", "confidence": "loud"}),
        ("press", {"no": "key"}),
        ("dial", ["+1"]),
    ],
)
def test_what_comes_too_late_or_makes_no_sense_is_said_and_does_no_harm(
    phone: Softphone, kind: str, value: Any
) -> None:
    click(phone, kind, value)

    assert phone.screen["status"] not in ("Ready", "")
    assert phone.screen["state"] == "free"


@pytest.mark.parametrize(
    "content", [{}, {"type": "nonsense"}, {"type": None}, {"type": ["answer"]}]
)
def test_other_messages_are_let_pass(phone: Softphone, content: dict[str, Any]) -> None:
    data = {"method": "custom", "content": content}
    phone._handle_msg({"content": {"data": data}, "buffers": []})

    assert phone.screen["status"] == "Ready"


def test_what_was_done_can_be_saved(
    simulator: tm.Simulator, ringing: tm.Call, phone: Softphone, sent: list[Any]
) -> None:
    click(phone, "answer")
    simulator.advance(5)
    click(phone, "press", "1")
    click(phone, "hang up")
    click(phone, "save")
    saved = sent[-1]

    assert saved["type"] == "saved"
    assert saved["value"] == {"script": phone.script, "dialog": phone.dialog, "test": phone.test}
    assert tm.dialogs(phone.dialog).run().passed
    assert "press 1" in phone.script
    names: dict[str, Any] = {}
    exec(phone.test, names)  # noqa: S102 - it is our own
    names["test_the_call_goes_as_it_went"]()


def test_beeps_tones_and_recordings_are_heard(
    simulator: tm.Simulator, client: tm.Client, phone: Softphone, sent: list[Any]
) -> None:
    """A recording is sent along: the browser asks nobody for it."""
    simulator.phones["+14155550100"] = 'hear beep; say "a message for you"; wait 1; hang up'
    record = "<Response><Record/></Response>"
    left = client.calls.create(to="+14155550100", from_=FROM, twiml=record).wait()
    url = left.recordings[0].media_url
    twiml = f"<Response><Play digits='1w2'/><Play>{url}</Play><Record timeout='60'/></Response>"
    client.calls.create(to=TO, from_=FROM, twiml=twiml)
    simulator.advance(3)
    click(phone, "answer")
    simulator.advance(10)
    kinds = [message["type"] for message in sent]
    played = next(message["value"] for message in sent if message["type"] == "play")

    assert [kind for kind in kinds if kind != "cut"] == ["keys", "play", "beep"]
    assert played.startswith("data:audio/wav;base64,UklGR")
    assert all("url" not in line for line in phone.transcript)


def test_a_file_that_would_have_to_be_asked_for_is_offered_and_not_asked_for(
    simulator: tm.Simulator, client: tm.Client, phone: Softphone, sent: list[Any]
) -> None:
    """Such as one that is too long to be sent along."""
    url = "https://files.example.com/long.wav"

    def app(_: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "audio/wav")])
        return [b"RIFF" + b"\0" * 2**21]

    simulator.mount(url, app)
    client.calls.create(to=TO, from_=FROM, twiml=f"<Response><Play>{url}</Play></Response>")
    simulator.advance(3)
    click(phone, "answer")

    assert phone.transcript[-1]["url"] == url
    assert sent == []


def test_two_phones_call_each_other(simulator: tm.Simulator, phone: Softphone) -> None:
    other = tm.softphone("+14155550100", simulator=simulator)
    dial = "<Response><Dial>+14155550100</Dial></Response>"
    simulator.numbers[FROM].voice_url = simulator.host(dial)
    click(phone, "dial", FROM)
    simulator.advance(4)
    click(other, "answer")
    simulator.advance(1)
    click(phone, "say", {"text": "is there bread", "confidence": 0.9})
    click(other, "press", "5")
    simulator.advance(3)
    click(other, "say", {"text": "there is", "confidence": 0.9})
    simulator.advance(3)

    assert f"{TO}: is there bread" in said(other)
    assert "+14155550100: there is" in said(phone)
    assert ": the tones of 5" in said(phone)

    click(other, "hang up")
    simulator.advance(1)

    assert phone.screen["state"] == other.screen["state"] == "free"


def test_a_voice_agent_is_talked_to_and_interrupted(
    simulator: tm.Simulator, phone: Softphone, sent: list[Any]
) -> None:
    @simulator.agent("wss://agent.example.com/ws")
    def bakery(prompt: str) -> str:
        return "We are open from nine to five." if "When" in prompt else "On Sundays we are closed."

    relay = "<ConversationRelay url='wss://agent.example.com/ws' language='en-GB'/>"
    url = simulator.host(f"<Response><Connect>{relay}</Connect></Response>")
    simulator.numbers[FROM].voice_url = url
    click(phone, "dial", FROM)
    simulator.advance(1)
    assert phone.document["language"] == "en-GB"

    click(phone, "say", {"text": "When do you open?", "confidence": 0.9})
    simulator.advance(3)
    click(phone, "say", {"text": "And on Sundays?", "confidence": 0.9})
    simulator.advance(5)
    click(phone, "hang up")

    assert said(phone) == [
        "You: When do you open?",
        "Agent: We are open from nine …",
        "You: And on Sundays?",
        "Agent: On Sundays we are closed.",
    ]
    spoken = {"text": "We are open from nine to five.", "language": "en-GB"}
    assert {"type": "say", "value": spoken} in sent
    assert {"type": "cut"} in sent
    again = simulator.receive(TO, FROM, phone=phone.script).wait()
    assert [message["type"] for message in again.sessions[0].messages("sent")] == [
        "setup",
        "prompt",
        "interrupt",
        "prompt",
    ]


def test_a_phone_at_the_same_address_takes_its_place(
    simulator: tm.Simulator, phone: Softphone
) -> None:
    again = tm.softphone(TO, simulator=simulator)

    assert phone.screen["state"] == "gone"
    assert "Another phone" in phone.screen["status"]
    assert again.screen["state"] == "free"


def test_a_phone_that_is_closed_hangs_up_and_leaves_its_address(
    simulator: tm.Simulator, ringing: tm.Call, phone: Softphone
) -> None:
    click(phone, "answer")
    phone.close()

    assert ringing.fetch().status == "completed"
    assert TO not in simulator.phones


def test_after_a_reset_a_look_plugs_the_phone_in_again(
    simulator: tm.Simulator, ringing: tm.Call, phone: Softphone
) -> None:
    click(phone, "answer")
    simulator.reset()
    assert phone.screen["state"] == "gone"

    click(phone, "look")
    assert phone.screen["state"] == "free"
    assert TO in simulator.phones


def test_hostile_words_and_names_stay_text(simulator: tm.Simulator, client: tm.Client) -> None:
    phone = tm.softphone("client:alice", simulator=simulator)
    twiml = f"<Response><Say>{HOSTILE.replace('<', '&lt;').replace('&amp;', '&amp;amp;')}</Say></Response>"
    client.calls.create(to="client:alice", from_=FROM, twiml=twiml)
    simulator.advance(3)
    click(phone, "answer")
    click(phone, "say", {"text": HOSTILE, "confidence": 0.9})
    simulator.advance(3)
    data, _ = phone._repr_mimebundle_()

    assert phone.transcript[0]["text"] == HOSTILE
    assert "<script" not in data["text/html"]
    assert "&lt;script&gt;" in data["text/html"]


def test_the_still_picture_has_what_was_said(ringing: tm.Call, phone: Softphone) -> None:
    click(phone, "answer")
    data, _ = phone._repr_mimebundle_()

    assert TO in data["text/html"]
    assert "In a call" in data["text/html"]
    assert "Press 1 for bread." in data["text/html"]
    assert data["text/plain"] == f"<Softphone {TO}: In a call>"


def test_five_phones_weigh_less_than_100_kb_however_long_their_calls_are(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    much = f"<Say>{'word ' * 300}</Say>" * 20 + "<Say>Again and again.</Say>" * 300
    twiml = simulator.host(f"<Response>{much}</Response>")
    phones = [tm.softphone(f"+1310555010{place}", simulator=simulator) for place in range(5)]
    for phone in phones:
        client.calls.create(to=phone.address, from_=FROM, url=twiml)
    simulator.advance(10)
    for phone in phones:
        click(phone, "answer")
    simulator.run()
    states = [phone.get_state() for phone in phones] + [shared_assets().get_state()]
    size = len(json.dumps(states, default=str))

    assert len({phone._shared for phone in phones}) == 1
    assert size < 100_000


def test_no_secret_is_in_what_is_saved(
    ringing: tm.Call, phone: Softphone, simulator: tm.Simulator
) -> None:
    click(phone, "answer")
    state = json.dumps(phone.get_state(), default=str)

    assert simulator.credentials.password.reveal() not in state


def test_without_anywidget_the_command_that_installs_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "twilio_magic.notebook.softphone._widget", raising=False)

    with pytest.raises(tm.NotInstalled, match="anywidget") as raised:
        tm.softphone(TO)
    assert 'pip install "twilio-magic[phone]"' in (raised.value.hint or "")


def test_clicks_come_on_any_thread_while_time_passes(
    simulator: tm.Simulator, phone: Softphone
) -> None:
    """Eight threads click on everything at once, and calls come in meanwhile; what is shown stays whole."""
    client = tm.Client(simulator=simulator)
    clicks = [
        ("answer", None),
        ("press", "1"),
        ("say", {"text": "a word", "confidence": 0.9}),
        ("mute", True),
        ("hang up", None),
        ("look", None),
        ("save", None),
    ]

    def hammer(number: int) -> None:
        for turn in range(30):
            if number == len(clicks):
                client.calls.create(to=TO, from_=FROM, twiml=MENU)
            else:
                click(phone, *clicks[(number + turn) % len(clicks)])

    with simulator.serve(speed=500), ThreadPoolExecutor(len(clicks) + 1) as pool:
        list(pool.map(hammer, range(len(clicks) + 1)))
        until(lambda: _is_quiet(phone, client))

    assert phone.screen["state"] == "free"
    assert len(phone.transcript) <= 100
    assert {call.status for call in client.calls.list()} <= {"completed", "busy", "no-answer"}


def _is_quiet(phone: Softphone, client: tm.Client) -> bool:
    click(phone, "decline")
    click(phone, "hang up")
    return all(call.status in ("completed", "busy", "no-answer") for call in client.calls.list())


@pytest.fixture
def loaded(shell: InteractiveShell) -> Iterator[InteractiveShell]:
    tm.simulator().reset()
    extensions_of(shell).load_extension("twilio_magic")
    yield shell
    extensions_of(shell).unload_extension("twilio_magic")


def test_in_a_notebook_time_passes_by_itself_and_the_card_follows_the_call(
    loaded: InteractiveShell,
) -> None:
    """``%call`` comes back when the phone rings; its card is one output, drawn again as the call goes on."""

    async def session() -> tuple[Any, Any]:
        phone = tm.softphone(TO, speed=20)
        assert tm.simulator().pace == 20
        with capture_output() as captured:
            line = f"%call {TO} --from {FROM} --say 'Hello there.' --timeout 600"
            loaded.run_cell(line).raise_error()
            assert phone.screen["state"] == "ringing"
            click(phone, "answer")
            async with asyncio.timeout(60):
                while "completed" not in captured.outputs[-1].data["text/plain"]:
                    await asyncio.sleep(0.05)
        return phone, captured.outputs

    phone, outputs = asyncio.run(session())
    cards = [output.data["text/plain"] for output in outputs]

    assert "ringing" in cards[0]
    assert "completed" in cards[-1]
    assert all(output.transient.get("display_id") for output in outputs)
    assert len({output.transient["display_id"] for output in outputs}) == 1
    assert said(phone) == ["Twilio: Hello there."]
    tm.simulator().reset()


async def turns() -> None:
    """Some turns of the event loop, in which what was stopped ends."""
    for _ in range(20):
        await asyncio.sleep(0)


def test_time_that_a_phone_let_pass_stops_with_the_last_phone_that_needs_it() -> None:
    simulator = tm.Simulator()

    async def cell() -> list[float | None]:
        first = tm.softphone(TO, simulator=simulator, speed=20)
        second = tm.softphone("client:ann", simulator=simulator, speed=5)
        paces = [simulator.pace]
        for phone in (first, first, second):
            phone.close()
            await turns()
            paces.append(simulator.pace)
        again = tm.softphone(TO, simulator=simulator, speed=3)
        paces.append(simulator.pace)
        again.close()
        return paces

    assert asyncio.run(cell()) == [20, 20, 20, None, 3]


def test_time_that_somebody_let_pass_goes_on_without_phones() -> None:
    simulator = tm.Simulator()

    async def cell() -> list[float | None]:
        paces = []
        with simulator.real_time(speed=7):
            phone = tm.softphone(TO, simulator=simulator, speed=20)
            phone.close()
            await turns()
            paces.append(simulator.pace)
        return paces

    assert asyncio.run(cell()) == [7]


def test_a_phone_without_time_of_its_own_does_not_keep_it_going() -> None:
    """Who asks for ``speed=None`` lets time stand still."""
    simulator = tm.Simulator()

    async def cell() -> float | None:
        running = tm.softphone(TO, simulator=simulator)
        still = tm.softphone("client:ann", simulator=simulator, speed=None)
        running.close()
        await turns()
        pace = simulator.pace
        still.close()
        return pace

    assert asyncio.run(cell()) is None


def test_a_desk_has_a_phone_at_each_address_in_one_world(simulator: tm.Simulator) -> None:
    desk = tm.softphones("+1 310 555 5555", "client:ann", simulator=simulator)

    assert [phone.address for phone in desk] == [TO, "client:ann"]
    assert desk["client:ann"] is desk[1]
    assert desk["+1 (310) 555-5555"] is desk[0]
    assert [simulator.phones[phone.address] for phone in desk] == [phone.person for phone in desk]
    assert repr(desk) == f"<Softphones {TO}: Ready; client:ann: Ready>"
    desk.close()
    assert len(simulator.phones) == 0


def test_a_desk_is_readable_without_a_kernel(simulator: tm.Simulator) -> None:
    bundle = tm.softphones(TO, "client:ann", simulator=simulator)._repr_mimebundle_()

    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert TO in bundle["text/html"]
    assert "client:ann" in bundle["text/html"]
    assert "<script" not in bundle["text/html"]


@pytest.mark.parametrize(
    ("addresses", "told"),
    [
        ((), "No address is given"),
        ((TO, "+1 310 555 5555"), f"{TO} is given twice"),
        ((TO, "nobody"), "'nobody' is not a phone number"),
    ],
)
def test_a_desk_says_what_is_wrong_and_leaves_no_phone_behind(
    simulator: tm.Simulator, addresses: tuple[str, ...], told: str
) -> None:
    with pytest.raises(tm.TwilioMagicError, match=told.replace("+", r"\+")):
        tm.softphones(*addresses, simulator=simulator)

    assert len(simulator.phones) == 0


def test_a_phone_that_a_desk_does_not_have_is_named(simulator: tm.Simulator) -> None:
    desk = tm.softphones(TO, simulator=simulator)

    with pytest.raises(tm.SimulatorError, match="No phone of this desk is at client:bob"):
        desk["client:bob"]


def test_a_dialed_phone_hears_the_other_party_and_shows_the_card_of_the_whole_call(
    simulator: tm.Simulator, sent: list[Any]
) -> None:
    simulator.numbers[FROM].voice_url = simulator.host(f"<Response><Dial>{TO}</Dial></Response>")
    ann, bob = tm.softphones("+14155550100", TO, simulator=simulator)
    click(bob, "card")
    assert sent[-1] == {"type": "card", "value": "", "call": ""}

    ann.dial(FROM)
    simulator.advance(3)
    bob.answer()
    ann.say(f"Is that Bob? {HOSTILE}")
    simulator.advance(3)
    click(bob, "card")
    card = sent[-1]

    connected, heard = said(bob)
    assert connected == ": connected with +14155550100"
    assert heard.startswith("+14155550100: Is that Bob?")
    assert ann.call is not None
    assert bob.call is not None
    assert (bob.call.sid, bob.call.to) == (ann.call.sid, FROM)
    assert card["call"] == ann.call.sid
    assert "Is that Bob?" in card["value"]
    assert "<script" not in card["value"]
