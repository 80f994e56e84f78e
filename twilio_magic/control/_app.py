"""The application below ``/simulator``: who may use it, what it reads, and how it answers.

That the request is for this machine, and not of a web page elsewhere, is checked before: it is a rule of the whole
served world.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from ..errors import TwilioMagicError, WaitingInsideWebhook
from ._page import add_page
from ._refusal import Refused
from ._routes import ROUTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..simulation import Simulator
    from ._route import Route

#: Bytes of a body.
MOST_BYTES = 2**17
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_NOTHING = "default-src 'none'; frame-ancestors 'none'"


def control_app(simulator: Simulator) -> Flask:
    """The application that drives *simulator*; it answers below ``/simulator``."""
    app = Flask("twilio_magic.control", static_folder=None, template_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined] # as they are written
    app.json.default = str  # type: ignore[attr-defined] # what an event tells of may be anything
    app.url_map.strict_slashes = False
    for route in ROUTES:
        _add(app, route, simulator)
    add_page(app)

    @app.errorhandler(Refused)
    def refuse(refused: Refused) -> Response:
        return _answer(refused)

    @app.errorhandler(TwilioMagicError)
    def tell_error(error: TwilioMagicError) -> Response:
        return _answer(Refused(409, str(error), hint=_hint_of(error)))

    @app.errorhandler(HTTPException)
    def tell_http_error(error: HTTPException) -> Response:
        return _answer(_refusal_of(error))

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", _NOTHING)
        return response

    return app


def _add(app: Flask, route: Route, simulator: Simulator) -> None:
    def answer(**path: str) -> Response:
        _refuse_strangers(simulator)
        given = request.args.to_dict() if route.method == "GET" else _read_body()
        made = route.respond(simulator, given, path)
        if isinstance(made, Response):
            return made
        response = jsonify(made)
        response.status_code = route.status
        return response

    name = f"{route.method} {route.path}".replace(".", "_")
    view: Callable[..., Response] = answer
    app.add_url_rule(f"/simulator{route.path}", name, view, methods=[route.method])


def _refuse_strangers(simulator: Simulator) -> None:
    """Raise :class:`Refused` where the world has a token of its own, and the request does not."""
    if not simulator.has_own_token:
        return
    own = simulator.credentials
    expected = own.password.reveal().encode()
    given = _given_token(own.account_sid).encode("utf-8", "replace")
    if not hmac.compare_digest(given, expected):
        raise Refused(
            401,
            "This world is served with a token of its own.",
            hint="Send it as “Authorization: Bearer TOKEN”, or with the account sid as a password.",
        )


def _given_token(account_sid: str) -> str:
    """The token that came with the request, empty if none did."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    try:
        given = request.authorization
    except ValueError:  # it is no text
        return ""
    return (given.password or "") if given and given.username == account_sid else ""


def _read_body() -> Mapping[str, Any]:
    """The JSON object in the body; raises :class:`Refused` for anything else."""
    if request.args:
        name = next(iter(request.args))
        hint = "Send the fields in the body, as an object of JSON."
        raise Refused(
            400, f"{name!r} stands behind the “?”, where nothing is read.", field=name, hint=hint
        )
    body = request.get_data(cache=False)
    if len(body) > MOST_BYTES:
        raise Refused(413, f"The body is larger than {MOST_BYTES:,} bytes.")
    if not body:
        return {}
    if request.mimetype != "application/json":
        hint = "Send it with “Content-Type: application/json”: curl does that with --json."
        raise Refused(415, "The body is not JSON.", hint=hint)
    try:
        read = json.loads(
            body, parse_constant=_refuse_constant, object_pairs_hook=_refuse_repetition
        )
    except (ValueError, RecursionError) as error:
        raise Refused(400, f"The body cannot be read as JSON: {error}.") from None
    if not isinstance(read, dict):
        raise Refused(400, "The body is JSON, and not an object of it: {…}.")
    return read


def _refuse_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(
            f"{next(each for each in names if names.count(each) > 1)!r} is there twice"
        )
    return read


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _hint_of(error: TwilioMagicError) -> str | None:
    if isinstance(error, WaitingInsideWebhook):
        return "Answer the webhook first; let time pass then."
    return error.hint


def _refusal_of(error: HTTPException) -> Refused:
    if error.code not in (404, 405):
        return Refused(error.code or 500, f"{error.name}.")
    return Refused(
        error.code,
        f"There is no {request.method} {request.path}.",
        hint="GET /simulator/endpoints lists what there is.",
    )


def _answer(refused: Refused) -> Response:
    response = jsonify(refused.to_json())
    response.status_code = refused.status
    if refused.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="twilio-magic"'
    return response
