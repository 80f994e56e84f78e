"""The person at the keyboard of a notebook: are they there, and asking them for a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import cli

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def can_answer(shell: InteractiveShell) -> bool:
    """Return whether a person can answer: not in nbconvert, nbval, papermill and the like, and not in CI."""
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return cli.is_attended()
    # the front end says it with each cell
    return not cli.is_ci() and bool(getattr(kernel, "_allow_stdin", False))


def ask_secret(prompt: str) -> str:
    """The text that the person types, without showing it."""
    from getpass import getpass

    return getpass(prompt).strip()
