"""Servers as people run them answer webhooks over loopback, whatever case they write their headers in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import Place, heard, told
from tests.simulation.web_servers import SERVERS, running
from twilio_magic.simulation import WebhookRequest

VOICE = "https://ivr.example.com/voice"


@pytest.fixture(params=SERVERS, scope="module")
def base_url(request: pytest.FixtureRequest) -> Iterator[str]:
    with running(request.param) as address:
        yield address


def test_the_document_runs(place: Place, base_url: str) -> None:
    assert heard(place(url=f"{base_url}/voice")) == ["Twilio: Hello."]


def test_a_redirect_is_followed(place: Place, base_url: str) -> None:
    call = place(url=f"{base_url}/moved")

    assert call.webhooks[0].redirects == (f"{base_url}/voice",)
    assert heard(call) == ["Twilio: Hello."]


def test_an_error_page_of_any_size_is_11200_with_the_exception(place: Place, base_url: str) -> None:
    (failed,) = told(place(url=f"{base_url}/broken"), "failed")

    assert failed.startswith("11200: ")
    assert failed.endswith("the application logged: RuntimeError: nobody is at home")


Headers = list[tuple[str, str]]


def wsgi(body: bytes, status: str = "200 OK", **headers: str) -> Callable[..., list[bytes]]:
    """A WSGI application that answers with these *headers* as they are written."""

    def app(_: Any, start_response: Callable[[str, Headers], Any]) -> list[bytes]:
        start_response(status, [(name.replace("_", "-"), text) for name, text in headers.items()])
        return [body]

    return app


@pytest.mark.parametrize("name", ["content_type", "CONTENT_TYPE", "Content_type"])
def test_the_case_of_a_headers_name_does_not_matter(
    place: Place, simulator: tm.Simulator, name: str
) -> None:
    app = wsgi(b"<Response><Say>Hello.</Say></Response>", **{name: "text/xml", "x_trace": "7"})
    simulator.mount("https://ivr.example.com", app)
    call = place(url=VOICE)
    (exchange,) = call.webhooks

    assert heard(call) == ["Twilio: Hello."]
    assert exchange.content_type == "text/xml"
    assert exchange.reply_headers["CONTENT-TYPE"] == exchange.reply_headers["Content-Type"]
    assert exchange.reply_headers["X-Trace"] == "7"
    assert exchange.headers["x-twilio-signature"] == exchange.signature


def test_no_words_that_came_in_chunks_are_11770_in_lower_case_too(
    place: Place, simulator: tm.Simulator
) -> None:
    simulator.mount(
        "https://ivr.example.com", wsgi(b"", content_type="text/xml", transfer_encoding="chunked")
    )

    assert told(place(url=VOICE), "failed")[0].startswith("11770: ")


def test_a_fault_changes_a_header_in_any_case(place: Place, simulator: tm.Simulator) -> None:
    simulator.mount("https://ivr.example.com", wsgi(b"<Response/>", content_type="text/xml"))
    simulator.faults.add(VOICE, content_type="application/json")

    assert told(place(url=VOICE), "failed")[0].startswith("12300: ")


def test_a_function_reads_headers_in_any_case(place: Place, simulator: tm.Simulator) -> None:
    seen: list[str] = []

    @simulator.webhook(VOICE)
    def voice(request: WebhookRequest) -> str:
        seen.append(request.headers["x-TWILIO-signature"])
        return "<Response/>"

    (exchange,) = place(url=VOICE).webhooks

    assert seen == [exchange.signature]


@pytest.mark.parametrize(
    ("page", "exception"),
    [
        ("<title>KeyError: &#39;Digits&#39; // Werkzeug Debugger</title>", "KeyError: 'Digits'"),
        (
            (
                'Traceback (most recent call last):\n  File "a.py", line 1\n    f()\nZeroDivisionError\n'
                "\nDuring handling of the above exception, another exception occurred:\n\n"
                'Traceback (most recent call last):\n  File "a.py", line 2\nKeyError: 7\n'
            ),
            "KeyError: 7",
        ),
        (
            "Exception Type: Http404 at /voice\nException Value: No caller matches",
            "Http404: No caller matches",
        ),
        ("<pre>TypeError: x is not a function<br> &nbsp; at f", "TypeError: x is not a function"),
    ],
    ids=["werkzeug", "python", "django", "express"],
)
@pytest.mark.parametrize("filling", [0, 2**17])
def test_the_exception_is_found_in_the_pages_of_frameworks(
    place: Place, simulator: tm.Simulator, page: str, exception: str, filling: int
) -> None:
    body = (" " * filling + "\n" + page).encode()
    simulator.mount("https://ivr.example.com", wsgi(body, "500 Oh", content_type="text/html"))
    call = place(url=VOICE)
    (failed,) = told(call, "failed")

    assert failed.endswith(f"HTTP 500 Oh; the application logged: {exception}")
    assert len(call.webhooks[0].reply) <= 2**16


def test_a_page_without_an_exception_is_told_by_its_status_alone(
    place: Place, simulator: tm.Simulator
) -> None:
    body = b"<h1>Error: sorry</h1>" * 10000
    simulator.mount("https://ivr.example.com", wsgi(body, "503 Busy", content_type="text/html"))

    assert told(place(url=VOICE), "failed")[0].endswith("HTTP 503 Busy")


def test_a_large_page_behind_a_redirect_is_not_read(place: Place, simulator: tm.Simulator) -> None:
    moved = wsgi(b" " * 70000, "302 Found", location="/voice")
    simulator.mount("https://ivr.example.com/moved", moved)
    simulator.webhook(VOICE)(lambda: "<Response><Say>Hello.</Say></Response>")

    assert heard(place(url="https://ivr.example.com/moved")) == ["Twilio: Hello."]
