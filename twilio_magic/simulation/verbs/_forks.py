"""Start and Stop of what goes on beside a call by a name: live transcriptions, and copies of its sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._verb import Verb

S_contra = TypeVar("S_contra", contravariant=True)
S = TypeVar("S")
F = TypeVar("F")


class Forks(Protocol[S_contra, F]):
    """All of one kind that run beside a call."""

    def with_name(self, name: str) -> Sequence[F]:
        """Those that run by this *name*."""

    def find_conflict(self, settings: S_contra) -> str:
        """Why there cannot be another one with these *settings*; empty if there can."""

    def start(self, settings: S_contra, line: int | None = None) -> F:
        """Begin another one, as the document says in this *line*."""

    def stop(self, fork: F, /) -> None:
        """End *fork*."""


def start_or_stop_fork(
    verb: Verb, forks: Forks[S, F], read: Callable[[Verb], S], kind: str
) -> Process[None]:
    """Begin one of *forks* with the settings that *read* finds, or inside Stop, end those with the name of *verb*.

    *kind* is what one is called in the timeline.
    """
    if verb.is_inside("Stop"):
        _stop(verb, forks, kind)
    else:
        _start(verb, forks, read(verb))
    yield from ()  # it takes no time


def _start(verb: Verb, forks: Forks[S, F], settings: S) -> None:
    conflict = forks.find_conflict(settings)
    if conflict:
        verb.record_event("failed", f"{conflict}; this one is not made")
    else:
        forks.start(settings, verb.element.line)


def _stop(verb: Verb, forks: Forks[S, F], kind: str) -> None:
    name = verb["name"] or ""
    found = forks.with_name(name)
    for each in found:
        forks.stop(each)
    if not found:
        verb.record_event("warned", f"no {kind} called {name!r} runs: nothing to stop")
