"""What answers in process, by web address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from ...errors import SimulatorError
from ._wsgi import WsgiApp, guard


@dataclass(frozen=True, slots=True)
class Mount:
    """*app* answers for *base_url*, of which *path* is the last part, and below.

    *shown* says what it is. *text* is the TwiML that it always answers with, if it is a document.
    """

    base_url: str
    path: str
    app: WsgiApp
    shown: str
    text: str | None = None

    def __repr__(self) -> str:
        return f"{self.base_url} → {self.shown}"


class Mounts:
    """What answers in process: web applications, functions and documents, each at its address.

    Iterating gives one :class:`Mount` for each that somebody put there, in the order of addresses; shown, there is a
    line for each.
    """

    def __init__(self) -> None:
        self._mounts: dict[str, Mount] = {}

    def add(self, base_url: str, app: WsgiApp, shown: str = "", *, text: str | None = None) -> None:
        """Let *app* answer for *base_url* and below, in the place of what answered there.

        Without *shown* it is not listed. *text* is what it answers, if that is always the same. Raises
        :class:`SimulatorError` for what is no web address.
        """
        parts = _split(base_url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise SimulatorError(
                f"{base_url!r} is no web address, so nothing can answer there.",
                hint="Write it whole: https://ivr.example.com.",
            )
        base = _base(parts)
        self._mounts[base] = Mount(base, parts.path.rstrip("/"), guard(app), shown, text)

    def remove(self, base_url: str) -> None:
        """Let nothing answer at *base_url* any more; raises :class:`SimulatorError` if nothing does."""
        try:
            del self._mounts[_base(_split(base_url))]
        except KeyError:
            raise SimulatorError(
                f"Nothing is mounted at {base_url}.", hint="simulator.mounts lists what is."
            ) from None

    def find(self, url: str) -> Mount | None:
        """What answers for *url*: of several that could, the one with the longest address."""
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


def describe(answering: Any) -> str:
    """What *answering* is, by its own name: ``Flask ivr``, ``function menu``."""
    kind = type(answering).__name__
    name = getattr(answering, "__name__", None) or getattr(answering, "name", None)
    return f"{kind} {name}" if isinstance(name, str) else kind


def _split(url: str) -> SplitResult:
    """The parts of *url*; none of what cannot be read."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _base(parts: SplitResult) -> str:
    """The address without credentials, query and a last slash."""
    host = parts.netloc.rpartition("@")[2].lower()
    return f"{parts.scheme}://{host}{parts.path.rstrip('/')}"
