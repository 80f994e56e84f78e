"""A call that is played again: its lines with their times, and the verb that is performed at each event."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, placing
from twilio_magic.display import mime_bundle
from twilio_magic.replay import Replay

ANN = "+14155550111"


def performed(replay: Replay, place: int) -> str:
    """The element that is performed at one event."""
    event = replay.events[place]
    return replay.documents[event.document][event.start : event.end] if event.document >= 0 else ""


def test_lines_are_heard_in_order_from_when_to_when(simulator: tm.Simulator) -> None:
    gather = "<Gather numDigits='1'><Say>Press 1 for bread.</Say></Gather><Say>Bye.</Say>"
    call = placing(simulator)(gather, phone="answer; hear 'bread'; press 1; wait 1")
    replay = call.replay()

    assert [(line.who, line.text) for line in replay.lines][:2] == [
        ("Twilio", "Press 1 for bread."),
        (TO, "[presses 1]"),
    ]
    assert all(line.at <= line.until for line in replay.lines)
    assert [line.at for line in replay.lines] == sorted(line.at for line in replay.lines)
    assert replay.seconds == call.timeline[-1].at
    assert replay.lines[0].words == "Press 1 for bread."
    assert replay.lines[1].keys == "1"


def test_each_event_has_the_element_that_is_performed_meanwhile(simulator: tm.Simulator) -> None:
    call = placing(simulator)(
        "<Gather numDigits='1'><Say>Press 1.</Say></Gather>",
        phone="answer; hear 'Press 1'; wait 1; press 1",
    )
    replay = call.replay()
    at = {line.text: performed(replay, line.event) for line in reversed(replay.lines)}

    assert at["Press 1."] == "<Say>Press 1.</Say>"
    assert at["[presses 1]"].startswith("<Gather")
    assert performed(replay, 0) == ""


def test_what_a_dialed_party_says_is_said_while_dial_is_performed(simulator: tm.Simulator) -> None:
    simulator.phones[ANN] = "answer; say 'This is Ann.'; hang up"
    call = placing(simulator)(f"<Dial>{ANN}</Dial>", phone="answer; wait 20")
    replay = call.replay()
    said = next(line for line in replay.lines if line.text == "This is Ann.")

    assert said.who == ANN
    assert performed(replay, said.event).startswith("<Dial")


def test_words_that_were_cut_off_are_spoken_as_far_as_they_were_heard(
    simulator: tm.Simulator,
) -> None:
    gather = "<Gather numDigits='2'><Say>A long sentence about nothing at all.</Say></Gather>"
    call = placing(simulator)(gather, phone="answer; wait 1; press 1; wait 9")
    line = call.replay().lines[0]

    assert line.is_cut
    assert line.text.endswith("…")
    assert line.words
    assert not line.words.endswith("…")


def test_keys_of_payments_are_masked(simulator: tm.Simulator) -> None:
    pay = "<Pay paymentConnector='Default' chargeAmount='1' input='dtmf'/>"
    call = placing(simulator)(pay, phone="answer; wait 3; press 4242424242424242#; wait 5; hang up")
    replay = call.replay()

    assert any("presses" in line.text for line in replay.lines)
    assert not any(line.keys for line in replay.lines if "presses" in line.text)
    assert "4242" not in repr(replay.to_dict())


def test_without_a_page_it_is_the_conversation_with_its_times(simulator: tm.Simulator) -> None:
    """What it says is text, also where it looks like markup."""
    call = placing(simulator)("<Say>Bread &lt;script&gt; &amp; cake.</Say>", phone="answer")
    shown = mime_bundle(call.replay())

    assert f"<Replay {FROM} → {TO}: " in shown["text/plain"]
    assert "Twilio: Bread <script> & cake." in shown["text/plain"]
    assert "Bread &lt;script&gt; &amp; cake." in shown["text/html"]
    assert "<script>" not in shown["text/html"]


@pytest.mark.parametrize("what", ["replay", "sound"])
def test_a_call_of_another_world_is_not_known(what: str) -> None:
    simulator = tm.Simulator()
    call = placing(simulator)("<Say>Hello.</Say>", phone="answer")
    simulator.reset()

    with pytest.raises(tm.SimulatorError, match="no call"):
        getattr(call, what)()
