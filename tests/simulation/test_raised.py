"""An application that raises an exception is told with its traceback, cut to the lines of its own files."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fastapi import BackgroundTasks, FastAPI, Response
from flask import Flask, request
from starlette.applications import Starlette

import twilio_magic as tm
from tests.calls import Place, told
from tests.simulation import applications
from tests.simulation.applications import FRAMEWORKS

BASE = "https://ivr.example.com"
VOICE = f"{BASE}/voice"


def line_of(source: str, path: str = __file__) -> int:
    """The number of the first line that is *source*, in the file at *path*."""
    lines = [line.strip() for line in Path(path).read_text().splitlines()]
    return lines.index(source) + 1


@pytest.mark.parametrize("framework", [each for each in FRAMEWORKS if each != "fastapi"])
def test_every_framework_tells_the_line_of_its_user(
    place: Place, simulator: tm.Simulator, framework: str
) -> None:
    """Each turns the exception into a response by itself, and none of its own frames is told."""
    simulator.mount(BASE, FRAMEWORKS[framework]("another token"))
    call = place(url=VOICE)
    source = "raise PermissionError(url)"
    where = f"applications.py:{line_of(source, applications.__file__)}, in answer"
    *frames, last = call.webhooks[0].traceback.splitlines()

    assert last == f"PermissionError: {VOICE}"
    assert frames[-2].endswith(where)
    assert frames[-1] == f"    {source}"
    assert [line for line in frames if not re.match(r"( {4}|\S*applications\.py:)", line)] == []
    assert f"; the application raised PermissionError: {VOICE} (" in told(call, "failed")[0]
    assert told(call, "failed")[0].endswith(f"{where})")


def test_the_card_and_the_requests_show_the_lines(place: Place, simulator: tm.Simulator) -> None:
    app = Flask("ivr")

    @app.post("/voice")
    def voice() -> str:
        return {"1": "sales"}["<2>"]

    simulator.mount(BASE, app)
    call = place(url=VOICE)
    shown = call._repr_mimebundle_()
    source = 'return {"1": "sales"}["<2>"]'
    place_line = f"test_raised.py:{line_of(source)}, in voice"

    assert f"{place_line}\n                {source}\n" in shown["text/plain"]
    assert shown["text/html"].count(place_line) >= 2
    assert "KeyError: &#39;&lt;2&gt;&#39;" in shown["text/html"]


def test_a_key_that_a_request_has_not_is_told(place: Place, simulator: tm.Simulator) -> None:
    """Flask answers 400 without a word of why."""
    app = Flask("ivr")

    @app.post("/voice")
    def voice() -> str:
        return request.form["Digits"]

    simulator.mount(BASE, app)
    call = place(url=VOICE)

    assert (
        "HTTP 400 BAD REQUEST; the application raised BadRequestKeyError: 'Digits'"
        in (told(call, "failed")[0])
    )
    assert 'return request.form["Digits"]' in call.webhooks[0].traceback


def test_a_path_that_no_route_has_raises_nothing(place: Place, simulator: tm.Simulator) -> None:
    simulator.mount(BASE, Flask("ivr"))
    call = place(url=VOICE)

    assert told(call, "failed")[0].endswith("HTTP 404 NOT FOUND")
    assert call.webhooks[0].traceback == ""


def test_what_caused_the_exception_is_told_in_a_line(place: Place, simulator: tm.Simulator) -> None:
    @simulator.webhook(VOICE)
    async def voice() -> str:
        try:
            return {"1": "sales"}["2"]
        except KeyError as error:
            raise ValueError("no such menu") from error

    *_, last, cause = place(url=VOICE).webhooks[0].traceback.splitlines()

    assert last == "ValueError: no such menu"
    assert re.fullmatch(r"caused by KeyError: '2' \(.*test_raised\.py:\d+, in voice\)", cause)


def test_all_exceptions_of_a_group_are_told(place: Place, simulator: tm.Simulator) -> None:
    async def fail(why: str) -> None:
        raise RuntimeError(why)

    @simulator.webhook(VOICE)
    async def voice() -> str:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail("no database"))
            group.create_task(fail("no queue"))
        return ""

    call = place(url=VOICE)

    for why in ("no database", "no queue"):
        assert f"RuntimeError: {why} (" in told(call, "failed")[0]
        assert f"  RuntimeError: {why}" in call.webhooks[0].traceback.splitlines()


def test_endless_recursion_is_told_in_a_few_lines(place: Place, simulator: tm.Simulator) -> None:
    def voice() -> str:
        return voice()

    simulator.mount(VOICE, voice)

    assert len(place(url=VOICE).webhooks[0].traceback.splitlines()) < 20


def test_an_exception_whose_message_fails_is_told_all_the_same(
    place: Place, simulator: tm.Simulator
) -> None:
    class WithoutWords(Exception):  # noqa: N818
        def __str__(self) -> str:
            raise ValueError

    @simulator.webhook(VOICE)
    def voice() -> str:
        raise WithoutWords

    assert (
        "raised WithoutWords: <its message cannot be shown>"
        in (told(place(url=VOICE), "failed")[0])
    )


def test_an_application_that_answers_well_is_warned_of_its_exception(
    place: Place, simulator: tm.Simulator
) -> None:
    """Its own page for errors is a document that apologizes; the reason is not lost."""
    app = Flask("ivr")

    @app.post("/voice")
    def voice() -> str:
        raise ValueError("no such menu")

    @app.errorhandler(500)
    def apologize(_: object) -> tuple[str, int, dict[str, str]]:
        return "<Response><Say>Sorry.</Say></Response>", 200, {"Content-Type": "text/xml"}

    simulator.mount(BASE, app)
    call = place(url=VOICE)

    assert told(call, "failed") == []
    (warned,) = told(call, "warned")
    assert warned.startswith("the application raised ValueError: no such menu (")
    assert warned.endswith("in voice), and answered 200")


def test_an_exception_of_a_callback_is_told(place: Place, simulator: tm.Simulator) -> None:
    @simulator.webhook(f"{BASE}/status")
    def status() -> str:
        raise ValueError("no such call")

    call = place(twiml="<Pause/>", status_callback=f"{BASE}/status")
    warned = next(event for event in call.timeline if event.kind == "warned")

    assert "the application raised ValueError: no such call (" in warned.text
    assert warned.data["traceback"] == call.webhooks[-1].traceback != ""


def test_a_lifespan_that_fails_is_told_with_its_line(place: Place, simulator: tm.Simulator) -> None:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if app.routes == []:
            raise RuntimeError("no database")
        yield

    simulator.mount(BASE, Starlette(lifespan=lifespan))
    call = place(url=VOICE)

    assert "the application raised RuntimeError: no database (" in told(call, "failed")[0]
    assert 'raise RuntimeError("no database")' in call.webhooks[0].traceback


def test_what_fails_in_the_background_later_is_logged(
    place: Place, simulator: tm.Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    app = FastAPI()

    async def remind() -> None:
        await asyncio.sleep(20)
        raise RuntimeError("nobody to remind")

    @app.post("/voice")
    async def voice(later: BackgroundTasks) -> Response:
        later.add_task(remind)
        return Response("<Response/>", media_type="text/xml")

    simulator.mount(BASE, app)
    with caplog.at_level(logging.WARNING, "twilio_magic"):
        place(url=VOICE)
        simulator.advance(60)

    assert "An application failed after it had answered." in caplog.text
    assert "nobody to remind" in caplog.text


@pytest.mark.parametrize("app", ["a function", "flask"])
def test_secrets_in_lines_and_messages_are_masked(
    place: Place, simulator: tm.Simulator, app: str
) -> None:
    token = simulator.credentials.password.reveal()

    def voice() -> str:
        raise ValueError(f"{token} is refused by https://ann:hush@sql.example.com")

    if app == "flask":
        served = Flask("ivr")
        served.post("/voice")(voice)
        simulator.mount(BASE, served)
    else:
        simulator.mount(VOICE, voice)
    call = place(url=VOICE)

    for text in (told(call, "failed")[0], call.webhooks[0].traceback, str(call.webhooks)):
        assert "refused" in text
        assert token not in text
        assert "hush" not in text


def test_control_characters_are_made_visible(place: Place, simulator: tm.Simulator) -> None:
    @simulator.webhook(VOICE)
    def voice() -> str:
        raise ValueError("\x1b[2Jgone\u202e")

    shown = place(url=VOICE)._repr_mimebundle_()

    for kind in ("text/plain", "text/html"):
        assert "⟨U+001B⟩" in shown[kind].replace("&#91;", "[")
        assert "\x1b" not in shown[kind]
        assert "\u202e" not in shown[kind]


def test_words_of_the_well_known_token_are_no_secret(simulator: tm.Simulator) -> None:
    @simulator.webhook("https://ivr.example.com/simulated")
    def fail() -> str:
        raise ValueError("simulated")

    simulator.numbers["+12125551234"].voice_url = "https://ivr.example.com/simulated"
    call = simulator.receive("+13105550101", "+12125551234").wait()

    assert "ValueError: simulated" in call.webhooks[0].traceback
