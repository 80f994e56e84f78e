"""What a caller does: the script of a phone, or a dialog."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..dialog import Dialog, dialogs
from ..records import dataclass
from ..simulation import Script, script


@dataclass(frozen=True)
class CallerBehavior:
    """One thing that callers do, and how often compared with others."""

    name: str
    acts: Script | Dialog
    weight: float = 1.0


def find_behaviors(given: Any) -> list[CallerBehavior]:
    """What *given* stands for; raises :class:`PhoneScriptError` for what cannot be read."""
    if isinstance(given, Mapping):
        return [each for one, weight in given.items() for each in _read(one, float(weight))]
    if isinstance(given, Iterable) and not isinstance(given, str | os.PathLike):
        return [each for one in given for each in _read(one, 1.0)]
    return _read(given, 1.0)


def _read(given: Any, weight: float) -> list[CallerBehavior]:
    if isinstance(given, Dialog):
        return [CallerBehavior(given.name, given, weight)]
    if isinstance(given, os.PathLike) or given.strip().endswith(".dialog"):
        found = dialogs(given)
        return [CallerBehavior(each.name, each, weight / len(found)) for each in found]
    return [CallerBehavior(" ".join(given.split())[:60] or "answer", script(given), weight)]


def at_host(dialog: Dialog, host: str, path: str) -> Dialog:
    """*dialog* with the server at *host* in place of the application that it names, and *path* if it names none."""
    headers = dialog.text.headers
    if "app" not in headers:
        return dialog
    served = {"url": replace(headers["app"], value=path), **headers}
    served["app"] = replace(headers["app"], value=host)
    return replace(dialog, text=replace(dialog.text, headers=served))
