"""Whether somebody is there, and what they say."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def is_attended(shell: InteractiveShell) -> bool:
    """Whether a person can answer: not in nbconvert, nbval, papermill and the like, and not in CI."""
    if os.environ.get("CI", "").lower() not in ("", "0", "false", "no"):
        return False
    kernel = getattr(shell, "kernel", None)
    if kernel is not None:
        return bool(getattr(kernel, "_allow_stdin", False))  # what the front end said with the cell
    return sys.stdin is not None and sys.stdin.isatty()


def ask(question: str) -> bool:
    """Whether the person answers *question* with yes. Silence, an interrupt and everything else is no."""
    try:
        return input(f"{question} [yes/no] ").strip().lower() in ("yes", "y")
    except (EOFError, KeyboardInterrupt):
        return False


def ask_secret(prompt: str) -> str:
    """What the person types, without showing it."""
    from getpass import getpass

    return getpass(prompt).strip()
