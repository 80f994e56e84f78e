"""What is sent without the ways of ``requests`` is the same, byte for byte, as what ``requests`` makes of it."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import requests
from hypothesis import given, settings
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter
from requests.auth import HTTPBasicAuth
from urllib3 import HTTPResponse

import twilio_magic as tm
from twilio_magic.deadlines import DirectSession
from twilio_magic.simulation.mounts._app_answer import AppAnswer
from twilio_magic.simulation.mounts._wsgi import (
    AppResponse,
    build_environ,
    respond,
    to_raw_response,
)

TEXTS = st.text(max_size=80) | st.sampled_from(["+13105555555", "a b&c=d/é", "x" * 5000, "\ud800"])
FORMS = st.lists(st.tuples(TEXTS, TEXTS), max_size=6)
HOSTS = st.sampled_from(
    (
        "ivr.example.com",
        "ivr.example.com:8443",
        "IVR.Example.com:443",
        "bücher.example.com",
        "[::1]:80",
        "*.example.com",
        "us%20er:p%40ss@ivr.example.com",
        "user@ivr.example.com",
        "a b",
        "",
    )
)
URLS = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["https://", "http://", "HTTPS://", "ftp://", "mailto:", "", " https://"]),
    HOSTS,
    st.sampled_from(["", "/", "/voice", "/a b/%20/ü", "//x", "/%"]) | st.text(max_size=10),
    st.sampled_from(["", "?", "?a=1&b=%2B ü", "?a&a", "#rc=2", "?a#b"]),
)
METHODS = st.sampled_from(["GET", "POST", "DELETE", "post"])
AUTHS = st.none() | st.builds(HTTPBasicAuth, st.text(max_size=5), st.just("token"))
COOKIES = st.dictionaries(
    st.sampled_from(["session", "b"]), st.sampled_from(["1", "a b", '"q"']), max_size=2
)
_ENDS: tuple[type[Exception], ...] = (requests.RequestException, ValueError)


def described(make: Any) -> object:
    """The request that *make* makes, or the exception in its place."""
    try:
        request = make()
    except _ENDS as error:
        return type(error), str(error)
    return request.method, request.url, list(request.headers.items()), request.body, request.hooks


def session_with(cookies: Iterable[tuple[str, str]]) -> DirectSession:
    session = DirectSession()
    session.trust_env = False
    for name, value in cookies:
        session.cookies.set(name, value, domain="ivr.example.com", path="/")
    return session


@settings(max_examples=300)
@given(METHODS, URLS, FORMS, AUTHS, COOKIES)
def test_a_form_is_prepared_as_requests_prepares_it(
    method: str,
    url: str,
    form: list[tuple[str, str]],
    auth: HTTPBasicAuth | None,
    cookies: dict[str, str],
) -> None:
    session = session_with(cookies.items())
    given = {"params": form} if method == "GET" else {"data": form}
    long = requests.Request(method, url, auth=auth, **given)  # type: ignore[arg-type] # pairs

    direct = described(lambda: session.prepare_form(method, url, form, auth))

    assert direct == described(lambda: session.prepare_request(long))


@settings(max_examples=60)
@given(
    st.sampled_from(["GET", "POST"]),
    st.sampled_from(["https://ivr.example.com", "http://us%40r:p@ivr.example.com:81"]),
    st.sampled_from(["/voice", "/a%20b?x=1&y=ü", "/?", "/voice?empty="]),
    st.sampled_from(["+13105555555", "+442071838750"]),
)
def test_an_application_is_asked_as_a_session_of_requests_would_ask(
    method: str, base: str, path: str, to: str
) -> None:
    seen: list[dict[str, Any]] = []

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.append({**environ, "wsgi.input": environ["wsgi.input"].read()})
        cookies = [("Set-Cookie", "session=1; Path=/"), ("Set-Cookie", "b=2; Path=/")]
        start_response("200 OK", [("Content-Type", "text/xml"), *cookies])
        return [b"<Response><Gather numDigits='1' action='/voice'/></Response>"]

    simulator = tm.Simulator(seed=0)
    simulator.mount(base.replace("us%40r:p@", ""), app)
    simulator.phones[to] = "answer; press 1; hang up"
    call = tm.Client(simulator=simulator).calls.create(
        to=to, from_="+12125551234", url=base + path, method=method
    )
    call.wait()

    session = requests.Session()
    session.trust_env = False
    session.headers.clear()
    for exchange, environ in zip(call.webhooks, seen, strict=True):
        long = long_way(session, exchange)
        assert without_streams(environ) == without_streams(build_environ(long, "", StringIO()))
        session.cookies.set("session", "1", domain="ivr.example.com", path="/")
        session.cookies.set("b", "2", domain="ivr.example.com", path="/")


@settings(max_examples=200)
@given(
    st.sampled_from([200, 201, 204, 302, 304, 404, 500]),
    st.lists(
        st.sampled_from(
            [
                ("Content-Length", "5"),
                ("content-length", "0"),
                ("Content-Length", "none"),
                ("Content-Encoding", "gzip"),
                ("Content-Encoding", "identity"),
                ("Transfer-Encoding", "chunked"),
                ("Content-Type", "text/xml"),
                ("Set-Cookie", "a=1"),
            ]
        ),
        max_size=3,
        unique_by=lambda pair: pair[0].lower(),
    ),
    st.sampled_from([b"", b"12345", b"x" * 20_000, gzip.compress(b"12345")]),
    st.sampled_from([1, 4, 8192]),
)
def test_an_answer_is_read_as_urllib3_reads_it(
    status: int, headers: list[tuple[str, str]], body: bytes, size: int
) -> None:
    def read(of: type[HTTPResponse]) -> object:
        response = to_raw_response(AppAnswer(f"{status} Said", headers, body))
        try:
            return [*of.stream(response, size, True)], response._fp.closed if response._fp else None
        except Exception as error:
            return type(error), str(error)

    assert read(AppResponse) == read(HTTPResponse)


@settings(max_examples=300)
@given(
    st.sampled_from(["200 OK", "201 ", "204 NO CONTENT", "206", "302 Found", "404 NOT FOUND"]),
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "Content-Type",
                    "content-type",
                    "X-Own",
                    "Content-Length",
                    "Content-Encoding",
                    "Set-Cookie",
                    "Transfer-Encoding",
                    "Location",
                ]
            ),
            st.sampled_from(
                ["text/xml", "text/html; charset=latin-1", "application/json", "5", "gzip", "a=1"]
            ),
        ),
        max_size=4,
    ),
    st.sampled_from([b"", b"12345", b"x" * 20_000, b"y" * 40_000, gzip.compress(b"12345")]),
)
def test_a_plain_answer_becomes_the_response_that_requests_makes_of_it(
    status: str, headers: list[tuple[str, str]], body: bytes
) -> None:
    """Whatever is not plain is made by ``requests``, and the application is asked once in any case."""
    answer = AppAnswer(status, headers, body, "logged", None, 2.5)
    request = DirectSession().prepare_form("GET", "https://ivr.example.com/voice", [])
    adapter = HTTPAdapter()

    short = respond(adapter, request, answer)
    long = adapter.build_response(request, to_raw_response(answer))

    assert seen_of(short) == seen_of(long)


def test_an_answer_of_an_ordinary_application_is_plain() -> None:
    headers = [("Content-Type", "text/xml; charset=utf-8"), ("Content-Length", "11")]

    assert AppAnswer("200 OK", headers, b"<Response/>").is_plain


def seen_of(response: requests.Response) -> object:
    """All that is read of *response*; what cannot be read is the exception in its place."""
    told = [
        response.status_code,
        response.reason,
        response.url,
        response.encoding,
        response.is_redirect,
        response.history,
        [*response.headers.items()],
        [*response.cookies.items()],
        response.raw.logged,
        response.raw.took,
    ]
    try:
        with response:
            return *told, [*response.iter_content(8192)]
    except requests.RequestException as error:
        return *told, type(error)


def long_way(session: requests.Session, exchange: tm.Exchange) -> requests.PreparedRequest:
    """The request of *exchange* as ``requests`` prepares it, with the headers that it had."""
    form = dict(exchange.parameters)
    is_post = exchange.method == "POST"
    request = requests.Request(
        exchange.method,
        exchange.url,
        params={} if is_post else form,
        data=urlencode(form) if is_post else None,
    )
    prepared = session.prepare_request(request)
    for name, value in exchange.headers.items():
        prepared.headers.setdefault(name, value)
    return prepared


def without_streams(environ: dict[str, Any]) -> list[tuple[str, Any]]:
    """All of *environ*, with what the body says, and without what signs in: exchanges do not tell it."""
    body = environ["wsgi.input"]
    read = body if isinstance(body, bytes) else body.read()
    kept = {**environ, "wsgi.input": read}
    for name in ("wsgi.errors", "HTTP_AUTHORIZATION"):
        kept.pop(name, None)
    return sorted(kept.items())
