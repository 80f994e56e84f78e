"""Calls to real phones: going live, placing one, watching it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..cli import ask, default_guard, live_client
from ..display import visible_line
from ..errors import CredentialsError, MagicLineError
from ._keyboard import ask_secret, can_answer
from ._session import session

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ..api import Account, Call, Credentials, Request


def go_live(shell: InteractiveShell, profile: str | None) -> Account:
    """Send calls to a live account from now on, if the person agrees; returns the account.

    Raises :class:`CredentialsError`, :class:`LiveCallRefused`, or :class:`ApiError` if Twilio does not let us in.
    """
    from ..api import Guard

    now = session()
    credentials = _credentials(shell, profile)
    guard = Guard(ask=ask, is_attended=lambda: can_answer(shell), limit=lambda: now.max_live_calls)
    guard.count_with(default_guard())
    guard.enter(
        credentials.account_sid,
        f"Go live with the account {credentials.tail}? From then on %call rings real phones and costs money.",
    )
    client = live_client(credentials, guard)
    account = client.account
    now.go_live(client, guard)
    return account


def place_live_call(request: Request, *, yes: int, phone: str | None, wait: bool) -> Call:
    """Place a live call, after asking the person; watch it to its end if *wait*."""
    if phone is not None:
        raise MagicLineError(
            "--phone is for simulated calls: a real phone does what it likes.",
            hint="%twilio simulator brings calls back to the simulator.",
        )
    now = session()
    guard = now.guard
    assert guard is not None  # noqa: S101 - a session that is live has one
    with guard.assume_yes(yes):
        call = now.client.calls.place(request)
    now.placed.append(call)
    return _watch(call) if wait else call


def _watch(call: Call) -> Call:
    """Show the status of *call* until it is over, and return it. An interrupt does not end the call."""
    from IPython.display import display

    line = display(_status_line(call), raw=True, display_id=True)
    shown = call.status
    try:
        for _ in call.watch():
            if call.status != shown:
                line.update(_status_line(call), raw=True)
            shown = call.status
    except KeyboardInterrupt:
        line.update(
            {
                "text/plain": visible_line(
                    f"The call goes on without you. %hangup {call.sid} ends it."
                )
            },
            raw=True,
        )
    return call


def _status_line(call: Call) -> dict[str, str]:
    return {"text/plain": visible_line(f"{call.to}: {call.status} ({call.sid})")}


def _credentials(shell: InteractiveShell, profile: str | None) -> Credentials:
    from ..api import Credentials

    try:
        return Credentials.find(profile=profile)
    except CredentialsError:
        if profile is not None or not can_answer(shell):
            raise
        sid = os.environ.get("TWILIO_ACCOUNT_SID", "")
        if not sid:
            raise
        token = ask_secret(f"Auth token of AC…{sid[-4:]} (not shown, not kept): ")
        environ = {**os.environ, "TWILIO_AUTH_TOKEN": token}
        return Credentials.find(environ)
