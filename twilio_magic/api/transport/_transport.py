"""One request to the API, and what its answer means."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from contextvars import ContextVar
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import requests
from requests.auth import AuthBase

from ... import __version__
from ...deadlines import DirectSession
from ...errors import NoAnswerFromApi, TwilioFailed
from ..requests._operations import operation as operation_named
from ..requests._request import Request, build_url
from ..requests._validation import find_ignored, refuse_invalid
from ._asynchronous import enter_on_loop
from ._echoes import hide_echoes
from ._responses import error_for, no_answer_error, not_the_api, read_content, read_json
from ._timeouts import Timeouts

if TYPE_CHECKING:
    from ...twiml import Document
    from ._backend import Backend
    from ._credentials import Credentials

_HEADERS = {"Accept": "application/json", "User-Agent": f"twilio_magic/{__version__}"}
_REPEATABLE = ("GET", "DELETE")  # what has no effect a second time
#: One of these is in every answer to a request that creates something.
_SIDS = {"sid", "call_sid"}
_SID = re.compile("[A-Z]{2}[0-9a-f]{32}", re.IGNORECASE)
#: Bytes of an answer, and of the file of a recording: more than that is no answer of the API's.
_MOST_JSON, _MOST_MEDIA = 2**26, 2**30
_PASSING = (429, 500, 502, 503, 504)  # worth another try


#: Whether this thread or task sends a request of a client of ours.
_IS_SENDING: ContextVar[bool] = ContextVar("is_sending", default=False)


def is_sending() -> bool:
    """Whether this thread or task sends a request of a :class:`Client` at this moment."""
    return _IS_SENDING.get()


#: Learns that a request was sent, with the API's answer, or ``None`` if its effect is not known.
Record = Callable[[Mapping[str, Any] | None], None]


class Permit(Protocol):
    """Agrees to live requests that cost money or cannot be undone, or refuses them."""

    def admit(
        self, request: Request, status_of: Callable[[str], str]
    ) -> AbstractContextManager[Record]:
        """A block in which *request* may be sent; entering it raises to refuse.

        *status_of* fetches the status of a call by its sid.
        """


class Transport:
    """Sends the requests of a client to its backend, signed in as the backend's account.

    *account_sid* is the account that is acted on: the backend's own, or one of its sub-accounts.
    """

    def __init__(
        self,
        backend: Backend,
        *,
        account_sid: str = "",
        timeouts: Timeouts | None = None,
        permit: Permit | None = None,
        is_live: bool = False,
    ) -> None:
        self.backend = backend
        self.account_sid = account_sid or backend.credentials.account_sid
        self.is_live = is_live
        self._timeouts = timeouts or Timeouts()
        self._permit = permit
        self._session = DirectSession()
        self._session.trust_env = False
        self._session.headers.update(_HEADERS)
        backend.mount_on(self._session)

    def of_account(self, account_sid: str) -> Transport:
        """The same, for another account that the credentials open: a sub-account."""
        other = copy(self)
        other.account_sid = account_sid
        return other

    def ask(
        self, name: str, given: Mapping[str, Any], *, place: Sequence[str] = ()
    ) -> dict[str, Any]:
        """The API's JSON answer to the operation *name* with the parameters *given*; empty when it has no body.

        Raises :class:`RequestError` before sending what Twilio would refuse, :class:`ApiError` when it refuses,
        :class:`NoAnswerFromApi` when nothing usable comes back.
        """
        return self.send(self.prepare(name, given, place))

    def prepare(
        self,
        name: str,
        given: Mapping[str, Any],
        place: Sequence[str] = (),
        document: Document | None = None,
    ) -> Request:
        """The request for the operation *name*, checked and ready to be sent; raises :class:`RequestError`."""
        form = tuple(operation_named(name).form(given))
        named = _by_name(form)
        refuse_invalid(operation_named(name), named)
        warnings = tuple(find_ignored(operation_named(name), named))
        return self.build_request(name, form, place, warnings=warnings, document=document)

    def build_request(
        self, name: str, form: tuple[tuple[str, str], ...], place: Sequence[str], **more: Any
    ) -> Request:
        """The request with *form* as it stands, unchecked: what the API itself gave for the next page."""
        operation = operation_named(name)
        url = build_url(self.backend.credentials.host, self.account_sid, operation, place)
        return Request(operation, self.account_sid, url, form, is_live=self.is_live, **more)

    def send(self, request: Request) -> dict[str, Any]:
        """The answer to *request*. Reading and deleting are tried again when the network or the API falters."""
        names = [name for name, _ in request.form]
        if self._permit is None or not request.operation.needs_consent(names):
            return self._exchange(request)
        with enter_on_loop(self._permit.admit(request, self._status_of)) as record:
            try:
                answer = self._exchange(request)
            except (NoAnswerFromApi, TwilioFailed, KeyboardInterrupt) as error:
                if getattr(error, "may_have_happened", True):
                    record(None)
                raise
            record(answer)
            return answer

    def _status_of(self, sid: str) -> str:
        return str(self.ask("calls.fetch", {}, place=(sid,)).get("status"))

    def download(self, name: str, place: Sequence[str], suffix: str) -> bytes:
        """The response of the operation *name* as bytes, with *suffix* instead of ``.json``.

        Raises :class:`ApiError` and :class:`NoAnswerFromApi`.
        """
        described = self.build_request(name, (), place)
        request = replace(described, url=described.url.removesuffix(".json") + suffix)
        try:
            answer = self._send_once(request, self._timeouts.download, _MOST_MEDIA)
        except requests.RequestException as error:
            raise no_answer_error(request, error) from None
        if answer.status_code != 200:
            raise error_for(request, answer)
        return answer.content

    def _exchange(self, request: Request) -> dict[str, Any]:
        pauses = self._timeouts.pauses if request.method in _REPEATABLE else ()
        for tried, pause in enumerate(pauses):
            answer = self._try_once(request)
            if answer is not None and answer.status_code not in _PASSING:
                return _read(request, answer, again=tried > 0)
            time.sleep(_longer(pause, answer))
        try:
            answer = self._send_once(request)
        except requests.RequestException as error:
            raise no_answer_error(request, error) from None
        return _read(request, answer, again=bool(pauses))

    def _try_once(self, request: Request) -> requests.Response | None:
        try:
            return self._send_once(request)
        except requests.RequestException:
            return None

    def _send_once(
        self, request: Request, seconds: float | None = None, most: int = _MOST_JSON
    ) -> requests.Response:
        """The answer to *request*, which may take so many *seconds* and have at *most* so many bytes."""
        seconds = self._timeouts.answer if seconds is None else seconds
        secret = self.backend.credentials.password
        before = _IS_SENDING.set(True)
        try:
            prepared = self._session.prepare_form(
                request.method, request.url, request.form, _SignIn(self.backend.credentials)
            )
            answer = self._session.exchange(prepared, (self._timeouts.connect, seconds))
            content = read_content(answer, most)
        except KeyboardInterrupt:
            # a verbose traceback would show the frames below, and the signed headers in them
            raise KeyboardInterrupt from None
        finally:
            _IS_SENDING.reset(before)
        return hide_echoes(answer, content, secret)


class _SignIn(AuthBase):
    """Adds the credentials to a request, and to nothing that is ever shown."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        basic = requests.auth.HTTPBasicAuth(
            self._credentials.username, self._credentials.password.reveal()
        )
        signed: requests.PreparedRequest = basic(request)
        return signed


def _read(request: Request, answer: requests.Response, *, again: bool) -> dict[str, Any]:
    if again and request.method == "DELETE" and answer.status_code == 404:
        return {}  # an earlier try got through, and its answer was lost
    if not 200 <= answer.status_code < 300:
        raise error_for(request, answer)
    body = read_json(request, answer) if answer.content else {}
    # of what is known from the description alone, some have no sid of their own, such as tokens
    named = body if request.operation.described else _SIDS & body.keys()
    sids = [body[name] for name in named if isinstance(body[name], str)]
    if request.operation.name.endswith(".create") and not any(map(_SID.fullmatch, sids)):
        raise not_the_api(request, answer)
    return body


def _longer(pause: float, answer: requests.Response | None) -> float:
    """*pause*, or as long as the answer asks for, up to a minute."""
    asked = answer.headers.get("Retry-After", "") if answer is not None else ""
    return max(pause, min(float(asked), 60.0) if asked.isdecimal() else 0.0)


def _by_name(form: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for name, value in form:
        named.setdefault(name, []).append(value)
    return named
