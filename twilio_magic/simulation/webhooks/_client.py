"""Carries one call's requests to web applications and brings back what they answered.

It knows HTTP and Twilio's patience: redirects, attempts, cookies, time limits. Why a request is made, and what it
tells, is the affair of ``_webhooks.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

import requests

from ...secret import mask_user_info
from ...twiml import vocabulary
from ..faults._inject import inject, seen_form, seen_url, signed_url, token_for
from ..mounts._wsgi import SEEN_AS, header_text
from ._errors import Failure, failure_of, failure_of_status
from ._overrides import BadOverride, Overrides, overrides
from ._reply import TooLarge, decoded, is_audio, read
from ._signature import sign
from ._spec import code_of, webhook_spec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from requests import PreparedRequest, Response

    from ...secret import Secret
    from ..faults._fault import Fault
    from ._network import Network

_KEPT_TO_ITSELF = "Authorization"
_LED_ON = "3xx"  # a redirect is a failure until it is followed


@dataclass(frozen=True, slots=True)
class Delivery:
    """A request to make: *form* goes into the body of a POST and into the query of a GET."""

    url: str
    method: str
    form: Mapping[str, str]
    token: str  # the same over all attempts


@dataclass(slots=True)
class Attempt:
    """What came of one attempt; *seconds* is how much simulated time it took."""

    headers: Mapping[str, str] = field(default_factory=dict)
    status: int | None = None
    reply: str = ""
    audio: bytes | None = None  # in the place of a reply
    reply_headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[str, ...] = ()
    seconds: float = 0.0
    fault: str = ""
    failure: Failure | None = None

    @property
    def content_type(self) -> str:
        """The type that the answer declares, or an empty text."""
        return self.reply_headers.get("Content-Type", "")


class WebhookClient:
    """Sends requests over *network*, signed with *auth_token*, and meets the faults that are switched on there.

    Cookies are kept for as long as it lives. While it waits for an answer, others may come into the world.
    """

    def __init__(self, network: Network, auth_token: Secret) -> None:
        self._network = network
        self._secret = auth_token
        self._open_session: requests.Session | None = None

    def deliver(self, delivery: Delivery) -> Iterator[Attempt]:
        """The outcome of each attempt, the last of which counts. Never raises."""
        url, _, fragment = delivery.url.partition("#")
        try:
            patience = overrides(fragment)
        except BadOverride as bad:
            yield Attempt(failure=Failure(bad.code, str(bad)))
            return
        left = patience.total
        for retries_left in range(patience.retries, -1, -1):
            attempt = self._attempt(delivery, url, patience, left)
            left -= attempt.seconds
            yield attempt
            failure = attempt.failure
            if not (retries_left and failure and left > 0 and patience.retry_after(failure.policy)):
                return

    def _attempt(self, delivery: Delivery, url: str, patience: Overrides, left: float) -> Attempt:
        connect, wait = min(patience.connect, left), min(patience.read, left)
        attempt = Attempt()
        try:
            self._follow(attempt, delivery, url, (connect, wait))
        except TooLarge as error:
            attempt.failure = Failure(vocabulary().document["codes"]["size"], str(error))
        except (requests.RequestException, OSError, ValueError) as error:
            attempt.failure = failure_of(error)
            if attempt.failure.policy == "rt":
                attempt.seconds = wait
            elif isinstance(error, requests.ConnectTimeout):
                attempt.seconds += connect
            if attempt.failure.policy == "rt" and left < patience.read:
                reason = f"no answer within {patience.total:g} s in all"
                attempt.failure = Failure(code_of("budget"), reason)
        return attempt

    def _follow(
        self, attempt: Attempt, delivery: Delivery, url: str, limits: tuple[float, float]
    ) -> None:
        """Fill *outcome* with what *url* answers, or what it redirects to: with a GET, and without the form."""
        facts = webhook_spec()["redirects"]
        fault = self._network.faults.take(url)
        prepared = self._prepare(delivery.method, url, delivery.form, delivery.token, fault)
        attempt.headers = _public(prepared.headers)
        for _ in range(facts["most"] + 1):
            self._exchange(attempt, prepared, limits, fault)
            location = attempt.reply_headers.get("Location")
            if attempt.failure is None or attempt.failure.policy != _LED_ON:
                return
            if attempt.status not in facts["followed"] or not location:
                reason = f"HTTP {attempt.status} without an address to go on to"
                attempt.failure = Failure(code_of("redirect"), reason)
                return
            url = urldefrag(urljoin(url, location)).url
            attempt.redirects += (mask_user_info(url),)
            if fault is None or "redirect_loop" not in fault.effects:
                fault = self._network.faults.take(url)
            prepared = self._prepare("GET", url, {}, delivery.token, fault)
        attempt.failure = Failure(code_of("redirects"), f"more than {facts['most']} redirects")

    def _exchange(
        self,
        attempt: Attempt,
        prepared: PreparedRequest,
        limits: tuple[float, float],
        fault: Fault | None,
    ) -> None:
        """Send *prepared*, and write down in *outcome* what comes back."""

        def send() -> Response:
            return self._session.send(prepared, timeout=limits, stream=True, allow_redirects=False)

        with self._network.lock.laid_down():
            seconds = 0.0
            if fault is None:
                answer = send()
            else:
                attempt.fault = fault.text
                answer, seconds = inject(fault, prepared, limits[1] - attempt.seconds, send)
            attempt.seconds += seconds
            with closing(answer):
                _note(attempt, answer, limits[1])

    def _prepare(
        self, method: str, url: str, form: Mapping[str, str], token: str, fault: Fault | None
    ) -> PreparedRequest:
        """The request with its signature, which covers the URL as it is sent and the form."""
        sent, is_post = seen_form(fault, form), method == "POST"
        request = requests.Request(
            method, url, params={} if is_post else sent, data=sent if is_post else {}
        )
        prepared = self._session.prepare_request(request)
        address = prepared.url or url
        key = token_for(fault, self._secret.reveal())
        if key is not None:
            signature = sign(signed_url(fault, address), form if is_post else {}, key)
            prepared.headers["X-Twilio-Signature"] = signature
        prepared.headers["I-Twilio-Idempotency-Token"] = token
        if (seen := seen_url(fault, address)) != address:
            prepared.headers["Host"] = urlsplit(seen).netloc.rpartition("@")[2]
            setattr(prepared, SEEN_AS, seen)
        return prepared

    @property
    def _session(self) -> requests.Session:
        if self._open_session is None:
            session = self._open_session = requests.Session()
            session.trust_env = False
            session.headers.clear()
            session.headers.update(webhook_spec()["headers"])
            for scheme in ("https://", "http://"):
                session.mount(scheme, self._network.web)
        return self._open_session


def _note(attempt: Attempt, answer: Response, seconds: float) -> None:
    """Write down in *outcome* what *answer* says."""
    attempt.status = answer.status_code
    attempt.reply_headers = {name: mask_user_info(value) for name, value in answer.headers.items()}
    data = read(answer, seconds)
    is_sound = is_audio(attempt.content_type)
    attempt.audio = data if is_sound else None
    attempt.reply = "" if is_sound else decoded(data, attempt.content_type)
    attempt.failure = None
    if answer.is_redirect or 300 <= answer.status_code < 400:
        attempt.failure = Failure(code_of("redirect"), "a redirect", _LED_ON)
    elif answer.status_code >= 400:
        logged = getattr(answer.raw, "logged", "")
        attempt.failure = failure_of_status(answer.status_code, answer.reason or "", logged)


def _public(headers: Mapping[str, str | bytes]) -> dict[str, str]:
    return {name: header_text(value) for name, value in headers.items() if name != _KEPT_TO_ITSELF}
