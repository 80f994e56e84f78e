"""How each fault of the menu comes about: the exception, the answer, or the disguise of a request.

Faults are made of what libraries raise in earnest, so that they take the same way to a code as the real ones.
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

from ..mounts._wsgi import made_up

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

    from ._fault import Fault, Trouble

_ALIEN_TOKEN = "the-token-of-another-account"  # noqa: S105 - the point is that it opens nothing
_PUBLIC_PORT = 8443
_INSIDE = "localhost:5000"


def _certificate(number: int) -> Callable[[], Exception]:
    def error() -> Exception:
        cause = SSLCertVerificationError()
        cause.verify_code = number
        return requests.exceptions.SSLError(cause)

    return error


_BROKEN: Mapping[str, Callable[[], Exception]] = {
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


def suffer(
    fault: Fault, request: PreparedRequest, limit: float, send: Callable[[], Response]
) -> tuple[Response, float]:
    """What comes back of *request*, which *send* would send, and after how many simulated seconds.

    Raises what ``requests`` raises when it goes wrong in earnest; *limit* is how many seconds an answer may take.
    """
    trouble = fault.trouble
    for name, broken in _BROKEN.items():
        if name in trouble:
            raise broken()
    if "tls" in trouble:
        broken = _TLS[trouble["tls"]]
        raise broken()
    answer = _answer(trouble, request, send)
    if trouble.get("slow", 0.0) >= limit:
        answer.close()
        raise requests.ReadTimeout
    return answer, trouble.get("slow", 0.0)


def _answer(trouble: Trouble, request: PreparedRequest, send: Callable[[], Response]) -> Response:
    """The application's own answer where the fault is not about its words."""
    content_type = trouble.get("content_type")
    if "redirect_loop" in trouble:
        return _made(request, 302, {"Location": request.url or "", "Content-Type": "text/html"})
    if trouble.keys() & {"status", "body", "empty"}:
        headers = {"Content-Type": content_type or "text/xml"}
        if trouble.get("empty"):
            headers["Transfer-Encoding"] = "chunked"
        return _made(request, trouble.get("status", 200), headers, trouble.get("body", ""))
    answer = send()
    if content_type is not None:
        answer.headers["Content-Type"] = content_type
    return answer


def _made(
    request: PreparedRequest, status: int, headers: Mapping[str, str], body: str = ""
) -> Response:
    reason = http.client.responses.get(status, "")
    raw = made_up(f"{status} {reason}", list(headers.items()), body.encode())
    return HTTPAdapter().build_response(request, raw)


def token_for(fault: Fault | None, token: str) -> str | None:
    """The token to sign with instead of *token*; ``None`` for no signature at all."""
    kind = fault.trouble.get("signature") if fault else None
    return {"wrong-token": _ALIEN_TOKEN, "missing": None}.get(kind or "", token)


def signed_url(fault: Fault | None, url: str) -> str:
    """The address that the signature is made over: the one that Twilio was told."""
    parts = urlsplit(url)
    match fault.trouble.get("signature") if fault else None:
        case "http-behind-tls":
            return parts._replace(scheme="https").geturl()
        case "proxy-stripped-port" if parts.port is None:
            return parts._replace(netloc=f"{parts.netloc}:{_PUBLIC_PORT}").geturl()
    return url


def seen_url(fault: Fault | None, url: str) -> str:
    """The address that the application sees in a request to *url*."""
    parts = urlsplit(url)
    match fault.trouble.get("signature") if fault else None:
        case "http-behind-tls":
            return parts._replace(scheme="http").geturl()
        case "proxy-stripped-port":
            return parts._replace(netloc=parts.netloc.partition(":")[0]).geturl()
        case "proxy-changed-host":
            return parts._replace(scheme="http", netloc=_INSIDE).geturl()
    return url


def seen_form(fault: Fault | None, form: Mapping[str, str]) -> Mapping[str, str]:
    """What of *form* reaches the application."""
    if fault and fault.trouble.get("signature") == "dropped-empty-parameters":
        return {name: value for name, value in form.items() if value}
    return form
