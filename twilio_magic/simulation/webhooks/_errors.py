"""Turns failed requests into Twilio's error codes. Source: the error dictionary, 112xx."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Mapping
from ssl import SSLCertVerificationError, SSLError

import requests
from requests import exceptions
from urllib3 import exceptions as of_urllib3

from ...records import dataclass
from ..clock._interrupts import describe_end
from ..mounts._causes import causes_of
from ..mounts._lifespan import NotStarted
from ..mounts._web import NothingAnswers, OutOfReach
from ._spec import CodeName, code_of

#: OpenSSL's errors of certificates (X509_V_ERR_…), by the names of their codes in the table.
_CERTIFICATE: Mapping[int, CodeName] = {10: "tls_expired", 62: "tls_host"}
_OF_CERTIFICATE: Mapping[CodeName, str] = {
    "tls_expired": "the certificate has expired",
    "tls_host": "the certificate is for another host",
    "tls_untrusted": "nobody vouches for the certificate (it may be self-signed)",
}

#: Exceptions, the name of their code in the table, the retry policy that covers them, and the reason in words. The
#: first row that has the type of any cause of an exception counts.
_KNOWN: tuple[tuple[tuple[type[BaseException], ...], CodeName, str, str], ...] = (
    # in front, for urllib3 counts what is refused among the connections that take too long
    ((ConnectionRefusedError,), "refused", "ct", "the connection was refused"),
    (
        (socket.gaierror, of_urllib3.NameResolutionError),
        "name",
        "",
        "the host name is not known",
    ),
    ((SSLError, of_urllib3.SSLError, exceptions.SSLError), "tls", "ct", "the TLS handshake failed"),
    (
        (exceptions.ConnectTimeout, of_urllib3.ConnectTimeoutError),
        "connect",
        "ct",
        "no connection in time",
    ),
    ((NotStarted,), "connection", "rt", "the application's lifespan did not start in time"),
    (
        (exceptions.ReadTimeout, of_urllib3.ReadTimeoutError),
        "connection",
        "rt",
        "no answer in time",
    ),
    (
        (ConnectionError, http.client.RemoteDisconnected),
        "connection",
        "",
        "the connection broke before there was an answer",
    ),
    (
        (
            http.client.HTTPException,
            of_urllib3.DecodeError,
            of_urllib3.ProtocolError,
            exceptions.InvalidHeader,
            exceptions.ContentDecodingError,
        ),
        "protocol",
        "",
        "the answer broke the rules of HTTP",
    ),
    (
        (exceptions.InvalidURL, exceptions.MissingSchema, exceptions.InvalidSchema, UnicodeError),
        "url",
        "",
        "this is not a web address that can be requested",
    ),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """Twilio's error *code*, the *reason*, and the retry *policy* that covers it; empty if only ``all`` does."""

    code: int
    reason: str
    policy: str = ""


def failure_of(exception: BaseException) -> Failure:
    """The failure that Twilio would log for a request that ended with *exception*."""
    if isinstance(exception, OutOfReach):
        name: CodeName = "status" if isinstance(exception, NothingAnswers) else "name"
        return Failure(code_of(name), str(exception))
    causes = list(causes_of(exception))
    for cause in causes:
        if isinstance(cause, SSLCertVerificationError):
            number = getattr(cause, "verify_code", 0)
            certificate = _CERTIFICATE.get(number, "tls_untrusted")
            return Failure(code_of(certificate), _OF_CERTIFICATE[certificate], "ct")
    for types, name, policy, words in _KNOWN:
        if any(isinstance(cause, types) for cause in causes):
            return Failure(code_of(name), words, policy)
    if isinstance(exception, requests.ConnectionError):
        return Failure(code_of("connection"), "the connection failed")
    words = f"the address could not be requested ({type(exception).__name__})"
    return Failure(code_of("status"), words)


def failure_of_stop(error: BaseException) -> Failure:
    """The failure of a request that ended with *error*, which is no :class:`Exception` and ends the program, too."""
    what = "request" if isinstance(error, KeyboardInterrupt) else "application"
    return Failure(code_of("status"), f"the {what} {describe_end(error)}")


def failure_of_status(status: int, reason: str, told: str) -> Failure:
    """The failure of a response 4xx or 5xx; *told* is what is known of why the application failed, if anything."""
    status_line = f"HTTP {status} {reason}".strip()
    words = f"{status_line}; {told}" if told else status_line
    return Failure(code_of("status"), words, f"{status // 100}xx")
