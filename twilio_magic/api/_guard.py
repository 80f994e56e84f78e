"""The guard of live calls: a person agrees to each, and their number is limited."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..endpoints import NotAnEndpoint, endpoint
from ..errors import LiveCallRefused, TwilioMagicError
from .transport._backend import FINAL

if TYPE_CHECKING:
    from ..endpoints import Endpoint
    from ._client import Client
    from .requests._request import Request

#: Holds the sid of the account in which a run without a person at the keyboard may place calls.
UNATTENDED = "TWILIO_MAGIC_LIVE_UNATTENDED"


class Guard:
    """Asks a person before each request that costs money, and keeps count.

    *ask* puts a question to the person and says whether the answer was yes; *is_attended* says whether there is a
    person; *limit* is how many calls may be placed in all. One live call is in flight at a time. Without a person
    everything is refused, unless the environment names the account in ``TWILIO_MAGIC_LIVE_UNATTENDED``.
    """

    def __init__(
        self,
        *,
        ask: Callable[[str], bool],
        is_attended: Callable[[], bool],
        limit: Callable[[], int],
    ) -> None:
        self.placed = 0
        self.running = ""
        self.client: Client | None = None
        self._ask = ask
        self._is_attended = is_attended
        self._limit = limit
        self._yes = 0
        self._account_of_running: Client | None = None  # if it is another than this one's
        self._lost = ""  # whom the last call went to, if its answer was lost

    def go_on_from(self, before: Guard) -> None:
        """Count on from *before*, whose calls still count, and whose last one may still run, in its own account."""
        self.placed, self.running, self._lost = before.placed, before.running, before._lost
        self._account_of_running = before._account_of_running or before.client

    @contextmanager
    def assume_yes(self, times: int) -> Iterator[None]:
        """Inside the block the first *times* questions about each request are taken as answered with yes."""
        self._yes, before = times, self._yes
        try:
            yield
        finally:
            self._yes = before

    @contextmanager
    def asking(self, ask: Callable[[str], bool]) -> Iterator[None]:
        """Inside the block *ask* puts the questions: where there is a person, but no keyboard to answer at."""
        self._ask, before = ask, self._ask
        try:
            yield
        finally:
            self._ask = before

    def enter(self, account_sid: str, question: str) -> None:
        """Ask *question* before anything live is done in the account; raises :class:`LiveCallRefused`."""
        self._refuse_absence(account_sid)
        if self._is_attended() and not self._ask(question):
            raise LiveCallRefused("Calls stay in the simulator: you did not say yes.")

    def ask(self, request: Request) -> None:
        """Return if *request* may be sent; raises :class:`LiveCallRefused`."""
        self._refuse_absence(request.account_sid)
        if request.operation.name == "calls.create":
            self._refuse_too_many()
            self._refuse_second()
        for number, question in enumerate((*questions(request), *self._doubts()), 1):
            if number > self._yes and not (self._is_attended() and self._ask(question)):
                raise LiveCallRefused(
                    "Nobody was called: the question was not answered with yes.",
                    hint="--yes answers the first question, --yes --yes also the one about costly calls.",
                )

    def record(self, request: Request, answer: Mapping[str, Any] | None) -> None:
        """Count the call, and remember it as the one in flight."""
        if request.operation.name == "calls.create":
            self.placed += 1
            self.running = str((answer or {}).get("sid", ""))
            self._account_of_running = None
            self._lost = request.first("To") if answer is None else ""

    def _doubts(self) -> Iterator[str]:
        if self._lost:
            yield f"The last call, to {self._lost}, may be ringing: its answer was lost. Place another?"

    def _refuse_absence(self, account_sid: str) -> None:
        if not self._is_attended() and os.environ.get(UNATTENDED) != account_sid:
            raise LiveCallRefused(
                "Nobody is at the keyboard, so nothing real is done.",
                hint=f"For a run that is meant to place real calls, set {UNATTENDED} to the account's sid.",
            )

    def _refuse_too_many(self) -> None:
        if self.placed >= self._limit():
            raise LiveCallRefused(
                f"{self.placed} live calls were placed already; no more than {self._limit()} may be.",
                hint="%config TwilioMagics.max_live_calls = 20 allows more.",
            )

    def _refuse_second(self) -> None:
        """One call at a time: if the last one may still be running, the next one waits."""
        client = self._account_of_running or self.client
        if not self.running or client is None:
            return
        try:
            status = client.calls.fetch(self.running).status
            is_over = status in FINAL
        except TwilioMagicError as error:
            status, is_over = f"not known ({error})", False
        if not is_over:
            raise LiveCallRefused(
                f"The live call {self.running} is not over: its status is {status}.",
                hint="One live call at a time: wait for it, or end it with %hangup.",
            )
        self.running = ""


def questions(request: Request) -> Iterator[str]:
    """What a person is asked before *request* is sent: first what it does, then what is unusual about it."""
    account = f"account AC…{request.account_sid[-4:]}"
    if request.operation.name != "calls.create":
        yield f"This {request.operation.costs}, and costs money ({account}). {_pairs(request)} Go on?"
        return
    to, from_ = _party(request.first("To")), _party(request.first("From"))
    yield (
        f"Place a real call, from {from_ or request.first('From')} ({account})?\n"
        f"  to       {_place(to, request.first('To'))}\n"
        f"  it hears {_describe_instructions(request)}\n"
        "  Twilio charges for it by the minute."
    )
    reason = _unusual(to, from_)
    if reason:
        yield f"{reason} Call {to or request.first('To')} all the same?"


def _pairs(request: Request) -> str:
    return " ".join(f"{name}={value}" for name, value in request.shown_form)


def _party(address: str) -> Endpoint | None:
    try:
        return endpoint(address)
    except NotAnEndpoint:
        return None


def _place(to: Endpoint | None, address: str) -> str:
    return f"{address} ({to.country})" if to is not None and to.country else address


def _unusual(to: Endpoint | None, from_: Endpoint | None) -> str:
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
