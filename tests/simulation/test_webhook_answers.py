"""What a call makes of the answers of web applications: character sets, sizes, types."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, Response

import twilio_magic as tm
from tests.calls import Place, heard, told
from tests.simulation.audio_files import wav

VOICE = "https://ivr.example.com/voice"
SORRY = "Twilio: We are sorry, an application error has occurred. Goodbye."
SAY = "<Response><Say>Grüße, {}.</Say></Response>"

Answers = Callable[..., None]


@pytest.fixture
def answers(simulator: tm.Simulator) -> Answers:
    """Sets what the application answers, byte by byte."""

    def answer(body: bytes, content_type: str | None = "text/xml", **headers: str) -> None:
        app = Flask("ivr")

        @app.route("/voice", methods=["GET", "POST"])
        def voice() -> Response:
            response = Response(body, content_type=content_type, headers=headers)
            if content_type is None:
                del response.headers["Content-Type"]
            return response

        simulator.mount("https://ivr.example.com", app)

    return answer


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (SAY.encode(), "text/xml"),
        (SAY.encode(), "text/html"),
        (SAY.encode("latin-1"), "text/xml; charset=iso-8859-1"),
        (SAY.encode("utf-16"), "application/xml"),
        (SAY.encode("utf-8-sig"), "text/xml; charset=latin-1"),
        (f"<?xml version='1.0' encoding='cp1252'?>{SAY}".encode("cp1252"), "text/xml"),
        (SAY.encode(), "text/xml; charset=nonsense"),
    ],
    ids=["none", "html", "declared", "utf-16", "mark", "xml", "unknown"],
)
def test_an_answer_is_read_in_the_character_set_that_it_declares(
    place: Place, answers: Answers, body: bytes, content_type: str
) -> None:
    answers(body, content_type)

    assert heard(place(url=VOICE)) == ["Twilio: Grüße, {}."]


def test_more_than_64_kb_is_too_much(place: Place, answers: Answers) -> None:
    document = b"<Response><Say>Hello.</Say>%s</Response>"
    answers(document % (b" " * (65536 - len(document) + 2)))
    assert heard(place(url=VOICE)) == ["Twilio: Hello."]

    answers(document % (b" " * 65536))
    call = place(url=VOICE)
    assert told(call, "failed")[0].startswith("11750: ")
    assert heard(call) == [SORRY]


def test_audio_is_played_and_the_call_ends(place: Place, answers: Answers) -> None:
    """As long as its headers say, whatever its size."""
    answers(wav(8), "audio/wav")
    call = place(url=VOICE)

    assert told(call, "played") == [f"{VOICE} (8.0 s)"]
    assert not told(call, "failed")
    assert (call.status, call.duration) == ("completed", 8)


def test_the_length_of_audio_that_cannot_be_measured_is_assumed_and_told(
    place: Place, answers: Answers
) -> None:
    answers(b"\xff\xfb" * 50_000, "audio/mpeg")
    call = place(url=VOICE)

    assert "its length is assumed: 5 s" in told(call, "played")[0]
    assert call.duration == 5


def test_plain_text_runs_if_it_is_twiml(place: Place, answers: Answers) -> None:
    answers(b"<Response><Say>It runs.</Say></Response>", "text/plain")
    assert heard(place(url=VOICE)) == ["Twilio: It runs."]

    answers(b"<b>It is read aloud.", "text/plain")
    assert heard(place(url=VOICE)) == ["Twilio: <b>It is read aloud."]


@pytest.mark.parametrize("content_type", [None, "application/json", "image/png"])
def test_what_is_no_twiml_by_its_type_is_12300(
    place: Place, answers: Answers, content_type: str | None
) -> None:
    answers(b"<Response/>", content_type)

    assert told(place(url=VOICE), "failed")[0].startswith("12300: ")


def test_an_answer_without_end_marks_and_words_is_11770(place: Place, answers: Answers) -> None:
    answers(b"", **{"Transfer-Encoding": "chunked"})

    assert told(place(url=VOICE), "failed")[0].startswith("11770: ")


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (b"<Response><Say>", "text/xml", "12100"),
        (b"<Answer/>", "text/xml", "12102"),
        (b"{}", "application/json", "12300"),
    ],
)
def test_the_fallback_takes_over_from_a_document_of_no_use(
    place: Place,
    simulator: tm.Simulator,
    answers: Answers,
    body: bytes,
    content_type: str,
    code: str,
) -> None:
    answers(body, content_type)
    fallback = simulator.host("<Response><Say>{{ErrorCode}} at {{ErrorUrl}}</Say></Response>")

    assert heard(place(url=VOICE, fallback_url=fallback)) == [f"Twilio: {code} at {VOICE}"]


def test_a_failure_names_the_request_that_it_came_of(place: Place, answers: Answers) -> None:
    answers(b"<Answer/>", **{"X-Trace": "7"})
    call = place(url=VOICE)
    (failed,) = (event for event in call.timeline if event.kind == "failed")
    exchange = call.webhooks[failed.data["webhook"]]

    assert exchange.reply == "<Answer/>"
    assert exchange.reply_headers["X-Trace"] == "7"


def test_the_notification_has_the_request_and_the_response(
    place: Place, answers: Answers, client: tm.Client
) -> None:
    answers(b"<Answer/>", **{"X-Trace": "7"})
    call = place(url=VOICE)
    (listed,) = call.notifications.list()
    fetched = call.notifications.fetch(listed.sid)

    assert (fetched.error_code, fetched.request_url, fetched.log) == (12102, VOICE, "0")
    assert fetched.request_method == "POST"
    assert f"CallSid={call.sid}" in fetched.request_variables
    assert fetched.response_body == "<Answer/>"
    assert "X-Trace=7" in fetched.response_headers


def test_a_function_that_returns_nothing_answers_with_nothing(
    simulator: tm.Simulator, place: Place
) -> None:
    """Right for a report; where TwiML is asked for, the document is empty."""
    simulator.webhook(VOICE)(lambda: None)
    call = place(url=VOICE)

    assert call.webhooks[0].reply == ""
    assert "the document is empty" in str(call.timeline)
