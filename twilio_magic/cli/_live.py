"""Live calls: is a person at the keyboard, asking them, and a client that asks before each call."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import TYPE_CHECKING

from ..display import visible

if TYPE_CHECKING:
    from ..api import Client, Credentials, Guard

#: Holds the address of a server on this machine that is used instead of Twilio, for classes and tests.
_BASE_URL = "TWILIO_MAGIC_STAND_IN"
#: How many live calls a program may place with clients that it made without a permit.
_MOST_CALLS = 10


def is_ci() -> bool:
    """Return whether this runs in continuous integration, where no person can answer."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")


def is_attended() -> bool:
    """Return whether a person can answer: at the terminal, or in a notebook that no program runs."""
    if is_ci():
        return False
    kernel = _kernel()
    if kernel is not None:
        return bool(getattr(kernel, "_allow_stdin", False))  # the front end says it with each cell
    return sys.stdin is not None and sys.stdin.isatty()


def in_kernel() -> bool:
    """Return whether this program is the kernel of a notebook."""
    return _kernel() is not None


def _kernel() -> object | None:
    """The Jupyter kernel that this program is, or ``None``."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None)


def ask(question: str) -> bool:
    """Ask the person *question*; returns whether the answer is yes. End of input and an interrupt are no."""
    try:
        return input(f"{visible(question)} [yes/no] ").strip().lower() in ("yes", "y")
    except (EOFError, KeyboardInterrupt):
        return False


@cache
def default_guard() -> Guard:
    """Return the guard of live clients that were made without one: it asks at the keyboard, and limits all of them."""
    from ..api import Guard

    return Guard(
        ask=ask, is_attended=is_attended, limit=lambda: _MOST_CALLS, trusts_environment=True
    )


def live_client(credentials: Credentials, guard: Guard) -> Client:
    """Make a client of a live account, whose *guard* asks before each request that costs money or cannot be undone."""
    from ..api import Client

    return Client(credentials=credentials, permit=guard, base_url=os.environ.get(_BASE_URL, ""))
