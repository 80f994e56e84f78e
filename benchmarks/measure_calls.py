"""A simulated call, placed and run to its end, against the bare HTTP round trips that it makes.

The round trips go through ``requests`` and the same in-process adapter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from unittest.mock import patch

import requests

import twilio_magic as tm
from twilio_magic.deadlines import DirectSession
from twilio_magic.simulation.mounts._wsgi import WsgiAdapter

from .ratio import Ratio
from .timing import side_by_side

GREETING = "<Response><Say>Hello!</Say><Pause length='2'/><Say>Goodbye!</Say></Response>"
AIM = 6  # once for carrying the requests; the rest for checking, answering and running the call
MOUNTED = "https://ivr.example.com/voice"
Act = Callable[[], object]


def measure() -> Iterator[Ratio]:
    yield _against_bare("a call with TwiML in the request", twiml=GREETING)
    yield _against_bare("a call with a URL mounted in process", url=MOUNTED)


def _against_bare(name: str, **source: str) -> Ratio:
    ours = _call(source)
    sent = requests_of(ours)
    seconds, bare = side_by_side(ours, replay(sent), repeat=200)
    exchanges = " + ".join(str(request.method) for request in sent)
    return Ratio(f"{name} / its {len(sent)} bare round trips", seconds, bare, AIM, exchanges)


def _call(source: dict[str, str]) -> Act:
    simulator = tm.Simulator(seed=0)
    simulator.mount(MOUNTED, _saying(GREETING))
    calls = tm.Client(simulator=simulator).calls
    return lambda: calls.create(to="+13105555555", from_="+12125551234", **source).wait()


def requests_of(act: Act) -> Sequence[requests.PreparedRequest]:
    """What *act* sends, in order."""
    exchange = DirectSession.exchange
    with patch.object(DirectSession, "exchange", autospec=True, side_effect=exchange) as sent:
        act()
    return [call.args[1] for call in sent.call_args_list]


def replay(sent: Sequence[requests.PreparedRequest]) -> Act:
    """Sends the same again, to an application that does nothing."""
    session = requests.Session()
    session.trust_env = False
    app = _saying("{}")
    session.mount("https://", WsgiAdapter(lambda _: (app, "")))

    def replay() -> None:
        for request in sent:
            session.request(str(request.method), str(request.url), data=request.body)

    return replay


def _saying(text: str) -> Callable[..., Iterable[bytes]]:
    """The smallest web application there is."""

    def app(_: Any, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/xml")])
        return [text.encode()]

    return app
