"""The table of mounts: which web application answers in process for which URL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from ...display import visible_line
from ...errors import SimulatorError
from ._wsgi import WsgiApp, guard_app


@dataclass(frozen=True, slots=True)
class Mount:
    """*app* answers for *base_url*, and for every URL below it. *path* is the path of *base_url*.

    *shown* describes it to people. *text* is the document that it always answers with, if it is one.
    """

    base_url: str
    path: str
    app: WsgiApp
    shown: str
    text: str | None = None

    def __repr__(self) -> str:
        return visible_line(f"{self.base_url} → {self.shown}")


class Mounts:
    """The web applications, functions and documents that answer in process, each at its URL.

    Iterating gives the mounts that users made, in the order of their URLs; the repr has a line for each.
    """

    def __init__(self) -> None:
        self._mounts: dict[str, Mount] = {}

    def add(self, base_url: str, app: WsgiApp, shown: str = "", *, text: str | None = None) -> None:
        """Let *app* answer for *base_url* and below; it replaces what was mounted there.

        Without *shown* it is not listed. *text* is the document that it always answers with, if it is one. Raises
        :class:`SimulatorError` for what is not a web address.
        """
        parts = _split(base_url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise SimulatorError(
                f"{base_url!r} is no web address, so nothing can answer there.",
                hint="Write it whole: https://ivr.example.com.",
            )
        base = _base(parts)
        self._mounts[base] = Mount(base, parts.path.rstrip("/"), guard_app(app), shown, text)

    def remove(self, base_url: str) -> None:
        """Remove the mount at *base_url*; raises :class:`SimulatorError` if there is none."""
        try:
            del self._mounts[_base(_split(base_url))]
        except KeyError:
            raise SimulatorError(
                f"Nothing is mounted at {base_url}.", hint="simulator.mounts lists what is."
            ) from None

    def find(self, url: str) -> Mount | None:
        """The mount that answers for *url*; of several, the one with the longest URL."""
        wanted = _base(urlsplit(url))
        fitting = [
            base for base in list(self._mounts) if wanted == base or wanted.startswith(base + "/")
        ]
        return self._mounts[max(fitting, key=len)] if fitting else None

    def __iter__(self) -> Iterator[Mount]:
        return iter(
            [self._mounts[base] for base in sorted(self._mounts) if self._mounts[base].shown]
        )

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __repr__(self) -> str:
        return "\n".join(map(repr, self)) or "nothing is mounted"


def describe_mounted(mounted: Any) -> str:
    """The type and name of a mounted object, for people: ``Flask ivr``, ``function menu``."""
    kind = type(mounted).__name__
    name = getattr(mounted, "__name__", None) or getattr(mounted, "name", None)
    return f"{kind} {name}" if isinstance(name, str) else kind


def _split(url: str) -> SplitResult:
    """The parts of *url*; empty ones if it cannot be parsed."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _base(parts: SplitResult) -> str:
    """The URL without credentials, query and trailing slash."""
    host = parts.netloc.rpartition("@")[2].lower()
    return f"{parts.scheme}://{host}{parts.path.rstrip('/')}"
