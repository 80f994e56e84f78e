"""The requests that a call makes to web applications. Source: Twilio's pages "TwiML: Twilio's request" and "Webhooks".

A failed request becomes the code that Twilio would log; it never raises.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from dataclasses import replace
from email.utils import format_datetime
from math import ceil
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

import requests
from urllib3.exceptions import NameResolutionError

from ..api import API_VERSION
from ..timeline import Exchange, Exchanges
from ._signature import sign

if TYPE_CHECKING:
    from ._account import Account
    from ._leg import Leg
    from ._web import Web

_SECONDS = (5.0, 15.0)  # to connect, and in all
_MAX_REDIRECTS = 10
_HEADERS = {
    "User-Agent": "TwilioProxy/1.1",
    "Accept": "*/*",
    "Accept-Encoding": "gzip",
    "X-Home-Region": "us1",
}
_USER_INFO = re.compile(r"(?<=//)[^/@]+@")

#: Which status is reported as which event of ``StatusCallbackEvent``.
_REPORTED = {"initiated": "initiated", "ringing": "ringing", "in-progress": "answered"}


class Webhooks:
    """Sends one call's requests; cookies are kept for the length of the call. *made* has all that were sent."""

    def __init__(self, leg: Leg, web: Web, account: Account) -> None:
        self.made = Exchanges()
        self._leg = leg
        self._web = web
        self._account = account
        self._open_session: requests.Session | None = None
        self._reports = 0

    def request(
        self, purpose: str, url: str, method: str, added: Mapping[str, str] | None = None
    ) -> Exchange:
        """Send the standard parameters and those *added* to *url*, and keep what came back."""
        return self.notify(purpose, url, method, {**self._standard(), **(added or {})})

    def notify(
        self, purpose: str, url: str, method: str, parameters: Mapping[str, str]
    ) -> Exchange:
        """Send *parameters* and nothing else to *url*, and keep what came back."""
        exchange = self._send(purpose, urldefrag(url).url, method, parameters)
        self.made.append(exchange)
        return exchange

    def report(self, status: str) -> None:
        """Tell the status callback, if it asked to hear of *status*."""
        url = self._leg.asked.get("StatusCallback")
        event = _REPORTED.get(status, "completed")
        wanted = self._leg.asked.get("StatusCallbackEvent", "completed").split()
        if not url or status == "queued" or event not in wanted:
            return
        method = self._leg.asked.get("StatusCallbackMethod", "POST")
        exchange = self.request("status callback", url, method, self._progress(status))
        self._reports += 1
        self._leg.tell("reported", f"{status} → {url}", url=url, status=exchange.status)
        if exchange.status is None or exchange.status >= 400:
            came = exchange.error or f"it answered {exchange.status}"
            self._leg.tell("warned", f"15003: the status callback failed: {came}", code=15003)

    def _standard(self) -> dict[str, str]:
        leg = self._leg
        return {
            "CallSid": leg.sid,
            "AccountSid": self._account.sid,
            "From": leg.from_,
            "To": leg.to,
            "CallStatus": leg.status,
            "ApiVersion": API_VERSION,
            "Direction": leg.direction,
            "Caller": leg.from_,
            "Called": leg.to,
        }

    def _progress(self, status: str) -> dict[str, str]:
        leg = self._leg
        report = {
            "CallStatus": status,
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(self._reports),
            "Timestamp": format_datetime(leg.world.clock.date()),
        }
        if leg.is_over:
            seconds = leg.duration or 0
            report |= {"CallDuration": str(seconds), "Duration": str(ceil(seconds / 60))}
            report |= leg.recorder.result
        return report

    def _send(self, purpose: str, url: str, method: str, parameters: Mapping[str, str]) -> Exchange:
        exchange = Exchange(
            at=round(self._leg.world.clock.now - self._leg.created, 3),
            purpose=purpose,
            method=method,
            url=_USER_INFO.sub("", url),
            parameters=dict(parameters),
            headers={},
            status=None,
            reply="",
            content_type="",
        )
        try:
            prepared = self._prepared(url, method, parameters)
            exchange = replace(exchange, headers=_public(prepared.headers))
            return replace(exchange, **_told(self._session.send(prepared, timeout=_SECONDS)))
        except requests.RequestException as exception:
            code, error = _failure(exception)
            return replace(exchange, code=code, error=error)

    def _prepared(
        self, url: str, method: str, parameters: Mapping[str, str]
    ) -> requests.PreparedRequest:
        """The request with its signature, which covers the URL as it is sent and the form."""
        form = parameters if method == "POST" else {}
        query = parameters if method != "POST" else {}
        request = requests.Request(method, url, params=query, data=form)
        prepared = self._session.prepare_request(request)
        token = self._account.auth_token.reveal()
        prepared.headers["X-Twilio-Signature"] = sign(prepared.url or url, form, token)
        prepared.headers["I-Twilio-Idempotency-Token"] = self._leg.world.identities.token("I")
        return prepared

    @property
    def _session(self) -> requests.Session:
        if self._open_session is None:
            session = self._open_session = requests.Session()
            session.trust_env = False
            session.max_redirects = _MAX_REDIRECTS
            session.headers.clear()
            session.headers.update(_HEADERS)
            for scheme in ("https://", "http://"):
                session.mount(scheme, self._web)
        return self._open_session


def _public(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "Authorization"}


def _told(answer: requests.Response) -> dict[str, Any]:
    """The fields of an exchange that an answer fills."""
    told: dict[str, Any] = {
        "status": answer.status_code,
        "reply": answer.text,
        "content_type": answer.headers.get("Content-Type", ""),
    }
    if answer.status_code >= 400:
        said = f"HTTP {answer.status_code} {answer.reason or ''}".strip()
        logged = getattr(answer.raw, "logged", "").strip().splitlines()
        told["code"] = 11200
        told["error"] = f"{said}; the application logged: {logged[-1]}" if logged else said
    return told


def _failure(exception: requests.RequestException) -> tuple[int, str]:
    """Twilio's code for a request that got no answer, and the reason in words. Source: the error dictionary, 112xx."""
    reason = getattr(exception.args[0], "reason", None) if exception.args else None
    if isinstance(exception, requests.TooManyRedirects):
        return 11215, f"more than {_MAX_REDIRECTS} redirects"
    if isinstance(exception, requests.exceptions.SSLError):
        return 11220, "the TLS handshake failed"
    if isinstance(exception, requests.ConnectTimeout):
        return 11201, f"no connection within {_SECONDS[0]:g} s"
    if isinstance(exception, requests.ReadTimeout):
        return 11205, f"no answer within {_SECONDS[1]:g} s"
    if isinstance(reason, NameResolutionError | socket.gaierror):
        return 11210, "the host name is not known"
    if isinstance(exception, requests.ConnectionError):
        return 11202, "the connection was refused"
    return 11200, f"the address could not be requested ({type(exception).__name__})"
