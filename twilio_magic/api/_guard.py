"""The guard of live calls: a person agrees to each, and their number is limited."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import field
from threading import Lock
from typing import TYPE_CHECKING, Any

from ..endpoints import NotAnEndpoint, endpoint
from ..errors import LiveCallRefused, TwilioMagicError
from ..records import dataclass
from .transport._backend import FINAL

if TYPE_CHECKING:
    from ..endpoints import Endpoint
    from .requests._request import Request
    from .transport._transport import Record

#: Holds the sid of the account in which a run without a person at the keyboard may place calls.
UNATTENDED = "TWILIO_MAGIC_LIVE_UNATTENDED"

Ask = Callable[[str], bool]


@dataclass(slots=True)
class _Consent:
    """What a person said in advance about one request: *yes* to so many questions, or *ask* puts them elsewhere."""

    yes: int = 0
    ask: Ask | None = None
    is_taken: bool = False


#: The consent for the next request of this thread or task. Another thread has none.
_CONSENT: ContextVar[_Consent | None] = ContextVar("consent", default=None)


@dataclass(slots=True)
class _LiveCalls:
    """The live calls so far: how many, and which may still run. Guards of one program have one together."""

    limit: Callable[[], int]
    placed: int = 0
    running: str = ""
    status_of_running: Callable[[str], str] | None = None
    lost: str = ""  # whom the last call went to, if its answer was lost
    is_placing: bool = False
    lock: Lock = field(default_factory=Lock)


class Guard:
    """Asks a person before each live request that costs money or cannot be undone, and limits the calls.

    *ask* puts a question to the person and says whether the answer was yes; *is_attended* says whether there is a
    person; *limit* is how many calls may be placed in all. One live call is under way at a time, whatever threads place
    calls. Without a person everything is refused, unless the environment names the account in
    ``TWILIO_MAGIC_LIVE_UNATTENDED``: then a yes in advance is enough, and with *trusts_environment* none is needed.
    """

    def __init__(
        self,
        *,
        ask: Ask,
        is_attended: Callable[[], bool],
        limit: Callable[[], int],
        trusts_environment: bool = False,
    ) -> None:
        self._calls = _LiveCalls(limit)
        self._ask = ask
        self._is_attended = is_attended
        self._trusts_environment = trusts_environment

    @property
    def number_of_calls(self) -> int:
        """How many calls were placed, by this guard and those that it counts with."""
        return self._calls.placed

    def count_with(self, other: Guard) -> None:
        """Count calls together with *other*, those so far included; the limit of this one holds for both."""
        other._calls.limit = self._calls.limit
        self._calls = other._calls

    @contextmanager
    def assume_yes(self, times: int) -> Iterator[None]:
        """Inside the block the first *times* questions about the next request of this thread are answered with yes."""
        with _consent(_Consent(yes=times)):
            yield

    @contextmanager
    def asking(self, ask: Ask) -> Iterator[None]:
        """Inside the block *ask* puts the questions about the next request of this thread, instead of the keyboard."""
        with _consent(_Consent(ask=ask)):
            yield

    def enter(self, account_sid: str, question: str) -> None:
        """Ask *question* before anything live is done in the account; raises :class:`LiveCallRefused`."""
        self._refuse_absence(account_sid)
        if self._is_attended() and not self._ask(question):
            raise LiveCallRefused("Calls stay in the simulator: you did not say yes.")

    @contextmanager
    def admit(self, request: Request, status_of: Callable[[str], str]) -> Iterator[Record]:
        """Run the block, which sends *request*, if a person agrees; raises :class:`LiveCallRefused`.

        The block calls what it is given with the API's answer, or with ``None`` if the answer was lost. *status_of*
        fetches the status of a call by its sid.
        """
        consent = _take_consent()
        self._refuse_absence(request.account_sid)
        if not request.operation.rings_a_phone:
            self._question(request, consent)
            yield lambda _: None
            return
        with self._reserve():
            if _is_call(request):  # who joins a conference joins a call that is under way
                self._refuse_second()
            self._question(request, consent)
            yield lambda answer: self._record(request, answer, status_of)

    @contextmanager
    def _reserve(self) -> Iterator[None]:
        """Take the only place for a call that is being placed, until the end of the block."""
        calls = self._calls
        with calls.lock:
            if calls.is_placing:
                raise LiveCallRefused(
                    "Another live call is being placed at this moment.",
                    hint="One live call at a time: wait for it, or end it with %hangup.",
                )
            self._refuse_too_many()
            calls.is_placing = True
        try:
            yield
        finally:
            calls.is_placing = False

    def _question(self, request: Request, consent: _Consent) -> None:
        if self._trusts_environment and not self._is_attended():
            return
        ask = consent.ask or self._ask
        for number, question in enumerate((*questions(request), *self._doubts(request)), 1):
            if number > consent.yes and not (self._is_attended() and ask(question)):
                nobody = "Nobody was called" if request.operation.costs else "Nothing was done"
                raise LiveCallRefused(
                    f"{nobody}: the question was not answered with yes.",
                    hint="--yes answers the first question, --yes --yes also the one about costly calls.",
                )

    def _record(
        self,
        request: Request,
        answer: Mapping[str, Any] | None,
        status_of: Callable[[str], str],
    ) -> None:
        """Count the call, and remember one of the Calls API as the one under way."""
        calls = self._calls
        calls.placed += 1
        calls.lost = request.first("To") if answer is None else ""
        if _is_call(request):
            calls.running = str((answer or {}).get("sid", ""))
            calls.status_of_running = status_of

    def _doubts(self, request: Request) -> Iterator[str]:
        if self._calls.lost and request.operation.rings_a_phone:
            yield f"The last call, to {self._calls.lost}, may be ringing: its answer was lost. Place another?"

    def _refuse_absence(self, account_sid: str) -> None:
        if not self._is_attended() and os.environ.get(UNATTENDED) != account_sid:
            raise LiveCallRefused(
                "Nobody is at the keyboard, so nothing real is done.",
                hint=f"For a run that is meant to place real calls, set {UNATTENDED} to the account's sid.",
            )

    def _refuse_too_many(self) -> None:
        placed, most = self._calls.placed, self._calls.limit()
        if placed >= most:
            raise LiveCallRefused(
                f"The limit of live calls is reached: {placed} of {most} were placed.",
                hint="In a notebook %config TwilioMagics.max_live_calls = 20 allows more.",
            )

    def _refuse_second(self) -> None:
        """One call at a time: if the last one may still be running, the next one waits."""
        calls = self._calls
        if not calls.running or calls.status_of_running is None:
            return
        try:
            status = calls.status_of_running(calls.running)
            is_over = status in FINAL
        except TwilioMagicError as error:
            status, is_over = f"not known ({error})", False
        if not is_over:
            raise LiveCallRefused(
                f"The live call {calls.running} is not over: its status is {status}.",
                hint="One live call at a time: wait for it, or end it with %hangup.",
            )
        calls.running = ""


@contextmanager
def _consent(consent: _Consent) -> Iterator[None]:
    before = _CONSENT.set(consent)
    try:
        yield
    finally:
        _CONSENT.reset(before)


def _take_consent() -> _Consent:
    """The consent for this request; the next one has none."""
    consent = _CONSENT.get()
    if (
        consent is None or consent.is_taken
    ):  # also by another task or thread that began in the block
        return _Consent()
    consent.is_taken = True
    return consent


def questions(request: Request) -> Iterator[str]:
    """What a person is asked before *request* is sent: first what it does, then what is unusual about it."""
    account = f"account AC…{request.account_sid[-4:]}"
    operation = request.operation
    to, from_ = _party(request.first("To")), _party(request.first("From"))
    if not _is_call(request):
        does = f"{operation.costs}, and costs money" if operation.costs else operation.consequence
        yield f"This {does} ({account}). {_pairs(request)} Go on?"
        if operation.rings_a_phone:
            yield from _unusual(to, from_)
        return
    yield (
        f"Place a real call, from {from_ or request.first('From')} ({account})?\n"
        f"  to       {_place(to, request.first('To'))}\n"
        f"  it hears {_describe_instructions(request)}\n"
        "  Twilio charges for it by the minute."
    )
    yield from _unusual(to, from_)


def _is_call(request: Request) -> bool:
    return request.operation.name == "calls.create"


def _pairs(request: Request) -> str:
    return " ".join(f"{name}={value}" for name, value in request.shown_form) or _where(request)


def _where(request: Request) -> str:
    """The method and the path below the account."""
    return f"{request.method} {request.url.partition(request.account_sid)[2]}."


def _party(address: str) -> Endpoint | None:
    try:
        return endpoint(address)
    except NotAnEndpoint:
        return None


def _place(to: Endpoint | None, address: str) -> str:
    return f"{address} ({to.country})" if to is not None and to.country else address


def _unusual(to: Endpoint | None, from_: Endpoint | None) -> Iterator[str]:
    """The question about a call that may cost more than others."""
    reason = _why_costly(to, from_)
    if reason:
        yield f"{reason} Call {to} all the same?"


def _why_costly(to: Endpoint | None, from_: Endpoint | None) -> str:
    if to is None or to.kind != "number":
        return ""
    if to.is_premium:
        return f"{to} is a premium-rate or satellite number: a call there can cost very much."
    home = from_.country if from_ is not None else ""
    if to.country != home:
        at_home = (
            f"not in {home} like the caller" if home else "and the caller's country is not known"
        )
        return f"{to} is in {to.country or 'an unknown country'}, {at_home}: it may cost more."
    return ""


def _describe_instructions(request: Request) -> str:
    if request.document is None:
        url, app = request.first("Url"), request.first("ApplicationSid")
        return f"the application {app}" if app else f"the TwiML at {url}"
    from ..twiml import explain

    return " ".join(explain(request.document))
