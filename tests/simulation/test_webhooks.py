"""What a call asks of web applications, and what it makes of their answers."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from flask import Flask, Response, request, session
from twilio.request_validator import RequestValidator

import twilio_magic as tm
from tests.calls import FROM, TO, Place, heard, kinds, told
from twilio_magic.simulation import Simulator, WebhookRequest
from twilio_magic.simulation.webhooks._spec import CodeName, webhook_spec

VOICE = "https://ivr.example.com/voice"
SORRY = "We are sorry, an application error has occurred. Goodbye."


@pytest.fixture
def token(simulator: Simulator) -> str:
    return simulator.credentials.password.reveal()


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_the_official_sdk_accepts_the_signature(
    place: Place, simulator: Simulator, token: str, method: str
) -> None:
    seen: list[tuple[str, dict[str, str], str]] = []
    app = Flask("ivr")

    @app.route("/voice", methods=["GET", "POST"])
    def voice() -> str:
        seen.append((request.url, request.form.to_dict(), request.headers["X-Twilio-Signature"]))
        return "<Response/>"

    simulator.mount("https://ivr.example.com", app)
    place(url=f"{VOICE}?campaign=1#rc=2", method=method)
    ((url, form, signature),) = seen

    assert "campaign=1" in url
    assert bool(form) is (method == "POST")
    assert RequestValidator(token).validate(url, form, signature)
    assert not RequestValidator("another token").validate(url, form, signature)


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_function_gets_the_parameters_however_they_came(
    place: Place, simulator: Simulator, method: str
) -> None:
    seen: list[tuple[str, str, str]] = []

    @simulator.webhook(VOICE)
    def voice(request: WebhookRequest) -> str:
        seen.append((request.method, request["To"], request.form["From"]))
        return "<Response/>"

    place(url=VOICE, method=method)

    assert seen == [(method, TO, FROM)]


def test_a_mounted_application_sees_where_it_is_mounted_and_keeps_cookies(
    place: Place, simulator: Simulator
) -> None:
    app = Flask("ivr")
    app.secret_key = "for the test"

    @app.post("/count")
    def count() -> str:
        session["seen"] = session.get("seen", 0) + 1
        if session["seen"] == 3:
            return f"<Response><Say>Three at {request.script_root}.</Say></Response>"
        return "<Response><Redirect/></Response>"

    simulator.mount("https://ivr.example.com/app", app)
    call = place(url="https://ivr.example.com/app/count")

    assert heard(call) == ["Twilio: Three at /app."]


def test_an_application_may_be_mounted_at_a_path_with_letters_that_are_encoded(
    place: Place, simulator: Simulator
) -> None:
    app = Flask("ivr")

    @app.post("/menu")
    def menu() -> str:
        return f"<Response><Say>{request.script_root}{request.path}</Say></Response>"

    simulator.mount("https://ivr.example.com/caf%C3%A9%20bar", app)
    call = place(url="https://ivr.example.com/caf%C3%A9%20bar/menu")

    assert heard(call) == ["Twilio: /café bar/menu"]


def test_the_reason_of_a_failure_is_that_of_the_application_which_failed(
    place: Place, simulator: Simulator
) -> None:
    """Another Flask application that fails at the same time, here inside the first, has its own."""
    app, other = Flask("ivr"), Flask("other")

    @app.post("/")
    def voice() -> str:
        raise KeyError("mine")

    @app.teardown_request
    def clean_up(_: object) -> None:
        other.test_client().get("/")

    @other.get("/")
    def fail() -> str:
        raise ValueError("somebody else's")

    simulator.mount("https://ivr.example.com", app)
    call = place(url="https://ivr.example.com/")

    assert "the application raised KeyError: 'mine' (" in told(call, "failed")[0]
    assert "somebody" not in " ".join(told(call, "failed"))


@pytest.mark.parametrize(
    "url", ["ivr.example.com", "ftp://ivr.example.com", "https://", "http://["]
)
def test_nothing_is_mounted_at_what_is_no_web_address(simulator: Simulator, url: str) -> None:
    with pytest.raises(tm.SimulatorError, match="no web address"):
        simulator.mount(url, Flask("ivr"))
    with pytest.raises(tm.SimulatorError, match="no web address"):
        simulator.webhook(url)(lambda: "<Response/>")


def test_the_longest_mounted_address_answers(place: Place, simulator: Simulator) -> None:
    simulator.webhook("https://ivr.example.com")(lambda: "<Response><Say>All.</Say></Response>")
    simulator.webhook(VOICE)(lambda: "<Response><Say>Voice.</Say></Response>")

    assert heard(place(url=VOICE)) == ["Twilio: Voice."]
    assert heard(place(url=f"{VOICE}mail")) == ["Twilio: All."]


def test_a_hosted_document_is_filled_from_the_request_and_stays_one_document(
    place: Place, simulator: Simulator
) -> None:
    url = simulator.host("<Response><Say>Call from {{From}}, {{Nothing}}{{ To }}.</Say></Response>")

    assert heard(place(url=url)) == [f"Twilio: Call from {FROM}, {TO}."]
    hostile = "client:</Say><Hangup/>"
    assert heard(place(url=url, from_=hostile)) == [f"Twilio: Call from {hostile}, {TO}."]


@pytest.mark.parametrize(
    ("answer", "code", "why"),
    [
        (("<h1>no</h1>", 404), 11200, "HTTP 404 NOT FOUND"),
        (("oops", 500), 11200, "HTTP 500 INTERNAL SERVER ERROR"),
        (("<Response><Say>Hi</Response>", 200), 12100, "</Response>"),
        (("<Answer/>", 200), 12102, "<Answer>"),
        (("", 200), 12100, ""),
    ],
)
def test_an_answer_of_no_use_is_told_with_its_code_and_the_caller_hears_an_apology(
    place: Place, simulator: Simulator, answer: tuple[str, int], code: int, why: str
) -> None:
    simulator.webhook(VOICE)(lambda: answer)
    call = place(url=VOICE)
    (failed,) = told(call, "failed")

    assert failed.startswith(f"{code}: ")
    assert why in failed
    assert heard(call) == [f"Twilio: {SORRY}"]
    assert call.status == "completed"


def test_the_failing_line_of_a_flask_application_is_told(
    place: Place, simulator: Simulator
) -> None:
    app = Flask("ivr")

    @app.post("/voice")
    def voice() -> str:
        return {"menu": "sales"}["men"]

    simulator.mount("https://ivr.example.com", app)
    call = place(url=VOICE)

    assert "the application raised KeyError: 'men' (" in told(call, "failed")[0]


def test_a_failing_function_is_an_answer_500_with_its_reason(
    place: Place, simulator: Simulator
) -> None:
    @simulator.webhook(VOICE)
    def voice() -> str:
        raise ValueError("no such menu")

    call = place(url=VOICE)

    assert call.webhooks[0].status == 500
    assert "ValueError: no such menu" in told(call, "failed")[0]


def _answers_with_text(_: Any, start_response: Any) -> Any:
    start_response("200 OK", [("Content-Type", "text/xml")])
    return ["<Response/>"]


def _never_begins(_: Any, __: Any) -> Any:
    return [b"<Response/>"]


def _begins_with_a_number(_: Any, start_response: Any) -> Any:
    start_response(200, [("Content-Type", "text/xml")])
    return [b"<Response/>"]


@pytest.mark.parametrize("app", [_answers_with_text, _never_begins, _begins_with_a_number])
def test_an_application_that_breaks_the_rules_is_an_answer_500_with_its_reason(
    place: Place, simulator: Simulator, app: Any
) -> None:
    simulator.mount("https://ivr.example.com", app)
    call = place(url=VOICE)

    assert call.webhooks[0].status == 500
    assert "the application raised TypeError: " in told(call, "failed")[0]
    assert heard(call) == [f"Twilio: {SORRY}"]


def test_an_application_is_told_that_its_answer_has_been_read(
    place: Place, simulator: Simulator
) -> None:
    done: list[str] = []
    app = Flask("ivr")

    @app.post("/voice")
    def voice() -> Response:
        response = Response("<Response/>", mimetype="text/xml")
        response.call_on_close(lambda: done.append("closed"))
        return response

    simulator.mount("https://ivr.example.com", app)
    place(url=VOICE)

    assert done == ["closed"]


def test_a_function_may_answer_with_bytes(place: Place, simulator: Simulator) -> None:
    simulator.webhook(VOICE)(lambda: b"<Response><Say>Gr\xc3\xbc\xc3\x9fe.</Say></Response>")

    assert heard(place(url=VOICE)) == ["Twilio: Grüße."]


@pytest.mark.parametrize("url", ["http://[", "//[#rc=2", "https://ivr.example.com:99999/"])
def test_an_address_that_cannot_be_read_is_a_failure_of_its_request(
    place: Place, simulator: Simulator, url: str
) -> None:
    simulator.webhook(VOICE)(lambda: f"<Response><Redirect>{url}</Redirect></Response>")
    call = place(url=VOICE)

    assert told(call, "failed")[0].startswith("11100: no TwiML from ")
    assert heard(call) == [f"Twilio: {SORRY}"]


def test_the_fallback_gets_the_error_and_takes_over(place: Place, simulator: Simulator) -> None:
    simulator.webhook(VOICE)(lambda: ("broken", 500))
    simulator.webhook("https://backup.example.com")(
        lambda: "<Response><Say>Please call again later.</Say></Response>"
    )
    call = place(url=VOICE, fallback_url="https://backup.example.com")

    assert heard(call) == ["Twilio: Please call again later."]
    assert call.webhooks[1].parameters["ErrorCode"] == "11200"
    assert call.webhooks[1].parameters["ErrorUrl"] == VOICE


def test_status_callbacks_come_for_the_events_that_were_asked_for(
    place: Place, simulator: Simulator
) -> None:
    progress = "https://ivr.example.com/progress"
    simulator.webhook(progress)(lambda: ("", 204))
    every = ["initiated", "ringing", "answered", "completed"]
    call = place("<Pause length='61'/>", status_callback=progress, status_callback_event=every)
    reports = [exchange.parameters for exchange in call.webhooks]

    assert [report["CallStatus"] for report in reports] == [
        "initiated",
        "ringing",
        "in-progress",
        "completed",
    ]
    assert [report["SequenceNumber"] for report in reports] == ["0", "1", "2", "3"]
    assert (reports[-1]["CallDuration"], reports[-1]["Duration"]) == ("61", "2")


def test_a_status_callback_that_fails_is_a_warning_and_changes_nothing(
    place: Place, simulator: Simulator
) -> None:
    progress = "https://ivr.example.com/progress"
    simulator.webhook(progress)(lambda: ("no", 500))
    call = place("<Say>Hello.</Say>", status_callback=progress)

    assert told(call, "warned")[0].startswith("15003: ")
    assert call.status == "completed"


def test_a_webhook_may_use_the_api_while_it_answers(
    place: Place, simulator: Simulator, client: tm.Client
) -> None:
    """Warm transfers place a second call, and look at their own, before they answer."""
    seen: list[str] = []

    @simulator.webhook(VOICE)
    def voice(asked: dict[str, str]) -> str:
        seen.append(client.calls.fetch(asked["CallSid"]).status)
        client.calls.create(to="+14155550123", from_=FROM, twiml="<Response/>")
        return "<Response><Say>Done.</Say></Response>"

    place(url=VOICE)
    simulator.run()

    assert seen == ["in-progress"]
    assert [call.status for call in client.calls.list()] == ["completed", "completed"]


def test_a_webhook_may_end_or_redirect_its_own_call(
    place: Place, simulator: Simulator, client: tm.Client
) -> None:
    @simulator.webhook(VOICE)
    def voice(asked: dict[str, str]) -> str:
        call = client.calls.fetch(asked["CallSid"])
        call.update(twiml="<Response><Say>Instead of it.</Say></Response>")
        return "<Response><Say>Never heard.</Say></Response>"

    call = place(url=VOICE)

    assert heard(call) == ["Twilio: Instead of it."]
    assert "redirected" in kinds(call)


def test_waiting_inside_a_webhook_is_refused_with_the_reason(
    place: Place, simulator: Simulator, client: tm.Client
) -> None:
    @simulator.webhook(VOICE)
    def voice(asked: dict[str, str]) -> str:
        client.calls.fetch(asked["CallSid"]).wait()
        return "<Response/>"

    call = place(url=VOICE)

    assert "WaitingInsideWebhook" in told(call, "failed")[0]
    assert call.status == "completed"


def test_no_control_character_of_a_reply_reaches_a_terminal(
    place: Place, simulator: Simulator
) -> None:
    app = Flask("ivr")
    said = "\x1b]0;owned\x07 \x9b2J \u202eesrever"
    app.add_url_rule(
        "/voice", methods=["POST"], view_func=lambda: Response(said, mimetype="text/plain")
    )
    simulator.mount("https://ivr.example.com", app)
    call = place(url=VOICE)
    shown = [repr(each) for each in (call.timeline, call.transcript, call.webhooks, call.ladder())]

    assert "⟨U+001B⟩]0;owned⟨U+0007⟩" in shown[0]
    for text in (*shown, *call._repr_mimebundle_().values(), str(call.timeline[-2])):
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)


def test_text_that_is_no_twiml_is_read_aloud(place: Place, simulator: Simulator) -> None:
    app = Flask("ivr")

    @app.post("/voice")
    def voice() -> tuple[str, dict[str, str]]:
        return "Hello in plain text", {"Content-Type": "text/plain"}

    simulator.mount("https://ivr.example.com", app)

    assert heard(place(url=VOICE)) == ["Twilio: Hello in plain text"]


def test_another_content_type_is_refused(place: Place, simulator: Simulator) -> None:
    app = Flask("ivr")

    @app.post("/voice")
    def voice() -> dict[str, str]:
        return {"say": "hello"}

    simulator.mount("https://ivr.example.com", app)
    call = place(url=VOICE)

    assert told(call, "failed")[0].startswith("12300: ")


def test_user_and_password_of_an_address_are_used_and_not_shown(
    place: Place, simulator: Simulator
) -> None:
    app = Flask("ivr")
    seen: list[str | None] = []

    @app.post("/voice")
    def voice() -> str:
        seen.append(request.authorization.password if request.authorization else None)
        return "<Response/>"

    simulator.mount("https://ivr.example.com", app)
    call = place(url="https://ann:hush-hush@ivr.example.com/voice")

    assert seen == ["hush-hush"]
    assert "hush-hush" not in repr(call.webhooks) + repr(call.timeline)
    assert "hush" not in str(call.webhooks[0].headers)


def test_the_address_of_nobody_is_an_error_of_its_own(place: Place) -> None:
    call = place(url="http://nobody.invalid/voice")

    assert told(call, "failed")[0].startswith("11210: ")


def test_every_code_that_a_failed_request_can_have_is_in_the_table() -> None:
    assert set(webhook_spec().codes) == set(get_args(CodeName))
