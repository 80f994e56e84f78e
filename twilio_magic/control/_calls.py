"""Endpoints of calls: place one, follow it, and what happened in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import wraps
from itertools import islice
from typing import TYPE_CHECKING, Any

from flask import Response

from ..api import Client
from ..display import load_view, to_html
from ..endpoints import NotAnEndpoint, endpoint
from ..errors import ApiError, PhoneScriptError, SimulatorError
from ._records import (
    call_record,
    call_summary,
    exchange_record,
    ladder_record,
    list_lines,
    session_record,
)
from ._refusal import Refused
from ._route import Answer, Route, RouteField
from ._scripts import read_script

if TYPE_CHECKING:
    from ..api import Call
    from ..simulation import Simulator

#: How many calls, with the legs that they made, a world may have for another one to be placed here.
_MOST_CALLS = 10_000
LISTED = 50
_TRIES = 3
#: How every access token begins, as text: it is a JSON Web Token.
_JWT = "eyJ"
_LIMIT = RouteField("limit", "count", f"how many at most, 1 to 1000 (default: {LISTED})")


def summaries(simulator: Simulator, most: int = LISTED) -> list[dict[str, Any]]:
    """What became of the newest calls, without the legs that they made."""
    return [call_summary(call) for call in islice(_newest_calls(simulator), most)]


def _newest_calls(simulator: Simulator) -> Iterator[Call]:
    everything = Client(simulator=simulator).calls.list(limit=None)
    return (call for call in everything if not call.parent_call_sid)


def retry_after_reset(answer: Answer) -> Answer:
    """Wrap *answer*, which looks through the calls: when the world begins anew meanwhile, it looks again."""

    @wraps(answer)
    def answer_again(simulator: Simulator, given: Mapping[str, Any]) -> Any:
        for _ in range(_TRIES):
            try:
                return answer(simulator, given)
            except SimulatorError:
                continue
        return answer(simulator, given)

    return answer_again


@retry_after_reset
def _list(simulator: Simulator, given: Mapping[str, Any]) -> Any:
    return {"calls": summaries(simulator, given.get("limit", LISTED))}


def _place(simulator: Simulator, given: Mapping[str, Any]) -> Any:
    if simulator.call_count >= _MOST_CALLS:
        raise Refused(
            409,
            f"This world is full: it has {_MOST_CALLS:,} calls.",
            hint="POST /simulator/reset begins anew.",
        )
    try:
        call = simulator.receive(
            given["from"],
            to := _destination(simulator, given),
            phone=read_script(given["phone"]) if "phone" in given else None,
            parameters=given.get("parameters"),
        )
    except PhoneScriptError as error:
        raise Refused(400, str(error), field="phone", hint=error.hint) from None
    except NotAnEndpoint as error:
        field = "to" if _is_address(given["from"]) else "from"
        raise Refused(400, str(error), field=field, hint=error.hint) from None
    except SimulatorError as error:
        if given["from"].startswith(_JWT):
            raise Refused(400, str(error), field="from", hint=error.hint) from None
        is_number = to is not None and to.startswith("+")
        if error.place == "parameters":
            raise Refused(400, error.message, field=error.place, hint=error.hint) from None
        how = f'PUT /simulator/numbers/{to} with {{"voice_url": "https://…"}} first.'
        hint = how if is_number else error.hint
        raise Refused(409, str(error), field="to", hint=hint) from None
    return call_record(call.wait() if given.get("wait") else call)


def _destination(simulator: Simulator, given: Mapping[str, Any]) -> str | None:
    """Who is called: the account's first number where the request says nothing, and no access token does."""
    if "to" in given or given["from"].startswith(_JWT):
        return given.get("to")
    return next(iter(simulator.numbers), None)


def _is_address(text: str) -> bool:
    try:
        endpoint(text)
    except NotAnEndpoint:
        return False
    return True


def fetch_call(simulator: Simulator, sid: str) -> Call:
    """The call with this *sid*; raises :class:`Refused` (404)."""
    try:
        return Client(simulator=simulator).calls.fetch(sid)
    except (ApiError, ValueError):
        raise Refused(
            404, f"There is no call {sid}.", field="sid", hint="GET /simulator/calls lists them."
        ) from None


def _fetch(simulator: Simulator, _: Mapping[str, Any], sid: str) -> Any:
    return call_record(fetch_call(simulator, sid))


def _wait(simulator: Simulator, _: Mapping[str, Any], sid: str) -> Any:
    return call_record(fetch_call(simulator, sid).wait())


def _hang_up(simulator: Simulator, _: Mapping[str, Any], sid: str) -> Any:
    return call_record(fetch_call(simulator, sid).hang_up())


def _timeline(simulator: Simulator, _: Mapping[str, Any], sid: str) -> Any:
    return {"timeline": [asdict(event) for event in fetch_call(simulator, sid).timeline]}


def _transcript(simulator: Simulator, _: Mapping[str, Any], sid: str) -> Any:
    return {"transcript": list_lines(fetch_call(simulator, sid))}


def _webhooks(simulator: Simulator, _: Mapping[str, Any], sid: str) -> Any:
    return {"webhooks": [exchange_record(made) for made in fetch_call(simulator, sid).webhooks]}


def _sessions(simulator: Simulator, _: Mapping[str, Any], sid: str) -> Any:
    return {"sessions": [session_record(each) for each in fetch_call(simulator, sid).sessions]}


def _ladder(simulator: Simulator, _: Mapping[str, Any], sid: str) -> Any:
    return ladder_record(fetch_call(simulator, sid).ladder())


def _picture(simulator: Simulator, _: Mapping[str, Any], sid: str) -> Response:
    drawn = load_view("twilio_magic.views.ladder:picture")(fetch_call(simulator, sid).ladder())
    return Response(str(drawn), mimetype="image/svg+xml")


def _ladder_html(simulator: Simulator, _: Mapping[str, Any], sid: str) -> Response:
    return Response(to_html(fetch_call(simulator, sid).ladder()), mimetype="text/html")


def _card(simulator: Simulator, _: Mapping[str, Any], sid: str) -> Response:
    return Response(to_html(fetch_call(simulator, sid)), mimetype="text/html")


@retry_after_reset
def _all_webhooks(simulator: Simulator, given: Mapping[str, Any]) -> Any:
    made = islice(_newest_webhooks(simulator), given.get("limit", LISTED))
    return {"webhooks": list(made)}


def _newest_webhooks(simulator: Simulator) -> Iterator[dict[str, Any]]:
    for call in _newest_calls(simulator):
        for made in reversed(call.webhooks):
            yield {"call_sid": call.sid, **exchange_record(made)}


_SID = "/calls/<sid>"
_FROM = "who calls: a number, `client:NAME`, `sip:USER@HOST`, `anonymous`, or an access token"
_INBOUND = (
    RouteField("from", "text", _FROM, required=True),
    RouteField("to", "text", "a number of the account (default: its first one), or for a client an application"),
    RouteField("parameters", "texts", "custom parameters of a client's call, or what a carrier says (StirVerstat …)"),
    RouteField("phone", "text", "the script of the caller's phone in this call"),
    RouteField("wait", "flag", "answer when the call is over: simulated time passes at once"),
)  # fmt: skip

ROUTES = (
    Route("GET", "/calls", "the newest calls first", _list, (_LIMIT,)),
    Route("POST", "/calls", "place an inbound call", _place, _INBOUND, 201),
    Route("GET", _SID, "a call with everything below", _fetch),
    Route("POST", f"{_SID}/wait", "run the clock until the call is over", _wait),
    Route("POST", f"{_SID}/hang-up", "end the call", _hang_up),
    Route("GET", f"{_SID}/timeline", "what happened, in order", _timeline),
    Route("GET", f"{_SID}/transcript", "what was heard, in order", _transcript),
    Route("GET", f"{_SID}/webhooks", "the requests that it made, with their answers", _webhooks),
    Route("GET", f"{_SID}/sessions", "its WebSocket sessions with voice agents, frame by frame", _sessions),
    Route("GET", f"{_SID}/ladder", "its sequence diagram: lifelines, steps, and text", _ladder),
    Route("GET", f"{_SID}/ladder.svg", "the diagram as a picture", _picture),
    Route("GET", f"{_SID}/ladder.html", "the diagram with its requests, as HTML", _ladder_html),
    Route("GET", f"{_SID}/card", "the card of the call, as HTML", _card),
    Route("GET", "/webhooks", "the requests of all calls, those of the newest call first", _all_webhooks, (_LIMIT,)),
)  # fmt: skip
