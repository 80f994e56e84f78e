"""Delivers one call's requests to web applications: attempts, redirects, cookies, time limits.

Why a request is made and which parameters it has is the task of ``legs/_webhooks.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import field
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import requests
from requests.cookies import RequestsCookieJar
from urllib3.exceptions import HTTPError

from ...deadlines import Deadline
from ...records import dataclass
from ...secret import mask_user_info
from ...twiml import vocabulary
from ..clock._interrupts import interrupts, run_foreign
from ..faults._inject import inject
from ..mounts._fields import Headers, SentForm
from ..mounts._taped_reply import FORM, SHOWN, headers_of
from ._error_page import raised_by, tell_reason
from ._errors import Failure, failure_of, failure_of_status, failure_of_stop
from ._overrides import BadOverride, Overrides, parse_overrides
from ._reply import TooLarge, decode_text, is_audio, read_reply, size_limit
from ._signed_request import prepare, webhook_session
from ._spec import code_of, webhook_spec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from requests import PreparedRequest, Response

    from ...secret import Secret
    from ...tracebacks import Raised
    from ..faults._fault import Fault
    from ._network import Network

_NEVER_SHOWN = "Authorization"
_REDIRECT = "3xx"  # the policy of a redirect, which is a failure until it is followed


@dataclass(frozen=True, slots=True)
class Delivery:
    """A request to make. *form* is the body of a POST, and the query of a GET; all attempts share *token*."""

    url: str
    method: str
    form: Mapping[str, str]
    token: str


@dataclass(slots=True)
class Attempt:
    """The result of one attempt; it took *seconds* of simulated time.

    *audio* is the content of an answer of an audio type, *reply* the text of any other. *raised* is the exception of an
    application in this process, whatever it answered then. *elapsed* is how many seconds of real time it took.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    status: int | None = None
    reply: str = ""
    audio: bytes | None = None
    reply_headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[str, ...] = ()
    seconds: float = 0.0
    fault: str = ""
    failure: Failure | None = None
    raised: Raised | None = None
    elapsed: float = 0.0

    @property
    def content_type(self) -> str:
        """The declared type of the answer; empty if there is none."""
        return self.reply_headers.get("Content-Type", "")


class WebhookClient:
    """Sends requests over *network*, signed with *auth_token*, and keeps the cookies that come back.

    The faults that are switched on there are injected. While an application answers, the network's lock is laid down,
    because the application may use the API.
    """

    def __init__(self, network: Network, auth_token: Secret) -> None:
        self._network = network
        self._auth_token = auth_token
        self._jar: RequestsCookieJar | None = None

    def deliver(self, delivery: Delivery) -> Iterator[Attempt]:
        """Make the request, and make it again as the retry policy says. The last attempt counts. Never raises.

        What is no :class:`Exception`, such as an interrupt, is a failure, and is raised when the step is over.
        """
        url, _, fragment = delivery.url.partition("#")
        try:
            limits = parse_overrides(fragment)
        except BadOverride as bad:
            yield Attempt(failure=Failure(bad.code, str(bad)))
            return
        left, deadline = limits.total, Deadline(limits.total)
        for retries_left in range(limits.retries, -1, -1):
            with deadline:
                attempt = self._attempt(delivery, url, limits, left, deadline)
            left -= attempt.seconds
            yield attempt
            failure = attempt.failure
            if not (retries_left and failure and left > 0 and limits.retry_after(failure.policy)):
                return
            if interrupts.is_due:
                return

    def _attempt(
        self, delivery: Delivery, url: str, limits: Overrides, left: float, deadline: Deadline
    ) -> Attempt:
        """Make the request once; an exception becomes the attempt's failure.

        *left* seconds of simulated time are left to it, and real time until the *deadline*.
        """
        connect, wait = min(limits.connect, left), min(limits.read, left)
        attempt, began = Attempt(), perf_counter()
        try:
            self._follow(attempt, delivery, url, (connect, wait))
        except TooLarge as error:
            attempt.failure = Failure(vocabulary().document["codes"]["size"], str(error))
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            attempt.failure = failure_of(error)
            is_first = left == limits.total and not attempt.redirects
            if deadline.is_over and not is_first:
                attempt.seconds, attempt.failure = left, _used_up(limits)
            elif attempt.failure.policy == "rt":
                attempt.seconds = wait
                if left < limits.read:
                    attempt.failure = _used_up(limits)
            elif isinstance(error, requests.ConnectTimeout):
                attempt.seconds += connect
        except BaseException as error:
            attempt.failure = failure_of_stop(error)
            interrupts.keep(error)
        attempt.elapsed = perf_counter() - began
        return attempt

    def _follow(
        self, attempt: Attempt, delivery: Delivery, url: str, timeouts: tuple[float, float]
    ) -> None:
        """Request *url* and follow its redirects, which are requested with a GET and without most of the form.

        The query of an address goes on to the next, and so do the few parameters that the table says.
        """
        rules = webhook_spec().redirects
        carried = {name: text for name, text in delivery.form.items() if name in rules.carried}
        fault = self._network.faults.take(url)
        request = self._prepare(delivery.method, url, delivery.form, delivery.token, fault)
        attempt.headers = _shown_headers(request)
        for _ in range(rules.most + 1):
            self._send(attempt, request, timeouts, fault)
            location = attempt.reply_headers.get("Location")
            if attempt.failure is None or attempt.failure.policy != _REDIRECT:
                return
            if attempt.status not in rules.followed or not location:
                reason = f"HTTP {attempt.status} without an address to go on to"
                attempt.failure = Failure(code_of("redirect"), reason)
                return
            url = _keep_query(url, urldefrag(urljoin(url, location)).url)
            attempt.redirects += (mask_user_info(url),)
            if fault is None or "redirect_loop" not in fault.effects:
                fault = self._network.faults.take(url)
            added = {name: carried[name] for name in carried.keys() - _query(url).keys()}
            request = self._prepare("GET", url, added, delivery.token, fault)
        attempt.failure = Failure(code_of("redirects"), f"more than {rules.most} redirects")

    def _send(
        self,
        attempt: Attempt,
        request: PreparedRequest,
        timeouts: tuple[float, float],
        fault: Fault | None,
    ) -> None:
        """Send *request*, with the *fault* that it meets, and keep the answer in *attempt*."""
        network, session = self._network, webhook_session()
        send = partial(session.exchange, request, timeouts, network.web, self._open_jar)
        with network.lock.laid_down():
            if fault is None:
                answer = send()
            else:
                attempt.fault = fault.text
                answer, delay = inject(fault, request, timeouts[1] - attempt.seconds, send)
                attempt.seconds += delay
            attempt.seconds += getattr(answer.raw, "took", 0.0)
            with closing(answer):
                _keep_answer(attempt, answer)

    def _prepare(
        self, method: str, url: str, form: Mapping[str, str], token: str, fault: Fault | None
    ) -> PreparedRequest:
        secret = self._auth_token.reveal()
        prepared = prepare(webhook_session(), method, url, form, secret, fault, self._jar)
        prepared.headers["I-Twilio-Idempotency-Token"] = token
        if isinstance(form, SentForm) and method == "POST" and fault is None:
            setattr(prepared, FORM, form)
        return prepared

    @property
    def cookies(self) -> RequestsCookieJar:
        """The cookies that came back."""
        return self._open_jar()

    def _open_jar(self) -> RequestsCookieJar:
        """What keeps the cookies, made for the first of them: most legs get none."""
        if self._jar is None:
            self._jar = RequestsCookieJar()
        return self._jar


def _used_up(limits: Overrides) -> Failure:
    """The failure of a request that the time in all did not suffice for."""
    return Failure(code_of("budget"), f"no answer within {limits.total:g} s in all")


def _query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def _keep_query(before: str, url: str) -> str:
    """*url* with what it does not say itself of the query of the address *before*, which led there."""
    said, parts = _query(url), urlsplit(url)
    kept = [
        pair for pair in urlsplit(before).query.split("&") if not _query(f"?{pair}").keys() & said
    ]
    query = "&".join(filter(None, [parts.query, *kept]))
    return parts._replace(query=query).geturl()


def _keep_answer(attempt: Attempt, answer: Response) -> None:
    """Read *answer*, and keep in *attempt* what it says."""
    attempt.status = answer.status_code
    attempt.reply_headers = Headers(
        (name, mask_user_info(value)) for name, value in answer.headers.items()
    )
    data = run_foreign(read_reply, answer)
    is_sound = is_audio(attempt.content_type)
    attempt.audio = data if is_sound else None
    attempt.reply = "" if is_sound else decode_text(data, attempt.content_type)
    attempt.failure, attempt.raised = None, raised_by(answer)
    if answer.is_redirect or 300 <= answer.status_code < 400:
        attempt.failure = Failure(code_of("redirect"), "a redirect", _REDIRECT)
    elif answer.status_code >= 400:
        told = tell_reason(answer, attempt.reply)
        attempt.failure = failure_of_status(answer.status_code, answer.reason or "", told)
        attempt.reply = attempt.reply[: size_limit()]


def _shown_headers(request: PreparedRequest) -> Headers:
    headers = headers_of(request)
    if _NEVER_SHOWN in headers:
        return Headers((name, text) for name, text in headers.items() if name != _NEVER_SHOWN)
    setattr(request, SHOWN, headers)
    return headers
