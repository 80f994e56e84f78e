"""Scripts of phones that come from outside play files of the folder in which the world is served, and no others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..simulation import Script


def read_script(text: str) -> Script:
    """The script in *text*; raises :class:`PhoneScriptError` for a file elsewhere, or one that no phone can play."""
    from ..simulation import as_player, script

    read = script(text)
    for step in read.steps:
        if step.action == "say file" and not _is_here(step.text):
            raise read.error_of(
                step,
                f"{step.text!r} is not in the folder in which the world is served.",
                "Put the file there; elsewhere only Python and --phones may have one.",
            )
    as_player(text)
    return read


def _is_here(path: str) -> bool:
    try:
        return Path(path).resolve().is_relative_to(Path.cwd())
    except (OSError, ValueError, RuntimeError):  # no path, or one that leads in a circle
        return False
