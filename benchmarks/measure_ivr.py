"""Whole calls through a menu of five webhooks, and many calls in one world."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import requests
from flask import Flask, Response, jsonify, request

import twilio_magic as tm
from twilio_magic.simulation.mounts._wsgi import WsgiAdapter

from .measure_calls import Act, requests_of
from .ratio import Ratio
from .timing import bytes_held, rounds, seconds, side_by_side

AIM = 1.5
_MANY = 10_000
_BYTES = 25_000  # the most that a finished call of five webhooks should hold on to
_BASE = "https://ivr.example.com"
_STEP = """\
<Response>
  <Gather numDigits="1" action="/step?n={n}"><Say>You pressed {pressed}. Press a key.</Say></Gather>
</Response>
"""
_LAST = "<Response><Say>Goodbye!</Say></Response>"
_KEYS = "answer; press 1; press 2; press 3; press 4"


def measure() -> Iterator[Ratio]:
    yield from _menu()
    yield from _crowd()


def _menu() -> Iterator[Ratio]:
    """The same exchanges as a call, and as bare requests to the same menu and to a Flask stand-in for the API."""
    simulator = tm.Simulator(seed=0)
    simulator.mount(_BASE, ivr())
    simulator.phones["+13105555555"] = _KEYS
    calls = tm.Client(simulator=simulator).calls

    def call() -> None:
        calls.create(to="+13105555555", from_="+12125551234", url=f"{_BASE}/step").wait()

    sent = requests_of(call)
    ours, bare = side_by_side(call, _bare(sent), repeat=100)
    note = f"{1 / ours:,.0f} calls a second, on one core; the bare exchanges carry the same forms"
    name = f"a call through five webhooks / its {len(sent)} bare exchanges"
    yield Ratio(name, ours, bare, AIM, note)
    held = bytes_held(call, 100)
    yield Ratio(
        "bytes that a finished call of five webhooks holds / 25 kB", held, _BYTES, 1, unit="bytes"
    )


def _bare(sent: Sequence[requests.PreparedRequest]) -> Act:
    session = requests.Session()
    session.trust_env = False
    menu, api = ivr(), _stand_in()
    session.mount(_BASE, WsgiAdapter(lambda _: (menu, "")))
    session.mount("https://api.twilio.com", WsgiAdapter(lambda _: (api, "")))

    def send() -> None:
        for asked in sent:
            session.request(
                str(asked.method), str(asked.url), data=asked.body, headers=asked.headers
            )

    return send


def ivr() -> Flask:
    """A menu: four questions, and a goodbye."""
    app = Flask("ivr")

    @app.post("/step")
    def step() -> Response:
        number = int(request.args.get("n", 0)) + 1
        text = (
            _STEP.format(n=number, pressed=request.form.get("Digits", "")) if number < 5 else _LAST
        )
        return Response(text, mimetype="text/xml")

    return app


def _stand_in() -> Flask:
    """An API that answers everything with a call of the usual size."""
    app = Flask("api")
    fields = {f"field_{number}": "a value of the usual length" for number in range(25)}

    @app.route("/<path:path>", methods=["GET", "POST"])
    def anything(path: str) -> Response:
        return jsonify({**fields, "path": path, "to": request.form.get("To")})

    return app


def _crowd() -> Iterator[Ratio]:
    """The last calls of a full world against its first, in time."""
    simulator = tm.Simulator(seed=0)
    calls = tm.Client(simulator=simulator).calls
    many = rounds(_MANY)

    def place() -> None:
        calls.create(to="+13105555555", from_="+12125551234", twiml=_LAST).wait()

    tenth = many // 10
    place()
    first = sum(seconds(place) for _ in range(tenth)) / tenth
    for _ in range(many - 2 * tenth):
        place()
    last = sum(seconds(place) for _ in range(tenth)) / tenth
    yield Ratio(
        f"a call after {many - tenth:,} others / one of the first {tenth:,}", last, first, 1.3
    )
