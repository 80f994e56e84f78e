"""Live calls: is a person at the keyboard, asking them, and a client that asks before each call."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..api import Client, Credentials, Guard

#: Holds the address of a server on this machine that is used instead of Twilio, for classes and tests.
_BASE_URL = "TWILIO_MAGIC_STAND_IN"


def is_ci() -> bool:
    """Return whether this runs in continuous integration, where no person can answer."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")


def is_attended() -> bool:
    """Return whether a person can answer at the terminal."""
    return not is_ci() and sys.stdin is not None and sys.stdin.isatty()


def ask(question: str) -> bool:
    """Ask the person *question*; returns whether the answer is yes. End of input and an interrupt are no."""
    try:
        return input(f"{question} [yes/no] ").strip().lower() in ("yes", "y")
    except (EOFError, KeyboardInterrupt):
        return False


def live_client(credentials: Credentials, guard: Guard) -> Client:
    """Make a client of a live account, whose *guard* asks before each request that costs money."""
    from ..api import Client

    return Client(credentials=credentials, permit=guard, base_url=os.environ.get(_BASE_URL, ""))
