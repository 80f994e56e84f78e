"""Whatever the parties, the document and the moment of an API request: every leg ends, and bridges have two sides."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.parties import ANN, BOB, IVR
from twilio_magic.api import FINAL
from twilio_magic.timeline import Event

AGAIN, EVENT, WHISPER = f"{IVR}/again", f"{IVR}/event", f"{IVR}/whisper"
APP = f"{IVR}/app"
LIMIT = 90  # seconds of the longest call
ADDRESSES = (ANN, BOB, "client:cam", "sip:dan@example.com")
EVENTS = f'statusCallback="{EVENT}" statusCallbackEvent="initiated ringing answered completed"'

BEGINNINGS = st.sampled_from(
    ["answer", "ring 1; answer", "ring 4; answer", "busy", "no answer", "fail", "fax", 'machine "Away."', "ring 80"]
)  # fmt: skip
STEPS = st.sampled_from(
    ["wait 1", "wait 20", "press 1", "press *", 'say "Hello?"', 'hear "hello"', "hear beep", "hang up"]
)  # fmt: skip
NOUNS = st.sampled_from(
    [
        f"<Number {EVENTS}>{ANN}</Number>",
        f'<Number url="{WHISPER}">{BOB}</Number>',
        f'<Number machineDetection="Enable" amdStatusCallback="{EVENT}">{BOB}</Number>',
        f'<Number sendDigits="w1#">{ANN}</Number>',
        f"<Client {EVENTS}>cam</Client>",
        f'<Sip url="{WHISPER}">sip:dan@example.com</Sip>',
        "<Number>nobody</Number>",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        f'action="{AGAIN}"',
        'sequential="true"',
        'timeout="5"',
        'timeLimit="7" record="record-from-ringing-dual"',
        'hangupOnStar="true" record="true"',
        'answerOnBridge="true"',
    ]
)
DIALS = st.builds(
    lambda attributes, nouns: f"<Dial {attributes}>{''.join(nouns)}</Dial>",
    ATTRIBUTES,
    st.lists(NOUNS, max_size=3),
)
APPLICATION = st.sampled_from(["<Dial><Application>{app}</Application></Dial>"])
VERBS = st.one_of(
    DIALS, DIALS, APPLICATION, st.sampled_from(["<Say>Hello.</Say>", '<Pause length="3"/>', "<Hangup/>"])
)  # fmt: skip
DOCUMENTS = st.lists(VERBS, min_size=1, max_size=3).map("".join)
WHISPERS = st.sampled_from(
    [
        "",
        "<Say>A call for you.</Say>",
        f'<Gather numDigits="1" timeout="2" action="{WHISPER}/key"/><Hangup/>',
        "<Hangup/>",
        f"<Dial>{ANN}</Dial>",
    ]
)
#: What a webhook does, once, at its n-th event: to the leg of the event or to the leg's parent.
ACTS = st.one_of(
    st.none(),
    st.tuples(
        st.integers(0, 6),
        st.sampled_from(["CallSid", "ParentCallSid"]),
        st.sampled_from(
            [
                {"status": "completed"},
                {"status": "canceled"},
                {"twiml": "<Response><Say>Elsewhere.</Say></Response>"},
                {"twiml": f"<Response><Dial callerId='{FROM}'>{BOB}</Dial></Response>"},
            ]
        ),
    ),
)
#: What may be told of a leg after its end: reports, and answers that nobody waits for.
LATE = {"reported", "warned", "failed"}
#: What shows on a leg that its Dial is over.
NEXT = ("said", "paused", "fetched", "redirected", "hung up", "completed", "canceled")
Act = tuple[int, str, dict[str, str]] | None


@st.composite
def parties(draw: st.DrawFn) -> dict[str, str]:
    """A script for each phone."""

    def script() -> str:
        beginning = draw(BEGINNINGS)
        steps = (
            [] if beginning in ("busy", "no answer", "fail") else draw(st.lists(STEPS, max_size=4))
        )
        return "; ".join([beginning, *steps])

    return {address: script() for address in (TO, *ADDRESSES)}


def world(
    document: str, whisper: str, phones: dict[str, str], act: Act
) -> tuple[tm.Simulator, str]:
    """A simulator with the parties and the applications in it, and the document that calls run."""
    simulator = tm.Simulator(seed=5)
    client = tm.Client(simulator=simulator)
    for address, script in phones.items():
        simulator.phones[address] = script
    simulator.webhook(AGAIN)(lambda: "<Response><Say>Afterwards.</Say></Response>")
    simulator.webhook(WHISPER)(lambda: f"<Response>{whisper}</Response>")
    simulator.webhook(f"{WHISPER}/key")(lambda: "<Response/>")
    simulator.webhook(APP)(
        lambda: f'<Response><Gather numDigits="1" timeout="2"/><Dial>{ANN}</Dial></Response>'
    )
    sid = client.applications.create(voice_url=APP).sid
    events: list[str] = []

    @simulator.webhook(EVENT)
    def event(parameters: dict[str, str]) -> str:
        events.append(parameters["CallSid"])
        if act is not None and len(events) == act[0] and act[1] in parameters:
            try:
                client.calls.update(parameters[act[1]], **act[2])
            except tm.ApiError:
                return "too late"
        return ""

    return simulator, document.format(app=sid)


def run(
    document: str, whisper: str, phones: dict[str, str], act: Act, inbound: bool
) -> list[tm.Call]:
    """Every leg there was, once all is over."""
    simulator, twiml = world(document, whisper, phones, act)
    client = tm.Client(simulator=simulator)
    if inbound:
        simulator.numbers[FROM].voice_url = f"{IVR}/voice"
        simulator.webhook(f"{IVR}/voice")(lambda: f"<Response>{twiml}</Response>")
        call = simulator.receive(TO, FROM)
        simulator.advance(LIMIT)
        if not call.fetch().is_over:
            call.hang_up()
    else:
        call = client.calls.create(
            to=TO, from_=FROM, twiml=f"<Response>{twiml}</Response>", time_limit=LIMIT
        )
        simulator.advance(2 * LIMIT)
    for leg in client.calls.list(status="in-progress"):
        leg.hang_up()  # one that went its own way may talk for hours
    simulator.run()
    return list(client.calls.list())


def own(leg: tm.Call) -> list[Event]:
    """What happened on *leg* itself."""
    return [event for event in leg.timeline if event.leg == leg.sid]


@settings(max_examples=60)
@given(DOCUMENTS, WHISPERS, parties(), ACTS, st.booleans())
def test_every_leg_ends_once_and_nothing_happens_on_it_afterwards(
    document: str, whisper: str, phones: dict[str, str], act: Act, inbound: bool
) -> None:
    for leg in run(document, whisper, phones, act, inbound):
        events = own(leg)
        (end,) = (place for place, event in enumerate(events) if event.data.get("status") in FINAL)

        assert leg.is_over
        assert {event.kind for event in events[end + 1 :]} <= LATE


@settings(max_examples=60)
@given(DOCUMENTS, WHISPERS, parties(), ACTS, st.booleans())
def test_every_bridge_has_two_sides(
    document: str, whisper: str, phones: dict[str, str], act: Act, inbound: bool
) -> None:
    """Who is joined and leaves is told on both legs, and what one says while they are joined the other hears."""
    legs = run(document, whisper, phones, act, inbound)
    sides = Counter(
        (event.kind, leg.sid, event.data["call"])
        for leg in legs
        for event in own(leg)
        if event.kind in ("bridged", "left")
    )
    sounds = Counter(
        (event.data["from_leg"], event.data["speaker"], event.data["words"])
        for leg in legs
        for event in own(leg)
        if event.kind == "heard"
    )
    made = Counter(
        (leg.sid, event.data["speaker"], event.data["words"])
        for leg in legs
        for event in own(leg)
        if event.kind in ("spoke", "pressed", "said")
    )

    assert all(sides[kind, other, one] == count for (kind, one, other), count in sides.items())
    assert all(
        sides["left", one, other] == count
        for (kind, one, other), count in sides.items()
        if kind == "bridged"
    )
    assert sounds.keys() <= made.keys()


@settings(max_examples=60)
@given(DOCUMENTS, WHISPERS, parties(), ACTS, st.booleans())
def test_a_called_leg_ends_no_later_than_the_dial_that_called_it(
    document: str, whisper: str, phones: dict[str, str], act: Act, inbound: bool
) -> None:
    """Except for one that the API gave other instructions."""
    legs = {leg.sid: leg for leg in run(document, whisper, phones, act, inbound)}
    for leg in legs.values():
        parent = legs.get(leg.parent_call_sid or "")
        if parent is None or "redirected" in {event.kind for event in own(leg)}:
            continue
        events = own(parent)
        dialed = next(at for at, event in enumerate(events) if event.data.get("call") == leg.sid)
        after = events[dialed + 1 :]
        following = next(e for e in after if e.kind in NEXT or e.data.get("status") in FINAL)
        (end,) = (e for e in parent.timeline if e.leg == leg.sid and e.data.get("status") in FINAL)

        assert end.at <= following.at


@settings(max_examples=25)
@given(DOCUMENTS, WHISPERS, parties(), ACTS, st.booleans())
def test_a_call_of_many_parties_replays_to_the_same_bytes(
    document: str, whisper: str, phones: dict[str, str], act: Act, inbound: bool
) -> None:
    first, second = (run(document, whisper, phones, act, inbound) for _ in range(2))

    assert [leg.fields for leg in first] == [leg.fields for leg in second]
    for one, other in zip(first, second, strict=True):
        assert repr(one.timeline) == repr(other.timeline)
        assert list(one.webhooks) == list(other.webhooks)
