"""Calls and worlds as data: readable, the same each time, without secrets, and checked when they are loaded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO

PERSON = "+14155550100"
_TWIML = """\
<Response>
  <Gather numDigits="1" timeout="2"><Say>Press one</Say></Gather>
  <Say>Connecting you to an agent now</Say>
  <Dial timeout="9">+13105555555</Dial>
</Response>"""


def _world() -> tuple[tm.Simulator, tm.Call]:
    simulator = tm.Simulator(3, network=False)
    simulator.phones[TO] = "ring 3; answer; say 'hello I am the agent'; wait 5; hang up"
    simulator.numbers[FROM].voice_url = simulator.host(_TWIML)
    simulator.faults.add("https://ivr.example.com/menu", status=500, times=2)
    script = "wait 12; say 'thanks a lot for this'; wait 9"
    return simulator, simulator.receive(PERSON, FROM, phone=script).wait()


def test_a_moment_tells_what_twilio_does_who_hears_what_and_who_takes_part() -> None:
    _, call = _world()
    menu, ringing, talk = call.at(0.5), call.at(6.0), call.at(12.6)
    assert (menu.status, menu.verb) == ("in-progress", "Gather")
    assert list(map(str, menu.heard)) == [f"{PERSON} hears Twilio: Press one"]
    assert (ringing.verb, ringing.parties) == ("Dial", {PERSON: "in-progress", TO: "ringing"})
    assert list(map(str, talk.heard)) == [f"{TO} hears {PERSON}: thanks a lot for this"]
    assert call.at(call.timeline[-1].at).status == "completed"
    assert repr(menu) == "<CallMoment 0:00.5: in-progress, in <Gather>>"
    shown = menu._repr_mimebundle_()
    assert "hears Twilio: Press one" in shown["text/plain"]
    assert "hears Twilio: Press one" in shown["text/html"]


@pytest.mark.parametrize("at", [-1, 1e9, float("nan")])
def test_a_moment_that_a_call_did_not_have_is_told_with_those_that_it_had(at: float) -> None:
    _, call = _world()
    with pytest.raises(tm.TwilioMagicError, match="has no moment") as raised:
        call.at(at)
    assert "from 0 to" in (raised.value.hint or "")


def test_a_world_is_the_same_when_it_is_loaded_and_the_same_world_has_the_same_bytes(
    tmp_path: Path,
) -> None:
    simulator, call = _world()
    first, second = tmp_path / "world.json", tmp_path / "again.json"
    assert simulator.save(first) == first
    loaded = tm.load(first)
    loaded.save(second)
    assert first.read_bytes() == second.read_bytes()
    other, _ = _world()
    assert other.save(second).read_bytes() == first.read_bytes()
    again = tm.Client(simulator=loaded).calls.fetch(call.sid)
    assert repr(again) == repr(call)
    assert again.timeline == call.timeline
    assert again.transcript == call.transcript
    assert repr(again.ladder()) == repr(call.ladder())
    assert again.to_dict() == call.to_dict()


def test_a_world_that_is_loaded_goes_on_with_new_calls_and_asks_nothing_of_the_network(
    tmp_path: Path,
) -> None:
    simulator, call = _world()
    loaded = tm.load(simulator.save(tmp_path / "world.json"))
    new = loaded.receive(PERSON, FROM, phone="wait 20; hang up").wait()
    assert str(new.transcript[-1]) == f"{TO}: hello I am the agent"
    assert new.sid not in {each.sid for each in tm.Client(simulator=simulator).calls.list()}
    assert not loaded.network
    again = tm.Client(simulator=loaded).calls.fetch(call.sid)
    with pytest.raises(tm.SimulatorError, match="loaded from a file"):
        again.fork(at=1)


_PLAY = "<Response><Play>https://ann:s3cretpw@files.example.com/a.mp3</Play></Response>"


def test_a_saved_world_has_no_secrets(tmp_path: Path) -> None:
    simulator, _ = _world()
    simulator.numbers[FROM].voice_url = "https://ann:s3cretpw@ivr.example.com/menu"
    simulator.mount("https://files.example.com/x", _PLAY)
    with simulator.serve(token=True):
        token = str(dict(simulator.environment())["TWILIO_AUTH_TOKEN"])
        simulator.numbers[FROM].friendly_name = f"the token is {token}"
        text = simulator.save(tmp_path / "world.json").read_text("utf-8")
    assert token not in text
    assert "s3cretpw" not in text
    assert "https://files.example.com/a.mp3" in text
    assert "X-Twilio-Signature" not in text


def _spoil(record: Any, *path: Any) -> Any:
    """*record* with the last of *path* in the place that the others lead to."""
    *way, name, value = path
    place = record
    for each in way:
        place = place[each]
    place[name] = value
    return record


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (("format", "another"), "is no saved world"),
        (("version", 2), "another version: 2"),
        (("seed", -1), "seed is not a whole number"),
        (("seconds", 1e300), "seconds is not seconds"),
        (("profile", "rich"), "profile is not one of"),
        (("date", "soon"), "date is not a date"),
        (("numbers", []), "numbers is not an object"),
        (("phones", TO, "jump"), "jump"),
        (("phones", TO, "answer; say file '/etc/passwd'"), "read a file of this machine"),
        (("documents", "no address", "<Response/>"), "no address"),
        (("calls", 0, "sid", 5), "calls 1, sid is not a text"),
        (("calls", 0, "parent", "CA0"), "calls 1, parent is not the sid of a call before it"),
        (("calls", 0, "timeline", 0, "kind", "exploded"), "timeline 1, kind is not one of"),
        (("calls", 0, "timeline", 0, "at", "soon"), "timeline 1, at is not seconds"),
        (("calls", 0, "webhooks", 0, "reply", None), "webhooks 1, reply is not a text"),
        (("calls", {}), "calls is not a list"),
    ],
    ids=lambda each: str(each)[:40],
)
def test_a_file_that_is_not_right_is_refused_with_the_place(
    path: tuple[Any, ...], said: str, tmp_path: Path
) -> None:
    simulator, _ = _world()
    file = simulator.save(tmp_path / "world.json")
    file.write_text(json.dumps(_spoil(json.loads(file.read_text("utf-8")), *path)), "utf-8")
    with pytest.raises(tm.SimulatorError) as raised:
        tm.load(file)
    assert said in str(raised.value)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"[" * 100_000, b'{"a": NaN}', b"\xff\xfe"])
def test_what_is_no_saved_world_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_bytes(content)
    with pytest.raises(tm.SimulatorError):
        tm.load(file)
    with pytest.raises(tm.SimulatorError, match="cannot be read"):
        tm.load(tmp_path / "nowhere.json")


def test_a_call_is_saved_as_json_and_as_a_dict(tmp_path: Path) -> None:
    _, call = _world()
    record = json.loads(call.save(tmp_path / "call.json").read_text("utf-8"))
    assert record == call.to_dict()
    assert record["status"] == "completed"
    assert record["timeline"][0]["kind"] == "ringing"
    assert record["transcript"][0]["text"] == "Press one"
    assert "headers" not in record["webhooks"][0]


def test_a_table_of_calls_and_one_of_events_can_be_made() -> None:
    """What pandas asks of each: a list of mappings with keys, and a list of dataclasses."""
    simulator, call = _world()
    calls = tm.Client(simulator=simulator).calls.list()
    assert isinstance(calls, Sequence)
    row_of_all: Any = calls[0]
    assert isinstance(row_of_all, Mapping)
    assert isinstance(row_of_all, Iterable)
    row = dict(calls[1])
    assert row["from"] == PERSON
    assert row["duration"] == call.duration
    assert list(row) == list(calls[0].keys())
    assert isinstance(call.timeline, Sequence)
    assert is_dataclass(call.timeline[0])
    assert list(asdict(call.timeline[0])) == ["at", "leg", "kind", "text", "data"]
