"""Answers what is asked most, a call that is placed or fetched, without Flask: with the same status, headers and bytes.

Flask takes most of the time of a request in process, and its import is the largest of the first call. Whatever is
unusual about a request, and every refusal, is left to Flask.
"""

from __future__ import annotations

import hmac
import json
import re
from base64 import b64decode
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from ...api import API_HOST, API_VERSION
from ..legs._leg import Leg
from ._call_resource import call_to_json, place_call
from ._headers import API_HEADERS
from ._parameters import Refusal

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

    from ..world._account import Account
    from ..world._world import World

#: A status line, headers and the body.
DirectAnswer = tuple[str, list[tuple[str, str]], bytes]
_PATH = re.compile(f"/{API_VERSION}/Accounts/AC[0-9a-f]{{32}}/Calls(?:/(CA[0-9a-f]{{32}}))?\\.json")
_HOSTS = (API_HOST, "127.0.0.1", "localhost")
_FORM = "application/x-www-form-urlencoded"
_encode = json.JSONEncoder(separators=(",", ":")).encode
_LONGEST = 100_000  # bytes of a form; Flask has limits of its own for longer ones


def answer_directly(world: World, environ: WSGIEnvironment) -> DirectAnswer | None:
    """The answer to the request in *environ* about the account of *world*; ``None`` if Flask is to answer it."""
    found = _PATH.fullmatch(environ["PATH_INFO"])
    if not found or not _is_plain(environ) or not _is_signed_in(world.account, environ):
        return None
    method, sid = environ["REQUEST_METHOD"], found[1]
    if method == "GET" and sid:
        leg, status = world.account.resources(Leg).get(sid), "200 OK"
    elif method == "POST" and not sid:
        leg, status = _place(world, environ), "201 CREATED"
    else:
        return None
    return None if leg is None else (status, *_describe(leg))


def _is_plain(environ: WSGIEnvironment) -> bool:
    """Whether nothing about the request asks for more than its path says."""
    is_whole = not environ["QUERY_STRING"] and not environ["SCRIPT_NAME"]
    return is_whole and environ["SERVER_NAME"] in _HOSTS


def _is_signed_in(account: Account, environ: WSGIEnvironment) -> bool:
    """Whether *account* itself asks, and may ask for everything."""
    if account.status != "active" or account.profile == "test-credentials":
        return False
    scheme, _, given = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    try:
        username, _, password = b64decode(given).decode().partition(":")
    except ValueError:
        return False
    secret = account.secrets.get(username)
    if secret is None or scheme.lower() != "basic":
        return False
    return hmac.compare_digest(password.encode(), secret.reveal().encode())


def _place(world: World, environ: WSGIEnvironment) -> Leg | None:
    """The call that the form in *environ* asks for, placed; ``None`` if it is refused, or no form that is plain."""
    length = environ.get("CONTENT_LENGTH", "")
    if environ.get("CONTENT_TYPE") != _FORM or not length.isdecimal() or int(length) > _LONGEST:
        return None
    body = environ["wsgi.input"].read(int(length))
    try:
        leg = place_call(world, _read_form(body))
    except (Refusal, UnicodeError):
        environ["wsgi.input"] = BytesIO(body)
        return None
    return leg


def _read_form(body: bytes) -> dict[str, list[str]]:
    """The values of each name; raises :class:`UnicodeError` for what is no plain text."""
    form: dict[str, list[str]] = {}
    for name, value in parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict"):
        form.setdefault(name, []).append(value)
    return form


def _describe(leg: Leg) -> tuple[list[tuple[str, str]], bytes]:
    """The headers and the body of an answer that is *leg*."""
    body = _encode(call_to_json(leg)).encode() + b"\n"
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Twilio-Request-Id", leg.world.identities.next("RQ")),
        *API_HEADERS.items(),
    ]
    return headers, body
