"""A large set of documents, calls and answers, always the same: printed as JSON, what each has become, by its name.

Run by ``compare`` with one checkout after the other on the path. What varies from run to run by itself is left out.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from random import Random
from typing import Any
from xml.sax.saxutils import quoteattr

import requests

import twilio_magic as tm

_VOCABULARY = (
    Path(__file__).parent.parent / "twilio_magic" / "twiml" / "language" / "vocabulary.json"
)
_WORDS = ("Hello.", "Press 1 for sales, 2 for support.", "Grüße, 你好 & more", "", "x" * 300)
_VALUES = (
    "1",
    "0",
    "true",
    "no",
    "POST",
    "GET",
    "/next?a=1&b=2",
    "alice",
    "woman",
    "en-US",
    "",
    "5s",
)
_BASES = (
    "https://ivr.example.com/app",
    "http://ivr.example.com:8080",
    "https://user:pass%40word@ivr.example.com",
    "https://ivr.example.com:443/a%20b",
    "https://bücher.example.com",
)
_FAULTS: tuple[Mapping[str, Any], ...] = (
    {"slow": 3.0},
    {"status": 503},
    {"body": "<Response><Say>Other.</Say></Response>"},
    {"signature": "wrong-token"},
    {"signature": "proxy-changed-host"},
    {"signature": "dropped-empty-parameters"},
    {"timeout": True},
    {"redirect_loop": True},
    {"empty": True},
)
_DOCUMENTS, _CALLS, _CARDS = 3000, 400, 40
_MOVED = ("Set-Cookie", "moved=yes; Path=/")
_XML = [("Content-Type", "text/xml")]
#: What an application answers beside documents.
_ANSWERS: tuple[tuple[str, list[tuple[str, str]], bytes], ...] = (
    ("301 Moved", [("Location", "/app/moved?c=1"), _MOVED], b""),
    ("302 Found", [("Location", "next#part"), _MOVED], b""),
    ("307 Temporary Redirect", [("Location", "https://user:x@ivr.example.com/app/n"), _MOVED], b""),
    ("304 Not Modified", [], b""),
    ("302 Found", [], b""),
    ("404 NOT FOUND", [("Content-Type", "text/plain")], b"nothing here"),
    ("200 OK", [("Content-Type", "audio/wav")], b"RIFF" + b"\0" * 4000),
    ("204 NO CONTENT", [], b""),
    ("200 OK", _XML, b"<Response><Say>" + b"long " * 14_000 + b"</Say></Response>"),
    ("503 Service Unavailable", [*_XML, ("Retry-After", "3")], b"<Response/>"),
)
#: What is measured in real time, or names a place in memory.
_VARYING = ("elapsed", "traceback")


def main() -> None:
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # it is a text file
    for name, told in (*_documents(), *_calls()):
        print(json.dumps([name, told], ensure_ascii=False, default=repr))


def _documents() -> Iterator[tuple[str, object]]:
    """Verdicts, explanations and previews of documents made of the vocabulary, right and wrong."""
    elements = json.loads(_VOCABULARY.read_text("utf-8"))["elements"]
    for number in range(_DOCUMENTS):
        chance = Random(number)  # noqa: S311 - it is the same each time
        body = "".join(_element(elements, chance, 2) for _ in range(chance.randrange(1, 5)))
        text = f"<Response>{chance.choice(('', chr(10)))}{body}</Response>"
        if number % 25 == 0:
            text = text[: chance.randrange(len(text))]
        yield f"check of document {number}", [[str(each) for each in tm.check(text)], text]
        if number % 5 == 0:
            yield f"look of document {number}", _look(text)


def _element(elements: Mapping[str, Any], chance: Random, depth: int) -> str:
    name = chance.choice([*elements])
    known = [*elements[name]["attributes"], "acton", "voice"]
    chosen = sorted(set(chance.sample(known, min(len(known), chance.randrange(3)))))
    attributes = "".join(f" {each}={quoteattr(chance.choice(_VALUES))}" for each in chosen)
    inside = chance.choice(_WORDS).replace("&", "&amp;")
    if depth and chance.random() < 0.4:
        inside += "\n" + _element(elements, chance, depth - 1)
    return f"<{name}{attributes}>{inside}</{name}>"


def _look(text: str) -> object:
    try:
        document = tm.parse(text)
    except tm.TwimlError as error:
        return str(error)
    return [document._repr_mimebundle_(), str(tm.explain(text))]


#: The environment that an application was called with, and the body.
Asked = tuple[list[tuple[str, object]], str]


class _Application:
    """An IVR whose answers are made by chance, and what it was asked: all of each environment."""

    def __init__(self, chance: Random, base: str) -> None:
        self._chance = chance
        self._base = base
        self.asked: list[Asked] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = environ["wsgi.input"].read().decode("latin-1")
        plain: list[tuple[str, object]] = [
            (name, value)
            for name, value in environ.items()
            if isinstance(value, str | tuple | bool)
        ]
        self.asked.append((plain, body))
        environ["wsgi.errors"].write("noted\n")
        status, headers, text = self._answer()
        start_response(status, headers)
        return [text[:100], text[100:]]

    def _answer(self) -> tuple[str, list[tuple[str, str]], bytes]:
        xml = [("Content-Type", "text/xml; charset=utf-8"), ("X-Own", "a"), ("X-Own", "b")]
        kind = self._chance.randrange(24)
        if kind < len(_ANSWERS):
            return _ANSWERS[kind]
        if kind == len(_ANSWERS):
            raise RuntimeError("broken")
        text = self._document().encode()
        match kind:
            case 11:
                return "200 OK", [*xml, ("Content-Encoding", "gzip")], gzip.compress(text, mtime=0)
            case 12:
                latin = [("Content-Type", "application/xml; charset=latin-1")]
                return "200 OK", latin, text.decode().encode("latin-1", "replace")
            case 13 | 14 | 15:
                cookie = f"session={self._chance.randrange(99)}; Path=/; HttpOnly"
                return (
                    "200 OK",
                    [*xml, ("Set-Cookie", cookie), ("Set-Cookie", "b=2; Max-Age=60")],
                    text,
                )
            case 16:
                return "200 OK", [("content-type", "text/html")], text
        return "200 OK", [*xml, ("Content-Length", str(len(text)))], text

    def _document(self) -> str:
        say = f"<Say>{self._chance.choice(_WORDS[:3]).replace('&', '&amp;')}</Say>"
        action = self._chance.choice(
            ("/step?a=1&amp;b=ü", "next", "?x=%20y", "#rt=3&amp;rp=all", f"{self._base}/s")
        )
        method = self._chance.choice(("", " method='GET'", " method='POST'"))
        gather = f"<Gather numDigits='1' action='{action}'{method}>{say}</Gather>"
        other = self._chance.choice(
            (
                gather,
                gather,
                gather,
                f"{say}<Redirect{method}>{action}</Redirect>",
                f"<Record maxLength='5' action='{action}'{method}/>",
                f"<Play>{self._base}/music.wav</Play>",
                f"<Dial action='{action}'{method} timeout='5'><Number>+14155550123</Number></Dial>",
            )
        )
        return f"<Response>{other}{say}</Response>"


def _calls() -> Iterator[tuple[str, object]]:
    """Environments, stories, records and answers of calls."""
    for number in range(_CALLS):
        chance = Random(number)  # noqa: S311 - it is the same each time
        simulator = tm.Simulator(seed=number)
        base = chance.choice(_BASES)
        app = _Application(chance, base.replace("&", "&amp;"))
        simulator.mount(base.replace("user:pass%40word@", ""), app)
        simulator.phones["+13105555555"] = chance.choice(
            (
                "answer; press 1; press 2; press 3#",
                "answer; say 'Sales'; press *; hang up",
                "busy",
                "answer; wait 90",
            )
        )
        if number % 4 == 0:
            simulator.faults.add(
                base.replace("user:pass%40word@", ""), times=2, **chance.choice(_FAULTS)
            )
        yield from _story(number, simulator, app, _options(chance, base))


def _options(chance: Random, base: str) -> dict[str, Any]:
    query = chance.choice(("", "?n=1&m=ü%20x", "#rc=2&rp=all", "?empty="))
    options: dict[str, Any] = {"url": f"{base}/voice{query}"}
    if chance.random() < 0.3:
        options["method"] = "GET"
    if chance.random() < 0.3:
        options["status_callback"] = f"{base}/status"
        options["status_callback_event"] = ["initiated", "ringing", "answered", "completed"]
    if chance.random() < 0.2:
        options["machine_detection"] = "Enable"
    if chance.random() < 0.2:
        options["fallback_url"] = f"{base}/fallback"
    return options


def _story(
    number: int, simulator: tm.Simulator, app: _Application, options: Mapping[str, Any]
) -> Iterator[tuple[str, object]]:
    client = tm.Client(simulator=simulator)
    call = client.calls.create(to="+13105555555", from_="+12125551234", **options)
    call.wait()
    yield f"environments of call {number}", app.asked
    yield (
        f"exchanges of call {number}",
        [
            {
                each.name: repr(getattr(exchange, each.name))
                for each in fields(exchange)
                if each.name not in _VARYING
            }
            for exchange in call.webhooks
        ],
    )
    yield (
        f"story of call {number}",
        [*map(repr, call.timeline), str(call.transcript), call.to_dialog()],
    )
    yield f"record of call {number}", repr(call)
    if number < _CARDS:
        yield f"card of call {number}", call._repr_mimebundle_()
    yield f"API after call {number}", list(_answers(simulator, call.sid))  # which deletes it


def _answers(simulator: tm.Simulator, sid: str) -> Iterator[object]:
    """What a bare session is answered: every header and byte."""
    with requests.Session() as session:
        simulator.mount_on(session)
        credentials = simulator.credentials
        session.auth = (credentials.account_sid, credentials.password.reveal())
        account = f"https://api.twilio.com/2010-04-01/Accounts/{credentials.account_sid}"
        form = {"To": "+13105555555", "From": "+12125551234", "Twiml": "<Response/>"}
        for method, below, data in (
            ("GET", f"/Calls/{sid}.json", None),
            ("GET", "/Calls.json?PageSize=2", None),
            ("GET", f"/Calls/{sid}.xml", None),
            ("POST", "/Calls.json", form),
            ("POST", "/Calls.json", {"To": "nobody"}),
            ("POST", f"/Calls/{sid}.json", {"Status": "completed"}),
            ("GET", "/Calls/CA00.json", None),
            ("DELETE", f"/Calls/{sid}.json", None),
        ):
            answer = session.request(method, account + below, data=data)
            yield [answer.status_code, [*answer.raw.headers.items()], answer.text]


if __name__ == "__main__":
    main()
