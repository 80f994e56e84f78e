"""What is given for a document: every public function takes text, bytes, a document, our builder's and the SDK's."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from twilio.twiml import voice_response as sdk

import twilio_magic as tm
from twilio_magic import twiml
from twilio_magic.twiml import build

XML = "<Response><Say>Hello</Say></Response>"


def said_by_the_sdk() -> sdk.VoiceResponse:
    response = sdk.VoiceResponse()
    response.say("Hello")
    return response


GIVEN: dict[str, Any] = {
    "text": XML,
    "text with a declaration": f'<?xml version="1.0" encoding="UTF-8"?>\n{XML}',
    "bytes": XML.encode(),
    "bytes in another encoding": f'<?xml version="1.0" encoding="UTF-16"?>{XML}'.encode("utf-16"),
    "document": twiml.parse(XML),
    "our builder": build.Response().say("Hello"),
    "a verb of our builder": build.Say("Hello"),
    "the SDK": said_by_the_sdk(),
    "a verb of the SDK": sdk.Say("Hello"),
}


def transcript(url_or_twiml: Callable[[tm.Simulator], dict[str, Any]]) -> object:
    """What a call hears whose document is given in this way."""
    simulator = tm.Simulator(network=False)
    calls = tm.Client(simulator=simulator).calls
    call = calls.create(to="+13105555555", from_="+12125551234", **url_or_twiml(simulator)).wait()
    return [line.text for line in call.transcript]


def update(given: Any) -> object:
    simulator = tm.Simulator(network=False)
    calls = tm.Client(simulator=simulator).calls
    pause = '<Response><Pause length="60"/></Response>'
    call = calls.create(to="+13105555555", from_="+12125551234", twiml=pause)
    simulator.advance(10)
    calls.update(call.sid, twiml=given)
    return [line.text for line in call.wait().transcript]


def answer(given: Any) -> object:
    def answered(simulator: tm.Simulator) -> dict[str, Any]:
        simulator.webhook("https://ivr.example.com/")(lambda: given)
        return {"url": "https://ivr.example.com/"}

    return transcript(answered)


DOORS: dict[str, Callable[[Any], object]] = {
    "check": tm.check,
    "explain": tm.explain,
    "note_relative": twiml.note_relative,
    "parse": lambda given: [verb.text for verb in tm.parse(given).verbs],
    "as_document": lambda given: [verb.text for verb in twiml.as_document(given).verbs],
    "to_text": lambda given: "<Say>Hello</Say>" in twiml.to_text(given),
    "to_markup": lambda given: bool(twiml.to_markup(given)),
    "format": lambda given: "  <Say>Hello</Say>\n" in twiml.format(given),
    "Draft": lambda given: [part.name for part in twiml.Draft(given).parts.values()],
    "twiml_form": lambda given: [verb.text for verb in tm.twiml_form(given).document.verbs],
    "Simulator.host": lambda given: transcript(lambda world: {"url": world.host(given)}),
    "Simulator.webhook": answer,
    "calls.create": lambda given: transcript(lambda _: {"twiml": given}),
    "calls.update": update,
}
#: Who holds a document that our own code has read.
INNER = {"Document", "Request", "Vocabulary"}


def public() -> Iterator[tuple[str, Any]]:
    for module in (tm, twiml):
        yield from ((name, getattr(module, name)) for name in module.__all__)
    for name, method in inspect.getmembers(tm.Simulator, inspect.isfunction):
        if not name.startswith("_"):
            yield f"Simulator.{name}", method


def takes_document(door: Any) -> bool:
    try:
        parameters = inspect.signature(door).parameters.values()
    except (TypeError, ValueError):
        return False
    names = ("document", "text_or_document", "twiml")
    return any(p.name in names or "Twiml" in str(p.annotation) for p in parameters)


@pytest.mark.parametrize("door", DOORS)
def test_a_function_that_takes_a_document_takes_all_that_are_one(door: str) -> None:
    as_it_reads = DOORS[door](XML)
    for kind, given in GIVEN.items():
        assert DOORS[door](given) == as_it_reads, kind


def test_no_public_function_that_takes_a_document_is_forgotten() -> None:
    found = {name for name, door in public() if takes_document(door)}

    assert found - INNER <= set(DOORS)
    assert {"check", "explain", "parse", "Draft", "twiml_form", "Simulator.host"} <= found


@pytest.mark.parametrize("given", [42, None, sdk.VoiceResponse, ["<Response/>"]])
def test_what_is_no_document_is_refused_by_name(given: Any) -> None:
    with pytest.raises(tm.TwimlError, match="is no document"):
        tm.check(given)


def test_a_public_value_of_another_root_is_not_put_into_a_document() -> None:
    """Text is taken as it stands: what is wrong with its root is told."""
    assert [problem.code for problem in tm.check("<Say>Hello</Say>")] == [12102]
    assert [problem.code for problem in tm.check(twiml.parse("<Say>Hello</Say>"))] == [12102]
