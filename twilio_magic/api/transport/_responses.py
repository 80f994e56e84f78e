"""What an answer of the API means when it is not the one that was hoped for."""

from __future__ import annotations

import json
from contextlib import closing
from ssl import SSLCertVerificationError
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import NewConnectionError, ReadTimeoutError

from ...errors import (
    AnswerTimedOut,
    ApiError,
    NoAnswerFromApi,
    NotTheApi,
    TooManyRequests,
    TwilioFailed,
    Unreachable,
)
from ..requests._error_codes import error_code, error_codes

if TYPE_CHECKING:
    from ..requests._request import Request

_CHUNK = 2**16
_BETWEEN = "Something between here and Twilio answered instead, such as a proxy or a login page."


class TooLarge(requests.RequestException):
    """The answer is larger than any of the API's."""


def read_content(answer: requests.Response, most: int) -> bytes:
    """The body of *answer*; raises an exception of ``requests`` for one of more than *most* bytes, or half a one."""
    content = bytearray()
    try:
        with closing(answer):
            for chunk in answer.iter_content(_CHUNK):
                content += chunk
                if len(content) > most:
                    raise TooLarge(f"an answer of more than {most:,} bytes")
    except requests.ConnectionError as error:
        if isinstance(_inner(error), ReadTimeoutError):
            raise requests.ReadTimeout(_inner(error)) from None
        raise
    return bytes(content)


def read_json(request: Request, answer: requests.Response) -> dict[str, Any]:
    """The JSON object in *answer*; raises :class:`NotTheApi`."""
    body = _object(answer)
    if body is None:
        raise not_the_api(request, answer)
    return body


def error_for(request: Request, answer: requests.Response) -> ApiError | NotTheApi:
    """The error for an *answer* that is not a success."""
    body = _object(answer) or {}
    is_failure = answer.status_code >= 500 and not _is_page_for_create(request, answer)
    if 300 <= answer.status_code < 400 or ("message" not in body and not is_failure):
        return not_the_api(request, answer)
    code = body["code"] if type(body.get("code")) is int else None
    known = error_codes().get(code) if code is not None else None
    kind = _kind(answer.status_code)
    return kind(
        str(body.get("message") or answer.reason or "no reason given"),
        status=answer.status_code,
        code=code,
        more_info=str(body["more_info"]) if body.get("more_info") else None,
        hint=_hint(request, kind, known.hint if known else None),
    )


def _is_page_for_create(request: Request, answer: requests.Response) -> bool:
    """Whether *answer* is a page, such as a proxy's, in the place of what became of a create."""
    return request.method == "POST" and bool(answer.content) and _object(answer) is None


def no_answer_error(request: Request, error: requests.RequestException) -> NoAnswerFromApi:
    """The error for a request that got no answer, because of *error*."""
    host = _host(request.url)
    left = not _never_left(error)
    happened = left and request.method == "POST"
    kind, said = _fault(error)
    hint = _look(request) if happened else "Check the network and try again. Nothing was done."
    if left and not happened:
        hint = "Check the network and try again."
    return kind(f"The API at {host} {said}.", hint=hint, may_have_happened=happened)


def _kind(status: int) -> type[ApiError]:
    if status == 429:
        return TooManyRequests
    return TwilioFailed if status >= 500 else ApiError


def _hint(request: Request, kind: type[ApiError], known: str | None) -> str | None:
    if kind is TwilioFailed and request.method == "POST":
        return _look(request)
    if kind is TwilioFailed:
        return "The fault is Twilio's: try again later, and look at its status page."
    if kind is TooManyRequests:
        return known or (error_code("too-many-requests").hint)
    return known


def _look(request: Request) -> str:
    """The hint where it is not known whether the request had its effect."""
    if request.operation.name != "calls.create":
        return "The request may have had its effect: look before you send it again."
    to = request.first("To")
    return (
        "The call may have been placed, and was not tried again. Look before you do: "
        f"%calls --to {to} --limit 5, or client.calls.list(to={to!r}) in Python."
    )


def _fault(error: requests.RequestException) -> tuple[type[NoAnswerFromApi], str]:
    if isinstance(error, requests.ConnectTimeout):
        return AnswerTimedOut, "could not be reached in time"
    if isinstance(error, requests.Timeout):
        return AnswerTimedOut, "took too long to answer"
    if isinstance(error, requests.exceptions.SSLError):
        return Unreachable, _fault_of_tls(error)
    if isinstance(error, requests.exceptions.ProxyError):
        return Unreachable, "could not be reached through the proxy"
    if _never_left(error):
        return Unreachable, "could not be reached"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return NotTheApi, "broke off in the middle of its answer"
    if isinstance(error, TooLarge):
        return NotTheApi, "sent more than any answer of the API has"
    return Unreachable, "closed the connection without an answer"


def _fault_of_tls(error: requests.RequestException) -> str:
    if _has_untrusted_certificate(error):
        return "has no certificate that can be trusted"
    return "was lost: the encrypted connection broke"


def _never_left(error: requests.RequestException) -> bool:
    """Whether the request cannot have arrived."""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    return isinstance(_reason(error), NewConnectionError) or _has_untrusted_certificate(error)


def _has_untrusted_certificate(error: requests.RequestException) -> bool:
    """Whether the server's certificate was refused, which comes before the request.

    Every other fault of TLS may come after it, however much it looks like one of the handshake.
    """
    reason = _reason(error)
    cause = reason.args[0] if reason is not None and reason.args else None
    return isinstance(cause, SSLCertVerificationError)


def _reason(error: requests.RequestException) -> Exception | None:
    """What urllib3 found, if it is that which requests passes on."""
    return getattr(_inner(error), "reason", None)


def _inner(error: requests.RequestException) -> object:
    """The exception of urllib3 that *error* was made of, if it was."""
    return error.args[0] if error.args else None


def not_the_api(request: Request, answer: requests.Response) -> NotTheApi:
    """The error for an *answer* that something else than the API gave."""
    happened = request.method == "POST" and not 300 <= answer.status_code < 400
    said = f"HTTP {answer.status_code}"
    target = _host(answer.headers.get("Location", ""))
    if 300 <= answer.status_code < 400:
        said += f", a redirect{f' to {target}' if target else ''}, which is not followed"
    else:
        said += f", {_glimpse(answer)}"
    hint = f"{_BETWEEN} {_look(request)}" if happened else _BETWEEN
    return NotTheApi(f"The answer is not the API's: {said}.", hint=hint, may_have_happened=happened)


def _host(url: str) -> str | None:
    """The host of *url*; none of what cannot be read."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _glimpse(answer: requests.Response) -> str:
    text = answer.content[:1000].decode(errors="replace").strip()
    return repr(text[:60] + ("…" if len(text) > 60 else "")) if text else "and nothing else"


def _object(answer: requests.Response) -> dict[str, Any] | None:
    """The JSON object in *answer*; ``None`` if it is none, or one that nobody could read: too deep, or with numbers
    of thousands of digits.
    """
    try:
        body = json.loads(answer.content)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None
