"""Turns a configured fault into the exception or response that ``requests`` would give, or into a changed request.

The exceptions are those of the libraries, so that they become error codes in the same way as real ones.
"""

from __future__ import annotations

import http.client
import socket
from collections.abc import Callable, Mapping
from ssl import SSLCertVerificationError, SSLError
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from ..mounts._app_answer import AppAnswer
from ..mounts._wsgi import to_raw_response

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

    from ._fault import Effects, Fault

_OTHER_TOKEN = "the-token-of-another-account"  # noqa: S105 - it gives no access to anything
_SIGNED_PORT = 8443
_LOCAL_HOST = "localhost:5000"


def _certificate(number: int) -> Callable[[], Exception]:
    def error() -> Exception:
        cause = SSLCertVerificationError()
        cause.verify_code = number
        return requests.exceptions.SSLError(cause)

    return error


_EXCEPTIONS: Mapping[str, Callable[[], Exception]] = {
    "timeout": requests.ReadTimeout,
    "unreachable": requests.ConnectTimeout,
    "refused": lambda: requests.ConnectionError(ConnectionRefusedError()),
    "reset": lambda: requests.ConnectionError(ConnectionResetError()),
    "garbled": lambda: requests.ConnectionError(http.client.BadStatusLine("")),
    "dns": lambda: requests.ConnectionError(socket.gaierror()),
}
_TLS: Mapping[object, Callable[[], Exception]] = {
    True: lambda: requests.exceptions.SSLError(SSLError()),
    "expired": _certificate(10),
    "host": _certificate(62),
    "untrusted": _certificate(18),
}


def inject(
    fault: Fault, request: PreparedRequest, limit: float, send: Callable[[], Response]
) -> tuple[Response, float]:
    """The response to *request* with the *fault*, and its delay in simulated seconds. *send* sends the request.

    Raises the exception of ``requests`` for the fault, or for a delay of *limit* seconds or more.
    """
    effects = fault.effects
    for name, make_exception in _EXCEPTIONS.items():
        if name in effects:
            raise make_exception()
    if "tls" in effects:
        make_exception = _TLS[effects["tls"]]
        raise make_exception()
    answer = _respond(effects, request, send)
    if effects.get("slow", 0.0) >= limit:
        answer.close()
        raise requests.ReadTimeout
    return answer, effects.get("slow", 0.0)


def _respond(effects: Effects, request: PreparedRequest, send: Callable[[], Response]) -> Response:
    """The response that the fault makes, or the application's own if the fault leaves it as it is."""
    content_type = effects.get("content_type")
    if "redirect_loop" in effects:
        return _make_response(
            request, 302, {"Location": request.url or "", "Content-Type": "text/html"}
        )
    if effects.keys() & {"status", "body", "empty"}:
        headers = {"Content-Type": content_type or "text/xml"}
        if effects.get("empty"):
            headers["Transfer-Encoding"] = "chunked"
        return _make_response(request, effects.get("status", 200), headers, effects.get("body", ""))
    answer = send()
    if content_type is not None:
        answer.headers["Content-Type"] = content_type
    return answer


def _make_response(
    request: PreparedRequest, status: int, headers: Mapping[str, str], body: str = ""
) -> Response:
    reason = http.client.responses.get(status, "")
    answer = AppAnswer(f"{status} {reason}", list(headers.items()), body.encode())
    return HTTPAdapter().build_response(request, to_raw_response(answer))


def token_for(fault: Fault | None, token: str) -> str | None:
    """The token to sign with: *token*, or another if the fault says so; ``None`` for no signature."""
    kind = fault.effects.get("signature") if fault else None
    return {"wrong-token": _OTHER_TOKEN, "missing": None}.get(kind or "", token)


def signed_url(fault: Fault | None, url: str) -> str:
    """The URL that is signed, which is the one that Twilio was given."""
    parts = urlsplit(url)
    match fault.effects.get("signature") if fault else None:
        case "http-behind-tls":
            return parts._replace(scheme="https").geturl()
        case "proxy-stripped-port" if parts.port is None:
            return parts._replace(netloc=f"{parts.netloc}:{_SIGNED_PORT}").geturl()
    return url


def seen_url(fault: Fault | None, url: str) -> str:
    """The URL that the application sees in a request to *url*: behind a proxy it may be another."""
    parts = urlsplit(url)
    match fault.effects.get("signature") if fault else None:
        case "http-behind-tls":
            return parts._replace(scheme="http").geturl()
        case "proxy-stripped-port":
            return parts._replace(netloc=parts.netloc.partition(":")[0]).geturl()
        case "proxy-changed-host":
            return parts._replace(scheme="http", netloc=_LOCAL_HOST).geturl()
    return url


def seen_form(fault: Fault | None, form: Mapping[str, str]) -> Mapping[str, str]:
    """The parameters of *form* that reach the application."""
    if fault and fault.effects.get("signature") == "dropped-empty-parameters":
        return {name: value for name, value in form.items() if value}
    return form
