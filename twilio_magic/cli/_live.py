"""Live calls from a keyboard: whether a person is there, what they answer, and the client that asks them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..api import Client, Credentials, Guard

#: The address of a server on this machine that stands in for Twilio, for classes and tests.
_BASE_URL = "TWILIO_MAGIC_STAND_IN"


def is_ci() -> bool:
    """Whether a continuous integration service runs this, where no person can answer."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")


def is_attended() -> bool:
    """Whether a person can answer at the terminal."""
    return not is_ci() and sys.stdin is not None and sys.stdin.isatty()


def ask(question: str) -> bool:
    """Whether the person answers *question* with yes. Silence, an interrupt and everything else is no."""
    try:
        return input(f"{question} [yes/no] ").strip().lower() in ("yes", "y")
    except (EOFError, KeyboardInterrupt):
        return False


def live_client(credentials: Credentials, guard: Guard) -> Client:
    """A client of a live account, whose *guard* asks before each request that costs money."""
    from ..api import Client

    return Client(credentials=credentials, permit=guard, base_url=os.environ.get(_BASE_URL, ""))
